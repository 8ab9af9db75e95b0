// DigitallySigned: a signature and how it was made. RFC 5246, 4.7.
#pragma once

#include "crypto/schemes.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

struct DigitallySigned {
  crypto::SignatureScheme algorithm{};
  Bytes signature;

  static void fields(auto& ar, auto& self) {
    ar.field("algorithm", self.algorithm);
    ar.opaque("signature", self.signature, within<0, 0xffff>);
  }
};

}  // namespace glasstls::handshake
