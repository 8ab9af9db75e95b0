// IPv4 (RFC 791) and IPv6 (RFC 8200), as far as it takes to find TCP in them.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

struct Address {
  std::array<std::uint8_t, 16> bytes{};  // of IPv4 the first four
  std::uint8_t size = 0;                 // 4 or 16

  View view() const { return View(bytes).first(size); }
  auto operator<=>(const Address&) const = default;
};

/// "192.0.2.1", "2001:db8::1" (RFC 5952).
std::string to_string(const Address& address);

struct IpPacket {
  enum class Kind : std::uint8_t {
    tcp,       // `payload` begins with a TCP header
    other,     // another protocol: UDP, ICMP, ESP ...
    fragment,  // of a larger packet; fragments are not put together
    cut,       // the snap length left too little of its headers
    malformed,
  };
  Kind kind = Kind::malformed;
  Address source, destination;
  View payload;             // what was captured of it, without padding of the link
  std::size_t missing = 0;  // bytes of the payload behind it that the snap length cut off
};

/// `packet` is what was captured, `original_length` what it measured on the wire. Where the header's
/// length is 0 (a packet of the sender's own capture, cut only later by the network card), the latter
/// is believed.
IpPacket decode_ip(View packet, std::size_t original_length);

}  // namespace glasstls::inspect::capture
