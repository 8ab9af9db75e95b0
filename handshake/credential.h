// Credential: a certificate chain with its key, and what is sent along with it. Who has several
// shows the one that the peer can verify.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "wire/bytes.h"
#include "x509/certificate.h"

namespace glasstls::handshake {

/// Immutable once it is in use, and shared by all connections.
struct Credential {
  std::vector<x509::Certificate> chain;  // as sent: leaf first; not empty
  /// Null: the key is elsewhere. Each signature is asked for by a SignatureRequest then.
  std::shared_ptr<const crypto::PrivateKey> key;

  // Of a server, both opaque; empty: none.
  Bytes ocsp_response;                  // an OCSPResponse in DER, stapled (RFC 6066, 8)
  Bytes signed_certificate_timestamps;  // a SignedCertificateTimestampList (RFC 6962, 3.3)

  const x509::Certificate& leaf() const { return chain.front(); }
  const crypto::PublicKey& public_key() const { return *leaf().public_key().key; }

  /// Whether the leaf is for this DNS name, in lower case; wildcards count.
  bool is_for(std::string_view dns_name) const;
};

/// Throws std::invalid_argument, with the reason, for a credential that no handshake could use: no
/// chain, a leaf with a key that we cannot use or that may not sign, another key than the leaf's,
/// more than 60,000 bytes of timestamps, a response above 16 MiB.
void check(const Credential& credential);

/// The credentials of a server, the first of each kind of key being the default one. Thread-safe:
/// set() may be called while connections run, and holds for handshakes that begin after it.
class Credentials {
 public:
  using List = std::vector<std::shared_ptr<const Credential>>;

  /// Throws as set() does.
  explicit Credentials(List list) { set(std::move(list)); }

  /// std::invalid_argument for an empty list, and as check() does.
  void set(List list);
  std::shared_ptr<const List> get() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const List> list_;
};

}  // namespace glasstls::handshake
