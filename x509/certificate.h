// X.509 certificates, versions 1 to 3. RFC 5280, 4.1.
//
//   Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
//   TBSCertificate ::= SEQUENCE {
//     version [0] EXPLICIT DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
//     issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name,
//     subjectPublicKeyInfo, issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL,
//     extensions [3] EXPLICIT OPTIONAL }
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/field.h"
#include "x509/algorithm.h"
#include "x509/extensions.h"
#include "x509/name.h"
#include "x509/public_key.h"
#include "x509/result.h"
#include "x509/time.h"

namespace glasstls::x509 {

/// Where the fields lie: each the whole element with tag and length, within Certificate::der(), and
/// empty if it is absent. The offset of one is part.data() - der().data().
struct CertificateParts {
  View version;  // [0]
  View serial_number;
  View signature;
  View issuer;
  View validity;
  View subject;
  View subject_public_key_info;
  View issuer_unique_id;   // [1]
  View subject_unique_id;  // [2]
  View extensions;         // [3]; single ones: Extension::whole
  View signature_algorithm;
  View signature_value;
};

/// A certificate that is well formed. Nothing about it is believed yet: that is verify()'s work.
/// Immutable and shared: copies are cheap, and safe to use from several threads.
class Certificate {
 public:
  /// Reads exactly one certificate, at most 1 MiB. Fields are told to `sink`; offsets count from
  /// `base`. The bytes are copied.
  static Result<Certificate> parse(View der, FieldSink* sink = nullptr, std::size_t base = 0);

  View der() const { return data_->der; }
  View tbs() const { return data_->tbs; }  // what the signature covers
  View spki() const { return data_->parts.subject_public_key_info; }
  View signature() const { return data_->signature; }

  int version() const { return data_->version; }  // 1, 2 or 3
  /// Content bytes of the INTEGER. A trust anchor may have any; a certificate that is judged must
  /// have a positive one of at most 20 bytes (RFC 5280, 4.1.2.2).
  View serial_number() const { return data_->serial_number; }
  bool serial_is_proper() const;

  const SignatureAlgorithm& signature_algorithm() const { return data_->signature_algorithm; }
  const Name& issuer() const { return data_->issuer; }
  const Name& subject() const { return data_->subject; }
  Time not_before() const { return data_->not_before; }
  Time not_after() const { return data_->not_after; }
  const SubjectPublicKey& public_key() const { return data_->public_key; }
  /// Their views look into der(), and live as long as any copy of this certificate.
  const Extensions& extensions() const { return data_->extensions; }

  const CertificateParts& parts() const { return data_->parts; }
  /// The rules that its encoding breaks and everybody lets be broken (listed in der.h), in order,
  /// with their offsets counted as parse()'s. At most DerReader::max_tolerated of them are kept.
  const std::vector<Malformed>& deviations() const { return data_->deviations; }
  /// What parse() was given: where der() began in what it came from.
  std::size_t base() const { return data_->base; }

  /// Subject and issuer are the same name (RFC 5280, 6.1): says nothing about who signed it.
  bool is_self_issued() const { return data_->issuer == data_->subject; }
  /// basicConstraints says cA TRUE.
  bool is_ca() const;

  /// The same bytes.
  friend bool operator==(const Certificate& a, const Certificate& b) {
    return a.data_ == b.data_ || wire::equal(a.der(), b.der());
  }

 private:
  struct Data {
    Bytes der;
    View tbs, signature, serial_number;  // within der
    CertificateParts parts;
    int version = 1;
    SignatureAlgorithm signature_algorithm;
    Name issuer, subject;
    Time not_before, not_after;
    SubjectPublicKey public_key;
    Extensions extensions;
    std::vector<Malformed> deviations;
    std::size_t base = 0;
  };

  explicit Certificate(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  static void read(DerReader& reader, Data& data);
  static void read_tbs(DerReader& reader, Data& data);

  std::shared_ptr<const Data> data_;
};

/// All CERTIFICATE blocks of a PEM text in order, or the one certificate of DER bytes. An empty
/// list is an error. For trust anchors use TrustStore, which skips what it cannot read.
Result<std::vector<Certificate>> parse_certificates(View pem_or_der);

/// How people call it: its subject, or its first subjectAltName if the subject is empty.
std::string to_string(const Certificate& certificate);

}  // namespace glasstls::x509
