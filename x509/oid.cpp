#include "x509/oid.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

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
    {oid::id_sha224, "id-sha224"},
    {oid::id_sha256, "id-sha256"},
    {oid::id_sha384, "id-sha384"},
    {oid::id_sha512, "id-sha512"},
    {oid::subjectDirectoryAttributes, "subjectDirectoryAttributes"},
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
    {oid::cRLNumber, "cRLNumber"},
    {oid::cRLReasons, "cRLReasons"},
    {oid::invalidityDate, "invalidityDate"},
    {oid::deltaCRLIndicator, "deltaCRLIndicator"},
    {oid::issuingDistributionPoint, "issuingDistributionPoint"},
    {oid::certificateIssuer, "certificateIssuer"},
    {oid::id_ad_ocsp, "id-ad-ocsp"},
    {oid::id_ad_caIssuers, "id-ad-caIssuers"},
    {oid::id_ad_timeStamping, "id-ad-timeStamping"},
    {oid::id_ad_caRepository, "id-ad-caRepository"},
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
    {oid::x520name, "name"},
    {oid::givenName, "givenName"},
    {oid::initials, "initials"},
    {oid::generationQualifier, "generationQualifier"},
    {oid::dnQualifier, "dnQualifier"},
    {oid::pseudonym, "pseudonym"},
    {oid::organizationIdentifier, "organizationIdentifier"},
    {oid::userId, "userId"},
    {oid::domainComponent, "domainComponent"},
    {oid::emailAddress, "emailAddress"},
    {oid::jurisdictionLocalityName, "jurisdictionLocalityName"},
    {oid::jurisdictionStateOrProvinceName, "jurisdictionStateOrProvinceName"},
    {oid::jurisdictionCountryName, "jurisdictionCountryName"},
    {oid::challengePassword, "challengePassword"},
    {oid::extensionRequest, "extensionRequest"},
    {oid::unstructuredName, "unstructuredName"},
    {oid::szOID_CERT_EXTENSIONS, "szOID_CERT_EXTENSIONS"},
    {oid::id_PBKDF2, "id-PBKDF2"},
    {oid::id_PBES2, "id-PBES2"},
    {oid::id_hmacWithSHA1, "id-hmacWithSHA1"},
    {oid::id_hmacWithSHA224, "id-hmacWithSHA224"},
    {oid::id_hmacWithSHA256, "id-hmacWithSHA256"},
    {oid::id_hmacWithSHA384, "id-hmacWithSHA384"},
    {oid::id_hmacWithSHA512, "id-hmacWithSHA512"},
    {oid::des_EDE3_CBC, "des-EDE3-CBC"},
    {oid::aes128_CBC_PAD, "aes128-CBC-PAD"},
    {oid::aes192_CBC_PAD, "aes192-CBC-PAD"},
    {oid::aes256_CBC_PAD, "aes256-CBC-PAD"},
    {oid::pbeWithMD2AndDES_CBC, "pbeWithMD2AndDES-CBC"},
    {oid::pbeWithMD5AndDES_CBC, "pbeWithMD5AndDES-CBC"},
    {oid::pbeWithSHA1AndDES_CBC, "pbeWithSHA1AndDES-CBC"},
    {oid::pbeWithSHA1AndRC2_CBC, "pbeWithSHA1AndRC2-CBC"},
    {oid::pbeWithSHAAnd128BitRC4, "pbeWithSHAAnd128BitRC4"},
    {oid::pbeWithSHAAnd3_KeyTripleDES_CBC, "pbeWithSHAAnd3-KeyTripleDES-CBC"},
    {oid::pbeWithSHAAnd40BitRC2_CBC, "pbeWithSHAAnd40BitRC2-CBC"},
    {oid::id_scrypt, "id-scrypt"},
};

// A number of any size, to be written in decimal: an arc may be a UUID.
class Decimal {
 public:
  bool is_zero() const { return limbs_.empty(); }

  // The number times 128, plus `carry`, which may be negative if the sum is not.
  void push(std::int64_t carry) {
    for (std::int64_t& limb : limbs_) {
      const std::int64_t value = limb * 128 + carry;
      limb = value < 0 ? value + base : value % base;
      carry = value < 0 ? -1 : value / base;
    }
    if (carry > 0) limbs_.push_back(carry);
  }

  std::string text() const {
    if (limbs_.empty()) return "0";
    std::string text = std::to_string(limbs_.back());
    for (std::size_t i = limbs_.size() - 1; i-- > 0;) {
      const std::string digits = std::to_string(limbs_[i]);
      text += std::string(digits_per_limb - digits.size(), '0') + digits;
    }
    return text;
  }

 private:
  static constexpr std::int64_t base = 1'000'000'000;
  static constexpr std::size_t digits_per_limb = 9;

  std::vector<std::int64_t> limbs_;  // least significant first, no zero limb at the end
};

}  // namespace

std::optional<Oid> Oid::from_der(View content) {
  if (content.empty() || content.size() > capacity) return std::nullopt;
  if ((content.back() & 0x80) != 0) return std::nullopt;  // the last arc goes on
  bool arc_begins = true;
  for (const std::uint8_t byte : content) {
    if (arc_begins && byte == 0x80) return std::nullopt;  // padded arc
    arc_begins = (byte & 0x80) == 0;
  }
  Oid oid;
  std::copy(content.begin(), content.end(), oid.bytes_.begin());
  oid.size_ = content.size();
  return oid;
}

std::string to_string(const Oid& oid) {
  std::string text;
  Decimal arc;
  for (const std::uint8_t byte : oid.content()) {
    std::int64_t bits = byte & 0x7f;
    const bool ends = (byte & 0x80) == 0;
    if (ends && text.empty()) {  // the first two arcs share one number: 40 * first + second
      const std::int64_t first = arc.is_zero() ? std::min<std::int64_t>(bits / 40, 2) : 2;
      text = std::to_string(first);
      bits -= 40 * first;
    }
    arc.push(bits);
    if (!ends) continue;
    text += "." + arc.text();
    arc = {};
  }
  return text;
}

namespace {

// One arc, up to a dot or the end, taken off `text`.
std::optional<std::uint64_t> take_arc(std::string_view& text) {
  constexpr std::uint64_t limit = std::uint64_t{1} << 56;
  const std::string_view digits = text.substr(0, text.find('.'));
  if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
  std::uint64_t arc = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    arc = arc * 10 + static_cast<std::uint64_t>(c - '0');
    if (arc >= limit) return std::nullopt;
  }
  text.remove_prefix(std::min(digits.size() + 1, text.size()));
  return arc;
}

void append_arc(Bytes& content, std::uint64_t arc) {
  int shift = 63;
  while (shift > 0 && arc >> shift == 0) shift -= 7;
  for (; shift > 0; shift -= 7) {
    content.push_back(static_cast<std::uint8_t>(0x80 | (arc >> shift & 0x7f)));
  }
  content.push_back(static_cast<std::uint8_t>(arc & 0x7f));
}

}  // namespace

std::optional<Oid> parse_oid(std::string_view text) {
  if (text.ends_with('.')) return std::nullopt;
  const auto first = take_arc(text);
  const auto second = take_arc(text);
  if (!first || !second || *first > 2 || (*first < 2 && *second >= 40)) return std::nullopt;
  Bytes content;
  append_arc(content, *first * 40 + *second);
  while (!text.empty()) {
    const auto arc = take_arc(text);
    if (!arc) return std::nullopt;
    append_arc(content, *arc);
  }
  return Oid::from_der(content);
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
