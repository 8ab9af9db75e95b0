// ClientKeyExchange: the client's ephemeral public key. RFC 8422, 5.7.
#pragma once

#include "handshake/messages/ec_point.h"
#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// Under ECDHE suites, the only ones that we speak.
struct ClientKeyExchange {
  static constexpr HandshakeType type = HandshakeType::client_key_exchange;
  static constexpr Spec spec{"ClientKeyExchange", "RFC 8422, 5.7"};

  ECPoint ecdh_Yc;

  static void fields(auto& ar, auto& self) { ar.field("ecdh_Yc", self.ecdh_Yc); }
};

}  // namespace glasstls::handshake
