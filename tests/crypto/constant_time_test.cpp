#include "crypto/constant_time.h"

#include <array>
#include <gtest/gtest.h>

namespace glasstls::crypto {
namespace {

TEST(ConstantTime, EqualSeesEveryDifferingBit) {
  const Bytes a(33, 0x5a);
  EXPECT_TRUE(equal(a, Bytes(a)));
  for (std::size_t bit = 0; bit < 8 * a.size(); ++bit) {
    Bytes b = a;
    b[bit / 8] = static_cast<std::uint8_t>(b[bit / 8] ^ (1u << bit % 8));
    EXPECT_FALSE(equal(a, b)) << "bit " << bit;
  }
}

TEST(ConstantTime, EqualTellsLengthsApart) {
  EXPECT_FALSE(equal(Bytes(3), Bytes(4)));
  EXPECT_FALSE(equal(Bytes{}, Bytes(1)));
  EXPECT_TRUE(equal(View{}, View{}));
}

TEST(ConstantTime, AllZeroSeesEverySetBit) {
  Bytes bytes(17);
  EXPECT_TRUE(all_zero(bytes));
  EXPECT_TRUE(all_zero(View{}));
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(all_zero(bytes)) << "bit " << bit;
    bytes[bit / 8] = 0;
  }
}

TEST(ConstantTime, WipeZeroesExactlyItsBytes) {
  Bytes bytes(8, 0xff);
  wipe(MutableView(bytes).subspan(2, 3));
  EXPECT_EQ(bytes, (Bytes{0xff, 0xff, 0, 0, 0, 0xff, 0xff, 0xff}));
  wipe(MutableView{});
}

}  // namespace
}  // namespace glasstls::crypto
