// Extensions that say how to write records and hellos, and who the client is by name.
#pragma once

#include <cstdint>

#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// RFC 6066, 4.
struct MaxFragmentLength {
  static constexpr auto type = handshake::ExtensionType::max_fragment_length;

  handshake::MaxFragmentLength length{};

  static void fields(auto& ar, auto& self) { ar.field("MaxFragmentLength", self.length); }
};

/// RFC 6520, 2.
struct HeartbeatExtension {
  static constexpr auto type = handshake::ExtensionType::heartbeat;

  handshake::HeartbeatMode mode{};

  static void fields(auto& ar, auto& self) { ar.field("mode", self.mode); }
};

/// Zeros that bring the hello to a length. RFC 7685, 3.
struct Padding {
  static constexpr auto type = handshake::ExtensionType::padding;

  Bytes padding;

  static void fields(auto& ar, auto& self) { ar.rest("padding", self.padding); }
};

/// RFC 9146, 3; before it, by the number 53.
template <std::uint16_t Number>
struct ConnectionId {
  static constexpr handshake::ExtensionType type{Number};

  Bytes cid;

  static void fields(auto& ar, auto& self) { ar.opaque("cid", self.cid, within<0, 255>); }
};

/// The user's name. RFC 5054, 2.8.1.
struct SrpExtension {
  static constexpr handshake::ExtensionType type{12};

  Bytes srp_I;

  static void fields(auto& ar, auto& self) { ar.text("srp_I", self.srp_I, within<1, 255>); }
};

}  // namespace glasstls::inspect::shown
