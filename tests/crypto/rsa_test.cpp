#include "crypto/rsa.h"

#include <gtest/gtest.h>

#include "tests/crypto/rsa_keys.h"
#include "tests/support/test_random.h"

namespace glasstls::crypto {
namespace {

Bytes padded(std::size_t size, std::uint8_t value) {
  Bytes bytes(size);
  bytes.back() = value;
  return bytes;
}

TEST(Rsa, PublicOperationUndoesThePrivateOne) {
  for (const char* const bits : {"1024", "1025", "2048"}) {
    const test::RsaKey key = test::rsa_key(bits);
    test::TestRandom random;
    for (const int value : {0, 1, 2, 200}) {
      const Bytes representative = padded(key.n.size(), static_cast<std::uint8_t>(value));
      const Bytes signature = rsa::private_operation(key.numbers(), representative, random);
      EXPECT_EQ(signature.size(), key.n.size());
      EXPECT_EQ(rsa::public_operation(key.n, key.e, signature), representative);
    }
  }
}

TEST(Rsa, BlindingDoesNotShowInTheResult) {
  const test::RsaKey key = test::rsa_key("1024");
  test::TestRandom one("one");
  test::TestRandom two("two");
  const Bytes representative(key.n.size(), 0x11);
  EXPECT_EQ(rsa::private_operation(key.numbers(), representative, one),
            rsa::private_operation(key.numbers(), representative, two));
  EXPECT_GE(one.taken(), key.n.size());
}

TEST(Rsa, PublicOperationRefusesNumbersNotBelowTheModulus) {
  const test::RsaKey key = test::rsa_key("1024");
  EXPECT_EQ(rsa::public_operation(key.n, key.e, key.n), std::nullopt);
  EXPECT_EQ(rsa::public_operation(key.n, key.e, Bytes(key.n.size(), 0xff)), std::nullopt);
}

// One such signature with a fault in one half would let anyone factor the modulus.
TEST(Rsa, AMiscalculationNeverLeaves) {
  for (Bytes test::RsaKey::*number : {&test::RsaKey::dp, &test::RsaKey::dq, &test::RsaKey::qinv}) {
    test::RsaKey faulty = test::rsa_key("1024");
    (faulty.*number).back() ^= 2;
    test::TestRandom random;
    EXPECT_THROW(rsa::private_operation(faulty.numbers(), Bytes(128, 0x11), random),
                 std::exception);
  }
}

TEST(Rsa, NumbersMustFitTogether) {
  using Key = test::RsaKey;
  EXPECT_TRUE(rsa::is_consistent(test::rsa_key("1025").numbers()));
  for (Bytes Key::*number :
       {&Key::n, &Key::e, &Key::d, &Key::p, &Key::q, &Key::dp, &Key::dq, &Key::qinv}) {
    Key key = test::rsa_key("1024");
    (key.*number).back() ^= 2;
    EXPECT_FALSE(rsa::is_consistent(key.numbers()));
    (key.*number).clear();
    EXPECT_FALSE(rsa::is_consistent(key.numbers()));
  }
}

TEST(Rsa, GeneratesTheSameKeyFromTheSameBytes) {
  test::TestRandom one("key");
  test::TestRandom two("key");
  const rsa::PrivateNumbers a = rsa::generate(1024, one);
  const rsa::PrivateNumbers b = rsa::generate(1024, two);
  EXPECT_EQ(a.modulus, b.modulus);
  EXPECT_EQ(a.modulus.size(), 128u);
  EXPECT_GE(a.modulus[0], 0x80);
  EXPECT_EQ(a.public_exponent, (Bytes{1, 0, 1}));
  EXPECT_TRUE(rsa::is_consistent(a.view()));
}

}  // namespace
}  // namespace glasstls::crypto
