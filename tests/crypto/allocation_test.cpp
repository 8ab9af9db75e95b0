// The data path allocates nothing: this program counts what malloc and its kin are asked for.
#include <gtest/gtest.h>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hmac.h"
#include "crypto/prf.h"
#include "crypto/secret.h"
#include "tests/support/allocation_counter.h"

namespace glasstls::crypto {
namespace {

using test::allocations_in;

class Allocation : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::counts_allocations()) GTEST_SKIP() << "allocations cannot be counted here";
  }
};

TEST_F(Allocation, IsSeenByThisTest) {
  Bytes kept;  // outlives the call: a compiler may leave out an allocation that nobody looks at
  EXPECT_GT(allocations_in([&kept] { kept = Bytes(1000); }), 0);
  EXPECT_EQ(kept.size(), 1000u);
}

TEST_F(Allocation, DoesNotHappenWhenARecordIsSealedOrOpened) {
  Bytes text(16384);
  Bytes tag(16);
  const Bytes additional_data(13);
  for (const AeadAlgorithm algorithm :
       {AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm, AeadAlgorithm::chacha20_poly1305}) {
    const Bytes key(parameters(algorithm).enc_key_length);
    Aead sealer(algorithm, key, AeadDirection::seal);
    Aead opener(algorithm, key, AeadDirection::open);
    for (std::uint8_t record = 0; record < 3; ++record) {
      const Bytes nonce(12, record);
      EXPECT_EQ(allocations_in([&] { sealer.seal(nonce, additional_data, text, tag); }), 0)
          << name_of(algorithm);
      EXPECT_EQ(allocations_in([&] { (void)opener.open(nonce, additional_data, text, tag); }), 0)
          << name_of(algorithm);
      tag[0] ^= 1;
      EXPECT_EQ(allocations_in([&] { (void)opener.open(nonce, additional_data, text, tag); }), 0)
          << name_of(algorithm);
    }
  }
}

TEST_F(Allocation, DoesNotHappenInHashesAndThePrf) {
  const Bytes secret(48);
  for (const HashAlgorithm algorithm :
       {HashAlgorithm::sha256, HashAlgorithm::sha384, HashAlgorithm::sha512}) {
    EXPECT_EQ(allocations_in([&] {
                KeyBlock block(88);
                prf(algorithm, secret, "key expansion", {secret, secret}, block.fill());
                const Digest digest = hmac(algorithm, secret, block.reveal());
                Hash running(algorithm);
                running.update(digest.view());
                Hash copied = running;
                (void)copied.finish();
              }),
              0)
        << name_of(algorithm);
  }
}

}  // namespace
}  // namespace glasstls::crypto
