// Where random bytes come from. The system's source lives in platform/; a test gives its own, so
// that a handshake can be reproduced byte for byte.
#pragma once

#include "wire/bytes.h"

namespace glasstls::crypto {

/// A cryptographically secure source of random bytes (RFC 5246, D.1).
/// Not necessarily thread-safe: an implementation says.
class RandomSource {
 public:
  virtual ~RandomSource() = default;

  /// Fills all of `out` or throws; never returns with less.
  virtual void fill(MutableView out) = 0;
};

}  // namespace glasstls::crypto
