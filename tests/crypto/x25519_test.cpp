#include "crypto/x25519.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

Bytes multiply(const Bytes& scalar, const Bytes& u) {
  Bytes out(32);
  x25519(scalar, u, out);
  return out;
}

TEST(X25519, MatchesRfc7748Vectors) {
  for (const auto& vector : test::vectors("x25519_rfc7748.rsp")) {
    if (!vector.has("Scalar")) continue;
    EXPECT_EQ(multiply(vector.bytes("Scalar"), vector.bytes("U")), vector.bytes("Output"));
  }
}

TEST(X25519, MatchesRfc7748WhenIterated) {
  for (const auto& vector : test::vectors("x25519_rfc7748.rsp")) {
    if (!vector.has("Times")) continue;
    Bytes k(32);
    k[0] = 9;
    Bytes u = k;
    for (int i = std::stoi(vector.text("Times")); i > 0; --i) {
      const Bytes next = multiply(k, u);
      u = k;
      k = next;
    }
    EXPECT_EQ(k, vector.bytes("Output")) << vector.text("Times") << " times";
  }
}

TEST(X25519, PublicKeyIsTheMultipleOfNine) {
  const Bytes scalar(32, 0x77);
  Bytes nine(32);
  nine[0] = 9;
  Bytes public_key(32);
  x25519_public_key(scalar, public_key);
  EXPECT_EQ(public_key, multiply(scalar, nine));
}

TEST(X25519, ClampsTheScalar) {
  Bytes scalar(32, 0x50);
  const Bytes u(32, 0x11);
  const Bytes expected = multiply(scalar, u);
  scalar[0] |= 0x07;
  EXPECT_EQ(multiply(scalar, u), expected);
  scalar[31] ^= 0x80;
  EXPECT_EQ(multiply(scalar, u), expected);
  scalar[31] ^= 0x40;
  EXPECT_EQ(multiply(scalar, u), expected);
}

TEST(X25519, IgnoresTheTopBitOfU) {
  const Bytes scalar(32, 0x50);
  Bytes u(32, 0x11);
  const Bytes expected = multiply(scalar, u);
  u[31] |= 0x80;
  EXPECT_EQ(multiply(scalar, u), expected);
}

TEST(X25519, CallsWrongLengthsALogicError) {
  Bytes out(32);
  EXPECT_THROW(x25519(Bytes(31), Bytes(32), out), std::logic_error);
  EXPECT_THROW(x25519(Bytes(32), Bytes(33), out), std::logic_error);
  EXPECT_THROW(x25519(Bytes(32), Bytes(32), MutableView(out).first(31)), std::logic_error);
  EXPECT_THROW(x25519_public_key(Bytes(31), out), std::logic_error);
}

}  // namespace
}  // namespace glasstls::crypto
