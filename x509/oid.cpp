#include "x509/oid.h"

#include <algorithm>
#include <utility>

namespace glasstls::x509 {

namespace {

constexpr std::pair<Oid, std::string_view> names[] = {
    {oid::rsaEncryption, "rsaEncryption"},
    {oid::id_RSASSA_PSS, "id-RSASSA-PSS"},
    {oid::id_mgf1, "id-mgf1"},
    {oid::id_dsa, "id-dsa"},
    {oid::id_ecPublicKey, "id-ecPublicKey"},
    {oid::secp256r1, "secp256r1"},
    {oid::secp384r1, "secp384r1"},
    {oid::secp521r1, "secp521r1"},
    {oid::secp256k1, "secp256k1"},
    {oid::id_X25519, "id-X25519"},
    {oid::id_X448, "id-X448"},
    {oid::id_Ed25519, "id-Ed25519"},
    {oid::id_Ed448, "id-Ed448"},
    {oid::md2WithRSAEncryption, "md2WithRSAEncryption"},
    {oid::md5WithRSAEncryption, "md5WithRSAEncryption"},
    {oid::sha1WithRSAEncryption, "sha1WithRSAEncryption"},
    {oid::sha224WithRSAEncryption, "sha224WithRSAEncryption"},
    {oid::sha256WithRSAEncryption, "sha256WithRSAEncryption"},
    {oid::sha384WithRSAEncryption, "sha384WithRSAEncryption"},
    {oid::sha512WithRSAEncryption, "sha512WithRSAEncryption"},
    {oid::id_dsa_with_sha1, "id-dsa-with-sha1"},
    {oid::ecdsa_with_SHA1, "ecdsa-with-SHA1"},
    {oid::ecdsa_with_SHA224, "ecdsa-with-SHA224"},
    {oid::ecdsa_with_SHA256, "ecdsa-with-SHA256"},
    {oid::ecdsa_with_SHA384, "ecdsa-with-SHA384"},
    {oid::ecdsa_with_SHA512, "ecdsa-with-SHA512"},
    {oid::id_sha1, "id-sha1"},
    {oid::id_sha256, "id-sha256"},
    {oid::id_sha384, "id-sha384"},
    {oid::id_sha512, "id-sha512"},
    {oid::subjectKeyIdentifier, "subjectKeyIdentifier"},
    {oid::keyUsage, "keyUsage"},
    {oid::subjectAltName, "subjectAltName"},
    {oid::issuerAltName, "issuerAltName"},
    {oid::basicConstraints, "basicConstraints"},
    {oid::nameConstraints, "nameConstraints"},
    {oid::cRLDistributionPoints, "cRLDistributionPoints"},
    {oid::certificatePolicies, "certificatePolicies"},
    {oid::policyMappings, "policyMappings"},
    {oid::authorityKeyIdentifier, "authorityKeyIdentifier"},
    {oid::policyConstraints, "policyConstraints"},
    {oid::extKeyUsage, "extKeyUsage"},
    {oid::freshestCRL, "freshestCRL"},
    {oid::inhibitAnyPolicy, "inhibitAnyPolicy"},
    {oid::authorityInfoAccess, "authorityInfoAccess"},
    {oid::subjectInfoAccess, "subjectInfoAccess"},
    {oid::tlsfeature, "tlsfeature"},
    {oid::signedCertificateTimestampList, "signedCertificateTimestampList"},
    {oid::precertificatePoison, "precertificatePoison"},
    {oid::anyPolicy, "anyPolicy"},
    {oid::id_qt_cps, "id-qt-cps"},
    {oid::id_qt_unotice, "id-qt-unotice"},
    {oid::anyExtendedKeyUsage, "anyExtendedKeyUsage"},
    {oid::id_kp_serverAuth, "id-kp-serverAuth"},
    {oid::id_kp_clientAuth, "id-kp-clientAuth"},
    {oid::id_kp_codeSigning, "id-kp-codeSigning"},
    {oid::id_kp_emailProtection, "id-kp-emailProtection"},
    {oid::id_kp_timeStamping, "id-kp-timeStamping"},
    {oid::id_kp_OCSPSigning, "id-kp-OCSPSigning"},
    {oid::commonName, "commonName"},
    {oid::surname, "surname"},
    {oid::serialNumber, "serialNumber"},
    {oid::countryName, "countryName"},
    {oid::localityName, "localityName"},
    {oid::stateOrProvinceName, "stateOrProvinceName"},
    {oid::streetAddress, "streetAddress"},
    {oid::organizationName, "organizationName"},
    {oid::organizationalUnitName, "organizationalUnitName"},
    {oid::title, "title"},
    {oid::businessCategory, "businessCategory"},
    {oid::postalCode, "postalCode"},
    {oid::givenName, "givenName"},
    {oid::organizationIdentifier, "organizationIdentifier"},
    {oid::userId, "userId"},
    {oid::domainComponent, "domainComponent"},
    {oid::emailAddress, "emailAddress"},
    {oid::id_PBES2, "id-PBES2"},
};

}  // namespace

std::optional<Oid> Oid::from_der(View content) {
  if (content.empty() || content.size() > capacity) return std::nullopt;
  if ((content.back() & 0x80) != 0) return std::nullopt;  // the last arc goes on
  std::size_t arc_length = 0;
  for (const std::uint8_t byte : content) {
    if (arc_length == 0 && byte == 0x80) return std::nullopt;  // padded arc
    if (++arc_length > 9) return std::nullopt;                 // beyond 63 bits
    if ((byte & 0x80) == 0) arc_length = 0;
  }
  Oid oid;
  std::copy(content.begin(), content.end(), oid.bytes_.begin());
  oid.size_ = content.size();
  return oid;
}

std::string to_string(const Oid& oid) {
  std::string text;
  std::uint64_t arc = 0;
  for (const std::uint8_t byte : oid.content()) {
    arc = arc << 7 | (byte & 0x7f);
    if ((byte & 0x80) != 0) continue;
    if (text.empty()) {  // the first two arcs share one number
      const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(first) + "." + std::to_string(arc - first * 40);
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

std::string_view name_of(const Oid& oid) {
  const auto* found = std::find_if(std::begin(names), std::end(names),
                                   [&](const auto& entry) { return entry.first == oid; });
  return found == std::end(names) ? std::string_view() : found->second;
}

std::string display(const Oid& oid) {
  const std::string_view name = name_of(oid);
  return name.empty() ? to_string(oid) : std::string(name);
}

}  // namespace glasstls::x509
