// The cipher suites that we speak, as a table. RFC 5246, A.5; RFC 5289; RFC 7905.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/schemes.h"

namespace glasstls::crypto {

/// Any value may come from a peer; these are the ones that matter to us.
enum class CipherSuite : std::uint16_t {
  TLS_EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff,  // RFC 5746: signals, not a suite
  TLS_FALLBACK_SCSV = 0x5600,                  // RFC 7507: signals, not a suite
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0xc02b,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = 0xc02c,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0xc02f,
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = 0xc030,
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 0xcca8,
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = 0xcca9,
};

/// What the server signs its ServerKeyExchange with. Suites named ECDSA also serve Ed25519
/// certificates (RFC 8422, 2.1).
enum class Authentication : std::uint8_t { rsa, ecdsa };

/// Which suites a key of this type serves.
constexpr Authentication authentication_of(KeyType type) {
  return type == KeyType::rsa ? Authentication::rsa : Authentication::ecdsa;
}

/// The key exchange of every suite here is ECDHE.
struct SuiteParameters {
  CipherSuite id;
  std::string_view name;          // the RFC's
  std::string_view openssl_name;  // what OpenSSL's command line calls it
  Authentication authentication;
  AeadAlgorithm aead;
  HashAlgorithm prf_hash;    // of the PRF and of the transcript
  std::string_view section;  // where the suite is defined
};

/// nullptr for a suite that we do not speak.
const SuiteParameters* find(CipherSuite suite);

/// In our default order of preference.
std::span<const SuiteParameters> all_suites();

/// The RFC's name, of every suite that IANA has registered; "GREASE" for RFC 8701's values; else
/// empty.
std::string_view name_of(CipherSuite suite);

/// Accepts the RFC's name and OpenSSL's ("ECDHE-RSA-AES256-GCM-SHA384"), of suites that we speak.
std::optional<CipherSuite> suite_by_name(std::string_view name);

}  // namespace glasstls::crypto
