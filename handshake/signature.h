// The private-key operation as a message of the machine: asked for, and answered by whoever holds
// the key, at once or later. RFC 5246, 7.4.3 and 7.4.8.
#pragma once

#include <cstdint>
#include <memory>

#include "crypto/schemes.h"
#include "handshake/credential.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// What is to be signed.
struct SignatureRequest {
  std::uint64_t id = 0;  // within its connection
  crypto::SignatureScheme scheme{};
  Bytes content;  // the bytes to sign; the scheme says how they are hashed
  std::shared_ptr<const Credential> credential;  // whose key is to sign
};

/// The answer. A message of our own: it is never on the wire as such.
struct Signature {
  static constexpr Spec spec{"Signature", "RFC 5246, 4.7"};

  std::uint64_t id = 0;  // of the request
  Bytes bytes;           // empty: it could not be made, and the handshake ends
};

}  // namespace glasstls::handshake
