#include "crypto/schemes.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "crypto/grease.h"
#include "wire/number_name.h"

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

// IANA's registry "TLS SignatureScheme", and the pairs of RFC 5246, 7.4.1.4.1, that it leaves out.
constexpr wire::NumberName registered[] = {
    {0x0000, "none_anonymous"},
    {0x0001, "none_rsa"},
    {0x0002, "none_dsa"},
    {0x0003, "none_ecdsa"},
    {0x0100, "md5_anonymous"},
    {0x0101, "md5_rsa"},
    {0x0102, "md5_dsa"},
    {0x0103, "md5_ecdsa"},
    {0x0200, "sha1_anonymous"},
    {0x0201, "rsa_pkcs1_sha1"},
    {0x0202, "sha1_dsa"},
    {0x0203, "ecdsa_sha1"},
    {0x0300, "sha224_anonymous"},
    {0x0301, "sha224_rsa"},
    {0x0302, "sha224_dsa"},
    {0x0303, "sha224_ecdsa"},
    {0x0400, "sha256_anonymous"},
    {0x0401, "rsa_pkcs1_sha256"},
    {0x0402, "sha256_dsa"},
    {0x0403, "ecdsa_secp256r1_sha256"},
    {0x0420, "rsa_pkcs1_sha256_legacy"},
    {0x0500, "sha384_anonymous"},
    {0x0501, "rsa_pkcs1_sha384"},
    {0x0502, "sha384_dsa"},
    {0x0503, "ecdsa_secp384r1_sha384"},
    {0x0520, "rsa_pkcs1_sha384_legacy"},
    {0x0600, "sha512_anonymous"},
    {0x0601, "rsa_pkcs1_sha512"},
    {0x0602, "sha512_dsa"},
    {0x0603, "ecdsa_secp521r1_sha512"},
    {0x0620, "rsa_pkcs1_sha512_legacy"},
    {0x0704, "eccsi_sha256"},
    {0x0705, "iso_ibs1"},
    {0x0706, "iso_ibs2"},
    {0x0707, "iso_chinese_ibs"},
    {0x0708, "sm2sig_sm3"},
    {0x0709, "gostr34102012_256a"},
    {0x070a, "gostr34102012_256b"},
    {0x070b, "gostr34102012_256c"},
    {0x070c, "gostr34102012_256d"},
    {0x070d, "gostr34102012_512a"},
    {0x070e, "gostr34102012_512b"},
    {0x070f, "gostr34102012_512c"},
    {0x0804, "rsa_pss_rsae_sha256"},
    {0x0805, "rsa_pss_rsae_sha384"},
    {0x0806, "rsa_pss_rsae_sha512"},
    {0x0807, "ed25519"},
    {0x0808, "ed448"},
    {0x0809, "rsa_pss_pss_sha256"},
    {0x080a, "rsa_pss_pss_sha384"},
    {0x080b, "rsa_pss_pss_sha512"},
    {0x081a, "ecdsa_brainpoolP256r1tls13_sha256"},
    {0x081b, "ecdsa_brainpoolP384r1tls13_sha384"},
    {0x081c, "ecdsa_brainpoolP512r1tls13_sha512"},
    {0x0840, "gostr34102012_256"},
    {0x0841, "gostr34102012_512"},
    {0x0904, "mldsa44"},
    {0x0905, "mldsa65"},
    {0x0906, "mldsa87"},
};
static_assert(wire::is_ascending(registered));

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
  const auto number = static_cast<std::uint16_t>(scheme);
  return is_grease(number) ? "GREASE" : wire::name_in(registered, number);
}

std::optional<SignatureScheme> scheme_by_name(std::string_view name) {
  for (const SchemeParameters& scheme : schemes) {
    if (name == scheme.name) return scheme.id;
  }
  return std::nullopt;
}

}  // namespace glasstls::crypto
