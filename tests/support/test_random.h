// Reproducible randomness for tests: the same seed gives the same bytes on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/hash.h"
#include "crypto/random.h"
#include "wire/bytes.h"

namespace glasstls::test {

/// The stream SHA-256(seed || 0) || SHA-256(seed || 1) || ..., where the counter has eight
/// big-endian bytes. It does not matter in what portions it is taken. NOT for secrets: whoever
/// knows the seed knows the stream. Not thread-safe.
class TestRandom final : public crypto::RandomSource {
 public:
  explicit TestRandom(std::string_view seed = "test") : seeded_(crypto::HashAlgorithm::sha256) {
    seeded_.update(wire::as_bytes(seed));
  }

  void fill(MutableView out) override {
    for (std::uint8_t& byte : out) {
      if (used_ == block_.size()) next_block();
      byte = block_[used_++];
    }
    taken_ += out.size();
  }

  /// Bytes given so far: to assert how much a function draws.
  std::size_t taken() const { return taken_; }

 private:
  void next_block() {
    std::array<std::uint8_t, 8> counter;
    for (std::size_t i = 0; i < counter.size(); ++i) {
      counter[i] = static_cast<std::uint8_t>(blocks_ >> (56 - 8 * i));
    }
    ++blocks_;
    crypto::Hash hash = seeded_;
    hash.update(counter);
    const crypto::Digest digest = hash.finish();
    std::copy_n(digest.view().begin(), block_.size(), block_.begin());
    used_ = 0;
  }

  crypto::Hash seeded_;
  std::uint64_t blocks_ = 0;
  std::array<std::uint8_t, 32> block_{};
  std::size_t used_ = 32;
  std::size_t taken_ = 0;
};

}  // namespace glasstls::test
