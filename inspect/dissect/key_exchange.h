// What the name of a cipher suite says: how keys are exchanged, and how records are protected.
// RFC 5246, A.5 and C; RFC 8446, B.4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/suites.h"

namespace glasstls::inspect {

/// It decides what ServerKeyExchange and ClientKeyExchange look like.
enum class KeyExchangeMethod : std::uint8_t {
  unknown,     // no such suite, or one whose messages we do not know
  null,        // TLS_NULL_WITH_NULL_NULL
  rsa,         // the client encrypts the premaster secret
  rsa_export,  // the same, by a short key of the server's ServerKeyExchange
  dh,          // fixed, from the certificate
  dhe,
  dh_anon,
  ecdh,  // fixed, from the certificate
  ecdhe,
  ecdh_anon,
  psk,
  rsa_psk,
  dhe_psk,
  ecdhe_psk,
  srp,
  tls13,  // settled by extensions, not by the suite
};

struct KeyExchange {
  KeyExchangeMethod method = KeyExchangeMethod::unknown;
  /// What signs ServerKeyExchange: "RSA", "DSS", "ECDSA"; empty where nothing does.
  std::string_view signature;

  bool is_signed() const { return !signature.empty(); }
};

KeyExchange key_exchange_of(crypto::CipherSuite suite);

/// "ephemeral elliptic-curve Diffie-Hellman"
std::string_view words_for(KeyExchangeMethod method);

/// How records are protected. RFC 5246, 6.2.3.
enum class CipherKind : std::uint8_t { unknown, null, stream, block, aead };

/// "an AEAD cipher", "a block cipher in CBC mode with a MAC"
std::string_view words_for(CipherKind kind);

struct Cipher {
  CipherKind kind = CipherKind::unknown;
  std::string_view name;       // "AES_128_GCM", as the suite's name spells it
  std::string_view hash;       // "SHA256": of the PRF under an AEAD, else of the MAC; may be empty
  std::size_t tag_length = 0;  // of an AEAD, in bytes
};

/// The views are literals.
Cipher cipher_of(crypto::CipherSuite suite);

/// Why the records of a connection cannot be decrypted here, as a sentence: "this suite is not
/// implemented by GlassTLS: its records stay encrypted (RSA key transport, a block cipher in CBC mode
/// with a MAC)". Empty for the suites that we speak.
std::string why_not_decrypted(crypto::CipherSuite suite);

}  // namespace glasstls::inspect
