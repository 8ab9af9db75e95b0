#include "wire/writer.h"

#include <gtest/gtest.h>

namespace glasstls::wire {
namespace {

enum class Colour : std::uint16_t { red = 0x0102 };

struct Pair {
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  static void fields(auto& ar, auto& self) {
    ar.field("a", self.a);
    ar.field("b", self.b);
  }
};

template <class Write>
Bytes written(Write write) {
  Bytes out;
  Writer writer(out);
  write(writer);
  return out;
}

TEST(Writer, WritesNumbersBigEndianInTheirWidth) {
  EXPECT_EQ(written([](Writer& w) { w.field("n", std::uint8_t{0xab}); }), (Bytes{0xab}));
  EXPECT_EQ(written([](Writer& w) { w.field("n", std::uint16_t{0x0102}); }), (Bytes{1, 2}));
  EXPECT_EQ(written([](Writer& w) { w.uint24("n", 0x010203); }), (Bytes{1, 2, 3}));
  EXPECT_EQ(written([](Writer& w) { w.field("n", std::uint32_t{0x01020304}); }),
            (Bytes{1, 2, 3, 4}));
  EXPECT_EQ(written([](Writer& w) { w.field("n", std::uint64_t{0x0102030405060708}); }),
            (Bytes{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(written([](Writer& w) { w.field("n", Colour::red); }), (Bytes{1, 2}));
}

TEST(Writer, WritesLengthsAsWideAsTheBoundsSay) {
  EXPECT_EQ(written([](Writer& w) { w.opaque("o", Bytes{9}, within<0, 0xff>); }), (Bytes{1, 9}));
  EXPECT_EQ(written([](Writer& w) { w.opaque("o", Bytes{9}, within<0, 0xffff>); }),
            (Bytes{0, 1, 9}));
  EXPECT_EQ(written([](Writer& w) { w.opaque("o", Bytes{9}, within<0, 0xffffff>); }),
            (Bytes{0, 0, 1, 9}));
}

TEST(Writer, WritesVectorsOfNumbersAndOfStructures) {
  EXPECT_EQ(written([](Writer& w) {
              w.vector("v", std::vector<std::uint16_t>{0x0102, 0x0304}, within<2, 0xfffe>);
            }),
            (Bytes{0, 4, 1, 2, 3, 4}));
  EXPECT_EQ(written([](Writer& w) {
              w.vector("v", std::vector<Pair>{{1, 2}, {3, 4}}, within<0, 0xff>);
            }),
            (Bytes{6, 1, 0, 2, 3, 0, 4}));
}

TEST(Writer, WritesNothingForAnAbsentTail) {
  const auto tail = [](const std::optional<Pair>& value) {
    return written([&](Writer& w) { w.optional_tail(value); });
  };
  EXPECT_EQ(tail(std::nullopt), Bytes());
  EXPECT_EQ(tail(Pair{1, 2}), (Bytes{1, 0, 2}));
}

TEST(Writer, TakesLengthsAtTheirBoundsAndThrowsBeyond) {
  const auto opaque = [](std::size_t size) {
    return written([size](Writer& w) { w.opaque("o", Bytes(size), within<2, 4>); });
  };
  EXPECT_THROW(opaque(1), std::logic_error);
  EXPECT_EQ(opaque(2).size(), 3U);
  EXPECT_EQ(opaque(4).size(), 5U);
  EXPECT_THROW(opaque(5), std::logic_error);
}

TEST(Writer, ThrowsWhereARuleDoesNotHold) {
  const auto expect = [](bool holds) {
    return written([holds](Writer& w) {
      w.expect(holds, AlertDescription::decode_error, "field", "reason", "section");
    });
  };
  EXPECT_EQ(expect(true), Bytes());
  EXPECT_THROW(expect(false), std::logic_error);
}

TEST(Writer, AppendsToWhatIsThere) {
  Bytes out{7};
  Writer writer(out);
  writer.rest("rest", Bytes{8, 9});
  writer.opaque("fixed", std::array<std::uint8_t, 2>{1, 2});
  EXPECT_EQ(out, (Bytes{7, 8, 9, 1, 2}));
}

TEST(Encode, WritesAWholeStructure) {
  EXPECT_EQ(encode(Pair{0x11, 0x2233}), (Bytes{0x11, 0x22, 0x33}));
}

TEST(Writer, WritesIntegersOfQuicAsShortAsTheyAre) {
  const auto written = [](std::uint64_t value) {
    Bytes out;
    Writer(out).varint("value", value);
    return hex(out);
  };
  EXPECT_EQ(written(37), "25");
  EXPECT_EQ(written(63), "3f");
  EXPECT_EQ(written(64), "4040");
  EXPECT_EQ(written(15293), "7bbd");
  EXPECT_EQ(written(494878333), "9d7f3e7d");
  EXPECT_EQ(written(151288809941952652), "c2197c5eff14e88c");
  EXPECT_THROW(written(std::uint64_t{1} << 62), std::logic_error);
}

TEST(Writer, WritesBytesOfALengthThatIsGiven) {
  Bytes out;
  Writer(out).bytes("value", Bytes{1, 2}, 2);
  EXPECT_EQ(out, (Bytes{1, 2}));
  EXPECT_THROW(Writer(out).bytes("value", Bytes{1, 2}, 3), std::logic_error);
}

TEST(Writer, WritesItemsOneAfterAnother) {
  Bytes out;
  Writer(out).items("items", std::vector<std::uint16_t>{0x0102, 0x0304});
  EXPECT_EQ(out, (Bytes{1, 2, 3, 4}));
}

}  // namespace
}  // namespace glasstls::wire
