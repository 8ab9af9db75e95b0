#include "x509/der.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::from_hex;

// What a read of `hex` fails with; empty if it does not.
template <class Read>
std::string failure(std::string_view hex, Read read) {
  const Bytes bytes = from_hex(hex);
  DerReader der(bytes);
  read(der);
  der.finish();
  return der.ok() ? "" : der.error().what;
}

void read_integer(DerReader& der) { der.integer("n"); }
void read_any(DerReader& der) { der.any("x"); }
void read_boolean(DerReader& der) { der.boolean("b"); }
void read_bits(DerReader& der) { der.bit_string("bits"); }

TEST(DerReader, ReadsNestedElements) {
  const Bytes bytes = from_hex("300b0201050101ff0403aabbcc");
  DerReader der(bytes);
  std::uint32_t number = 0;
  bool flag = false;
  View octets;
  const View whole = der.sequence("s", [&] {
    number = der.small_integer("n");
    flag = der.boolean("b");
    octets = der.octet_string("o");
  });
  der.finish();
  ASSERT_TRUE(der.ok());
  EXPECT_EQ(number, 5u);
  EXPECT_TRUE(flag);
  EXPECT_EQ(wire::hex(octets), "aabbcc");
  EXPECT_TRUE(wire::equal(whole, bytes));
}

TEST(DerReader, RefusesLengthsThatAreNotDer) {
  EXPECT_EQ(failure("02810105", read_integer), "a length that is not minimal");
  EXPECT_EQ(failure("0282000105", read_integer), "a length that is not minimal");
  EXPECT_EQ(failure("30800000", read_any), "an indefinite length");
  EXPECT_EQ(failure("0284000000010500", read_any), "a length of more than 3 octets");
  EXPECT_EQ(failure("0202050000", read_integer), "bytes after the end of the value");
  EXPECT_EQ(failure("020305", read_integer), "a length that goes beyond the end");
  EXPECT_EQ(failure("0282", read_integer), "ends in a length");
  EXPECT_EQ(failure("02", read_any), "ends where an element is expected");
  EXPECT_EQ(failure("", read_any), "ends where an element is expected");
}

TEST(DerReader, RefusesHighTagNumbers) {
  EXPECT_EQ(failure("1f810100", read_any), "a tag number above 30");
}

TEST(DerReader, RefusesIntegersThatAreNotMinimal) {
  EXPECT_EQ(failure("02020005", read_integer), "an INTEGER that is not minimal");
  EXPECT_EQ(failure("0202ff80", read_integer), "an INTEGER that is not minimal");
  EXPECT_EQ(failure("0200", read_integer), "an INTEGER without content");
  EXPECT_EQ(failure("02020080", read_integer), "");
  EXPECT_EQ(failure("0202ff7f", read_integer), "");
}

TEST(DerReader, RefusesNegativeAndLargeNumbersWhereTheyDoNotFit) {
  const auto small = [](DerReader& der) { der.small_integer("n"); };
  const auto natural = [](DerReader& der) { der.unsigned_integer("n"); };
  EXPECT_EQ(failure("0201ff", small), "a negative INTEGER");
  EXPECT_EQ(failure("0201ff", natural), "a negative INTEGER");
  EXPECT_EQ(failure("02050100000000", small), "an INTEGER beyond 32 bits");
  EXPECT_EQ(failure("020500ffffffff", small), "");
}

TEST(DerReader, RefusesBooleansThatAreNotDer) {
  EXPECT_EQ(failure("010101", read_boolean), "a BOOLEAN that is neither 00 nor FF");
  EXPECT_EQ(failure("0100", read_boolean), "a BOOLEAN that is neither 00 nor FF");
  EXPECT_EQ(failure("0102ffff", read_boolean), "a BOOLEAN that is neither 00 nor FF");
}

TEST(DerReader, RefusesMalformedBitStrings) {
  EXPECT_EQ(failure("0300", read_bits), "a BIT STRING without its count of unused bits");
  EXPECT_EQ(failure("030108", read_bits), "a BIT STRING without its count of unused bits");
  EXPECT_EQ(failure("030101", read_bits), "a BIT STRING without its count of unused bits");
  EXPECT_EQ(failure("03020181", read_bits), "unused bits that are not zero");
  EXPECT_EQ(failure("03020180", read_bits), "");
  const auto bytes = [](DerReader& der) { der.byte_string("b"); };
  EXPECT_EQ(failure("03020180", bytes), "a BIT STRING that is not whole bytes");
}

