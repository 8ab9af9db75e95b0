// How a client says hello that could still speak SSL 2, which nobody may answer any more (RFC 6176).
#pragma once

#include "wire/bytes.h"

namespace glasstls::record {

/// Whether these bytes, at least five, are the beginning of an SSL 2 ClientHello rather than a record:
/// a length with the top bit set, msg_type 1, and the version, 0x0002 or 0x03xx (RFC 5246, E.2).
inline bool begins_ssl2_hello(View bytes) {
  return bytes[0] >= 0x80 && bytes[2] == 1 && (bytes[3] == 3 || (bytes[3] == 0 && bytes[4] == 2));
}

}  // namespace glasstls::record
