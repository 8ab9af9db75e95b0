#include "crypto/schemes.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "crypto/grease.h"

namespace glasstls::crypto {
namespace {

using enum SignatureScheme;
using Algorithm = SignatureAlgorithm;
using enum HashAlgorithm;

// Cheap and modern first, PSS before PKCS #1 v1.5, and the hash that fits the key's usual strength
// first.
// clang-format off
constexpr std::array schemes{
    SchemeParameters{ecdsa_secp256r1_sha256, "ecdsa_secp256r1_sha256", Algorithm::ecdsa, sha256, KeyType::ec},
    SchemeParameters{SignatureScheme::ed25519, "ed25519", Algorithm::ed25519, std::nullopt, KeyType::ed25519},
    SchemeParameters{ecdsa_secp384r1_sha384, "ecdsa_secp384r1_sha384", Algorithm::ecdsa, sha384, KeyType::ec},
    SchemeParameters{rsa_pss_rsae_sha256, "rsa_pss_rsae_sha256", Algorithm::rsa_pss, sha256, KeyType::rsa},
    SchemeParameters{rsa_pss_rsae_sha384, "rsa_pss_rsae_sha384", Algorithm::rsa_pss, sha384, KeyType::rsa},
    SchemeParameters{rsa_pss_rsae_sha512, "rsa_pss_rsae_sha512", Algorithm::rsa_pss, sha512, KeyType::rsa},
    SchemeParameters{rsa_pkcs1_sha256, "rsa_pkcs1_sha256", Algorithm::rsa_pkcs1, sha256, KeyType::rsa},
    SchemeParameters{rsa_pkcs1_sha384, "rsa_pkcs1_sha384", Algorithm::rsa_pkcs1, sha384, KeyType::rsa},
    SchemeParameters{rsa_pkcs1_sha512, "rsa_pkcs1_sha512", Algorithm::rsa_pkcs1, sha512, KeyType::rsa},
};
// clang-format on

}  // namespace

std::string_view name_of(KeyType type) {
  switch (type) {
    case KeyType::rsa: return "RSA";
    case KeyType::ec: return "EC";
    case KeyType::ed25519: return "Ed25519";
  }
  return {};
}

KeyType key_type_of(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rsa_pkcs1:
    case Algorithm::rsa_pss: return KeyType::rsa;
    case Algorithm::ecdsa: return KeyType::ec;
    case Algorithm::ed25519: return KeyType::ed25519;
  }
  throw std::logic_error("unknown signature algorithm");
}

const SchemeParameters* find(SignatureScheme scheme) {
  const auto* found = std::find_if(schemes.begin(), schemes.end(),
                                   [scheme](const auto& s) { return s.id == scheme; });
  return found == schemes.end() ? nullptr : found;
}

std::span<const SchemeParameters> all_schemes() { return schemes; }

std::string_view name_of(SignatureScheme scheme) {
  if (const SchemeParameters* known = find(scheme)) return known->name;
  switch (scheme) {
    case rsa_pkcs1_sha1: return "rsa_pkcs1_sha1";
    case ecdsa_sha1: return "ecdsa_sha1";
    case ecdsa_secp521r1_sha512: return "ecdsa_secp521r1_sha512";
    default: return is_grease(static_cast<std::uint16_t>(scheme)) ? "GREASE" : "";
  }
}

std::optional<SignatureScheme> scheme_by_name(std::string_view name) {
  for (const SchemeParameters& scheme : schemes) {
    if (name == scheme.name) return scheme.id;
  }
  return std::nullopt;
}

}  // namespace glasstls::crypto
