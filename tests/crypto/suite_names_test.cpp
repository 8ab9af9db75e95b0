#include "crypto/suite_names.h"

#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "wire/grease.h"

namespace glasstls::crypto {
namespace {

using Names = std::map<unsigned, std::string>;

/// What a program prints; nothing if there is no such program.
std::istringstream output_of(const std::string& command) {
  std::string text;
  if (std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r")) {
    char buffer[4096];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
    ::pclose(pipe);
  }
  return std::istringstream(text);
}

/// "  0xC0,0x30 - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 - ECDHE-..."
Names names_of_openssl() {
  Names names;
  auto lines = output_of("openssl ciphers -V -stdname ALL:COMPLEMENTOFALL:@SECLEVEL=0");
  for (std::string line; std::getline(lines, line);) {
    unsigned high = 0;
    unsigned low = 0;
    char name[80]{};
    if (std::sscanf(line.c_str(), " 0x%x,0x%x - %79s", &high, &low, name) == 3)
      names[high << 8 | low] = name;
  }
  return names;
}

/// "V\ttls.handshake.ciphersuite\t49200\tTLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
Names names_of_tshark() {
  Names names;
  auto lines = output_of("tshark -G values");
  for (std::string line; std::getline(lines, line);) {
    unsigned number = 0;
    char name[80]{};
    if (std::sscanf(line.c_str(), "V\ttls.handshake.ciphersuite\t%u\t%79s", &number, name) == 2)
      names[number] = name;
  }
  return names;
}

TEST(SuiteNames, AreThoseOfOpenssl) {
  const Names names = names_of_openssl();
  if (names.empty()) GTEST_SKIP() << "openssl is not installed";
  EXPECT_GT(names.size(), 100U);
  for (const auto& [number, name] : names)
    EXPECT_EQ(name_of(static_cast<CipherSuite>(number)), name) << number;
}

TEST(SuiteNames, AreThoseOfTshark) {
  const Names names = names_of_tshark();
  if (names.empty()) GTEST_SKIP() << "tshark is not installed";
  EXPECT_GT(names.size(), 380U);
  for (const auto& [number, name] : names) {
    if (wire::is_grease(static_cast<std::uint16_t>(number))) continue;
    // tshark gives ChaCha20's numbers of before RFC 7905 the names of those that replaced them.
    const bool draft = number >= 0xcc13 && number <= 0xcc15;
    EXPECT_EQ(name_of(static_cast<CipherSuite>(number)), draft ? name + "_draft" : name) << number;
  }
}

TEST(SuiteNames, AreAllDifferentButForTheTwoOfFips) {
  std::multiset<std::string_view> names;
  for (unsigned number = 0; number <= 0xffff; ++number) {
    const std::string_view name = registered_name(static_cast<CipherSuite>(number));
    if (!name.empty()) names.insert(name);
  }
  EXPECT_GT(names.size(), 400U);
  for (const std::string_view name : names)
    EXPECT_EQ(names.count(name), name.starts_with("SSL_RSA_FIPS_") ? 2U : 1U) << name;
}

TEST(SuiteNames, CoverOurOwnAndTheNewest) {
  for (const SuiteParameters& suite : all_suites())
    EXPECT_EQ(registered_name(suite.id), suite.name);
  EXPECT_EQ(name_of(CipherSuite{0x0000}), "TLS_NULL_WITH_NULL_NULL");
  EXPECT_EQ(name_of(CipherSuite{0x002f}), "TLS_RSA_WITH_AES_128_CBC_SHA");
  EXPECT_EQ(name_of(CipherSuite{0x1301}), "TLS_AES_128_GCM_SHA256");
  EXPECT_EQ(name_of(CipherSuite{0x1307}), "TLS_AEGIS_128L_SHA256");
  EXPECT_EQ(name_of(CipherSuite{0xc0b4}), "TLS_SHA256_SHA256");
  EXPECT_EQ(name_of(CipherSuite{0xcc13}), "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_draft");
  EXPECT_EQ(registered_name(CipherSuite{0x1a1a}), "");
}

}  // namespace
}  // namespace glasstls::crypto
