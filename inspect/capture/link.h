// From the link layer to IP. Link types are numbered as https://www.tcpdump.org/linktypes.html does.
#pragma once

#include <cstdint>
#include <string>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// What a frame holds.
struct LinkPayload {
  enum class Kind : std::uint8_t {
    ip,                 // `bytes` begin with an IPv4 or IPv6 header
    not_ip,             // ARP, LLDP ...
    unknown_link_type,  // not one that is read here
    cut,                // too short for its link header
  };
  Kind kind = Kind::cut;
  View bytes;  // behind the link header; padding of the link may follow the IP packet
};

/// Reads Ethernet with any number of VLAN tags (IEEE 802.1Q, 802.1ad), raw IP, BSD loopback in
/// either byte order, Linux cooked v1 and v2.
LinkPayload decode_link(std::uint32_t link_type, View frame);

/// "Ethernet", "IEEE 802.11 with radiotap"; "link type 250" for one without a name here.
std::string link_type_name(std::uint32_t link_type);

}  // namespace glasstls::inspect::capture
