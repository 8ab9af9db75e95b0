// Certificate revocation lists, versions 1 and 2. RFC 5280, 5.
//
//   CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
//   TBSCertList ::= SEQUENCE {
//     version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time,
//     nextUpdate Time OPTIONAL,
//     revokedCertificates SEQUENCE OF SEQUENCE {
//       userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }
//       OPTIONAL,
//     crlExtensions [0] EXPLICIT Extensions OPTIONAL }
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/field.h"
#include "x509/algorithm.h"
#include "x509/extensions.h"
#include "x509/name.h"
#include "x509/result.h"
#include "x509/time.h"

namespace glasstls::x509 {

/// One entry. RFC 5280, 5.1.2.6 and 5.3. Entry extensions must be well formed; what they say of
/// others than reasonCode is not kept. certificateIssuer, which only indirect lists have, counts as
/// one that is not understood.
struct RevokedCertificate {
  View serial_number;  // content bytes of the INTEGER; borrows the list's bytes
  Time revocation_date;
  std::optional<unsigned> reason;     // CRLReason, 5.3.1
  bool has_unknown_critical = false;  // a critical entry extension that is not understood
};
/// "keyCompromise"; "reason 12" for numbers that have no name.
std::string reason_text(unsigned reason);

/// 5.2.5: what the list covers.
struct IssuingDistributionPoint {
  std::optional<DistributionPoint> point;  // its name only
  bool only_contains_user_certs = false;
  bool only_contains_ca_certs = false;
  std::optional<std::uint16_t> only_some_reasons;
  bool indirect_crl = false;
  bool only_contains_attribute_certs = false;
};

/// A list that is well formed; nothing about it is believed yet. Immutable and shared: copies are
/// cheap, and safe to use from several threads.
class CertificateList {
 public:
  static constexpr std::size_t max_size = std::size_t{16} << 20;  // bytes

  /// Reads exactly one list, at most max_size bytes. Fields are told to `sink`; offsets count from
  /// `base`. The bytes are copied.
  static Result<CertificateList> parse(View der, FieldSink* sink = nullptr, std::size_t base = 0);

  View der() const { return data_->der; }
  View tbs() const { return data_->tbs; }  // what the signature covers
  View signature() const { return data_->signature; }
  int version() const { return data_->version; }  // 1 or 2
  const SignatureAlgorithm& signature_algorithm() const { return data_->signature_algorithm; }
  const Name& issuer() const { return data_->issuer; }
  Time this_update() const { return data_->this_update; }
  /// RFC 5280 requires one; lists without are told by nullopt, and are never current.
  std::optional<Time> next_update() const { return data_->next_update; }

  /// The entry of a serial number (content bytes of the INTEGER), the first if it is listed twice;
  /// nullptr if it is not listed.
  const RevokedCertificate* find(View serial_number) const;
  const std::vector<RevokedCertificate>& revoked() const { return data_->revoked; }  // sorted

  const std::vector<Extension>& extensions() const { return data_->extensions; }
  const std::optional<AuthorityKeyIdentifier>& authority_key_identifier() const {
    return data_->authority_key_identifier;
  }
  std::optional<View> crl_number() const { return data_->crl_number; }  // content bytes
  bool is_delta() const { return data_->is_delta; }                     // has a deltaCRLIndicator
  const std::optional<IssuingDistributionPoint>& issuing_distribution_point() const {
    return data_->issuing_distribution_point;
  }
  /// The first critical extension of the list that is not one of the above.
  std::optional<Oid> unknown_critical_extension() const { return data_->unknown_critical; }
  /// As Certificate::deviations().
  const std::vector<Malformed>& deviations() const { return data_->deviations; }

 private:
  struct Data {
    Bytes der;
    View tbs, signature;
    int version = 1;
    SignatureAlgorithm signature_algorithm;
    Name issuer;
    Time this_update;
    std::optional<Time> next_update;
    std::vector<RevokedCertificate> revoked;
    std::vector<Extension> extensions;
    std::optional<AuthorityKeyIdentifier> authority_key_identifier;
    std::optional<View> crl_number;
    bool is_delta = false;
    std::optional<IssuingDistributionPoint> issuing_distribution_point;
    std::optional<Oid> unknown_critical;
    std::vector<Malformed> deviations;
  };

  explicit CertificateList(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  static void read(DerReader& reader, Data& data);
  static void read_tbs(DerReader& reader, Data& data);
  static void read_extension(DerReader& reader, const Extension& extension, Data& data);

  std::shared_ptr<const Data> data_;
};

/// All X509 CRL blocks of a PEM text in order, or the one list of DER bytes. An empty list is an
/// error.
Result<std::vector<CertificateList>> parse_crls(View pem_or_der);

}  // namespace glasstls::x509
