#include "wire/reader.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "wire/version.h"

namespace glasstls::wire {
namespace {

using test::refusal_of;

constexpr Spec spec{"Thing", "RFC 0, 1"};

struct Pair {
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  static constexpr std::string_view item_name = "pair";
  static void fields(auto& ar, auto& self) {
    ar.field("a", self.a);
    ar.field("b", self.b);
  }
};

TEST(Reader, ReadsNumbersBigEndianInTheirWidth) {
  const Bytes bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  Reader reader(bytes);
  std::uint8_t one = 0;
  std::uint16_t two = 0;
  std::uint32_t three = 0;
  std::uint32_t four = 0;
  reader.field("one", one);
  reader.field("two", two);
  reader.uint24("three", three);
  reader.field("four", four);
  EXPECT_EQ(one, 0x01U);
  EXPECT_EQ(two, 0x0203U);
  EXPECT_EQ(three, 0x040506U);
  EXPECT_EQ(four, 0x0708090aU);
  EXPECT_TRUE(reader.done());
}

TEST(Reader, ReadsOpaqueBytesOfFixedAndOfGivenLength) {
  const Bytes bytes{1, 2, 2, 3, 4, 5, 6};
  Reader reader(bytes);
  std::array<std::uint8_t, 2> fixed{};
  Bytes variable;
  Bytes rest;
  reader.opaque("fixed", fixed);
  reader.opaque("variable", variable, within<0, 0xff>);
  reader.rest("rest", rest);
  EXPECT_EQ(fixed, (std::array<std::uint8_t, 2>{1, 2}));
  EXPECT_EQ(variable, (Bytes{3, 4}));
  EXPECT_EQ(rest, (Bytes{5, 6}));
}

TEST(Reader, ReadsVectorsAndForgetsWhatTheyHeld) {
  const Bytes bytes{6, 1, 0, 2, 3, 0, 4};
  std::vector<Pair> pairs(5);
  Reader(bytes).vector("pairs", pairs, within<0, 0xff>);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[1].a, 3U);
  EXPECT_EQ(pairs[1].b, 4U);
}

TEST(Reader, ReadsATailOnlyIfThereIsOne) {
  std::optional<Pair> tail = Pair{};
  Reader(View{}).optional_tail(tail);
  EXPECT_FALSE(tail);
  const Bytes bytes{1, 0, 2};
  Reader(bytes).optional_tail(tail);
  ASSERT_TRUE(tail);
  EXPECT_EQ(tail->b, 2U);
}

TEST(Reader, KeepsTheBytesOfAStructureForItsSignature) {
  const Bytes bytes{9, 1, 0, 2, 9};
  Reader reader(bytes);
  std::uint8_t before = 0;
  Pair pair;
  Bytes kept;
  reader.field("before", before);
  reader.field_with_bytes("pair", pair, kept);
  EXPECT_EQ(kept, (Bytes{1, 0, 2}));
}

TEST(Reader, CountsOffsetsFromTheStartOfTheMessage) {
  const Bytes bytes{1, 2};
  Reader reader(bytes, spec, nullptr, 40);
  EXPECT_EQ(reader.offset(), 40U);
  std::uint8_t byte = 0;
  reader.field("byte", byte);
  EXPECT_EQ(reader.offset(), 41U);
  EXPECT_EQ(reader.remaining(), 1U);
}

TEST(Reader, RefusesTruncationWithMessageFieldAndOffset) {
  const Bytes bytes{1, 2, 3};
  const ProtocolError error = refusal_of([&] {
    Reader reader(bytes, spec, nullptr, 10);
    std::uint16_t two = 0;
    reader.field("first", two);
    reader.field("second", two);
  });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.message, "Thing");
  EXPECT_EQ(error.section, "RFC 0, 1");
  EXPECT_EQ(error.field, "second");
  EXPECT_EQ(error.offset, 12U);
  EXPECT_STREQ(error.what(), "second needs 2 bytes, 1 are left");
}

TEST(Reader, RefusesALengthOutsideItsBoundsAtTheLengthsOffset) {
  for (const std::uint8_t length : Bytes{1, 5}) {
    const Bytes bytes{0xff, length, 1, 2, 3, 4, 5};
    const ProtocolError error = refusal_of([&] {
      Reader reader(bytes, spec);
      std::uint8_t byte = 0;
      Bytes value;
      reader.field("byte", byte);
      reader.opaque("value", value, within<2, 4>);
    });
    EXPECT_EQ(error.alert, AlertDescription::decode_error);
    EXPECT_EQ(error.field, "value");
    EXPECT_EQ(error.offset, 1U);
    EXPECT_EQ(error.what(),
              "the length of value is " + std::to_string(length) + ", not within 2..4");
  }
}

