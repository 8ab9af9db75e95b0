#include "x509/oid.h"

#include <gtest/gtest.h>
#include <string>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(Oid, EncodesItsArcs) {
  EXPECT_EQ(wire::hex(oid::basicConstraints.content()), "551d13");
  EXPECT_EQ(wire::hex(oid::rsaEncryption.content()), "2a864886f70d010101");
  EXPECT_EQ(wire::hex(oid::userId.content()), "0992268993f22c640101");
}

TEST(Oid, IsWrittenDotted) {
  EXPECT_EQ(to_string(oid::basicConstraints), "2.5.29.19");
  EXPECT_EQ(to_string(oid::userId), "0.9.2342.19200300.100.1.1");
  EXPECT_EQ(to_string(Oid{2, 999, 3}), "2.999.3");
  EXPECT_EQ(display(Oid{1, 2, 3}), "1.2.3");
  EXPECT_EQ(display(oid::id_Ed25519), "id-Ed25519");
}

std::string dotted(std::string_view hex) {
  return to_string(Oid::from_der(samples::from_hex(hex)).value());
}

// X.667, 8: 2.25 and the UUID f81d4fae-7dec-11d0-a765-00a0c91e6bf6 as one arc.
TEST(Oid, WritesArcsOfAnySizeExactly) {
  EXPECT_EQ(dotted("6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776"),
            "2.25.329800735698586629295641978511506172918");
  EXPECT_EQ(dotted("2aff7f"), "1.2.16383");
  EXPECT_EQ(dotted("2a84ccd8807f"), "1.2.1234567295");
  EXPECT_EQ(dotted("2a81ffffffffffffffff7f"), "1.2.18446744073709551615");
  EXPECT_EQ(dotted("2a82808080808080808000"), "1.2.18446744073709551616");
  EXPECT_EQ(dotted("2a83dceb9400"), "1.2.1000000000");
}

TEST(Oid, SplitsTheFirstTwoArcs) {
  EXPECT_EQ(dotted("00"), "0.0");
  EXPECT_EQ(dotted("27"), "0.39");
  EXPECT_EQ(dotted("28"), "1.0");
  EXPECT_EQ(dotted("4f"), "1.39");
  EXPECT_EQ(dotted("50"), "2.0");
  EXPECT_EQ(dotted("8100"), "2.48");
  EXPECT_EQ(dotted("83dceb9400"), "2.999999920");
  EXPECT_EQ(dotted("83dceb948000"), "2.127999999920");  // a borrow from the digits above
  EXPECT_EQ(dotted("82808080808080808000"), "2.18446744073709551536");
}

TEST(Oid, IsReadDotted) {
  for (const char* text : {"2.5.29.19", "0.9.2342.19200300.100.1.1", "2.999.3", "0.0", "1.39",
                           "2.40.72057594037927935"}) {
    const auto oid = parse_oid(text);
    ASSERT_TRUE(oid) << text;
    EXPECT_EQ(to_string(*oid), text);
  }
  EXPECT_EQ(parse_oid("2.5.29.19"), oid::basicConstraints);
}

TEST(Oid, RefusesTextsThatAreNone) {
  for (const char* text : {"", ".", "1", "1.", ".1", "1..2", "1.2.", "3.1", "1.40", "0.40", "01.2",
                           "1.02", "1.2.a", "1.-2", "1. 2", "1.2.72057594037927936"}) {
    EXPECT_FALSE(parse_oid(text)) << text;
  }
  std::string long_text = "1.2";
  for (int i = 0; i < 60; ++i) long_text += ".1";
  EXPECT_FALSE(parse_oid(long_text));
}

TEST(Oid, RefusesMalformedContent) {
  EXPECT_FALSE(Oid::from_der({}));
  EXPECT_FALSE(Oid::from_der(samples::from_hex("2a80")));    // unfinished
  EXPECT_FALSE(Oid::from_der(samples::from_hex("2a8001")));  // padded
  EXPECT_FALSE(Oid::from_der(samples::from_hex("2a03800101")));
  EXPECT_FALSE(Oid::from_der(Bytes(Oid::capacity + 1, 1)));
  EXPECT_TRUE(Oid::from_der(Bytes(Oid::capacity, 1)));
  EXPECT_EQ(Oid::from_der(oid::secp384r1.content()), oid::secp384r1);
}

}  // namespace
}  // namespace glasstls::x509
