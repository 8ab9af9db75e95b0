#include "x509/private_key.h"

#include <gtest/gtest.h>

#include "crypto/signature.h"
#include "tests/x509/samples.h"
#include "x509/pem.h"

namespace glasstls::x509 {
namespace {

void expect_key_of(const std::string& key_file, const std::string& sample) {
  const auto key = parse_private_key(samples::file(key_file));
  ASSERT_TRUE(key) << key_file << ": " << key.error().what;
  EXPECT_TRUE(key->public_key() == *samples::certificate(sample).public_key().key) << key_file;
}

TEST(PrivateKey, ReadsPkcs8OfEveryKind) {
  expect_key_of("server-rsa-key.pem", "server-rsa");
  expect_key_of("server-ec256-key.pem", "server-ec256");
  expect_key_of("server-ec384-key.pem", "server-ec384");
  expect_key_of("server-ed25519-key.pem", "server-ed25519");
}

TEST(PrivateKey, ReadsPkcs1AndSec1) {
  expect_key_of("server-rsa-key-pkcs1.pem", "server-rsa");
  expect_key_of("server-ec256-key-sec1.pem", "server-ec256");
}

TEST(PrivateKey, ReadsDer) {
  const Bytes pem = samples::file("server-ec256-key.pem");
  const auto key = parse_private_key(parse_pem(wire::as_text(pem)).blocks.at(0).der);
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->public_key() == *samples::certificate("server-ec256").public_key().key);
}

TEST(PrivateKey, RefusesEncryptedKeysByName) {
  for (const char* name : {"encrypted-key.pem", "encrypted-key-rfc1421.pem"}) {
    const auto key = parse_private_key(samples::file(name));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().what, "line 1: an encrypted private key: decrypt it first");
  }
  const Bytes pem = samples::file("encrypted-key.pem");
  const auto key = parse_private_key(parse_pem(wire::as_text(pem)).blocks.at(0).der);
  EXPECT_EQ(key.error().what, "an encrypted private key: decrypt it first");
}

TEST(PrivateKey, RefusesFilesWithoutOne) {
  EXPECT_EQ(parse_private_key(samples::file("server-ec256.pem")).error().what,
            "holds no private key");
  EXPECT_FALSE(parse_private_key({}));
  EXPECT_FALSE(parse_private_key(wire::as_bytes("hello")));
  EXPECT_FALSE(parse_private_key(samples::certificate("server-ec256").der()));
}

TEST(PrivateKey, RefusesAPublicHalfOfAnotherKey) {
  const Bytes pem = samples::file("server-ec256-key.pem");
  Bytes der = parse_pem(wire::as_text(pem)).blocks.at(0).der;
  der.back() ^= 1;  // the last byte of the point
  const auto key = parse_private_key(der);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "a public key that is not of this private key");
}

TEST(PrivateKey, RefusesTruncationAtEveryByte) {
  for (const char* name : {"server-rsa-key.pem", "server-rsa-key-pkcs1.pem", "server-ec384-key.pem",
                           "server-ec256-key-sec1.pem", "server-ed25519-key.pem"}) {
    const Bytes pem = samples::file(name);
    const Bytes der = parse_pem(wire::as_text(pem)).blocks.back().der;
    for (std::size_t size = 0; size < der.size(); ++size) {
      ASSERT_FALSE(parse_private_key(View(der).first(size))) << name << " cut to " << size;
    }
    ASSERT_FALSE(parse_private_key(samples::joined({der, Bytes{0}}))) << name;
  }
}

}  // namespace
}  // namespace glasstls::x509
