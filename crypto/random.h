// Where random bytes come from. The system's source lives in platform/; a test gives its own, so
// that a handshake can be reproduced byte for byte.
#pragma once

#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::crypto {

/// What random bytes become.
enum class RandomPurpose : std::uint8_t {
  other,
  hello_random,   // ClientHello.random, ServerHello.random
  session_id,     // RFC 5246, 7.4.1.2 and 7.4.1.3
  ephemeral_key,  // ECDHE: RFC 8422, 5.10
  signature,      // salts of RSA PSS, blinding
  ticket,         // what seals one session ticket
  ticket_key,     // what seals all of them
};

/// A cryptographically secure source of random bytes (RFC 5246, D.1).
/// Not necessarily thread-safe: an implementation says.
class RandomSource {
 public:
  virtual ~RandomSource() = default;

  /// Fills all of `out` or throws; never returns with less.
  virtual void fill(MutableView out) = 0;

  /// Where to draw for this purpose: a reproducible source may keep a stream for each, so that more
  /// bytes for one purpose do not change those for another. Lives as long as the source.
  virtual RandomSource& stream(RandomPurpose) { return *this; }
};

}  // namespace glasstls::crypto
