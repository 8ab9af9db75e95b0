// ECDSA as certificates and TLS carry it. RFC 8422, 5.4; RFC 3279, 2.2.3; nonces: RFC 6979.
// For crypto/ itself: others use PrivateKey::sign and verify().
#pragma once

#include <optional>

#include "crypto/ec.h"
#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::crypto::ecdsa {

///   Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
/// Strict DER: nullopt for long or indefinite lengths where short ones do, needless or missing
/// leading zeros, negative numbers, trailing bytes, and anything longer than 127 bytes, which no
/// signature of our curves is. The numbers come without leading zeros; zero comes empty.
std::optional<ec::SignatureNumbers> read_der(View signature);

/// Numbers of at most 48 bytes.
Bytes write_der(const ec::SignatureNumbers& numbers);

Bytes sign(NamedGroup group, View private_scalar, HashAlgorithm hash, View message,
           RandomSource& random);
bool verify(NamedGroup group, View point, HashAlgorithm hash, View message, View signature);

}  // namespace glasstls::crypto::ecdsa
