// Signatures as the versions write them. RFC 5246, 4.7; RFC 4346, 4.7.
#pragma once

#include "handshake/messages/digitally_signed.h"
#include "wire/bounds.h"
#include "wire/version.h"

namespace glasstls::inspect::shown {

/// The algorithm is told since TLS 1.2; before it follows from the key.
constexpr bool tells_algorithm(ProtocolVersion version) {
  return version >= ProtocolVersion::tls12;
}

struct Signature {
  ProtocolVersion version = ProtocolVersion::tls12;  // of the connection, not on the wire
  handshake::DigitallySigned digitally_signed;

  static void fields(auto& ar, auto& self) {
    if (tells_algorithm(self.version))
      return handshake::DigitallySigned::fields(ar, self.digitally_signed);
    ar.opaque("signature", self.digitally_signed.signature, within<0, 0xffff>);
  }
};

/// RFC 5246, 7.4.8; RFC 4346, 7.4.8.
struct CertificateVerify {
  Signature signature;

  static void fields(auto& ar, auto& self) { ar.field("handshake_messages", self.signature); }
};

}  // namespace glasstls::inspect::shown
