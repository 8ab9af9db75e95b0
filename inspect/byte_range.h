// Some bytes of a certificate or another DER object.
#pragma once

#include <cstddef>
#include <string>

namespace glasstls::inspect {

/// Offset and length, header included.
struct ByteRange {
  std::size_t offset = 0;
  std::size_t length = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// "bytes 12 to 15", "byte 12".
inline std::string to_string(const ByteRange& range) {
  if (range.length <= 1) return "byte " + std::to_string(range.offset);
  return "bytes " + std::to_string(range.offset) + " to " +
         std::to_string(range.offset + range.length - 1);
}

}  // namespace glasstls::inspect
