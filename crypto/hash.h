// SHA-2 (FIPS 180-4): one-shot, and running hashes that can be copied in mid-stream. A TLS
// transcript needs the latter: its hash is read several times while it grows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::crypto {

enum class HashAlgorithm : std::uint8_t { sha256, sha384, sha512 };

inline constexpr std::size_t max_digest_size = 64;
inline constexpr std::size_t max_block_size = 128;

/// In bytes: 32, 48 or 64.
std::size_t digest_size(HashAlgorithm algorithm);

/// The block of the compression function in bytes: 64 or 128. HMAC pads its key to it.
std::size_t block_size(HashAlgorithm algorithm);

/// "SHA-256", "SHA-384", "SHA-512".
std::string_view name_of(HashAlgorithm algorithm);

/// The result of a hash or an HMAC, stored inline. Wiped when destroyed, for a digest may be key
/// material (in the PRF it is).
class Digest {
 public:
  /// std::length_error above max_digest_size.
  explicit Digest(View bytes);
  Digest(const Digest&) = default;
  Digest& operator=(const Digest&) = default;
  ~Digest();

  View view() const { return View(bytes_).first(size_); }
  std::size_t size() const { return size_; }

  /// Constant time in the content.
  bool operator==(const Digest& other) const;

 private:
  std::array<std::uint8_t, max_digest_size> bytes_{};
  std::size_t size_;
};

/// A running hash. A copy is independent of its original; nothing is allocated. The state is wiped
/// when destroyed.
class Hash {
 public:
  explicit Hash(HashAlgorithm algorithm);
  Hash(const Hash& other);
  Hash& operator=(const Hash& other);
  ~Hash();

  void update(View bytes);

  /// The digest of all bytes so far. The running hash is not disturbed (a copy is finished): more
  /// can be added afterwards.
  Digest finish() const;

  HashAlgorithm algorithm() const { return algorithm_; }

 private:
  // The state of Crypto++'s hash object is kept in this aligned buffer: no header of ours includes
  // Crypto++, and the PRF copies hashes in its inner loop, where a pointer to the heap would cost
  // an allocation each. hash.cpp checks at compile time that the objects fit.
  static constexpr std::size_t state_size = 384;
  static constexpr std::size_t state_alignment = 16;

  HashAlgorithm algorithm_;
  alignas(state_alignment) std::array<unsigned char, state_size> state_;
};

/// One shot.
Digest hash(HashAlgorithm algorithm, View bytes);

}  // namespace glasstls::crypto
