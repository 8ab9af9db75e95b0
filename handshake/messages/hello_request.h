// HelloRequest: a server asks for a new handshake. We never send one and never renegotiate.
// RFC 5246, 7.4.1.1.
#pragma once

#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct HelloRequest {
  static constexpr HandshakeType type = HandshakeType::hello_request;
  static constexpr Spec spec{"HelloRequest", "RFC 5246, 7.4.1.1"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