TEST(Reader, RefusesALengthBeyondTheEnd) {
  const Bytes bytes{3, 1, 2};
  const ProtocolError error = refusal_of([&] {
    Bytes value;
    Reader(bytes, spec).opaque("value", value, within<0, 0xff>);
  });
  EXPECT_EQ(error.offset, 1U);
  EXPECT_STREQ(error.what(), "value needs 3 bytes, 2 are left");
}

TEST(Reader, RefusesAVectorThatEndsInsideAnItem) {
  const Bytes bytes{3, 0, 1, 2};
  const ProtocolError error = refusal_of([&] {
    std::vector<std::uint16_t> values;
    Reader(bytes, spec).vector("values", values, within<0, 0xff>);
  });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.offset, 3U);
}

TEST(Reader, RefusesABlockThatIsNotReadToItsEnd) {
  const Bytes bytes{2, 1, 2};
  const ProtocolError error = refusal_of([&] {
    Reader(bytes, spec).block("block", within<0, 0xff>, [](Reader& inner) {
      std::uint8_t byte = 0;
      inner.field("byte", byte);
    });
  });
  EXPECT_EQ(error.offset, 2U);
  EXPECT_STREQ(error.what(), "1 bytes are left over after block");
}

TEST(Reader, RefusesBytesThatAreLeftOver) {
  const Bytes bytes{1};
  EXPECT_NO_THROW(Reader(View{}, spec).expect_done("Thing"));
  const ProtocolError error = refusal_of([&] { Reader(bytes, spec).expect_done("Thing"); });
  EXPECT_EQ(error.alert, AlertDescription::decode_error);
  EXPECT_EQ(error.offset, 0U);
}

TEST(Reader, RefusesABrokenRuleWithItsOwnAlertAndSection) {
  const Bytes bytes{1};
  const ProtocolError error = refusal_of([&] {
    Reader reader(bytes, spec);
    std::uint8_t byte = 0;
    reader.field("byte", byte);
    reader.expect(byte == 2, AlertDescription::illegal_parameter, "byte", "not two", "RFC 9, 9");
  });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(error.section, "RFC 9, 9");
  EXPECT_EQ(error.message, "Thing");
  EXPECT_EQ(error.offset, 1U);
}

TEST(Reader, TellsItsSinkNamesRangesAndRegistryNames) {
  const Bytes bytes{22, 3, 1, 0, 2, 2, 'h', 'i'};
  FieldTree tree;
  Reader reader(bytes, spec, &tree, 100);
  ContentType type{};
  std::vector<Pair> pairs;
  Bytes text;
  reader.field("type", type);
  reader.vector("pairs", pairs, within<0, 0xff>);
  reader.text("text", text, within<0, 0xff>);

  ASSERT_EQ(tree.fields().size(), 6U);
  EXPECT_EQ(tree.fields()[0].number, 22U);
  EXPECT_EQ(tree.fields()[0].text, "handshake");
  EXPECT_EQ(tree.fields()[1].name, "pairs");
  EXPECT_EQ(tree.fields()[1].begin, 101U);
  EXPECT_EQ(tree.fields()[1].end, 105U);
  EXPECT_EQ(tree.fields()[2].name, "pair");
  EXPECT_EQ(tree.fields()[2].depth, 1U);
  EXPECT_EQ(tree.fields()[2].begin, 102U);
  EXPECT_EQ(tree.find("b")->begin, 103U);
  EXPECT_EQ(tree.find("b")->depth, 2U);
  EXPECT_EQ(tree.find("text")->text, "hi");
  EXPECT_TRUE(tree.complete());
}

TEST(Reader, TellsItsSinkEverythingUpToTheBadByte) {
  const Bytes bytes{5, 1, 0, 2, 3, 0};
  FieldTree tree;
  std::vector<Pair> pairs;
  EXPECT_THROW(Reader(bytes, spec, &tree).vector("pairs", pairs, within<0, 0xff>), ProtocolError);
  EXPECT_FALSE(tree.complete());
  ASSERT_EQ(tree.fields().size(), 7U);  // pairs, pair, a, b, pair, a, b
  EXPECT_EQ(tree.fields()[3].end, 4U);
  EXPECT_EQ(tree.fields()[5].end, 5U);
  EXPECT_EQ(tree.fields()[6].end, std::nullopt);
  EXPECT_EQ(tree.fields()[0].end, std::nullopt);
}

