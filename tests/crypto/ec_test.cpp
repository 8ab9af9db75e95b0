#include "crypto/ec.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <thread>

#include "tests/crypto/vectors.h"
#include "tests/support/test_random.h"

namespace glasstls::crypto {
namespace {

constexpr NamedGroup curves[] = {NamedGroup::secp256r1, NamedGroup::secp384r1};

// From SEC 2, 2.4.2 and 2.5.1.
Bytes order_of(NamedGroup group) {
  return *wire::unhex(group == NamedGroup::secp256r1
                          ? "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
                          : "ffffffffffffffffffffffffffffffffffffffffffffffff"
                            "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");
}

Bytes small_number(NamedGroup group, std::uint8_t value) {
  Bytes number(ec::field_length(group));
  number.back() = value;
  return number;
}

TEST(Ec, TakesScalarsFromOneToTheOrderLessOne) {
  for (const NamedGroup group : curves) {
    Bytes order = order_of(group);
    EXPECT_FALSE(ec::is_scalar(group, order));
    order.back() -= 1;
    EXPECT_TRUE(ec::is_scalar(group, order));
    EXPECT_TRUE(ec::is_scalar(group, small_number(group, 1)));
    EXPECT_FALSE(ec::is_scalar(group, small_number(group, 0)));
    EXPECT_FALSE(ec::is_scalar(group, Bytes(order.size(), 0xff)));
    EXPECT_FALSE(ec::is_scalar(group, Bytes{1}));
    order.insert(order.begin(), 0);
    EXPECT_FALSE(ec::is_scalar(group, order));
  }
}

TEST(Ec, OneTimesTheGeneratorIsTheGenerator) {
  EXPECT_EQ(
      wire::hex(ec::public_point(NamedGroup::secp256r1, small_number(NamedGroup::secp256r1, 1))),
      "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
}

TEST(Ec, OrderLessOneTimesTheGeneratorIsItsNegative) {
  for (const NamedGroup group : curves) {
    Bytes largest = order_of(group);
    largest.back() -= 1;
    const Bytes generator = ec::public_point(group, small_number(group, 1));
    const Bytes negative = ec::public_point(group, largest);
    const std::size_t length = ec::field_length(group);
    EXPECT_TRUE(ec::is_point(group, negative));
    EXPECT_TRUE(wire::equal(View(negative).first(1 + length), View(generator).first(1 + length)));
    EXPECT_FALSE(wire::equal(negative, generator));
  }
}

TEST(Ec, PointsAreOfOneFormOfOneLengthAndOnTheCurve) {
  for (const NamedGroup group : curves) {
    const Bytes good = ec::public_point(group, small_number(group, 7));
    EXPECT_TRUE(ec::is_point(group, good));

    Bytes off = good;
    off.back() ^= 1;
    EXPECT_FALSE(ec::is_point(group, off));
    Bytes hybrid = good;
    hybrid[0] = 0x06;
    EXPECT_FALSE(ec::is_point(group, hybrid));
    Bytes compressed(good.begin(),
                     good.begin() + 1 + static_cast<std::ptrdiff_t>(ec::field_length(group)));
    compressed[0] = 0x02;
    EXPECT_FALSE(ec::is_point(group, compressed));
    EXPECT_FALSE(ec::is_point(group, Bytes{0}));
    EXPECT_FALSE(ec::is_point(group, {}));
    EXPECT_FALSE(ec::is_point(group, View(good).first(good.size() - 1)));
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(ec::is_point(group, longer));
  }
}

TEST(Ec, CoordinatesMustBeBelowThePrime) {
  // secp256r1: x = 5 is on the curve; x + p has the same remainder and still fits in 32 bytes.
  const auto p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  const auto y = "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
  const std::string x(63, '0');
  EXPECT_TRUE(ec::is_point(NamedGroup::secp256r1, *wire::unhex("04" + x + "5" + y)));
  Bytes reduced = *wire::unhex(p);
  for (std::size_t i = reduced.size(), carry = 5; i-- > 0 && carry != 0;) {
    carry += reduced[i];
    reduced[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(ec::is_point(NamedGroup::secp256r1, *wire::unhex("04" + wire::hex(reduced) + y)));
}

TEST(Ec, RandomScalarsSkipWhatIsOutOfRange) {
  class Script final : public RandomSource {
   public:
    void fill(MutableView out) override {
      const std::uint8_t byte = calls_ == 0 ? 0xff : calls_ == 1 ? 0x00 : 0x33;
      ++calls_;
      std::fill(out.begin(), out.end(), byte);
    }
    int calls_ = 0;
  };
  for (const NamedGroup group : curves) {
    Script script;
    const PrivateScalar scalar = ec::random_scalar(group, script);
    EXPECT_EQ(script.calls_, 3);
    EXPECT_EQ(wire::copy(scalar.reveal()), Bytes(ec::field_length(group), 0x33));
  }
}

TEST(Ec, IsForItsTwoCurvesOnly) {
  EXPECT_FALSE(ec::is_curve(NamedGroup::x25519));
  EXPECT_THROW(ec::field_length(NamedGroup::x25519), std::logic_error);
  EXPECT_THROW(ec::is_point(NamedGroup{25}, {}), std::logic_error);
}

TEST(Ec, BlindingDoesNotShowInTheSignature) {
  for (const NamedGroup group : curves) {
    const Bytes key = small_number(group, 11);
    const Bytes nonce = small_number(group, 13);
    const Bytes digest(32, 0x5d);
    test::TestRandom one("one");
    test::TestRandom two("two");
    const auto first = ec::sign(group, key, digest, nonce, one);
    const auto second = ec::sign(group, key, digest, nonce, two);
    EXPECT_GT(one.taken(), ec::field_length(group));
    EXPECT_EQ(first->r, second->r);
    EXPECT_EQ(first->s, second->s);
    EXPECT_TRUE(ec::verify(group, ec::public_point(group, key), digest, *first));
  }
}

TEST(Ec, WorksInSeveralThreadsAtOnce) {
  const auto work = [](bool& same) {
    const Bytes scalar = small_number(NamedGroup::secp384r1, 99);
    const Bytes expected = ec::public_point(NamedGroup::secp384r1, scalar);
    same = true;
    for (int i = 0; i < 20; ++i) {
      same = same && ec::public_point(NamedGroup::secp384r1, scalar) == expected;
      same = same && ec::is_point(NamedGroup::secp384r1, expected);
    }
  };
  bool first = false;
  bool second = false;
  std::thread other(work, std::ref(first));
  work(second);
  other.join();
  EXPECT_TRUE(first && second);
}

}  // namespace
}  // namespace glasstls::crypto
