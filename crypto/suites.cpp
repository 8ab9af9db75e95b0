#include "crypto/suites.h"

#include <algorithm>
#include <array>

#include "crypto/grease.h"
#include "crypto/suite_names.h"

namespace glasstls::crypto {
namespace {

constexpr std::string_view rfc_5289 = "RFC 5289, 3.2";
constexpr std::string_view rfc_7905 = "RFC 7905, 2";

using enum AeadAlgorithm;
using enum Authentication;
using enum CipherSuite;
using enum HashAlgorithm;

// clang-format off
constexpr std::array suites{
    SuiteParameters{TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "ECDHE-RSA-AES256-GCM-SHA384", rsa, aes_256_gcm, sha384, rfc_5289},
    SuiteParameters{TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "ECDHE-RSA-AES128-GCM-SHA256", rsa, aes_128_gcm, sha256, rfc_5289},
    SuiteParameters{TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "ECDHE-RSA-CHACHA20-POLY1305", rsa, chacha20_poly1305, sha256, rfc_7905},
    SuiteParameters{TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "ECDHE-ECDSA-AES256-GCM-SHA384", ecdsa, aes_256_gcm, sha384, rfc_5289},
    SuiteParameters{TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "ECDHE-ECDSA-AES128-GCM-SHA256", ecdsa, aes_128_gcm, sha256, rfc_5289},
    SuiteParameters{TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "ECDHE-ECDSA-CHACHA20-POLY1305", ecdsa, chacha20_poly1305, sha256, rfc_7905},
};
// clang-format on

}  // namespace

const SuiteParameters* find(CipherSuite suite) {
  const auto* found =
      std::find_if(suites.begin(), suites.end(), [suite](const auto& s) { return s.id == suite; });
  return found == suites.end() ? nullptr : found;
}

std::span<const SuiteParameters> all_suites() { return suites; }

std::string_view name_of(CipherSuite suite) {
  return is_grease(static_cast<std::uint16_t>(suite)) ? "GREASE" : registered_name(suite);
}

std::optional<CipherSuite> suite_by_name(std::string_view name) {
  for (const SuiteParameters& suite : suites) {
    if (name == suite.name || name == suite.openssl_name) return suite.id;
  }
  return std::nullopt;
}

}  // namespace glasstls::crypto
