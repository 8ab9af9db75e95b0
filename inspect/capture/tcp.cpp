#include "inspect/capture/tcp.h"

#include <algorithm>

#include "inspect/capture/byte_order.h"

namespace glasstls::inspect::capture {

std::optional<TcpSegment> decode_tcp(View segment, std::size_t missing, TcpFault& fault) {
  constexpr std::size_t least = 20;
  fault = missing > 0 ? TcpFault::cut : TcpFault::malformed;
  if (segment.size() < least) return std::nullopt;
  const std::size_t header = static_cast<std::size_t>(segment[12] >> 4) * 4;
  const std::size_t total = segment.size() + missing;
  if (header < least || header > total) {
    fault = TcpFault::malformed;
    return std::nullopt;
  }
  TcpSegment tcp;
  tcp.source_port = uint16(segment, 0);
  tcp.destination_port = uint16(segment, 2);
  tcp.sequence_number = uint32(segment, 4);
  tcp.acknowledgment_number = uint32(segment, 8);
  const std::uint8_t flags = segment[13];
  tcp.fin = (flags & 0x01) != 0;
  tcp.syn = (flags & 0x02) != 0;
  tcp.rst = (flags & 0x04) != 0;
  tcp.ack = (flags & 0x10) != 0;
  // Options that were cut off tell us nothing that we need.
  tcp.payload = segment.subspan(std::min(header, segment.size()));
  tcp.missing = total - header - tcp.payload.size();
  return tcp;
}

}  // namespace glasstls::inspect::capture
