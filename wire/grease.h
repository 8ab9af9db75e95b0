// GREASE: values that peers send to see whether we ignore what we do not know. RFC 8701, 2.
#pragma once

#include <cstdint>

namespace glasstls::wire {

/// 0x0A0A, 0x1A1A, ... 0xFAFA: reserved as cipher suites, extensions, groups,
/// schemes and versions.
constexpr bool is_grease(std::uint16_t value) {
  return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

}  // namespace glasstls::wire
