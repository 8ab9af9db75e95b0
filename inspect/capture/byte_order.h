// Numbers of captures and of network headers. Internal to inspect/capture/.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

enum class ByteOrder : std::uint8_t { big, little };

/// The number of `Size` bytes at `at`, which must lie within `bytes`.
template <std::size_t Size>
std::uint64_t number(View bytes, std::size_t at, ByteOrder order = ByteOrder::big) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < Size; ++i)
    value = value << 8 | bytes[order == ByteOrder::big ? at + i : at + Size - 1 - i];
  return value;
}

inline std::uint16_t uint16(View bytes, std::size_t at, ByteOrder order = ByteOrder::big) {
  return static_cast<std::uint16_t>(number<2>(bytes, at, order));
}

inline std::uint32_t uint32(View bytes, std::size_t at, ByteOrder order = ByteOrder::big) {
  return static_cast<std::uint32_t>(number<4>(bytes, at, order));
}

inline std::uint64_t uint64(View bytes, std::size_t at, ByteOrder order = ByteOrder::big) {
  return number<8>(bytes, at, order);
}

}  // namespace glasstls::inspect::capture
