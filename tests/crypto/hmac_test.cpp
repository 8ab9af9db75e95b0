#include "crypto/hmac.h"

#include <gtest/gtest.h>

#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

TEST(Hmac, MatchesRfc4231Vectors) {
  for (const auto& vector : test::vectors("hmac_rfc4231.rsp")) {
    const auto algorithm = test::hash_by_name(vector.section).value();
    const Digest result = hmac(algorithm, vector.bytes("Key"), vector.bytes("Msg"));
    EXPECT_EQ(wire::hex(result.view()), vector.text("MD"))
        << vector.section << " line " << vector.line;
  }
}

TEST(Hmac, TakesKeysAroundTheBlockSize) {
  // A key and the key padded with zeros are the same key, up to a block.
  for (const HashAlgorithm algorithm : {HashAlgorithm::sha256, HashAlgorithm::sha384}) {
    const Bytes message = {1, 2, 3};
    const std::size_t block = block_size(algorithm);
    Bytes key(block - 1, 0x42);
    const Digest shorter = hmac(algorithm, key, message);
    key.push_back(0);
    EXPECT_EQ(hmac(algorithm, key, message), shorter);
    key.push_back(0);
    EXPECT_NE(hmac(algorithm, key, message), shorter);
    // Longer keys are hashed first.
    EXPECT_EQ(hmac(algorithm, key, message), hmac(algorithm, hash(algorithm, key).view(), message));
  }
}

TEST(Hmac, CopiesAndFinishesWithoutDisturbance) {
  Hmac running(HashAlgorithm::sha256, wire::as_bytes("key"));
  const Hmac keyed = running;
  running.update(wire::as_bytes("mess"));
  (void)running.finish();
  running.update(wire::as_bytes("age"));
  const Digest whole =
      hmac(HashAlgorithm::sha256, wire::as_bytes("key"), wire::as_bytes("message"));
  EXPECT_EQ(running.finish(), whole);
  EXPECT_EQ(keyed.finish(), hmac(HashAlgorithm::sha256, wire::as_bytes("key"), {}));
}

}  // namespace
}  // namespace glasstls::crypto
