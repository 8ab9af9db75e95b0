// TcpWriter: the IP packets that could have carried a connection's bytes.
//
// An endpoint knows what it read and wrote, not the packets on the network; here they are made up,
// the same for the same calls: SYN, SYN-ACK and ACK; segments of data; FIN or RST. IPv4 (RFC 791)
// without options or fragments, or IPv6 (RFC 8200) without extension headers; TCP (RFC 9293) with
// no option but the maximum segment size, on the SYNs. All checksums are right. Nothing is ever
// lost, repeated or out of order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "inspect/capture/end_points.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::inspect::capture {

/// How one side ends its direction: nothing more to send, or all is over.
enum class Ending : std::uint8_t { fin, rst };

/// RFC 9293, 3.4.1
struct InitialSequenceNumbers {
  std::uint32_t client = 0, server = 0;
};

/// The Internet checksum of bytes that are led by others whose sum is `sum`. RFC 1071.
std::uint16_t internet_checksum(View bytes, std::uint64_t sum = 0);

class TcpWriter {
 public:
  using Packets = std::vector<Bytes>;  // each a whole IP packet, in order

  static constexpr std::size_t maximum_segment_size = 16'000;  // bytes of data in one packet
  static constexpr std::uint16_t window = 65'535;              // and no more are under way

  TcpWriter(const EndPoints& ends, const InitialSequenceNumbers& numbers);

  /// The handshake of TCP. The first call of all.
  Packets open();
  /// Segments of `bytes`, the last with PSH, each acknowledging what came before. The other side's
  /// acknowledgements come between where its window would be full. No packets for no bytes, after
  /// an end of this direction, or after a RST.
  Packets data(Side from, View bytes);
  /// FIN, answered at once if the other side ended before; or RST. Nothing for an end that was
  /// already told.
  Packets closed(Side from, Ending ending);
  /// The acknowledgements that are still missing; nothing after a RST.
  Packets acknowledge();

 private:
  struct Half {
    std::uint32_t next = 0;          // sequence number; wraps
    std::uint32_t acknowledged = 0;  // up to here, by the other side
    bool ended = false;
  };

  Half& half(Side side) { return halves_[index_of(side)]; }
  /// The next packet of a side.
  Bytes packet(Side from, unsigned flags, View data = {});
  void acknowledge(Side from, Packets& packets);

  EndPoints ends_;
  std::array<Half, 2> halves_;
};

}  // namespace glasstls::inspect::capture
