// Protection: one key, one direction; TLSPlaintext to TLSCiphertext and back, in place.
// RFC 5246, 6.2.3.3 (AEAD); RFC 5288, 3 (GCM nonce); RFC 7905, 2 (ChaCha20-Poly1305 nonce).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "crypto/aead.h"
#include "crypto/traffic_keys.h"
#include "wire/bytes.h"
#include "wire/version.h"

namespace glasstls::record {

/// seq_num + TLSCompressed.type + .version + .length
inline constexpr std::size_t additional_data_length = 13;
inline constexpr std::size_t nonce_length = 12;

/// How many records one key may protect: 2^24.5 for GCM, the largest count at which an attacker's
/// advantage stays under 2^-57 with full-size records (RFC 8446, 5.5). Used for every AEAD.
inline constexpr std::uint64_t default_record_limit = 23'726'566;

/// The sequence number starts at 0 and counts records; it is also GCM's explicit nonce, so that no
/// nonce is ever used twice under a key. Using it past 2^64 - 1 is std::logic_error; the connection
/// state's limit comes long before.
class Protection {
 public:
  Protection(const crypto::TrafficKeys& keys, crypto::AeadDirection direction);

  /// nonce_explicit in front of the content (8 bytes for GCM, none for ChaCha20-Poly1305) ...
  std::size_t nonce_explicit_length() const { return parameters_->record_iv_length; }
  /// ... and the authentication tag behind it (16 bytes).
  std::size_t tag_length() const { return parameters_->tag_length; }
  std::size_t overhead() const { return nonce_explicit_length() + tag_length(); }

  /// `fragment` holds room for the explicit nonce, the plaintext, and room for the tag; after the
  /// call it is TLSCiphertext.fragment. No allocation, but for the first record after the beginning
  /// or a rest().
  void seal(ContentType type, MutableView fragment);

  /// `fragment` is TLSCiphertext.fragment. Returns the plaintext, which lies within it; nullopt if
  /// it does not authenticate or is too short to (which of the two is not told: bad_record_mac). As
  /// to allocation as seal().
  [[nodiscard]] std::optional<MutableView> open(ContentType type, MutableView fragment);

  /// A record that was not opened counts all the same: for a listener, who goes on where an endpoint
  /// must give up.
  void skip() { ++sequence_number_; }

  /// Records protected so far, which is the sequence number of the next.
  std::uint64_t sequence_number() const { return sequence_number_; }

  /// Forgets the keyed cipher, several kilobytes with its tables, and keeps the key: the next record
  /// makes it anew. For a connection that is idle.
  void rest() { aead_.reset(); }

  /// Of the last record sealed or opened, for observers; zeros if it was too short to have any.
  View last_nonce() const { return nonce_; }
  View last_additional_data() const { return additional_data_; }

 private:
  crypto::Aead& aead();
  void make_nonce(View nonce_explicit);
  void make_additional_data(ContentType type, std::size_t plaintext_length);

  const crypto::AeadParameters* parameters_;
  crypto::TrafficKeys keys_;
  crypto::AeadDirection direction_;
  std::optional<crypto::Aead> aead_;  // of keys_; none while nothing is sent or received
  std::uint64_t sequence_number_ = 0;
  std::array<std::uint8_t, nonce_length> nonce_{};
  std::array<std::uint8_t, additional_data_length> additional_data_{};
};

}  // namespace glasstls::record
