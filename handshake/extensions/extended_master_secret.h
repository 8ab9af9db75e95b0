// extended_master_secret: binds the master secret to the whole handshake. RFC 7627, 5.1.
#pragma once

#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In either hello. Empty.
struct ExtendedMasterSecret {
  static constexpr ExtensionType type = ExtensionType::extended_master_secret;
  static constexpr Spec spec{"extended_master_secret", "RFC 7627, 5.1"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
