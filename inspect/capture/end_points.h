// The two ends of a TCP connection: address and port of each.
#pragma once

#include <array>
#include <cstdint>
#include <variant>

#include "wire/side.h"

namespace glasstls::inspect::capture {

using IPv4Address = std::array<std::uint8_t, 4>;
using IPv6Address = std::array<std::uint8_t, 16>;

struct EndPoint {
  std::variant<IPv4Address, IPv6Address> address;
  std::uint16_t port = 0;
  friend bool operator==(const EndPoint&, const EndPoint&) = default;
};

struct EndPoints {
  EndPoint client, server;

  const EndPoint& of(Side side) const { return side == Side::client ? client : server; }
  friend bool operator==(const EndPoints&, const EndPoints&) = default;
};

/// As packets carry them. A socket for both families shows an IPv4 peer as an IPv4-mapped address
/// (RFC 4291, 2.5.5.2): where both ends can be IPv4 they become that, otherwise both are IPv6.
EndPoints of_one_family(const EndPoints& ends);

}  // namespace glasstls::inspect::capture
