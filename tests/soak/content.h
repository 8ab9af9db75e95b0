// Content: bytes that tell where in a stream they stand, so that what is lost, doubled or out of order
// is noticed.
#pragma once

#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::soak {

/// An endless stream for each seed.
class Content {
 public:
  explicit Content(std::uint64_t seed) : begin_(seed % period) {}

  /// At most `size` bytes of it from `position` on, at least one if `size` is not 0.
  View at(std::uint64_t position, std::size_t size) const;
  /// Whether these bytes stand there.
  bool matches(std::uint64_t position, View bytes) const;

 private:
  static constexpr std::size_t period = 65'521;  // a prime: no size of a record divides it
  static constexpr std::size_t most_at_once = 65'536;
  static const Bytes& sheet();

  std::size_t begin_;
};

}  // namespace glasstls::soak
