// RSA's two operations on numbers (RFC 8017, 5.2), and making keys. For crypto/ itself: others use
// PublicKey, PrivateKey and verify(). Padding is in rsa_padding.h.
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/keys.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::crypto::rsa {

/// RSAPrivateKey (RFC 8017, A.1.2), owned.
struct PrivateNumbers {
  Bytes modulus, public_exponent;
  SecretBytes private_exponent, prime1, prime2, exponent1, exponent2, coefficient;

  static PrivateNumbers copy_of(const RsaPrivateNumbers& numbers);
  RsaPrivateNumbers view() const;
};

/// RSAVP1 (5.2.2): signature^e mod n, as long as the modulus. nullopt unless signature < n.
std::optional<Bytes> public_operation(View modulus, View public_exponent, View signature);

/// RSASP1 (5.2.1): representative^d mod n, as long as the modulus, by the Chinese remainder
/// theorem. Blinded. The result is checked with the public exponent; a miscalculation (a faulty
/// CPU, numbers that do not fit together) is a std::exception, and no result is returned.
Bytes private_operation(const RsaPrivateNumbers& numbers, View representative,
                        RandomSource& random);

/// Whether the numbers fit together as RFC 8017, 3.2 tells, assuming that the primes are prime.
bool is_consistent(const RsaPrivateNumbers& numbers);

/// Public exponent 65537.
PrivateNumbers generate(std::size_t bits, RandomSource& random);

}  // namespace glasstls::crypto::rsa
