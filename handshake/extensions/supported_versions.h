// supported_versions: how clients that can speak TLS 1.3 list their versions. RFC 8446, 4.2.1.
#pragma once

#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/error.h"
#include "wire/version.h"

namespace glasstls::handshake {

/// In the client's hello. Read by our server, never sent by our client.
struct SupportedVersions {
  static constexpr ExtensionType type = ExtensionType::supported_versions;
  static constexpr Spec spec{"supported_versions", "RFC 8446, 4.2.1"};

  std::vector<ProtocolVersion> versions;

  static void fields(auto& ar, auto& self) { ar.vector("versions", self.versions, within<2, 254>); }
};

}  // namespace glasstls::handshake
