// Transcript: the hash of all handshake messages so far. RFC 5246, 7.4.9 and RFC 7627, 3.
//
// Until the suite is known, nobody knows which hash; the raw bytes are kept until then, and on
// while a CertificateVerify may need another hash of them. HelloRequest, ChangeCipherSpec and
// record headers are never part of it.
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

class Transcript {
 public:
  /// Of the peer's raw bytes up to `max_kept` are kept.
  explicit Transcript(std::size_t max_kept) : max_kept_(max_kept) {}

  /// Adds a whole message of the peer's, header included. Throws ProtocolError(illegal_parameter) if
  /// more raw bytes than the bound would have to be kept.
  void add(View message);
  /// The same for a message of ours, without a bound.
  void add_own(View message);

  /// The suite is known: hashes what was kept, and everything after it as it comes. Once only.
  void set_hash(crypto::HashAlgorithm algorithm);

  /// No CertificateVerify can come any more: forgets the raw bytes. Not before set_hash().
  void stop_keeping();

  /// All messages so far: the session_hash of RFC 7627, and what our own Finished covers.
  crypto::Digest hash() const;

  /// All messages but the last: what a Finished covers that was just received.
  crypto::Digest hash_before_last() const;

  /// All messages, raw: what our own CertificateVerify covers; without the last: what one covers that
  /// was just received. Valid until the next add(). Not after stop_keeping().
  View kept() const;
  View kept_before_last() const;

 private:
  std::size_t max_kept_;  // and may still come
  bool keeping_ = true;
  Bytes kept_;
  std::size_t kept_before_last_ = 0;
  std::optional<crypto::Hash> running_;
  std::optional<crypto::Hash> before_last_;
};

}  // namespace glasstls::handshake
