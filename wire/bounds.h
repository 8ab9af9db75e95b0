// Bounds of variable-length vectors: `opaque session_id<0..32>` is within<0, 32>. RFC 5246, 4.3.
#pragma once

#include <cstddef>

namespace glasstls::wire {

/// A length in bytes from `minimum` to `maximum`, both included. On the wire a vector is preceded
/// by its length in as many bytes as `maximum` needs.
template <std::size_t Minimum, std::size_t Maximum>
struct Bounds {
  static_assert(Minimum <= Maximum && Maximum <= 0xffffff);
  static constexpr std::size_t minimum = Minimum;
  static constexpr std::size_t maximum = Maximum;
  static constexpr std::size_t prefix = Maximum <= 0xff ? 1 : Maximum <= 0xffff ? 2 : 3;
};

template <std::size_t Minimum, std::size_t Maximum>
inline constexpr Bounds<Minimum, Maximum> within{};

}  // namespace glasstls::wire

namespace glasstls {
using wire::within;
}  // namespace glasstls
