// The function of RFC 7748, 5. For crypto/ itself: others use EphemeralKey.
#pragma once

#include "wire/bytes.h"

namespace glasstls::crypto {

/// out = X25519(scalar, u), 32 bytes each. The scalar is clamped and the top bit of u
/// ignored, as RFC 7748 tells. The result may be all zero: the caller must check. Constant time.
void x25519(View scalar, View u, MutableView out);

/// out = X25519(scalar, 9): the public key of a scalar. Constant time.
void x25519_public_key(View scalar, MutableView out);

}  // namespace glasstls::crypto
