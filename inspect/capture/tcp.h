// One TCP segment. RFC 9293, 3.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

struct TcpSegment {
  std::uint16_t source_port = 0, destination_port = 0;
  std::uint32_t sequence_number = 0, acknowledgment_number = 0;
  bool fin = false, syn = false, rst = false, ack = false;
  View payload;             // what was captured of it
  std::size_t missing = 0;  // bytes behind it that the snap length cut off
};

enum class TcpFault : std::uint8_t {
  cut,        // the snap length left too little of its header
  malformed,  // a header length that cannot be
};

/// `segment` is an IP payload that lacks its last `missing` bytes. The checksum is not looked at: in
/// captures of the sender's own packets it is often not there yet. Returns nullopt and sets `fault` if
/// it is no segment.
std::optional<TcpSegment> decode_tcp(View segment, std::size_t missing, TcpFault& fault);

}  // namespace glasstls::inspect::capture
