#include "inspect/capture/link.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "inspect/capture/byte_order.h"

namespace glasstls::inspect::capture {

namespace {

using Kind = LinkPayload::Kind;

enum LinkType : std::uint32_t {
  null = 0,
  ethernet = 1,
  raw_of_bsd = 12,
  raw_of_openbsd = 14,
  raw = 101,
  loop = 108,
  linux_sll = 113,
  ipv4 = 228,
  ipv6 = 229,
  linux_sll2 = 276,
};

struct Name {
  std::uint32_t link_type;
  std::string_view name;
};

constexpr Name names[] = {
    {null, "BSD loopback"},
    {ethernet, "Ethernet"},
    {6, "Token Ring"},
    {9, "PPP"},
    {raw_of_bsd, "raw IP"},
    {raw_of_openbsd, "raw IP"},
    {50, "PPP"},
    {51, "PPPoE"},
    {raw, "raw IP"},
    {105, "IEEE 802.11"},
    {loop, "OpenBSD loopback"},
    {linux_sll, "Linux cooked v1"},
    {119, "IEEE 802.11 with a Prism header"},
    {127, "IEEE 802.11 with radiotap"},
    {147, "user 0"},
    {187, "Bluetooth"},
    {189, "USB"},
    {192, "PPI"},
    {201, "Bluetooth"},
    {220, "USB"},
    {ipv4, "raw IPv4"},
    {ipv6, "raw IPv6"},
    {239, "netfilter log"},
    {249, "USB"},
    {252, "Wireshark upper PDU"},
    {linux_sll2, "Linux cooked v2"},
};

bool is_vlan_tag(std::uint16_t ethertype) {
  return ethertype == 0x8100 || ethertype == 0x88a8 || ethertype == 0x9100 || ethertype == 0x9200;
}

LinkPayload behind_ethertype(std::uint16_t ethertype, View rest) {
  while (is_vlan_tag(ethertype)) {
    if (rest.size() < 4) return {Kind::cut, {}};
    ethertype = uint16(rest, 2);
    rest = rest.subspan(4);
  }
  const bool is_ip = ethertype == 0x0800 || ethertype == 0x86dd;
  return {is_ip ? Kind::ip : Kind::not_ip, rest};
}

/// A header of `length` bytes with an EtherType at `at`.
LinkPayload with_ethertype(View frame, std::size_t length, std::size_t at) {
  if (frame.size() < length) return {Kind::cut, {}};
  return behind_ethertype(uint16(frame, at), frame.subspan(length));
}

/// An address family, in the byte order of the machine that captured (NULL) or of the network (LOOP).
LinkPayload loopback(View frame) {
  if (frame.size() < 4) return {Kind::cut, {}};
  constexpr std::uint32_t ip_families[] = {
      2,   // IPv4, everywhere
      10,  // IPv6 on Linux
      24,  // on NetBSD and OpenBSD
      28,  // on FreeBSD
      30,  // on macOS
  };
  const bool is_ip =
      std::any_of(std::begin(ip_families), std::end(ip_families), [frame](std::uint32_t family) {
        return uint32(frame, 0) == family || uint32(frame, 0, ByteOrder::little) == family;
      });
  return {is_ip ? Kind::ip : Kind::not_ip, frame.subspan(4)};
}

}  // namespace

LinkPayload decode_link(std::uint32_t link_type, View frame) {
  switch (link_type) {
    case ethernet: return with_ethertype(frame, 14, 12);
    case linux_sll: return with_ethertype(frame, 16, 14);
    case linux_sll2: return with_ethertype(frame, 20, 0);
    case null:
    case loop: return loopback(frame);
    case raw_of_bsd:
    case raw_of_openbsd:
    case raw:
    case ipv4:
    case ipv6: return {Kind::ip, frame};
    default: return {Kind::unknown_link_type, {}};
  }
}

std::string link_type_name(std::uint32_t link_type) {
  const auto* const found =
      std::find_if(std::begin(names), std::end(names),
                   [link_type](const Name& row) { return row.link_type == link_type; });
  return found == std::end(names) ? "link type " + std::to_string(link_type)
                                  : std::string(found->name);
}

}  // namespace glasstls::inspect::capture
