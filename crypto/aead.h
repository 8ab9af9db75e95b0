// Authenticated encryption with associated data (RFC 5116): what protects every record.
// RFC 5246, 6.2.3.3; AES-GCM: RFC 5288; ChaCha20-Poly1305: RFC 8439, RFC 7905.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::crypto {

enum class AeadAlgorithm : std::uint8_t { aes_128_gcm, aes_256_gcm, chacha20_poly1305 };

/// Sizes in bytes, by the names of SecurityParameters (RFC 5246, 6.1).
struct AeadParameters {
  std::string_view name;         // "AES_256_GCM"
  std::size_t enc_key_length;    // 16 or 32
  std::size_t fixed_iv_length;   // the part of the nonce that comes from the key block
  std::size_t record_iv_length;  // the part of the nonce that each record carries
  std::size_t tag_length;        // 16 for all of ours
};

inline constexpr std::size_t aead_nonce_length = 12;
inline constexpr std::size_t aead_tag_length = 16;

const AeadParameters& parameters(AeadAlgorithm algorithm);
std::string_view name_of(AeadAlgorithm algorithm);

enum class AeadDirection : std::uint8_t { seal, open };

/// One key in one direction. Nothing is allocated after construction; text is changed in place.
/// Wrong lengths of key, nonce or tag, and the other direction's call, are std::logic_error.
/// Does NOT watch nonces: the caller must never seal twice with one (record/ counts records).
/// Constant time as far as Crypto++ is: AES by AES-NI or ARMv8 instructions and GHASH by carry-less
/// multiplication are, their table-driven fallbacks on other CPUs are not; ChaCha20-Poly1305
/// always.
class Aead {
 public:
  Aead(AeadAlgorithm algorithm, View key, AeadDirection direction);
  Aead(Aead&&) noexcept;
  Aead& operator=(Aead&&) noexcept;
  ~Aead();

  /// Encrypts `text` in place and writes the authentication tag (16 bytes). The nonce has 12 bytes.
  void seal(View nonce, View additional_data, MutableView text, MutableView tag);

  /// Decrypts `text` in place. False if it does not authenticate: `text` is zeroed then, so that
  /// nothing unauthenticated can be used.
  [[nodiscard]] bool open(View nonce, View additional_data, MutableView text, View tag);

  AeadAlgorithm algorithm() const { return algorithm_; }
  AeadDirection direction() const { return direction_; }

  /// The keyed cipher; defined in aead.cpp, where Crypto++ is known.
  class Cipher;

 private:
  void check(AeadDirection wanted, std::size_t nonce, std::size_t tag) const;

  AeadAlgorithm algorithm_;
  AeadDirection direction_;
  std::unique_ptr<Cipher> cipher_;
};

}  // namespace glasstls::crypto
