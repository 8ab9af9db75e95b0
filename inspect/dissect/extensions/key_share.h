// key_share: the ephemeral public keys of TLS 1.3. RFC 8446, 4.2.8.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/groups.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

struct KeyShareEntry {
  static constexpr std::string_view item_name = "KeyShareEntry";

  crypto::NamedGroup group{};
  Bytes key_exchange;

  static void fields(auto& ar, auto& self) {
    ar.field("group", self.group);
    ar.opaque("key_exchange", self.key_exchange, within<1, 0xffff>);
  }
};

/// In a ClientHello.
struct KeyShareClientHello {
  static constexpr auto type = handshake::ExtensionType::key_share;

  std::vector<KeyShareEntry> client_shares;

  static void fields(auto& ar, auto& self) {
    ar.vector("client_shares", self.client_shares, within<0, 0xffff>);
  }
};

/// In a ServerHello.
struct KeyShareServerHello {
  static constexpr auto type = handshake::ExtensionType::key_share;

  KeyShareEntry server_share;

  static void fields(auto& ar, auto& self) { ar.field("server_share", self.server_share); }
};

/// In a HelloRetryRequest.
struct KeyShareHelloRetryRequest {
  static constexpr auto type = handshake::ExtensionType::key_share;

  crypto::NamedGroup selected_group{};

  static void fields(auto& ar, auto& self) { ar.field("selected_group", self.selected_group); }
};

}  // namespace glasstls::inspect::shown
