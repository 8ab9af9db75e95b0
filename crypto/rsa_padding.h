// The two encodings that turn a digest into a number for RSA to sign. RFC 8017, 9.
// For crypto/ itself: others use PrivateKey::sign and verify().
#pragma once

#include <cstddef>

#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// EMSA-PKCS1-v1_5 (9.2): 00 01 FF..FF 00 DigestInfo, with NULL parameters. Fills `em`, which is
/// as long as the modulus; false if that is too short.
bool emsa_pkcs1_v1_5_encode(HashAlgorithm hash, const Digest& digest, MutableView em);

/// EMSA-PSS (9.1.1) with MGF1 over the same hash. `em_bits` is one less than the modulus has;
/// fills `em` of ceil(em_bits / 8) bytes; false if that is too short.
bool emsa_pss_encode(HashAlgorithm hash, const Digest& digest, View salt, std::size_t em_bits,
                     MutableView em);

/// EMSA-PSS (9.1.2), salt as long as the hash. `em` has ceil(em_bits / 8) bytes.
bool emsa_pss_verify(HashAlgorithm hash, const Digest& digest, std::size_t em_bits, View em);

}  // namespace glasstls::crypto
