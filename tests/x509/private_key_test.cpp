#include "x509/private_key.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "crypto/signature.h"
#include "tests/support/test_random.h"
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

// A PKCS #8 with one RSA, EC or Ed25519 key, from its parts.
Bytes pkcs8(unsigned version, const Bytes& algorithm, const Bytes& key, const Bytes& rest = {}) {
  return samples::sequence({samples::der(Tag::integer, Bytes{static_cast<std::uint8_t>(version)}),
                            samples::sequence({algorithm}), samples::der(Tag::octet_string, key),
                            rest});
}

Bytes ed25519_seed() { return samples::der(Tag::octet_string, Bytes(32, 0x11)); }

TEST(PrivateKey, ReadsAttributesAndThePublicKeyOfPkcs8) {
  const auto plain = parse_private_key(pkcs8(0, samples::oid(oid::id_Ed25519), ed25519_seed()));
  ASSERT_TRUE(plain) << plain.error().what;
  Bytes point{0};
  wire::append(point, plain->public_key().point());
  const Bytes attributes = samples::der(context_constructed(0), Bytes{});
  const Bytes public_key = samples::der(context(1), point);
  const auto full = parse_private_key(pkcs8(1, samples::oid(oid::id_Ed25519), ed25519_seed(),
                                            samples::joined({attributes, public_key})));
  ASSERT_TRUE(full) << full.error().what;
  EXPECT_TRUE(full->public_key() == plain->public_key());
}

TEST(PrivateKey, RefusesAPublicKeyInPkcs8ThatIsAnothers) {
  const Bytes other = samples::der(context(1), Bytes(33, 0));
  const auto key =
      parse_private_key(pkcs8(1, samples::oid(oid::id_Ed25519), ed25519_seed(), other));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "a public key that is not of this private key");
  EXPECT_EQ(key.error().section, "RFC 5958, 2");
  const auto early =
      parse_private_key(pkcs8(0, samples::oid(oid::id_Ed25519), ed25519_seed(), other));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().what, "a publicKey in version 1 of PKCS #8");
}

TEST(PrivateKey, ReadsTheKeyAmongOtherBlocks) {
  const Bytes certificate = samples::file("server-ec256.pem");
  const auto key = parse_private_key(samples::joined(
      {certificate, samples::file("server-ec256-key.pem"), samples::file("server-rsa-key.pem")}));
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->public_key() == *samples::certificate("server-ec256").public_key().key);
}

TEST(PrivateKey, ReportsABrokenBlockInsteadOfTakingTheNext) {
  const Bytes good = samples::file("server-rsa-key.pem");
  const std::string bad = "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n";
  const auto key = parse_private_key(samples::joined({wire::copy(wire::as_bytes(bad)), good}));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "line 2: not base64");
}

TEST(PrivateKey, NamesTheLineOfTheBlockThatIsNoKey) {
  const std::string text = "first\n" + to_pem("PRIVATE KEY", samples::from_hex("3000"));
  const auto key = parse_private_key(wire::as_bytes(text));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "ends where an element is expected (private key at line 2)");
}

void expect_same_file(const std::string& file) {
  const Bytes pem = samples::file(file);
  const auto key = parse_private_key(pem);
  ASSERT_TRUE(key) << file;
  EXPECT_EQ(wire::as_text(private_key_pem(*key).reveal()), wire::as_text(pem)) << file;
}

TEST(PrivateKey, IsWrittenAsOpensslWritesIt) {
  expect_same_file("server-rsa-key.pem");
  expect_same_file("server-ec256-key.pem");
  expect_same_file("server-ec384-key.pem");
  expect_same_file("server-ed25519-key.pem");
}

TEST(PrivateKey, ComesBackFromItsFile) {
  test::TestRandom random;
  std::vector<crypto::PrivateKey> keys;
  keys.push_back(crypto::PrivateKey::generate_rsa(1024, random));
  keys.push_back(crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random));
  keys.push_back(crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp384r1, random));
  keys.push_back(crypto::PrivateKey::generate_ed25519(random));
  for (const crypto::PrivateKey& key : keys) {
    const auto read = parse_private_key(private_key_pem(key).reveal());
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_TRUE(read->public_key() == key.public_key());
  }
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
