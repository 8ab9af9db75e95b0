#include "wire/bytes.h"

#include <gtest/gtest.h>

namespace glasstls::wire {
namespace {

TEST(Hex, IsLowerCaseWithoutSeparators) {
  EXPECT_EQ(hex(Bytes{0xc0, 0x30, 0x00, 0xff, 0x0a}), "c03000ff0a");
  EXPECT_EQ(hex({}), "");
}

TEST(Unhex, ReversesHexForEveryByte) {
  for (unsigned value = 0; value < 256; ++value) {
    const Bytes bytes{static_cast<std::uint8_t>(value), 0x5a};
    EXPECT_EQ(unhex(hex(bytes)), bytes);
  }
  EXPECT_EQ(unhex(""), Bytes());
}

TEST(Unhex, TakesUpperCase) { EXPECT_EQ(unhex("C0aBFf"), (Bytes{0xc0, 0xab, 0xff})); }

TEST(Unhex, RefusesOddLengthsAndOtherCharacters) {
  EXPECT_EQ(unhex("c"), std::nullopt);
  EXPECT_EQ(unhex("c03"), std::nullopt);
  EXPECT_EQ(unhex("c0 30"), std::nullopt);
  EXPECT_EQ(unhex("0x30"), std::nullopt);
  for (const char* around : {"0/", "0:", "0@", "0G", "0`", "0g", "/0", ":0", "G0", "g0"})
    EXPECT_EQ(unhex(around), std::nullopt) << around;
}

TEST(Text, IsBorrowedBothWays) {
  const std::string_view text("a\0b", 3);
  const View bytes = as_bytes(text);
  EXPECT_EQ(bytes.size(), 3U);
  EXPECT_EQ(static_cast<const void*>(bytes.data()), static_cast<const void*>(text.data()));
  EXPECT_EQ(as_text(bytes), text);
}

TEST(Bytes, AreCopiedAndAppended) {
  const Bytes source{1, 2, 3};
  Bytes bytes = copy(View(source).subspan(1));
  EXPECT_EQ(bytes, (Bytes{2, 3}));
  append(bytes, source);
  EXPECT_EQ(bytes, (Bytes{2, 3, 1, 2, 3}));
  append(bytes, {});
  EXPECT_EQ(bytes.size(), 5U);
}

TEST(Equal, ComparesLengthsAndBytes) {
  EXPECT_TRUE(equal({}, {}));
  EXPECT_TRUE(equal(Bytes{1, 2}, Bytes{1, 2}));
  EXPECT_FALSE(equal(Bytes{1, 2}, Bytes{1, 3}));
  EXPECT_FALSE(equal(Bytes{1, 2}, Bytes{1}));
  EXPECT_FALSE(equal({}, Bytes{0}));
}

}  // namespace
}  // namespace glasstls::wire
