// Finished: the proof that both sides saw the same handshake and hold the same secret. RFC
// 5246, 7.4.9.
#pragma once

#include <array>
#include <cstdint>

#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// 12 bytes for every suite that we speak.
using VerifyData = std::array<std::uint8_t, 12>;

struct Finished {
  static constexpr HandshakeType type = HandshakeType::finished;
  static constexpr Spec spec{"Finished", "RFC 5246, 7.4.9"};

  VerifyData verify_data{};

  static void fields(auto& ar, auto& self) { ar.opaque("verify_data", self.verify_data); }
};

}  // namespace glasstls::handshake
