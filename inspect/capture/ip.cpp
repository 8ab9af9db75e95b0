#include "inspect/capture/ip.h"

#include <algorithm>
#include <optional>

#include "inspect/capture/byte_order.h"
#include "x509/server_name.h"

namespace glasstls::inspect::capture {

namespace {

using Kind = IpPacket::Kind;

constexpr std::uint8_t protocol_tcp = 6;

Address address(View packet, std::size_t at, std::uint8_t size) {
  Address found;
  found.size = size;
  std::copy_n(packet.begin() + static_cast<std::ptrdiff_t>(at), size, found.bytes.begin());
  return found;
}

/// The part of `packet` from `header` on that ends with `total`, all counted from its start.
void set_payload(IpPacket& ip, View packet, std::size_t header, std::size_t total) {
  const std::size_t captured = std::min(packet.size(), total);
  ip.payload = packet.subspan(header, captured - header);
  ip.missing = total - captured;
}

IpPacket decode_ipv4(View packet, std::size_t original_length) {
  constexpr std::size_t least = 20;
  IpPacket ip;
  ip.kind = Kind::cut;
  if (packet.size() < least) return ip;
  const std::size_t header = std::size_t{packet[0] & 0x0fU} * 4;
  std::size_t total = uint16(packet, 2);
  if (total == 0) total = original_length;
  ip.kind = Kind::malformed;
  if (header < least || total < header) return ip;
  ip.source = address(packet, 12, 4);
  ip.destination = address(packet, 16, 4);
  ip.kind = Kind::fragment;
  if ((uint16(packet, 6) & 0x3fff) != 0) return ip;  // More Fragments, Fragment Offset
  ip.kind = Kind::cut;
  if (packet.size() < header) return ip;
  set_payload(ip, packet, header, total);
  ip.kind = packet[9] == protocol_tcp ? Kind::tcp : Kind::other;
  return ip;
}

/// Extension headers of a length that they say themselves. RFC 8200, 4; RFC 4302; RFC 6275; RFC 7401; RFC 5533.
bool is_extension_header(std::uint8_t next_header) {
  constexpr std::uint8_t known[] = {0, 43, 44, 51, 60, 135, 139, 140};
  return std::find(std::begin(known), std::end(known), next_header) != std::end(known);
}

struct UpperLayer {
  Kind kind;
  std::size_t offset;
};

/// Walks over the extension headers. `packet` ends with the IPv6 packet, or where it was cut.
UpperLayer find_upper_layer(View packet, std::size_t total) {
  constexpr std::uint8_t fragment = 44, authentication = 51;
  std::uint8_t next_header = packet[6];
  std::size_t at = 40;
  while (is_extension_header(next_header)) {
    if (total < at + 8) return {Kind::malformed, 0};
    if (packet.size() < at + 8) return {Kind::cut, 0};
    std::size_t size = (std::size_t{packet[at + 1]} + 1) * 8;
    if (next_header == authentication) size = (std::size_t{packet[at + 1]} + 2) * 4;
    if (next_header == fragment) {
      size = 8;
      // A fragment that is the whole packet is none. RFC 6946
      if ((uint16(packet, at + 2) & 0xfff9) != 0) return {Kind::fragment, 0};
    }
    next_header = packet[at];
    at += size;
  }
  if (at > total) return {Kind::malformed, 0};
  if (at > packet.size()) return {Kind::cut, 0};
  return {next_header == protocol_tcp ? Kind::tcp : Kind::other, at};
}

IpPacket decode_ipv6(View packet, std::size_t original_length) {
  constexpr std::size_t header = 40;
  IpPacket ip;
  ip.kind = Kind::cut;
  if (packet.size() < header) return ip;
  const std::size_t payload_length = uint16(packet, 4);
  const std::size_t total =
      payload_length == 0 ? std::max(original_length, header) : header + payload_length;
  ip.source = address(packet, 8, 16);
  ip.destination = address(packet, 24, 16);
  const UpperLayer upper = find_upper_layer(packet.first(std::min(packet.size(), total)), total);
  ip.kind = upper.kind;
  if (upper.kind == Kind::tcp || upper.kind == Kind::other)
    set_payload(ip, packet, upper.offset, total);
  return ip;
}

}  // namespace

std::string to_string(const Address& address) { return x509::address_text(address.view()); }

IpPacket decode_ip(View packet, std::size_t original_length) {
  original_length = std::max(original_length, packet.size());
  IpPacket ip;
  ip.kind = Kind::cut;
  if (packet.empty()) return ip;
  switch (packet[0] >> 4) {
    case 4: return decode_ipv4(packet, original_length);
    case 6: return decode_ipv6(packet, original_length);
    default: ip.kind = Kind::malformed; return ip;
  }
}

}  // namespace glasstls::inspect::capture
