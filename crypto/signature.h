// Checking signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017, 8), ECDSA (FIPS 186-5, 6.4),
// Ed25519 (RFC 8032, 5.1.7). Signing is PrivateKey::sign.
#pragma once

#include "crypto/hash.h"
#include "crypto/keys.h"
#include "crypto/schemes.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// What a certificate's AlgorithmIdentifier says. For PSS the salt is as long as the hash and MGF1
/// uses the same hash (RFC 8446, 4.2.3); Ed25519 ignores `hash`.
struct SignatureParameters {
  SignatureAlgorithm algorithm;
  HashAlgorithm hash;
};

/// Whether `signature` is the key owner's over `message` (it is hashed here). Never throws for what
/// a peer may send: another type of key, a modulus too small for the padding, a signature of
/// another length or form are all just false.
///
/// One signature, one encoding: RSA signatures are exactly as long as the modulus and below it;
/// PKCS #1 v1.5 is compared with the one padding that is right, with NULL parameters; ECDSA is
/// strict DER with 1 <= r, s < order; Ed25519 wants s below the order. ECDSA remains malleable by
/// its nature: (r, -s) verifies too.
///
/// All inputs are public: the time is not constant.
bool verify(const PublicKey& key, SignatureParameters parameters, View message, View signature);

/// By a TLS scheme; false for one that find() does not know.
bool verify(const PublicKey& key, SignatureScheme scheme, View message, View signature);

}  // namespace glasstls::crypto
