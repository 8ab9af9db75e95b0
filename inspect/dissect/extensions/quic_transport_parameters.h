// quic_transport_parameters: what a QUIC endpoint grants the other. RFC 9000, 18; RFC 9001, 8.2.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/registry.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// The name of a transport parameter by IANA's registry; empty for others, those reserved for GREASE
/// among them.
std::string_view transport_parameter_name(std::uint64_t id);

struct TransportParameter {
  static constexpr std::string_view item_name = "TransportParameter";

  std::uint64_t id = 0;
  std::uint64_t length = 0;
  Bytes value;

  static void fields(auto& ar, auto& self) {
    ar.varint("id", self.id, transport_parameter_name);
    ar.varint("length", self.length);
    ar.bytes("value", self.value, self.length);
  }
};

struct QuicTransportParameters {
  static constexpr handshake::ExtensionType type{57};

  std::vector<TransportParameter> parameters;

  static void fields(auto& ar, auto& self) { ar.items("parameters", self.parameters); }
};

}  // namespace glasstls::inspect::shown
