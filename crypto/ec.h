// Arithmetic on secp256r1 and secp384r1 (SEC 1, 2 and 3; FIPS 186-5, 6.4), over byte strings.
// For crypto/ itself: others use EphemeralKey, PublicKey, PrivateKey and verify().
//
// Numbers are big-endian and as long as the field: 32 or 48 bytes. Points are 0x04 || X || Y.
// Not constant time: Crypto++'s big numbers are not.
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::crypto::ec {

/// Whether the group is one of this file's.
bool is_curve(NamedGroup group);

/// In bytes. std::logic_error for another group; so do all functions below.
std::size_t field_length(NamedGroup group);

/// Whether these bytes, of any length, are a point on the curve in the one form we take.
bool is_point(NamedGroup group, View bytes);

/// Whether these bytes are as long as the field and 1 <= number < order.
bool is_scalar(NamedGroup group, View bytes);

/// Takes field_length bytes from `random` until they are a scalar.
PrivateScalar random_scalar(NamedGroup group, RandomSource& random);

/// scalar * G. The scalar must be one (is_scalar).
Bytes public_point(NamedGroup group, View scalar);

/// The X coordinate of scalar * peer. Both must be what they claim (is_scalar, is_point).
PremasterSecret shared_x(NamedGroup group, View scalar, View peer);

/// The leftmost bits of a digest as a number modulo the order: FIPS 186-5's e, and RFC 6979's
/// bits2octets.
PrivateScalar digest_scalar(NamedGroup group, View digest);

struct SignatureNumbers {
  Bytes r, s;  // without leading zeros when read from DER; as long as the field when made here
};

/// FIPS 186-5, 6.4.1 with a given nonce (is_scalar). nullopt if the nonce is one of the practically
/// impossible ones that lead to r = 0 or s = 0. `random` blinds the arithmetic.
std::optional<SignatureNumbers> sign(NamedGroup group, View private_scalar, View digest, View nonce,
                                     RandomSource& random);

/// FIPS 186-5, 6.4.2: checks the ranges of r and s too. The point must be one (is_point).
bool verify(NamedGroup group, View point, View digest, const SignatureNumbers& signature);

}  // namespace glasstls::crypto::ec
