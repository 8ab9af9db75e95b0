#include "x509/oid.h"

#include <gtest/gtest.h>

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

TEST(Oid, RefusesMalformedContent) {
  EXPECT_FALSE(Oid::from_der({}));
  EXPECT_FALSE(Oid::from_der(samples::from_hex("2a80")));    // unfinished
  EXPECT_FALSE(Oid::from_der(samples::from_hex("2a8001")));  // padded
  EXPECT_FALSE(Oid::from_der(samples::from_hex("ffffffffffffffffff7f")));
  EXPECT_FALSE(Oid::from_der(Bytes(Oid::capacity + 1, 1)));
  EXPECT_EQ(Oid::from_der(oid::secp384r1.content()), oid::secp384r1);
}

}  // namespace
}  // namespace glasstls::x509
