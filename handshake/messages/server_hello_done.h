// ServerHelloDone: the server waits for the client. RFC 5246, 7.4.5.
#pragma once

#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct ServerHelloDone {
  static constexpr HandshakeType type = HandshakeType::server_hello_done;
  static constexpr Spec spec{"ServerHelloDone", "RFC 5246, 7.4.5"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
