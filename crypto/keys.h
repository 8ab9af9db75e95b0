// Public and private keys of certificates and their owners: RSA (RFC 8017), elliptic curves
// (RFC 5480), Ed25519 (RFC 8032). Keys are made from their numbers; x509/ reads and writes files.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

inline constexpr std::size_t min_rsa_bits = 1024;   // below: not a key, whoever signs it
inline constexpr std::size_t max_rsa_bits = 16384;  // above: a way to burn our time

/// A checked public key. Immutable and shared: copies are cheap and may be used by any thread.
class PublicKey {
 public:
  /// Big-endian numbers; leading zeros are ignored. nullopt for a modulus that is even, or has
  /// fewer than 1,024 or more than 16,384 bits, and for an exponent that is even, below 3 or
  /// above 64 bits. Does NOT prove that the modulus is a product of two primes.
  static std::optional<PublicKey> rsa(View modulus, View public_exponent);

  /// An uncompressed point 0x04 || X || Y. nullopt for another group than secp256r1 and secp384r1,
  /// another length or form, and a point that is not on the curve.
  static std::optional<PublicKey> ec(NamedGroup group, View point);

  /// nullopt unless 32 bytes with the y coordinate reduced (RFC 8032, 5.1.3). Does NOT check that
  /// the point exists or its order; nothing verifies under a point that does not exist.
  static std::optional<PublicKey> ed25519(View key);

  KeyType type() const;

  /// Of the modulus, or of the field: 2048, 256, 384; 255 for Ed25519.
  std::size_t bits() const;

  /// Of an EC key; nullopt for others.
  std::optional<NamedGroup> group() const;

  /// RSA: big-endian, without leading zeros; empty for others.
  View modulus() const;
  View public_exponent() const;

  /// EC: the uncompressed point. Ed25519: the 32 bytes. Empty for RSA.
  View point() const;

  /// The same type and numbers.
  bool operator==(const PublicKey& other) const;

 private:
  struct Numbers;
  explicit PublicKey(std::shared_ptr<const Numbers> numbers) : numbers_(std::move(numbers)) {}
  std::shared_ptr<const Numbers> numbers_;
};

/// The numbers of an RSA private key with two primes, big-endian, by the names of
/// RSAPrivateKey (RFC 8017, A.1.2). Borrowed.
struct RsaPrivateNumbers {
  View modulus;           // n = p * q
  View public_exponent;   // e
  View private_exponent;  // d
  View prime1;            // p
  View prime2;            // q
  View exponent1;         // d mod (p - 1)
  View exponent2;         // d mod (q - 1)
  View coefficient;       // (inverse of q) mod p
};

/// A private key with its public half. Move-only; its numbers are wiped when destroyed.
/// sign() is const and may be called from several threads, each with its own RandomSource.
class PrivateKey {
 public:
  /// nullopt if the public half is not a key (see PublicKey::rsa), or the numbers do not fit
  /// together. Primality is NOT checked.
  static std::optional<PrivateKey> rsa(const RsaPrivateNumbers& numbers);

  /// Big-endian, as long as the field (32 or 48 bytes). nullopt unless 1 <= scalar < order.
  static std::optional<PrivateKey> ec(NamedGroup group, View scalar);

  /// The seed that RFC 8032 calls the private key. nullopt unless 32 bytes.
  static std::optional<PrivateKey> ed25519(View seed);

  /// `bits` from 1,024 to 16,384, else std::logic_error; public exponent 65537. Takes seconds for
  /// large keys.
  static PrivateKey generate_rsa(std::size_t bits, RandomSource& random);
  /// std::logic_error for another group than secp256r1 and secp384r1.
  static PrivateKey generate_ec(NamedGroup group, RandomSource& random);
  static PrivateKey generate_ed25519(RandomSource& random);

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

  const PublicKey& public_key() const { return public_key_; }
  KeyType type() const { return public_key_.type(); }

  /// Signs `message` (it is hashed here) in the form that TLS and certificates carry: RSA as long
  /// as the modulus, ECDSA as DER Ecdsa-Sig-Value, Ed25519 as 64 bytes.
  /// std::logic_error for a scheme that find() does not know, that needs another type of key, or
  /// whose padding does not fit the modulus.
  ///
  /// RSA is blinded with `random` and its result is checked before it leaves (RFC 8017's CRT leaks
  /// the primes through one miscalculated signature). PSS salts come from `random`. ECDSA nonces
  /// are derived by RFC 6979, so that no bad RandomSource can expose the key; `random` blinds the
  /// arithmetic and does not show in the result.
  ///
  /// Not constant time: Crypto++'s big numbers are not. Blinding makes the time of RSA and of the
  /// modular part of ECDSA independent of the key, and that of the multiplication by the nonce
  /// much harder to use. Ed25519 is constant time.
  Bytes sign(SignatureScheme scheme, View message, RandomSource& random) const;

  /// For writing a key file. RSA only, else std::logic_error.
  RsaPrivateNumbers reveal_rsa() const;
  /// For writing a key file: the scalar of EC or the seed of Ed25519, else std::logic_error.
  View reveal_scalar() const;

 private:
  struct Numbers;
  PrivateKey(PublicKey public_key, std::unique_ptr<const Numbers> numbers);

  PublicKey public_key_;
  std::unique_ptr<const Numbers> numbers_;
};

}  // namespace glasstls::crypto
