// The pseudorandom function of TLS 1.2: every secret of a connection comes out of it.
// RFC 5246, 5.
#pragma once

#include <initializer_list>
#include <string_view>

#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// P_hash(secret, seed) = HMAC_hash(secret, A(1) + seed) + HMAC_hash(secret, A(2) + seed) + ...
/// where A(0) = seed, A(i) = HMAC_hash(secret, A(i-1)). Fills all of `out`, which may not overlap
/// the inputs. Nothing is allocated.
void p_hash(HashAlgorithm algorithm, View secret, View seed, MutableView out);

/// PRF(secret, label, seed) = P_hash(secret, label + seed). The seed is given in pieces that are
/// taken as if joined. Fills all of `out`, which may not overlap the inputs. Nothing is allocated.
void prf(HashAlgorithm algorithm, View secret, std::string_view label,
         std::initializer_list<View> seed, MutableView out);

}  // namespace glasstls::crypto
