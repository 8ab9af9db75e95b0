// Object identifiers, and those that certificates use by their names. X.690, 8.19.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::x509 {

/// An object identifier, kept as its DER content bytes. At most `capacity` of them, enough for the
/// UUIDs of X.667 (arcs of 128 bits below 2.25).
class Oid {
 public:
  static constexpr std::size_t capacity = 40;

  constexpr Oid() = default;

  /// From its arcs: Oid{2, 5, 29, 19}. For constants of the program.
  constexpr Oid(std::initializer_list<std::uint32_t> arcs) {
    const std::uint32_t* arc = arcs.begin();
    push(arc[0] * 40 + arc[1]);
    for (arc += 2; arc != arcs.end(); ++arc) push(*arc);
  }

  /// From DER content bytes; nullopt if empty, too long, ended in the middle of an arc, or an arc
  /// is padded.
  static std::optional<Oid> from_der(View content);

  View content() const { return View(bytes_).first(size_); }

  // Most are told apart by their length or their last arc.
  friend constexpr bool operator==(const Oid& a, const Oid& b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = a.size_; i > 0; --i)
      if (a.bytes_[i - 1] != b.bytes_[i - 1]) return false;
    return true;
  }
  friend constexpr auto operator<=>(const Oid&, const Oid&) = default;

 private:
  constexpr void push(std::uint32_t arc) {
    int shift = 28;
    while (shift > 0 && (arc >> shift) == 0) shift -= 7;
    for (; shift > 0; shift -= 7)
      bytes_[size_++] = static_cast<std::uint8_t>(0x80 | (arc >> shift));
    bytes_[size_++] = static_cast<std::uint8_t>(arc & 0x7f);
  }

  std::array<std::uint8_t, capacity> bytes_{};
  std::size_t size_ = 0;
};

/// Dotted decimal: "2.5.29.19". Exact for arcs of any size.
std::string to_string(const Oid& oid);

/// The reverse: decimal arcs below 2^56 without leading zeros, at least two, the first 0 to 2 and the
/// second below 40 unless the first is 2. nullopt for anything else.
std::optional<Oid> parse_oid(std::string_view text);

/// The name the standards give it ("basicConstraints", "sha256WithRSAEncryption"); empty if it is
/// not in our list.
std::string_view name_of(const Oid& oid);

/// The name, or the dotted form where there is none.
std::string display(const Oid& oid);

