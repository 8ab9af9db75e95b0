// Ed25519, RFC 8032, 5.1. For crypto/ itself: others use PublicKey, PrivateKey and verify().
#pragma once

#include <cstddef>

#include "wire/bytes.h"

namespace glasstls::crypto::ed25519 {

inline constexpr std::size_t key_length = 32;  // of the seed and of the public key
inline constexpr std::size_t signature_length = 64;

/// Whether the y coordinate of an encoded point is below the field's prime (RFC 8032, 5.1.3).
bool is_reduced(View public_key);

Bytes public_key(View seed);
Bytes sign(View seed, View public_key, View message);

/// Strict about s: RFC 8032, 5.1.7 wants it below the group's order.
bool verify(View public_key, View message, View signature);

}  // namespace glasstls::crypto::ed25519
