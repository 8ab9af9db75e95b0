#include "crypto/ed25519.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

TEST(Ed25519, MatchesRfc8032Vectors) {
  for (const auto& vector : test::vectors("ed25519_rfc8032.rsp")) {
    SCOPED_TRACE("line " + std::to_string(vector.line));
    const Bytes public_key = ed25519::public_key(vector.bytes("Seed"));
    EXPECT_EQ(public_key, vector.bytes("Public"));
    const Bytes signature = ed25519::sign(vector.bytes("Seed"), public_key, vector.bytes("Msg"));
    EXPECT_EQ(signature, vector.bytes("Signature"));
    EXPECT_TRUE(ed25519::verify(public_key, vector.bytes("Msg"), signature));
  }
}

// Lines of the original implementation: seed and key : key : message : signature and message :
TEST(Ed25519, MatchesTheOriginalImplementationsVectors) {
  std::ifstream file(GLASSTLS_NIST_VECTORS "/asymmetric/Ed25519/sign.input");
  if (!file) GTEST_SKIP() << "Debian's package python3-cryptography-vectors is not installed";
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    std::istringstream fields(line);
    std::string seed, key, message, signature;
    std::getline(fields, seed, ':');
    std::getline(fields, key, ':');
    std::getline(fields, message, ':');
    std::getline(fields, signature, ':');
    const Bytes expected = *wire::unhex(signature.substr(0, 128));
    EXPECT_EQ(
        ed25519::sign(*wire::unhex(seed.substr(0, 64)), *wire::unhex(key), *wire::unhex(message)),
        expected);
    EXPECT_TRUE(ed25519::verify(*wire::unhex(key), *wire::unhex(message), expected));
  }
  EXPECT_EQ(lines, 1024);
}

const Bytes seed(32, 0x5e);
const Bytes message = {1, 2, 3};

TEST(Ed25519, RefusesEveryFlippedBit) {
  const Bytes key = ed25519::public_key(seed);
  const Bytes good = ed25519::sign(seed, key, message);
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1u << bit % 8));
    EXPECT_FALSE(ed25519::verify(key, message, bad)) << "bit " << bit;
  }
  EXPECT_FALSE(ed25519::verify(key, Bytes{1, 2}, good));
}

TEST(Ed25519, RefusesOtherLengths) {
  const Bytes key = ed25519::public_key(seed);
  Bytes signature = ed25519::sign(seed, key, message);
  EXPECT_FALSE(ed25519::verify(key, message, View(signature).first(63)));
  signature.push_back(0);
  EXPECT_FALSE(ed25519::verify(key, message, signature));
  EXPECT_FALSE(ed25519::verify(key, message, {}));
}

// The second encoding of a signature: the same s plus the group's order. Crypto++ alone accepts it.
TEST(Ed25519, RefusesAnSThatIsNotBelowTheOrder) {
  const Bytes order =
      *wire::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  const Bytes key = ed25519::public_key(seed);
  Bytes signature = ed25519::sign(seed, key, message);
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned>(signature[32 + i] + order[i]);
    signature[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_EQ(signature[63] & 0xe0, 0);
  EXPECT_FALSE(ed25519::verify(key, message, signature));
}

TEST(Ed25519, KnowsReducedCoordinates) {
  Bytes y(32, 0xff);
  y[0] = 0xec;  // p - 1
  y[31] = 0x7f;
  EXPECT_TRUE(ed25519::is_reduced(y));
  y[31] = 0xff;  // the sign of x does not count
  EXPECT_TRUE(ed25519::is_reduced(y));
  y[0] = 0xed;  // p
  EXPECT_FALSE(ed25519::is_reduced(y));
  EXPECT_TRUE(ed25519::is_reduced(Bytes(32)));
}

}  // namespace
}  // namespace glasstls::crypto
