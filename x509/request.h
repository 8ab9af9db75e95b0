// Certification requests, PKCS #10. RFC 2986, 4.
//
//   CertificationRequest ::= SEQUENCE {
//     certificationRequestInfo, signatureAlgorithm, signature BIT STRING }
//   CertificationRequestInfo ::= SEQUENCE {
//     version INTEGER (0), subject Name, subjectPKInfo, attributes [0] SET OF Attribute }
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "crypto/keys.h"
#include "crypto/random.h"
#include "wire/bytes.h"
#include "wire/field.h"
#include "x509/algorithm.h"
#include "x509/extensions.h"
#include "x509/issue.h"
#include "x509/name.h"
#include "x509/public_key.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// A request that is well formed; whose it is, is_signed_by_its_key() tells. Immutable and shared:
/// copies are cheap, and safe to use from several threads.
class CertificationRequest {
 public:
  /// Reads exactly one, at most 1 MiB; the bytes are copied. Fields are told to `sink`; offsets
  /// count from `base`. Without attributes (even without the empty [0], as some tools write it)
  /// there are no extensions; attributes other than extensionRequest (challengePassword,
  /// unstructuredName ...) are let pass.
  static Result<CertificationRequest> parse(View der, FieldSink* sink = nullptr,
                                            std::size_t base = 0);

  View der() const { return data_->der; }
  const Name& subject() const { return data_->subject; }
  const SubjectPublicKey& public_key() const { return data_->public_key; }
  const SignatureAlgorithm& signature_algorithm() const { return data_->signature_algorithm; }
  /// What its extensionRequest attribute (RFC 2985, 5.4.2, or Microsoft's of the same content) asks
  /// for. A wish: copy what you mean to grant.
  const Extensions& requested_extensions() const { return data_->extensions; }

  /// Whether the owner of the key made the signature (proof of possession). False if the key or the
  /// algorithm is not used.
  bool is_signed_by_its_key() const;

 private:
  struct Data {
    Bytes der;
    View info, signature;  // within der; the signature covers info
    Name subject;
    SubjectPublicKey public_key;
    SignatureAlgorithm signature_algorithm;
    Extensions extensions;
  };

  explicit CertificationRequest(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  static void read(DerReader& reader, Data& data);
  static void read_info(DerReader& reader, Data& data);

  std::shared_ptr<const Data> data_;
};

/// The first CERTIFICATE REQUEST (or NEW CERTIFICATE REQUEST) of a PEM text, or DER bytes. A block
/// that cannot be read is an error, not skipped.
Result<CertificationRequest> parse_request(View pem_or_der);

/// Makes one, signed with `key` as certificates are (see sign_tbs). std::logic_error for extensions
/// that CertificationRequest::parse refuses.
CertificationRequest make_request(const Name& subject, const std::vector<NewExtension>& extensions,
                                  const crypto::PrivateKey& key, crypto::RandomSource& random);

}  // namespace glasstls::x509
