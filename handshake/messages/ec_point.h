// ECPoint: a public key on the wire. RFC 8422, 5.4.
#pragma once

#include <string_view>

#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

/// Uncompressed form 0x04 || X || Y, or the 32 bytes of x25519. Checked where it is used.
struct ECPoint {
  Bytes point;

  static void fields(auto& ar, auto& self) { ar.opaque("point", self.point, within<1, 0xff>); }
};

}  // namespace glasstls::handshake
