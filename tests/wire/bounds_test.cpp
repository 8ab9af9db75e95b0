#include "wire/bounds.h"

#include <gtest/gtest.h>

namespace glasstls::wire {
namespace {

// RFC 5246, 4.3: the length field is as wide as the largest length needs.
TEST(Bounds, TakeAPrefixAsWideAsTheMaximumNeeds) {
  EXPECT_EQ((within<0, 1>.prefix), 1U);
  EXPECT_EQ((within<0, 0xff>.prefix), 1U);
  EXPECT_EQ((within<0, 0x100>.prefix), 2U);
  EXPECT_EQ((within<2, 0xfffe>.prefix), 2U);
  EXPECT_EQ((within<0, 0xffff>.prefix), 2U);
  EXPECT_EQ((within<0, 0x10000>.prefix), 3U);
  EXPECT_EQ((within<1, 0xffffff>.prefix), 3U);
}

TEST(Bounds, KeepTheirLimits) {
  EXPECT_EQ((within<2, 0xfffe>.minimum), 2U);
  EXPECT_EQ((within<2, 0xfffe>.maximum), 0xfffeU);
}

}  // namespace
}  // namespace glasstls::wire