TEST(DerReader, RefusesNullWithContentAndBadObjectIdentifiers) {
  const auto null = [](DerReader& der) { der.null("n"); };
  const auto object = [](DerReader& der) { der.object_identifier("o"); };
  EXPECT_EQ(failure("050100", null), "a NULL with content");
  EXPECT_EQ(failure("0600", object), "a malformed OBJECT IDENTIFIER");
  EXPECT_EQ(failure("0602558f", object), "a malformed OBJECT IDENTIFIER");
  EXPECT_EQ(failure("060355801d", object), "a malformed OBJECT IDENTIFIER");
}

TEST(DerReader, RefusesAnElementThatNothingAsksFor) {
  const auto one = [](DerReader& der) { der.sequence("s", [&] { der.integer("n"); }); };
  EXPECT_EQ(failure("3006020105020106", one), "an element that nothing asks for here");
}

TEST(DerReader, KeepsTheFirstFailureWithItsAbsoluteOffset) {
  const Bytes bytes = from_hex("3006020105010101");
  DerReader der(bytes, nullptr, 100);
  der.sequence("s", [&] {
    der.integer("n");
    der.boolean("b");
    EXPECT_TRUE(der.done());
    EXPECT_EQ(der.next(), Tag::none);
    EXPECT_TRUE(der.octet_string("never there").empty());
  });
  der.finish();
  ASSERT_FALSE(der.ok());
  EXPECT_EQ(der.error().offset, 105u);
  EXPECT_EQ(der.error().what, "a BOOLEAN that is neither 00 nor FF");
  EXPECT_EQ(der.error().section, "X.690, 11.1");
}

TEST(DerReader, DoesNotEnterAfterAFailure) {
  const Bytes bytes = from_hex("0400");
  DerReader der(bytes);
  bool entered = false;
  der.sequence("s", [&] { entered = true; });
  EXPECT_FALSE(entered);
  EXPECT_EQ(der.error().what, "expected SEQUENCE, found OCTET STRING");
}

void dive(DerReader& der) {
  der.sequence("s", [&] {
    if (!der.done()) dive(der);
  });
}

TEST(DerReader, BoundsItsDepth) {
  Bytes nested;
  for (std::size_t i = 0; i < DerReader::max_depth; ++i) nested = samples::sequence({nested});
  DerReader deep(nested);
  dive(deep);
  EXPECT_TRUE(deep.ok());
  const Bytes deeper = samples::sequence({nested});
  DerReader der(deeper);
  dive(der);
  ASSERT_FALSE(der.ok());
  EXPECT_EQ(der.error().what, "nested too deeply");
}

TEST(DerReader, BoundsItsSize) {
  const Bytes large(DerReader::max_size + 1);
  EXPECT_EQ(DerReader(large).error().what, "larger than 1 MiB");
  EXPECT_TRUE(DerReader(large, nullptr, 0, 2 * DerReader::max_size).ok());
  const Bytes larger(2 * DerReader::max_size + 1);
  EXPECT_EQ(DerReader(larger, nullptr, 7, 2 * DerReader::max_size).error().what,
            "larger than 2 MiB");
}

TEST(DerReader, KeepsWhatItTolerates) {
  const Bytes bytes = from_hex("0101000101ff0201");
  DerReader der(bytes, nullptr, 100);
  EXPECT_FALSE(der.boolean_or_false("a"));
  EXPECT_TRUE(der.boolean_or_false("b"));
  EXPECT_FALSE(der.boolean_or_false("c"));  // an INTEGER is next
  ASSERT_TRUE(der.ok());
  ASSERT_EQ(der.tolerated().size(), 1u);
  EXPECT_EQ(der.tolerated()[0].offset, 100u);
  EXPECT_EQ(der.tolerated()[0].what, "the DEFAULT FALSE of a encoded");
  EXPECT_EQ(der.tolerated()[0].section, "X.690, 11.5");
  for (std::size_t i = 0; i < 2 * DerReader::max_tolerated; ++i) der.tolerate(i, "this", "that");
  EXPECT_EQ(der.tolerated().size(), DerReader::max_tolerated);
}

