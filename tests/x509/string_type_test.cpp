#include "x509/string_type.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(StringType, KnowsTheDirectoryStrings) {
  std::string directory;
  std::string others;
  for (unsigned tag = 0; tag < 256; ++tag) {
    const Tag t = static_cast<Tag>(tag);
    if (is_directory_string(t)) directory += to_string(t) + " ";
    if (is_string(t) && !is_directory_string(t)) others += to_string(t) + " ";
  }
  EXPECT_EQ(directory, "UTF8String PrintableString TeletexString UniversalString BMPString ");
  EXPECT_EQ(others, "NumericString IA5String VisibleString ");
}

TEST(StringType, TellsTheTextInUtf8) {
  const auto text = [](Tag tag, std::string_view value) {
    return text_of(tag, wire::as_bytes(value)).value_or("none");
  };
  EXPECT_EQ(text(Tag::utf8_string, "\xc3\xa9"), "\xc3\xa9");
  EXPECT_EQ(text(Tag::bmp_string, std::string_view("\0\xe9", 2)), "\xc3\xa9");
  EXPECT_EQ(text(Tag::teletex_string, "\xe9"), "\xe9");
  EXPECT_EQ(text(Tag::universal_string, std::string_view("\0\0\0A", 4)), "none");
  EXPECT_EQ(text(Tag::integer, "A"), "none");
}

// What is wrong with the value; with a "borne: " in front if it is let pass.
std::string verdict(Tag tag, std::string_view value) {
  const Bytes bytes = samples::der(tag, value);
  DerReader der(bytes);
  check_string(der, der.any({}));
  if (!der.ok()) return der.error().what;
  return der.tolerated().empty() ? "" : "borne: " + der.tolerated()[0].what;
}

TEST(StringType, HoldsTextsToTheirAlphabets) {
  const auto unfit = [](const std::string& type) {
    return type + " with a character that it cannot hold";
  };
  EXPECT_EQ(verdict(Tag::printable_string, "Az09 '()+,-./:=?"), "");
  for (const char* text : {"@", "_", "\"", "#", ";", "<", "!", "\x7f", "\xe9"}) {
    EXPECT_EQ(verdict(Tag::printable_string, text), unfit("a PrintableString")) << text;
  }
  EXPECT_EQ(verdict(Tag::printable_string, "*"), "borne: a PrintableString with '*' or '&'");
  EXPECT_EQ(verdict(Tag::printable_string, "&"), "borne: a PrintableString with '*' or '&'");
  EXPECT_EQ(verdict(Tag::numeric_string, "1 2"), "");
  EXPECT_EQ(verdict(Tag::numeric_string, "1a"), unfit("a NumericString"));
  EXPECT_EQ(verdict(Tag::ia5_string, "\x80"), unfit("an IA5String"));
  EXPECT_EQ(verdict(Tag::visible_string, "\n"), unfit("a VisibleString"));
  EXPECT_EQ(verdict(Tag::utf8_string, "\xc0\x80"), unfit("a UTF8String"));
  EXPECT_EQ(verdict(Tag::bmp_string, "abc"), unfit("a BMPString"));
  EXPECT_EQ(verdict(Tag::universal_string, "abcde"), unfit("a UniversalString"));
  EXPECT_EQ(verdict(Tag::teletex_string, "\xff"), "");
  EXPECT_EQ(verdict(Tag::octet_string, std::string_view("\0", 1)), "");
}

TEST(StringType, HoldsUniversalStringsToUnicode) {
  const auto fits = [](std::string_view four_bytes) {
    return verdict(Tag::universal_string, four_bytes).empty();
  };
  using namespace std::string_view_literals;
  EXPECT_TRUE(fits("\x00\x00\x00\x41"sv));
  EXPECT_TRUE(fits("\x00\x00\xe0\x00"sv));
  EXPECT_TRUE(fits("\x00\x10\xff\xff"sv));
  EXPECT_FALSE(fits("\x00\x11\x00\x00"sv));
  EXPECT_FALSE(fits("\x00\x00\xd8\x00"sv));
  EXPECT_FALSE(fits("\x00\x00\xdf\xff"sv));
  EXPECT_FALSE(fits("test"sv));
}

}  // namespace
}  // namespace glasstls::x509
