// Private keys in files: PKCS #8 (RFC 5958), plain or encrypted (PBES2, RFC 8018), PKCS #1
// (RFC 8017, A.1.2), SEC 1 (RFC 5915).
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/keys.h"
#include "crypto/secret.h"
#include "wire/bytes.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// Above this many iterations of PBKDF2 an encrypted key is refused: a file must not be able to
/// keep us busy for minutes. So many take some ten seconds, with SHA-512 up to half a minute.
inline constexpr std::uint32_t max_pbkdf2_iterations = 10'000'000;

/// The first private key of a PEM text (labels PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY,
/// EC PRIVATE KEY), or DER of any of the forms. Other blocks (EC PARAMETERS, certificates) are
/// skipped, but a block that cannot be read is an error with its line: it might have been the key.
///
/// An encrypted key needs the passphrase (its bytes as they are; ignored for others), and is refused
/// by name without one; a wrong passphrase is told as such, as far as padding and structure tell.
/// PBES2 with PBKDF2 and AES or triple DES in CBC mode are read; scrypt, PBES1 and the encryption of
/// RFC 1421 ("Proc-Type: 4,ENCRYPTED") are refused by name.
///
/// Copies of the key that we make on the way are wiped, whatever happens; the caller's buffers are
/// the caller's.
Result<crypto::PrivateKey> parse_private_key(View pem_or_der,
                                             std::optional<View> passphrase = std::nullopt);

/// Whether the first private key of the file is encrypted in a form that parse_private_key can read
/// with a passphrase, so that one must be asked for. False for what is no key.
bool needs_passphrase(View pem_or_der);

/// A PKCS #8 PRIVATE KEY in PEM, not encrypted. EC keys with their public half, as OpenSSL writes
/// them; Ed25519 without (RFC 8410, 7, version 1), for readers that know no other.
crypto::SecretBytes private_key_pem(const crypto::PrivateKey& key);

}  // namespace glasstls::x509