namespace oid {

// Public keys: RFC 3279, RFC 5480, RFC 8410.
inline constexpr Oid rsaEncryption{1, 2, 840, 113549, 1, 1, 1};
inline constexpr Oid id_RSASSA_PSS{1, 2, 840, 113549, 1, 1, 10};
inline constexpr Oid id_mgf1{1, 2, 840, 113549, 1, 1, 8};
inline constexpr Oid id_dsa{1, 2, 840, 10040, 4, 1};
inline constexpr Oid id_ecPublicKey{1, 2, 840, 10045, 2, 1};
inline constexpr Oid secp256r1{1, 2, 840, 10045, 3, 1, 7};
inline constexpr Oid secp384r1{1, 3, 132, 0, 34};
inline constexpr Oid secp521r1{1, 3, 132, 0, 35};
inline constexpr Oid secp256k1{1, 3, 132, 0, 10};
inline constexpr Oid id_X25519{1, 3, 101, 110};
inline constexpr Oid id_X448{1, 3, 101, 111};
inline constexpr Oid id_Ed25519{1, 3, 101, 112};
inline constexpr Oid id_Ed448{1, 3, 101, 113};

// Signatures: RFC 3279, RFC 4055, RFC 5758.
inline constexpr Oid md2WithRSAEncryption{1, 2, 840, 113549, 1, 1, 2};
inline constexpr Oid md5WithRSAEncryption{1, 2, 840, 113549, 1, 1, 4};
inline constexpr Oid sha1WithRSAEncryption{1, 2, 840, 113549, 1, 1, 5};
inline constexpr Oid sha224WithRSAEncryption{1, 2, 840, 113549, 1, 1, 14};
inline constexpr Oid sha256WithRSAEncryption{1, 2, 840, 113549, 1, 1, 11};
inline constexpr Oid sha384WithRSAEncryption{1, 2, 840, 113549, 1, 1, 12};
inline constexpr Oid sha512WithRSAEncryption{1, 2, 840, 113549, 1, 1, 13};
inline constexpr Oid id_dsa_with_sha1{1, 2, 840, 10040, 4, 3};
inline constexpr Oid ecdsa_with_SHA1{1, 2, 840, 10045, 4, 1};
inline constexpr Oid ecdsa_with_SHA224{1, 2, 840, 10045, 4, 3, 1};
inline constexpr Oid ecdsa_with_SHA256{1, 2, 840, 10045, 4, 3, 2};
inline constexpr Oid ecdsa_with_SHA384{1, 2, 840, 10045, 4, 3, 3};
inline constexpr Oid ecdsa_with_SHA512{1, 2, 840, 10045, 4, 3, 4};

// Hashes: RFC 4055, 2.1.
inline constexpr Oid id_sha1{1, 3, 14, 3, 2, 26};
inline constexpr Oid id_sha224{2, 16, 840, 1, 101, 3, 4, 2, 4};
inline constexpr Oid id_sha256{2, 16, 840, 1, 101, 3, 4, 2, 1};
inline constexpr Oid id_sha384{2, 16, 840, 1, 101, 3, 4, 2, 2};
inline constexpr Oid id_sha512{2, 16, 840, 1, 101, 3, 4, 2, 3};

// Extensions: RFC 5280, 4.2; RFC 6962; RFC 7633.
inline constexpr Oid subjectDirectoryAttributes{2, 5, 29, 9};
inline constexpr Oid subjectKeyIdentifier{2, 5, 29, 14};
inline constexpr Oid keyUsage{2, 5, 29, 15};
inline constexpr Oid subjectAltName{2, 5, 29, 17};
inline constexpr Oid issuerAltName{2, 5, 29, 18};
inline constexpr Oid basicConstraints{2, 5, 29, 19};
inline constexpr Oid nameConstraints{2, 5, 29, 30};
inline constexpr Oid cRLDistributionPoints{2, 5, 29, 31};
inline constexpr Oid certificatePolicies{2, 5, 29, 32};
inline constexpr Oid policyMappings{2, 5, 29, 33};
inline constexpr Oid authorityKeyIdentifier{2, 5, 29, 35};
inline constexpr Oid policyConstraints{2, 5, 29, 36};
inline constexpr Oid extKeyUsage{2, 5, 29, 37};
inline constexpr Oid freshestCRL{2, 5, 29, 46};
inline constexpr Oid inhibitAnyPolicy{2, 5, 29, 54};
inline constexpr Oid authorityInfoAccess{1, 3, 6, 1, 5, 5, 7, 1, 1};
inline constexpr Oid subjectInfoAccess{1, 3, 6, 1, 5, 5, 7, 1, 11};
inline constexpr Oid tlsfeature{1, 3, 6, 1, 5, 5, 7, 1, 24};
inline constexpr Oid signedCertificateTimestampList{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2};
inline constexpr Oid precertificatePoison{1, 3, 6, 1, 4, 1, 11129, 2, 4, 3};

// Extensions of revocation lists and of their entries: RFC 5280, 5.2 and 5.3.
inline constexpr Oid cRLNumber{2, 5, 29, 20};
inline constexpr Oid cRLReasons{2, 5, 29, 21};
inline constexpr Oid invalidityDate{2, 5, 29, 24};
inline constexpr Oid deltaCRLIndicator{2, 5, 29, 27};
inline constexpr Oid issuingDistributionPoint{2, 5, 29, 28};
inline constexpr Oid certificateIssuer{2, 5, 29, 29};

// Where more is found: RFC 5280, 4.2.2.
inline constexpr Oid id_ad_ocsp{1, 3, 6, 1, 5, 5, 7, 48, 1};
inline constexpr Oid id_ad_caIssuers{1, 3, 6, 1, 5, 5, 7, 48, 2};
inline constexpr Oid id_ad_timeStamping{1, 3, 6, 1, 5, 5, 7, 48, 3};
inline constexpr Oid id_ad_caRepository{1, 3, 6, 1, 5, 5, 7, 48, 5};

// Policies and their qualifiers: RFC 5280, 4.2.1.4.
inline constexpr Oid anyPolicy{2, 5, 29, 32, 0};
inline constexpr Oid id_qt_cps{1, 3, 6, 1, 5, 5, 7, 2, 1};
inline constexpr Oid id_qt_unotice{1, 3, 6, 1, 5, 5, 7, 2, 2};

// Purposes: RFC 5280, 4.2.1.12.
inline constexpr Oid anyExtendedKeyUsage{2, 5, 29, 37, 0};
inline constexpr Oid id_kp_serverAuth{1, 3, 6, 1, 5, 5, 7, 3, 1};
inline constexpr Oid id_kp_clientAuth{1, 3, 6, 1, 5, 5, 7, 3, 2};
inline constexpr Oid id_kp_codeSigning{1, 3, 6, 1, 5, 5, 7, 3, 3};
inline constexpr Oid id_kp_emailProtection{1, 3, 6, 1, 5, 5, 7, 3, 4};
inline constexpr Oid id_kp_timeStamping{1, 3, 6, 1, 5, 5, 7, 3, 8};
inline constexpr Oid id_kp_OCSPSigning{1, 3, 6, 1, 5, 5, 7, 3, 9};

// Attributes of names: RFC 4519, RFC 5280, A.1, RFC 2985; of EV certificates: CA/Browser Forum.
inline constexpr Oid commonName{2, 5, 4, 3};
inline constexpr Oid surname{2, 5, 4, 4};
inline constexpr Oid serialNumber{2, 5, 4, 5};
inline constexpr Oid countryName{2, 5, 4, 6};
inline constexpr Oid localityName{2, 5, 4, 7};
inline constexpr Oid stateOrProvinceName{2, 5, 4, 8};
inline constexpr Oid streetAddress{2, 5, 4, 9};
inline constexpr Oid organizationName{2, 5, 4, 10};
inline constexpr Oid organizationalUnitName{2, 5, 4, 11};
inline constexpr Oid title{2, 5, 4, 12};
inline constexpr Oid businessCategory{2, 5, 4, 15};
inline constexpr Oid postalCode{2, 5, 4, 17};
inline constexpr Oid x520name{2, 5, 4, 41};
inline constexpr Oid givenName{2, 5, 4, 42};
inline constexpr Oid initials{2, 5, 4, 43};
inline constexpr Oid generationQualifier{2, 5, 4, 44};
inline constexpr Oid dnQualifier{2, 5, 4, 46};
inline constexpr Oid pseudonym{2, 5, 4, 65};
inline constexpr Oid organizationIdentifier{2, 5, 4, 97};
inline constexpr Oid userId{0, 9, 2342, 19200300, 100, 1, 1};
inline constexpr Oid domainComponent{0, 9, 2342, 19200300, 100, 1, 25};
inline constexpr Oid emailAddress{1, 2, 840, 113549, 1, 9, 1};
inline constexpr Oid jurisdictionLocalityName{1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 1};
inline constexpr Oid jurisdictionStateOrProvinceName{1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 2};
inline constexpr Oid jurisdictionCountryName{1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 3};

// Attributes of requests: RFC 2985, 5.4.
inline constexpr Oid challengePassword{1, 2, 840, 113549, 1, 9, 7};
inline constexpr Oid extensionRequest{1, 2, 840, 113549, 1, 9, 14};
inline constexpr Oid unstructuredName{1, 2, 840, 113549, 1, 9, 2};
inline constexpr Oid szOID_CERT_EXTENSIONS{1, 3, 6, 1, 4, 1, 311, 2, 1, 14};  // Microsoft's

// Encrypted private keys: RFC 8018, A and B.
inline constexpr Oid id_PBKDF2{1, 2, 840, 113549, 1, 5, 12};
inline constexpr Oid id_PBES2{1, 2, 840, 113549, 1, 5, 13};
inline constexpr Oid id_hmacWithSHA1{1, 2, 840, 113549, 2, 7};
inline constexpr Oid id_hmacWithSHA224{1, 2, 840, 113549, 2, 8};
inline constexpr Oid id_hmacWithSHA256{1, 2, 840, 113549, 2, 9};
inline constexpr Oid id_hmacWithSHA384{1, 2, 840, 113549, 2, 10};
inline constexpr Oid id_hmacWithSHA512{1, 2, 840, 113549, 2, 11};
inline constexpr Oid des_EDE3_CBC{1, 2, 840, 113549, 3, 7};
inline constexpr Oid aes128_CBC_PAD{2, 16, 840, 1, 101, 3, 4, 1, 2};
inline constexpr Oid aes192_CBC_PAD{2, 16, 840, 1, 101, 3, 4, 1, 22};
inline constexpr Oid aes256_CBC_PAD{2, 16, 840, 1, 101, 3, 4, 1, 42};

// Encryptions of private keys that are named, not read: RFC 8018, A.3; RFC 7292, C; RFC 7914, 7.
inline constexpr Oid pbeWithMD2AndDES_CBC{1, 2, 840, 113549, 1, 5, 1};
inline constexpr Oid pbeWithMD5AndDES_CBC{1, 2, 840, 113549, 1, 5, 3};
inline constexpr Oid pbeWithSHA1AndDES_CBC{1, 2, 840, 113549, 1, 5, 10};
inline constexpr Oid pbeWithSHA1AndRC2_CBC{1, 2, 840, 113549, 1, 5, 11};
inline constexpr Oid pbeWithSHAAnd128BitRC4{1, 2, 840, 113549, 1, 12, 1, 1};
inline constexpr Oid pbeWithSHAAnd3_KeyTripleDES_CBC{1, 2, 840, 113549, 1, 12, 1, 3};
inline constexpr Oid pbeWithSHAAnd40BitRC2_CBC{1, 2, 840, 113549, 1, 12, 1, 6};
inline constexpr Oid id_scrypt{1, 3, 6, 1, 4, 1, 11591, 4, 11};

}  // namespace oid

}  // namespace glasstls::x509
