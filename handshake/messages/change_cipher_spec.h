// ChangeCipherSpec: what follows is protected by the pending keys. RFC 5246, 7.1.
//
// A protocol of its own with one message of one byte; not part of the transcript.
#pragma once

#include <cstdint>

#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// Proof that no half handshake message is waiting: only Defragmenter makes one. Keys must not
/// change inside a message, or its parts would be protected differently.
class HandshakeAligned {
  friend class Defragmenter;
  HandshakeAligned() = default;
};

/// Exists only where the handshake is aligned.
struct ChangeCipherSpec {
  static constexpr Spec spec{"ChangeCipherSpec", "RFC 5246, 7.1"};

  explicit ChangeCipherSpec(HandshakeAligned) {}

  static void fields(auto& ar, auto& self) { ar.field("type", self.type); }

  std::uint8_t type = 1;
};

/// The fragment of a change_cipher_spec record. Throws ProtocolError: decode_error unless it is one
/// byte, illegal_parameter unless that is 1.
ChangeCipherSpec decode_change_cipher_spec(View fragment, HandshakeAligned aligned);

}  // namespace glasstls::handshake
