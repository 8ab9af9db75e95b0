// Encryption under a passphrase, as files of private keys use it (RFC 8018): PBKDF2 makes the key,
// a block cipher in CBC mode decrypts. For reading what others wrote: we encrypt nothing this way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::crypto {

/// PBKDF2's pseudorandom functions: HMAC with these hashes (RFC 8018, B.1). SHA-1 is the default
/// of old files and not broken in this use.
enum class Pbkdf2Hash : std::uint8_t { sha1, sha224, sha256, sha384, sha512 };

/// RFC 8018, 5.2: a key of `length` bytes. The time is proportional to `iterations`, for each
/// started block of hash length: who reads them from a file must bound them. std::logic_error for
/// no iterations and for a length of 0. An empty passphrase or salt is worked with as it is.
SecretBytes pbkdf2(Pbkdf2Hash hash, View passphrase, View salt, std::uint32_t iterations,
                   std::size_t length);

enum class CbcCipher : std::uint8_t { aes_128, aes_192, aes_256, des_ede3 };

/// In bytes: 16, 24, 32, 24.
std::size_t key_length(CbcCipher cipher);
/// In bytes, of a block and of the IV: 16, of des_ede3 8.
std::size_t block_length(CbcCipher cipher);

/// Decrypts in CBC mode and takes the padding off (RFC 8018, 6.1.1: n bytes of value n, 1 to a whole
/// block). nullopt if the ciphertext is not whole blocks, or the padding is wrong, as it is with all
/// but one in 256 wrong keys; the content is not authenticated. std::logic_error for a key or an IV
/// of another length. NOT for what an attacker can send again and again: a padding oracle.
std::optional<SecretBytes> cbc_decrypt(CbcCipher cipher, View key, View iv, View ciphertext);

}  // namespace glasstls::crypto
