// Input: an input of the fuzzer, taken apart from its front. What is not there reads as zero.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::fuzz {

class Input {
 public:
  explicit Input(View bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  std::uint8_t byte() {
    const View taken = bytes(1);
    return taken.empty() ? std::uint8_t{0} : taken[0];
  }
  /// Big-endian.
  std::uint16_t pair() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  /// So many, or those that are left.
  View bytes(std::size_t size) {
    const View taken = rest_.first(std::min(size, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  View rest() { return bytes(rest_.size()); }

 private:
  View rest_;
};

}  // namespace glasstls::fuzz
