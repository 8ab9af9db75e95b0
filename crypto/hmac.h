// HMAC (RFC 2104) over our hashes.
#pragma once

#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// A running HMAC. The key is hashed in once, at construction: a copy starts from there, so the
/// PRF pays two compressions per HMAC instead of four. Nothing is allocated.
class Hmac {
 public:
  /// A key of any length, the empty one included.
  Hmac(HashAlgorithm algorithm, View key);

  void update(View bytes) { inner_.update(bytes); }

  /// The HMAC of all bytes so far; the running HMAC is not disturbed.
  /// Compare results with Digest's ==, which is constant time.
  Digest finish() const;

 private:
  Hash inner_;  // has taken key XOR ipad, then the message
  Hash outer_;  // has taken key XOR opad
};

/// One shot.
Digest hmac(HashAlgorithm algorithm, View key, View bytes);

}  // namespace glasstls::crypto
