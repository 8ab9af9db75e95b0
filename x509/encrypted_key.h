// Encrypted PKCS #8: EncryptedPrivateKeyInfo (RFC 5958, 3) by PBES2 (RFC 8018, A.4). For
// private_key.h, which others use.
//
//   EncryptedPrivateKeyInfo ::= SEQUENCE {
//     encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }
//   PBES2-params ::= SEQUENCE { keyDerivationFunc, encryptionScheme }
//   PBKDF2-params ::= SEQUENCE {
//     salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL,
//     prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/secret.h"
#include "wire/bytes.h"
#include "x509/result.h"

namespace glasstls::x509 {

struct DecryptedKey {
  crypto::SecretBytes der;  // what should be a PrivateKeyInfo; nothing in it is checked
  std::size_t offset =
      0;  // of the encrypted data: in CBC mode byte n of one is byte n of the other
};

/// Decrypts with AES-128, -192, -256 or triple DES in CBC mode and a key by PBKDF2, with a salt of 1
/// to 1,024 bytes and at most max_pbkdf2_iterations. Everything else, scrypt and PBES1 first, is
/// refused by its name. What stands there is checked before a missing passphrase is told.
Result<DecryptedKey> decrypt_private_key(View der, std::optional<View> passphrase);

/// What a wrong passphrase leads to, or damage: which of the two cannot be told.
Malformed wrong_passphrase(std::size_t offset);

}  // namespace glasstls::x509
