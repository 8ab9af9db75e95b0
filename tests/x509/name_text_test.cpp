#include "x509/name_text.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "x509/encode.h"

namespace glasstls::x509 {
namespace {

// What a text is read as, by to_string; or what is wrong and where.
std::string read(std::string_view text) {
  const auto name = parse_name(text);
  if (name) return to_string(*name);
  return std::to_string(name.error().offset) + ": " + name.error().what;
}

const AttributeTypeAndValue& first(const Name& name) { return name.rdns().at(0).at(0); }

TEST(NameText, ReadsRfc4514MostSpecificFirst) {
  const auto name = parse_name("CN=test,O=Example\\, Inc.,C=DE");
  ASSERT_TRUE(name) << name.error().what;
  EXPECT_EQ(to_string(*name), "CN=test,O=Example\\, Inc.,C=DE");
  ASSERT_EQ(name->rdns().size(), 3u);
  EXPECT_EQ(first(*name).type, oid::countryName);
  EXPECT_EQ(name->rdns()[2][0].type, oid::commonName);
}

TEST(NameText, ReadsOpensslsFormMostSignificantFirst) {
  EXPECT_EQ(read("/C=DE/O=Example, Inc./CN=test"), "CN=test,O=Example\\, Inc.,C=DE");
  EXPECT_EQ(read("/CN=a\\/b"), "CN=a/b");
  EXPECT_EQ(read("/CN=a\\\\b"), "CN=a\\\\b");
}

TEST(NameText, ReadsTheEmptyName) {
  EXPECT_TRUE(parse_name("").value().empty());
  EXPECT_TRUE(parse_name("/").value().empty());
}

TEST(NameText, KnowsTypesByNameInAnyCase) {
  EXPECT_EQ(read("cn=a,o=b,ou=c,l=d,st=e,street=f,dc=g,uid=h,c=DE"),
            "CN=a,O=b,OU=c,L=d,ST=e,STREET=f,DC=g,UID=h,C=DE");
  EXPECT_EQ(read("commonName=a,S=b,userId=c"), "CN=a,ST=b,UID=c");
  EXPECT_EQ(read("serialNumber=1,SN=a,GN=b,E=a@b"),
            "serialNumber=1,surname=a,givenName=b,emailAddress=a@b");
  EXPECT_EQ(read("2.5.4.3=a,1.2.3.4=b"), "CN=a,1.2.3.4=b");
}

TEST(NameText, JoinsAttributesOfOneRdn) {
  for (const char* text : {"CN=a+UID=b,C=DE", "/C=DE/CN=a+UID=b"}) {
    const auto name = parse_name(text);
    ASSERT_TRUE(name) << text;
    ASSERT_EQ(name->rdns().size(), 2u);
    EXPECT_EQ(name->rdns()[1].size(), 2u);
  }
  EXPECT_EQ(read("CN=a\\+b"), "CN=a\\+b");
}

TEST(NameText, TrimsSpacesUnlessEscaped) {
  EXPECT_EQ(read(" CN = a b , O = c "), "CN=a b,O=c");
  EXPECT_EQ(read("CN=\\ a\\ "), "CN=\\ a\\ ");
}

TEST(NameText, ReadsEscapes) {
  EXPECT_EQ(read("CN=\\\"\\+\\,\\;\\<\\>\\\\\\#\\="), "CN=\\\"\\+\\,\\;\\<\\>\\\\#=");
  EXPECT_EQ(read("CN=Gr\\c3\\BC\\C3\\9fe"),
            "CN=Gr\xc3\xbc\xc3\x9f"
            "e");
  EXPECT_EQ(read("CN=\\#a"), "CN=\\#a");
}

TEST(NameText, ReadsValuesInHexadecimal) {
  const auto name = parse_name("CN=#0c0474657374,O=#130161");
  ASSERT_TRUE(name) << name.error().what;
  EXPECT_EQ(name->rdns()[1][0].string_type, Tag::utf8_string);
  EXPECT_EQ(name->rdns()[0][0].string_type, Tag::printable_string);
  EXPECT_EQ(to_string(*name), "CN=test,O=a");
}

TEST(NameText, ChoosesTheStringTypeThatHoldsTheValue) {
  const auto type = [](std::string_view text) {
    return first(parse_name(text).value()).string_type;
  };
  EXPECT_EQ(type("CN=test 1.2 (a)"), Tag::printable_string);
  EXPECT_EQ(type("CN=a_b"), Tag::utf8_string);
  EXPECT_EQ(type("CN=*.test"), Tag::utf8_string);
  EXPECT_EQ(type("CN=a@b"), Tag::utf8_string);
  EXPECT_EQ(type("CN=\xc3\xa9"), Tag::utf8_string);
  EXPECT_EQ(type("emailAddress=a@b"), Tag::ia5_string);
  EXPECT_EQ(type("DC=test"), Tag::ia5_string);
  EXPECT_EQ(type("C=DE"), Tag::printable_string);
}

TEST(NameText, RefusesValuesThatTheirTypesCannotHold) {
  EXPECT_EQ(read("C=DEU"), "2: a country that is not two letters");
  EXPECT_EQ(read("C=D1"), "2: a country that is not two letters");
  EXPECT_EQ(read("CN=a,DC=\xc3\xa9"), "8: a value that is not ASCII, as its type wants it");
  EXPECT_EQ(read("serialNumber=a_b"), "13: a value that PrintableString cannot hold");
  EXPECT_EQ(read("CN=\xff"), "3: a value that is not UTF-8");
  EXPECT_EQ(read("CN=a\\00"), "3: a value with a NUL");
  EXPECT_EQ(read("CN="), "3: an attribute without a value");
  EXPECT_EQ(read("/CN=/O=a"), "4: an attribute without a value");
}

TEST(NameText, CountsCharactersNotBytes) {
  std::string wide;
  for (int i = 0; i < 64; ++i) wide += "\xc3\xa9";
  EXPECT_TRUE(parse_name("CN=" + wide));
  EXPECT_EQ(read("CN=" + wide + "x"), "3: a value longer than RFC 5280, A.1 allows");
}

TEST(NameText, RefusesWhatIsNoName) {
  EXPECT_EQ(read("test"), "0: an attribute without '='");
  EXPECT_EQ(read("CN=a,"), "5: an attribute without '='");
  EXPECT_EQ(read("CN=a,b"), "5: an attribute without '='");
  EXPECT_EQ(read("CN=a,b,O=c"), "5: an attribute without '='");
  EXPECT_EQ(read("/CN=a/"), "6: an attribute without '='");
  EXPECT_EQ(read("XX=a"), "0: an attribute of a type that is not known");
  EXPECT_EQ(read("=a"), "0: an attribute of a type that is not known");
  EXPECT_EQ(read("CN=a,1.2.=b"), "5: an attribute of a type that is not known");
  EXPECT_EQ(read("CN=\"a\""), "3: a character that must be escaped with '\\'");
  EXPECT_EQ(read("CN=a;O=b"), "4: a character that must be escaped with '\\'");
  EXPECT_EQ(read("CN=a\\"), "4: a '\\' that escapes nothing");
  EXPECT_EQ(read("/CN=a\\"), "5: a '\\' that escapes nothing");
  EXPECT_EQ(read("CN=a\\zz"),
            "4: a '\\' before what is neither special nor two hexadecimal digits");
  EXPECT_EQ(read("CN=a\\1"), "4: a '\\' before what is neither special nor two hexadecimal digits");
}

TEST(NameText, RefusesHexadecimalThatIsNoValue) {
  for (const char* text : {"CN=#", "CN=#0", "CN=#zz", "CN=#0c02", "CN=#0c016161"}) {
    EXPECT_EQ(read(text), "3: a '#' without the hexadecimal of one DER value") << text;
  }
  EXPECT_EQ(read("CN=#020101"), "0: a commonName that is an INTEGER, not a string");
}

TEST(NameText, RefusesTheSameAttributeTwiceInOneRdn) {
  EXPECT_EQ(read("CN=a+CN=a"), "0: a SET OF that is not in ascending order");
}

TEST(NameText, NamesTheRule) { EXPECT_EQ(parse_name("test").error().section, "RFC 4514, 3"); }

TEST(NameText, MakesACommonName) {
  EXPECT_EQ(to_string(common_name("test")), "CN=test");
  EXPECT_EQ(common_name("a, b=c"), parse_name("CN=a\\, b=c").value());
  EXPECT_THROW(common_name(""), std::logic_error);
  EXPECT_THROW(common_name(std::string(65, 'a')), std::logic_error);
  EXPECT_THROW(common_name("\xff"), std::logic_error);
}

TEST(NameText, ComparesAsNamesThatWereRead) {
  const Name made = parse_name("CN=Test,O=Example").value();
  const Bytes bytes = encode(made);
  DerReader der(bytes);
  EXPECT_EQ(read_name(der, {}), made);
  EXPECT_EQ(parse_name("CN=tEST, O=example").value(), made);
}

TEST(NameText, RefusesRdnsWithoutAttributes) {
  EXPECT_THROW(Name(std::vector<RelativeDistinguishedName>{{}}), std::logic_error);
}

}  // namespace
}  // namespace glasstls::x509