TEST(DerReader, ReadsNamedBits) {
  const auto three = [](DerReader& der) { der.named_bits("b", Tag::bit_string, 3, "some rule"); };
  const Bytes bytes = from_hex("030205a0");
  DerReader der(bytes);
  EXPECT_EQ(der.named_bits("b", Tag::bit_string, 3, "some rule"), 0b101);
  EXPECT_TRUE(der.tolerated().empty());
  EXPECT_EQ(failure("030100", three), "");
  EXPECT_EQ(failure("03020410", three), "bits that have no name");
  EXPECT_EQ(failure("030400000001", three), "bits that have no name");
}

TEST(DerReader, WantsSetsInOrder) {
  const auto set = [](DerReader& der) { der.set_of("s", Tag::set, [&] { der.any("x"); }); };
  EXPECT_EQ(failure("3106020101020102", set), "");
  EXPECT_EQ(failure("3106020102020101", set), "a SET OF that is not in ascending order");
  EXPECT_EQ(failure("3106020101020101", set), "a SET OF that is not in ascending order");
  EXPECT_EQ(failure("310702010202020101", set), "");
}

TEST(DerReader, ReadsTimesOfBothForms) {
  const auto read = [](std::string_view text, Tag tag) {
    const Bytes bytes = samples::der(tag, text);
    DerReader der(bytes);
    const Time time = der.time("t");
    if (!der.ok()) return der.error().what;
    return to_string(time) + (der.tolerated().empty() ? "" : ": " + der.tolerated()[0].what);
  };
  EXPECT_EQ(read("491231235959Z", Tag::utc_time), "2049-12-31 23:59:59 UTC");
  EXPECT_EQ(read("20500101000000Z", Tag::generalized_time), "2050-01-01 00:00:00 UTC");
  EXPECT_EQ(read("20491231235959Z", Tag::generalized_time),
            "2049-12-31 23:59:59 UTC: a GeneralizedTime before 2050");
  EXPECT_EQ(read("19500101000000Z", Tag::generalized_time),
            "1950-01-01 00:00:00 UTC: a GeneralizedTime before 2050");
  EXPECT_EQ(read("19491231235959Z", Tag::generalized_time), "1949-12-31 23:59:59 UTC");
  EXPECT_EQ(read("491231235959Z", Tag::generalized_time), "not a time with seconds in UTC");
  EXPECT_EQ(read("491231235959Z", Tag::ia5_string), "expected GeneralizedTime, found IA5String");
}

TEST(DerReader, TellsWhereContentBegins) {
  const Bytes bytes = from_hex("300f0201050c01610c01610500030200ff");
  FieldTree tree;
  DerReader der(bytes, &tree);
  der.sequence("outer", [&] {
    der.small_integer("number");
    der.field("text", [&] {
      der.any({});
      der.any({});  // not where the field's content begins
    });
    der.field("nothing", [] {});
    der.null({});
    der.byte_string("bits");
  });
  ASSERT_TRUE(der.ok());
  EXPECT_EQ(tree.find("outer")->content, 2u);
  EXPECT_EQ(tree.find("number")->content, 4u);
  EXPECT_EQ(tree.find("text")->content, 7u);
  EXPECT_EQ(tree.find("nothing")->content, 11u);
  EXPECT_EQ(tree.find("bits")->content, 15u);
}

TEST(DerReader, TellsFieldsWithTheirRanges) {
  const Bytes bytes = from_hex("30080201050603551d13");
  FieldTree tree;
  DerReader der(bytes, &tree, 10);
  der.sequence("outer", [&] {
    der.small_integer("number");
    der.object_identifier("oid");
  });
  ASSERT_TRUE(der.ok());
  EXPECT_TRUE(tree.complete());
  ASSERT_EQ(tree.fields().size(), 3u);
  EXPECT_EQ(tree.find("outer")->begin, 10u);
  EXPECT_EQ(tree.find("outer")->end, 20u);
  EXPECT_EQ(tree.find("number")->number, 5u);
  EXPECT_EQ(tree.find("oid")->begin, 15u);
  EXPECT_EQ(tree.find("oid")->text, "basicConstraints");
}

TEST(DerReader, LeavesTheFieldWithTheBadByteOpen) {
  const Bytes bytes = from_hex("3003010101");
  FieldTree tree;
  DerReader der(bytes, &tree);
  der.sequence("outer", [&] { der.boolean("flag"); });
  EXPECT_FALSE(tree.complete());
  EXPECT_FALSE(tree.find("flag")->end.has_value());
}

}  // namespace
}  // namespace glasstls::x509
