// Extensions that settle what is spoken inside, besides application_layer_protocol_negotiation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/extensions/application_layer_protocol_negotiation.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// next_protocol_negotiation in a ServerHello. draft-agl-tls-nextprotoneg-04, 3.
struct NextProtocols {
  static constexpr handshake::ExtensionType type{13172};

  std::vector<handshake::ProtocolName> protocols;

  static void fields(auto& ar, auto& self) { ar.items("protocols", self.protocols); }
};

/// application_settings in a ClientHello, by its old number and its new one.
/// draft-vvv-tls-alps-01, 4.
template <std::uint16_t Number>
struct ApplicationSettingsSupport {
  static constexpr handshake::ExtensionType type{Number};

  std::vector<handshake::ProtocolName> supported_protocols;

  static void fields(auto& ar, auto& self) {
    ar.vector("supported_protocols", self.supported_protocols, within<2, 0xffff>);
  }
};

/// RFC 5764, 4.1.1.
struct UseSRTPData {
  static constexpr auto type = handshake::ExtensionType::use_srtp;

  std::vector<handshake::SRTPProtectionProfile> profiles;
  Bytes srtp_mki;

  static void fields(auto& ar, auto& self) {
    ar.vector("SRTPProtectionProfiles", self.profiles, within<2, 0xffff>);
    ar.opaque("srtp_mki", self.srtp_mki, within<0, 255>);
  }
};

struct TokenBindingProtocolVersion {
  std::uint8_t major_version = 0;
  std::uint8_t minor_version = 0;

  static void fields(auto& ar, auto& self) {
    ar.field("major", self.major_version);
    ar.field("minor", self.minor_version);
  }
};

/// RFC 8472, 2.
struct TokenBindingParameters {
  static constexpr handshake::ExtensionType type{24};

  TokenBindingProtocolVersion token_binding_version;
  std::vector<handshake::TokenBindingKeyParameters> key_parameters_list;

  static void fields(auto& ar, auto& self) {
    ar.field("token_binding_version", self.token_binding_version);
    ar.vector("key_parameters_list", self.key_parameters_list, within<1, 255>);
  }
};

}  // namespace glasstls::inspect::shown
