#include "crypto/grease.h"

#include <gtest/gtest.h>

namespace glasstls::crypto {
namespace {

TEST(Grease, IsExactlyTheSixteenValuesOfRfc8701) {
  int count = 0;
  for (std::uint32_t value = 0; value <= 0xffff; ++value) {
    if (!is_grease(static_cast<std::uint16_t>(value))) continue;
    EXPECT_EQ(value, 0x0a0au + 0x1010u * static_cast<std::uint32_t>(count));
    ++count;
  }
  EXPECT_EQ(count, 16);
}

}  // namespace
}  // namespace glasstls::crypto
