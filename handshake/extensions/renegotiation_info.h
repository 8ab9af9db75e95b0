// renegotiation_info: shows that a handshake is the first on its connection. RFC 5746, 3.2.
#pragma once

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In either hello.
struct RenegotiationInfo {
  static constexpr ExtensionType type = ExtensionType::renegotiation_info;
  static constexpr Spec spec{"renegotiation_info", "RFC 5746, 3.2"};

  Bytes renegotiated_connection;  // empty in an initial handshake, the only kind that we do

  static void fields(auto& ar, auto& self) {
    ar.opaque("renegotiated_connection", self.renegotiated_connection, within<0, 0xff>);
  }
};

}  // namespace glasstls::handshake
