// Ephemeral elliptic-curve Diffie-Hellman: each side sends a public key, both end with the same
// premaster secret. RFC 8422, 5.10 and 5.11; x25519: RFC 7748.
#pragma once

#include <cstddef>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// One key pair for one handshake. Move-only; the private scalar is wiped when destroyed.
///
/// x25519 is constant time. secp256r1 and secp384r1 are NOT: Crypto++'s multiplication depends on
/// the scalar. A scalar serves once, so that an observer of times has no second look at it.
class EphemeralKey {
 public:
  /// The key depends on the bytes of `random` only: secp groups take as many bytes as the field
  /// has, and again while they are zero or not below the order; x25519 takes 32.
  /// std::logic_error for a group that we do not speak.
  static EphemeralKey generate(NamedGroup group, RandomSource& random);

  /// From a known scalar: for tests and recorded handshakes. Length as GroupParameters'
  /// shared_secret_length, value from 1 to order - 1 (any for x25519), else std::logic_error.
  static EphemeralKey from_scalar(NamedGroup group, PrivateScalar scalar);

  NamedGroup group() const { return group_; }

  /// As sent: 0x04 || X || Y (65 or 97 bytes), or x25519's 32 bytes.
  View public_key() const { return public_key_; }

  /// The premaster secret: the X coordinate, as long as the field, leading zeros kept (RFC 8422,
  /// 5.10), or x25519's result. Throws ProtocolError(illegal_parameter) for a peer's key that has
  /// another length or form (compressed, or the identity), is not on the curve, or makes an
  /// all-zero x25519 result.
  PremasterSecret agree(View peer_public_key) const;

  /// The scalar as it is kept: for observers that may see secrets.
  View reveal() const { return scalar_.reveal(); }

 private:
  EphemeralKey(NamedGroup group, PrivateScalar scalar, Bytes public_key);

  NamedGroup group_;
  PrivateScalar scalar_;  // big-endian; for x25519 RFC 7748's little-endian bytes, not yet clamped
  Bytes public_key_;
};

}  // namespace glasstls::crypto