TEST(Reader, LetsAnotherReaderDissectTheInsideOfOpaqueBytes) {
  const Bytes bytes{2, 8, 9};
  FieldTree tree;
  Bytes value;
  const auto dissect = [](View inside, FieldSink& sink, std::size_t offset) {
    std::uint16_t number = 0;
    Reader(inside, {}, &sink, offset).field("inside", number);
  };
  Reader(bytes, spec, &tree).opaque("value", value, within<0, 0xff>, dissect);
  EXPECT_EQ(tree.find("inside")->begin, 1U);
  EXPECT_EQ(tree.find("inside")->number, 0x0809U);
  Reader(bytes, spec).opaque("value", value, within<0, 0xff>, dissect);  // nobody listens
  EXPECT_EQ(value, (Bytes{8, 9}));
}

std::string_view name_of_seven(std::uint64_t value) { return value == 7 ? "seven" : ""; }

TEST(Reader, ReadsIntegersOfQuicOfEveryWidth) {
  // The examples of RFC 9000, A.1.
  const Bytes bytes{0x25, 0x7b, 0xbd, 0x9d, 0x7f, 0x3e, 0x7d, 0xc2,
                    0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c, 0x07};
  FieldTree tree;
  Reader reader(bytes, spec, &tree);
  std::uint64_t value = 0;
  for (const std::uint64_t expected :
       {std::uint64_t{37}, std::uint64_t{15293}, std::uint64_t{494878333},
        std::uint64_t{151288809941952652}, std::uint64_t{7}}) {
    reader.varint("value", value, name_of_seven);
    EXPECT_EQ(value, expected);
  }
  EXPECT_TRUE(reader.done());
  EXPECT_EQ(tree.fields().back().text, "seven");
  EXPECT_EQ(tree.fields()[3].end, 15U);
  const Bytes cut{0xc2, 0, 0};
  EXPECT_EQ(refusal_of([&] { Reader(cut, spec).varint("value", value); }).alert,
            AlertDescription::decode_error);
}

TEST(Reader, ReadsItemsUpToTheEnd) {
  const Bytes bytes{1, 2, 3, 4};
  std::vector<std::uint16_t> items;
  Reader reader(bytes, spec);
  reader.items("items", items);
  EXPECT_EQ(items, (std::vector<std::uint16_t>{0x0102, 0x0304}));
  EXPECT_TRUE(refusal_of([&] { Reader(View(bytes).first(3), spec).items("items", items); }).offset);
}

TEST(Reader, ReadsALengthThatAFieldBeforeGave) {
  const Bytes bytes{1, 2, 3, 4};
  FieldTree tree;
  Reader reader(bytes, spec, &tree);
  Bytes two;
  reader.bytes("two", two, 2);
  EXPECT_EQ(two, (Bytes{1, 2}));
  std::uint8_t value = 0;
  EXPECT_EQ(refusal_of([&] {
              reader.span("span", 2, [&](Reader& inner) { inner.field("value", value); });
            }).offset,
            3U);  // one byte is left over in it
  EXPECT_EQ(value, 3);
  EXPECT_EQ(refusal_of([&] { reader.bytes("more", two, 1); }).field, "more");
}

TEST(Reader, LeavesTheFirstViolationAndReadsOnWhereItIsToldTo) {
  const Bytes bytes{3, 1, 2, 3, 0, 9};
  Reader::Violation violation;
  Reader reader(bytes, spec, nullptr, 0, &violation);
  Bytes value;
  std::uint8_t last = 0;
  reader.opaque("long", value, within<0, 2>);
  EXPECT_EQ(value, (Bytes{1, 2, 3}));
  reader.opaque("short", value, within<1, 2>);
  reader.field("last", last);
  reader.expect(last == 8, AlertDescription::illegal_parameter, "last", "it is not 8", "rule");
  EXPECT_TRUE(reader.done());
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->field, "long");
  EXPECT_EQ(violation->offset, 0U);
  EXPECT_EQ(violation->alert, AlertDescription::decode_error);
}

TEST(Reader, LeavesABrokenExpectationOfAnInnerReader) {
  const Bytes bytes{1, 9};
  Reader::Violation violation;
  Reader(bytes, spec, nullptr, 0, &violation).block("block", within<0, 9>, [](Reader& inner) {
    std::uint8_t value = 0;
    inner.field("value", value);
    inner.expect(value == 8, AlertDescription::illegal_parameter, "value", "it is not 8", "rule");
  });
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(violation->section, "rule");
  EXPECT_EQ(violation->offset, 2U);
}

TEST(Reader, StopsWhereBytesAreMissingInSpiteOfAViolation) {
  const Bytes bytes{9, 1};
  Reader::Violation violation;
  Bytes value;
  EXPECT_EQ(refusal_of([&] {
              Reader(bytes, spec, nullptr, 0, &violation).opaque("value", value, within<0, 2>);
            }).offset,
            1U);
  EXPECT_TRUE(violation);
}

}  // namespace
}  // namespace glasstls::wire
