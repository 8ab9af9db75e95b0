// What protects one direction of a connection: made by the key schedule, used by the record layer.
// RFC 5246, 6.3.
#pragma once

#include "crypto/aead.h"
#include "crypto/secret.h"

namespace glasstls::crypto {

/// `client_write_key` and `client_write_IV`, or the server's. AEAD suites have no MAC key.
struct TrafficKeys {
  AeadAlgorithm algorithm;
  TrafficKey write_key;  // enc_key_length bytes
  TrafficIv write_IV;    // fixed_iv_length bytes
};

}  // namespace glasstls::crypto
