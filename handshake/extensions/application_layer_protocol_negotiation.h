// application_layer_protocol_negotiation: which protocol is to be spoken inside. RFC 7301, 3.1.
#pragma once

#include <string_view>
#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// `opaque ProtocolName<1..2^8-1>`: "h2", "http/1.1"; any bytes, compared as they are.
struct ProtocolName {
  Bytes name;

  static constexpr std::string_view item_name = "protocol_name";

  static void fields(auto& ar, auto& self) { ar.text("ProtocolName", self.name, within<1, 0xff>); }
};

/// In the client's hello: its protocols in order of preference. In the server's: the one chosen.
struct ProtocolNameList {
  static constexpr ExtensionType type = ExtensionType::application_layer_protocol_negotiation;
  static constexpr Spec spec{"application_layer_protocol_negotiation", "RFC 7301, 3.1"};

  std::vector<ProtocolName> protocol_name_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("protocol_name_list", self.protocol_name_list, within<2, 0xffff>);
  }
};

}  // namespace glasstls::handshake
