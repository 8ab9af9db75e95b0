// Signature schemes, as a table. In TLS 1.2 the same two bytes are a SignatureAndHashAlgorithm
// (RFC 5246, 7.4.1.4.1); names and the values from 0x0804 on are RFC 8446's (4.2.3), which says
// that TLS 1.2 peers may use them. RFC 8422, 5.1.3 for Ed25519.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "crypto/hash.h"

namespace glasstls::crypto {

/// Any value may come from a peer. The three marked are not usable: find() does not know them.
enum class SignatureScheme : std::uint16_t {
  rsa_pkcs1_sha1 = 0x0201,  // not usable
  ecdsa_sha1 = 0x0203,      // not usable
  rsa_pkcs1_sha256 = 0x0401,
  ecdsa_secp256r1_sha256 = 0x0403,
  rsa_pkcs1_sha384 = 0x0501,
  ecdsa_secp384r1_sha384 = 0x0503,
  rsa_pkcs1_sha512 = 0x0601,
  ecdsa_secp521r1_sha512 = 0x0603,  // not usable
  rsa_pss_rsae_sha256 = 0x0804,
  rsa_pss_rsae_sha384 = 0x0805,
  rsa_pss_rsae_sha512 = 0x0806,
  ed25519 = 0x0807,
};

enum class SignatureAlgorithm : std::uint8_t { rsa_pkcs1, rsa_pss, ecdsa, ed25519 };

enum class KeyType : std::uint8_t { rsa, ec, ed25519 };

/// "RSA", "EC", "Ed25519".
std::string_view name_of(KeyType type);

/// The type of key that an algorithm needs.
KeyType key_type_of(SignatureAlgorithm algorithm);

/// In TLS 1.2 an ECDSA scheme does not bind the curve, in spite of its name: P-256 may sign with
/// SHA-384 (RFC 8446, 4.2.3 tells how the two versions differ).
struct SchemeParameters {
  SignatureScheme id;
  std::string_view name;
  SignatureAlgorithm algorithm;
  std::optional<HashAlgorithm> hash;  // none: Ed25519 signs the message itself
  KeyType key_type;
};

/// nullptr for a scheme that we do not use.
const SchemeParameters* find(SignatureScheme scheme);

/// In our default order of preference.
std::span<const SchemeParameters> all_schemes();

/// The RFC's name, of every scheme that IANA has registered, and "md5_rsa" for the other pairs of
/// RFC 5246's HashAlgorithm and SignatureAlgorithm; "GREASE" for RFC 8701's values; else empty.
std::string_view name_of(SignatureScheme scheme);

/// Accepts the RFC's name, of schemes that we use.
std::optional<SignatureScheme> scheme_by_name(std::string_view name);

}  // namespace glasstls::crypto
