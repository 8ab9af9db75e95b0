#include "x509/name.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::sequence;

Bytes attribute(const Oid& type, Tag tag, std::string_view value) {
  return sequence({samples::oid(type), der(tag, value)});
}

Bytes rdn(std::initializer_list<Bytes> attributes) {
  return der(Tag::set, View(samples::joined(attributes)));
}

Result<Name> parse(const Bytes& bytes) {
  DerReader reader(bytes);
  Name name = read_name(reader, "name");
  reader.finish();
  if (!reader.ok()) return reader.error();
  return name;
}

Name common_name(Tag tag, std::string_view value) {
  return parse(sequence({rdn({attribute(oid::commonName, tag, value)})})).value();
}

TEST(Name, IsWrittenMostSpecificFirst) {
  const Bytes bytes =
      sequence({rdn({attribute(oid::countryName, Tag::printable_string, "DE")}),
                rdn({attribute(oid::organizationName, Tag::utf8_string, "Example, Inc.")}),
                rdn({attribute(oid::commonName, Tag::utf8_string, "test")})});
  EXPECT_EQ(to_string(parse(bytes).value()), "CN=test,O=Example\\, Inc.,C=DE");
}

TEST(Name, MakesControlBytesVisible) {
  EXPECT_EQ(to_string(common_name(Tag::utf8_string,
                                  "a\x1b[2J\x01"
                                  "b")),
            "CN=a\\1b[2J\\01b");
  EXPECT_EQ(to_string(common_name(Tag::teletex_string, "\xff")), "CN=\\ff");
  EXPECT_EQ(to_string(common_name(Tag::bmp_string, std::string_view("\0A\x00\xe9", 4))),
            "CN=A\xc3\xa9");
}

TEST(Name, FoldsCaseAndWhiteSpaceOfPrintableAndUtf8Strings) {
  const Name plain = common_name(Tag::printable_string, "Test CA");
  EXPECT_EQ(plain, common_name(Tag::utf8_string, "test ca"));
  EXPECT_EQ(plain, common_name(Tag::utf8_string, "  TEST   CA "));
  EXPECT_FALSE(plain == common_name(Tag::utf8_string, "TestCA"));
  EXPECT_FALSE(common_name(Tag::utf8_string, "\xc3\xa9") ==
               common_name(Tag::utf8_string, "\xc3\x89"));
}

TEST(Name, TakesNoTagForAnother) {
  for (unsigned tag = 0; tag < 256; ++tag) {
    if (tag == static_cast<unsigned>(Tag::utf8_string) ||
        tag == static_cast<unsigned>(Tag::printable_string))
      continue;
    const Bytes other =
        sequence({rdn({attribute(oid::commonName, static_cast<Tag>(tag), "test")})});
    const Result<Name> name = parse(other);
    if (name) {
      EXPECT_FALSE(*name == common_name(Tag::utf8_string, "test")) << tag;
    }
  }
}

TEST(Name, ComparesOtherStringsByteByByte) {
  EXPECT_FALSE(common_name(Tag::ia5_string, "Test") == common_name(Tag::ia5_string, "test"));
  EXPECT_FALSE(common_name(Tag::ia5_string, "test") == common_name(Tag::utf8_string, "test"));
  EXPECT_EQ(common_name(Tag::teletex_string, "Test"), common_name(Tag::teletex_string, "Test"));
}

TEST(Name, DoesNotConfuseTypesRdnsAndTheirOrder) {
  const Bytes cn = attribute(oid::commonName, Tag::utf8_string, "a");
  const Bytes ou = attribute(oid::organizationalUnitName, Tag::utf8_string, "a");
  const Name one_rdn = parse(sequence({rdn({cn, ou})})).value();
  const Name two_rdns = parse(sequence({rdn({cn}), rdn({ou})})).value();
  const Name swapped = parse(sequence({rdn({ou}), rdn({cn})})).value();
  EXPECT_FALSE(one_rdn == two_rdns);
  EXPECT_FALSE(two_rdns == swapped);
  EXPECT_TRUE(Name().empty());
  EXPECT_FALSE(Name() == one_rdn);
}

TEST(Name, KnowsWhetherItLiesWithinAnother) {
  const Bytes c = rdn({attribute(oid::countryName, Tag::printable_string, "DE")});
  const Bytes o = rdn({attribute(oid::organizationName, Tag::utf8_string, "Example")});
  const Bytes o2 = rdn({attribute(oid::organizationName, Tag::utf8_string, "Example 2")});
  const Name base = parse(sequence({c, o})).value();
  EXPECT_TRUE(parse(sequence({c, o, o2})).value().is_within(base));
  EXPECT_TRUE(base.is_within(base));
  EXPECT_TRUE(base.is_within(Name()));
  EXPECT_FALSE(parse(sequence({c, o2})).value().is_within(base));
  EXPECT_FALSE(parse(sequence({c})).value().is_within(base));
}

