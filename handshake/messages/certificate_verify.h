// CertificateVerify: the client proves that its certificate's key is its own. RFC 5246, 7.4.8.
#pragma once

#include "handshake/messages/digitally_signed.h"
#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct CertificateVerify {
  static constexpr HandshakeType type = HandshakeType::certificate_verify;
  static constexpr Spec spec{"CertificateVerify", "RFC 5246, 7.4.8"};

  DigitallySigned handshake_messages;  // signature over all messages before this one

  static void fields(auto& ar, auto& self) {
    ar.field("handshake_messages", self.handshake_messages);
  }
};

}  // namespace glasstls::handshake
