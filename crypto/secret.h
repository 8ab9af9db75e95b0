// Secrets with types: a MasterSecret is not a PremasterSecret, and neither can be printed, copied
// by accident or left behind in memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <utility>

#include "crypto/constant_time.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// Up to Tag::capacity secret bytes, stored inline (no allocation). Wiped when destroyed and when
/// moved from. Has no stream operator and no ==; reveal() is the one way to the bytes.
/// Promises nothing about swap, core dumps or a debugger: pages are not locked.
template <class Tag>
class Secret {
 public:
  static constexpr std::size_t capacity = Tag::capacity;

  /// Empty: size 0.
  Secret() = default;

  /// `size` zero bytes, to be written through fill(). std::length_error above the capacity.
  explicit Secret(std::size_t size) : size_(checked(size)) {}

  /// std::length_error above the capacity. The source is left as it is.
  static Secret copy_of(View bytes) {
    Secret secret(bytes.size());
    std::copy(bytes.begin(), bytes.end(), secret.bytes_.begin());
    return secret;
  }

  Secret(Secret&& other) noexcept { take(other); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe(bytes_);
      take(other);
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(bytes_); }

  View reveal() const { return View(bytes_).first(size_); }
  MutableView fill() { return MutableView(bytes_).first(size_); }
  std::size_t size() const { return size_; }

  /// Comparing secrets is spelled equal(a, b), in constant time.
  bool operator==(const Secret&) const = delete;

 private:
  static std::size_t checked(std::size_t size) {
    if (size > capacity) throw std::length_error("a secret is longer than its type allows");
    return size;
  }

  void take(Secret& other) {
    bytes_ = other.bytes_;
    size_ = std::exchange(other.size_, 0);
    wipe(other.bytes_);
  }

  std::array<std::uint8_t, capacity> bytes_{};
  std::size_t size_ = 0;
};

/// Constant time in the content; lengths are not secret.
template <class Tag>
bool equal(const Secret<Tag>& a, const Secret<Tag>& b) {
  return equal(a.reveal(), b.reveal());
}

namespace tag {
struct PremasterSecret {
  static constexpr std::size_t capacity = 48;  // secp384r1's X coordinate
};
struct MasterSecret {
  static constexpr std::size_t capacity = 48;  // RFC 5246, 8.1
};
struct KeyBlock {
  static constexpr std::size_t capacity = 128;  // RFC 5246, 6.3; the largest of ours takes 88
};
struct TrafficKey {
  static constexpr std::size_t capacity = 32;  // client_write_key, server_write_key
};
struct TrafficIv {
  static constexpr std::size_t capacity = 12;  // client_write_IV, server_write_IV
};
struct PrivateScalar {
  static constexpr std::size_t capacity = 48;  // the private key of a group
};
}  // namespace tag

using PremasterSecret = Secret<tag::PremasterSecret>;
using MasterSecret = Secret<tag::MasterSecret>;
using KeyBlock = Secret<tag::KeyBlock>;
using TrafficKey = Secret<tag::TrafficKey>;
using TrafficIv = Secret<tag::TrafficIv>;
using PrivateScalar = Secret<tag::PrivateScalar>;

/// Secret bytes of any length, on the heap: the numbers of a private key. Move-only, wiped.
class SecretBytes {
 public:
  SecretBytes() = default;

  /// `size` zero bytes, to be written through fill().
  explicit SecretBytes(std::size_t size)
      : bytes_(std::make_unique<std::uint8_t[]>(size)), size_(size) {}

  static SecretBytes copy_of(View bytes) {
    SecretBytes secret(bytes.size());
    std::copy(bytes.begin(), bytes.end(), secret.bytes_.get());
    return secret;
  }

  SecretBytes(SecretBytes&& other) noexcept
      : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      wipe(fill());
      bytes_ = std::move(other.bytes_);
      size_ = std::exchange(other.size_, 0);
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { wipe(fill()); }

  View reveal() const { return {bytes_.get(), size_}; }
  MutableView fill() { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }

  bool operator==(const SecretBytes&) const = delete;

 private:
  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t size_ = 0;
};

/// Constant time in the content; lengths are not secret.
inline bool equal(const SecretBytes& a, const SecretBytes& b) {
  return equal(a.reveal(), b.reveal());
}

}  // namespace glasstls::crypto