TEST(Name, RefusesCharactersOutsideTheAlphabet) {
  const auto refused = [](Tag tag, std::string_view value) {
    return !parse(sequence({rdn({attribute(oid::commonName, tag, value)})}));
  };
  EXPECT_TRUE(refused(Tag::printable_string, "a@b"));
  EXPECT_FALSE(refused(Tag::printable_string, "*.example.com"));
  EXPECT_TRUE(refused(Tag::utf8_string, "\xff"));
  EXPECT_TRUE(refused(Tag::utf8_string, "\xc0\x80"));
  EXPECT_TRUE(refused(Tag::ia5_string, "\x80"));
  EXPECT_TRUE(refused(Tag::numeric_string, "1a"));
  EXPECT_TRUE(refused(Tag::visible_string, "\n"));
  EXPECT_TRUE(refused(Tag::bmp_string, "abc"));
  EXPECT_TRUE(refused(Tag::universal_string, "abcde"));
}

// The refusal of a name of one attribute, "what @offset (section)"; and what it bears.
std::string refusal(const Oid& type, Tag tag, std::string_view value) {
  const auto parsed = parse(sequence({rdn({attribute(type, tag, value)})}));
  if (parsed) return "";
  const Malformed& error = parsed.error();
  return error.what + " @" + std::to_string(error.offset) + " (" + std::string(error.section) + ")";
}

std::string borne(const Oid& type, Tag tag, std::string_view value) {
  const Bytes bytes = sequence({rdn({attribute(type, tag, value)})});
  DerReader reader(bytes);
  read_name(reader, "name");
  EXPECT_TRUE(reader.ok());
  if (reader.tolerated().empty()) return "";
  const Malformed& fault = reader.tolerated().front();
  EXPECT_EQ(fault.offset, bytes.size() - value.size() - 2);
  EXPECT_EQ(fault.section, "RFC 5280, 4.1.2.4");
  return fault.what;
}

TEST(Name, RefusesEmbeddedNuls) {
  const std::string_view text("a\0b", 3);
  const std::string rule = " with an embedded NUL @11 (RFC 5280, 4.1.2.4)";
  EXPECT_EQ(refusal(oid::commonName, Tag::utf8_string, text), "a UTF8String" + rule);
  EXPECT_EQ(refusal(oid::commonName, Tag::printable_string, text), "a PrintableString" + rule);
  EXPECT_EQ(refusal(oid::commonName, Tag::teletex_string, text), "a TeletexString" + rule);
  EXPECT_EQ(refusal(oid::emailAddress, Tag::ia5_string, text),
            "an IA5String with an embedded NUL @17 (RFC 5280, 4.1.2.4)");
  EXPECT_EQ(refusal(oid::commonName, Tag::bmp_string, std::string_view("\0A\0\0", 4)),
            "a BMPString" + rule);
  EXPECT_EQ(refusal(oid::commonName, Tag::bmp_string, std::string_view("A\0\0B", 4)), "");
  EXPECT_EQ(refusal(oid::commonName, Tag::universal_string, std::string_view("\0\0\0\0", 4)),
            "a UniversalString" + rule);
}

TEST(Name, RefusesAttributesThatAreNoStrings) {
  EXPECT_EQ(refusal(oid::commonName, Tag::integer, "a"),
            "a commonName that is an INTEGER, not a string @11 (RFC 5280, 4.1.2.4)");
  EXPECT_EQ(refusal(oid::countryName, Tag::octet_string, "DE"),
            "a countryName that is an OCTET STRING, not a string @11 (RFC 5280, 4.1.2.4)");
  EXPECT_EQ(refusal(Oid{1, 2, 3}, Tag::integer, "a"), "");
}

TEST(Name, BearsOtherStringTypesAndLengths) {
  EXPECT_EQ(borne(oid::commonName, Tag::utf8_string, "a"), "");
  EXPECT_EQ(borne(oid::commonName, Tag::ia5_string, "a"), "a commonName written as IA5String");
  EXPECT_EQ(borne(oid::countryName, Tag::printable_string, "DE"), "");
  EXPECT_EQ(borne(oid::countryName, Tag::utf8_string, "DE"), "a countryName written as UTF8String");
  EXPECT_EQ(borne(oid::countryName, Tag::printable_string, "DEU"),
            "a countryName that is not of two letters");
  EXPECT_EQ(borne(oid::emailAddress, Tag::ia5_string, "a@b"), "");
  EXPECT_EQ(borne(oid::emailAddress, Tag::utf8_string, "a@b"),
            "an emailAddress written as UTF8String");
  EXPECT_EQ(borne(oid::serialNumber, Tag::utf8_string, "1"),
            "a serialNumber written as UTF8String");
  EXPECT_EQ(borne(oid::organizationName, Tag::utf8_string, ""),
            "an organizationName that is empty");
  EXPECT_EQ(borne(oid::organizationName, Tag::printable_string, "A & B"),
            "a PrintableString with '*' or '&'");
}

TEST(Name, RefusesSetsThatAreEmptyOrOutOfOrder) {
  const Bytes cn = attribute(oid::commonName, Tag::utf8_string, "a");
  const Bytes ou = attribute(oid::organizationalUnitName, Tag::utf8_string, "a");
  EXPECT_EQ(parse(sequence({rdn({})})).error().section, "RFC 5280, 4.1.2.4");
  EXPECT_EQ(parse(sequence({rdn({ou, cn})})).error().section, "X.690, 11.6");
  EXPECT_EQ(parse(sequence({rdn({cn, cn})})).error().section, "X.690, 11.6");
}

}  // namespace
}  // namespace glasstls::x509
