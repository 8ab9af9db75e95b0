#include "crypto/suites.h"

#include <gtest/gtest.h>
#include <vector>

namespace glasstls::crypto {
namespace {

TEST(Suites, AreInTheDefaultOrderOfPreference) {
  std::vector<unsigned> values;
  for (const auto& suite : all_suites()) values.push_back(static_cast<unsigned>(suite.id));
  EXPECT_EQ(values, (std::vector<unsigned>{0xc030, 0xc02f, 0xcca8, 0xc02c, 0xc02b, 0xcca9}));
}

TEST(Suites, HaveTheParametersThatTheirNamesTell) {
  for (const auto& suite : all_suites()) {
    const std::string_view name = suite.name;
    const auto says = [name](std::string_view part) {
      return name.find(part) != std::string_view::npos;
    };
    EXPECT_EQ(suite.authentication == Authentication::rsa, says("_RSA_")) << name;
    EXPECT_EQ(suite.authentication == Authentication::ecdsa, says("_ECDSA_")) << name;
    EXPECT_TRUE(says(name_of(suite.aead))) << name;
    EXPECT_EQ(suite.prf_hash == HashAlgorithm::sha384, name.ends_with("_SHA384")) << name;
    EXPECT_EQ(suite.prf_hash == HashAlgorithm::sha256, name.ends_with("_SHA256")) << name;
    EXPECT_FALSE(suite.section.empty());
  }
}

TEST(Suites, AreFoundByValueAndByBothNames) {
  for (const auto& suite : all_suites()) {
    EXPECT_EQ(find(suite.id), &suite);
    EXPECT_EQ(name_of(suite.id), suite.name);
    EXPECT_EQ(suite_by_name(suite.name), suite.id);
    EXPECT_EQ(suite_by_name(suite.openssl_name), suite.id);
  }
  EXPECT_EQ(suite_by_name("ECDHE-RSA-AES256-GCM-SHA384"),
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
}

TEST(Suites, AreNotFoundWhenUnknown) {
  EXPECT_EQ(find(CipherSuite{0x002f}), nullptr);
  EXPECT_EQ(name_of(CipherSuite{0x0047}), "");
  EXPECT_EQ(suite_by_name("TLS_RSA_WITH_AES_128_CBC_SHA"), std::nullopt);
  EXPECT_EQ(suite_by_name(""), std::nullopt);
}

TEST(Suites, SignallingValuesHaveNamesButAreNoSuites) {
  EXPECT_EQ(name_of(CipherSuite{0x00ff}), "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
  EXPECT_EQ(name_of(CipherSuite{0x5600}), "TLS_FALLBACK_SCSV");
  EXPECT_EQ(find(CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV), nullptr);
  EXPECT_EQ(find(CipherSuite::TLS_FALLBACK_SCSV), nullptr);
  EXPECT_EQ(name_of(CipherSuite{0x3a3a}), "GREASE");
  EXPECT_EQ(suite_by_name("TLS_FALLBACK_SCSV"), std::nullopt);
}

}  // namespace
}  // namespace glasstls::crypto
