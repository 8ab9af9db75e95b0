#include "crypto/schemes.h"

#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

namespace glasstls::crypto {
namespace {

TEST(Schemes, AreNineAndAllDifferent) {
  std::set<SignatureScheme> ids;
  for (const auto& scheme : all_schemes()) ids.insert(scheme.id);
  EXPECT_EQ(ids.size(), 9u);
  EXPECT_EQ(all_schemes().size(), 9u);
}

TEST(Schemes, HaveTheParametersThatTheirNamesTell) {
  for (const auto& scheme : all_schemes()) {
    const std::string_view name = scheme.name;
    EXPECT_EQ(scheme.key_type, key_type_of(scheme.algorithm)) << name;
    EXPECT_EQ(scheme.algorithm == SignatureAlgorithm::rsa_pkcs1, name.starts_with("rsa_pkcs1_"));
    EXPECT_EQ(scheme.algorithm == SignatureAlgorithm::rsa_pss, name.starts_with("rsa_pss_rsae_"));
    EXPECT_EQ(scheme.algorithm == SignatureAlgorithm::ecdsa, name.starts_with("ecdsa_"));
    EXPECT_EQ(scheme.algorithm == SignatureAlgorithm::ed25519, name == "ed25519");
    EXPECT_EQ(scheme.hash == HashAlgorithm::sha256, name.ends_with("_sha256")) << name;
    EXPECT_EQ(scheme.hash == HashAlgorithm::sha384, name.ends_with("_sha384")) << name;
    EXPECT_EQ(scheme.hash == HashAlgorithm::sha512, name.ends_with("_sha512")) << name;
    EXPECT_EQ(scheme.hash.has_value(), name != "ed25519");
  }
}

TEST(Schemes, AreFoundByValueAndByName) {
  for (const auto& scheme : all_schemes()) {
    EXPECT_EQ(find(scheme.id), &scheme);
    EXPECT_EQ(name_of(scheme.id), scheme.name);
    EXPECT_EQ(scheme_by_name(scheme.name), scheme.id);
  }
  EXPECT_EQ(name_of(SignatureScheme{0x0804}), "rsa_pss_rsae_sha256");
  EXPECT_EQ(name_of(SignatureScheme{0x0503}), "ecdsa_secp384r1_sha384");
}

TEST(Schemes, WithSha1AreNamedButNotUsable) {
  for (const int value : {0x0201, 0x0203, 0x0603}) {
    const auto scheme = static_cast<SignatureScheme>(value);
    EXPECT_NE(name_of(scheme), "");
    EXPECT_EQ(find(scheme), nullptr);
    EXPECT_EQ(scheme_by_name(name_of(scheme)), std::nullopt);
  }
  EXPECT_EQ(find(SignatureScheme{0x0101}), nullptr);
  EXPECT_EQ(name_of(SignatureScheme{0x0101}), "md5_rsa");
  EXPECT_EQ(name_of(SignatureScheme{0x0204}), "");
  EXPECT_EQ(name_of(SignatureScheme{0xfafa}), "GREASE");
}

TEST(Schemes, HaveNamesThatWeDoNotUseToo) {
  EXPECT_EQ(name_of(SignatureScheme{0x0202}), "sha1_dsa");
  EXPECT_EQ(name_of(SignatureScheme{0x0303}), "sha224_ecdsa");
  EXPECT_EQ(name_of(SignatureScheme{0x0808}), "ed448");
  EXPECT_EQ(name_of(SignatureScheme{0x0809}), "rsa_pss_pss_sha256");
  EXPECT_EQ(name_of(SignatureScheme{0x0420}), "rsa_pkcs1_sha256_legacy");
  EXPECT_EQ(name_of(SignatureScheme{0x0904}), "mldsa44");
  EXPECT_EQ(scheme_by_name("ed448"), std::nullopt);
}

TEST(KeyTypes, HaveNames) {
  EXPECT_EQ(name_of(KeyType::rsa), "RSA");
  EXPECT_EQ(name_of(KeyType::ec), "EC");
  EXPECT_EQ(name_of(KeyType::ed25519), "Ed25519");
  EXPECT_EQ(name_of(KeyType{9}), "");
}

TEST(KeyTypes, OfAnUnknownAlgorithmAreALogicError) {
  EXPECT_THROW(key_type_of(SignatureAlgorithm{9}), std::logic_error);
}

}  // namespace
}  // namespace glasstls::crypto
