#include "x509/utf8.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(Utf8, AcceptsEveryLength) { EXPECT_TRUE(is_utf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")); }

TEST(Utf8, RefusesOverlongFormsSurrogatesAndBeyond) {
  for (const char* text :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "\xc3\x28"}) {
    EXPECT_FALSE(is_utf8(text)) << wire::hex(wire::as_bytes(text));
  }
}

TEST(Utf8, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(printable("a\tb\x7f"), "a\\09b\\7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\c2\\9b");          // C1: control sequence introducer
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\e2\\80\\ae");  // right-to-left override
  EXPECT_EQ(printable("a\xff"), "a\\ff");
}

TEST(Utf8, IsShortenedBetweenCharacters) {
  EXPECT_EQ(shortened(std::string(500, 'a')), std::string(500, 'a'));
  EXPECT_EQ(shortened(std::string(501, 'a')), std::string(500, 'a') + "...");
  const std::string across = std::string(498, 'a') + "\xe2\x82\xac" + "a";
  EXPECT_EQ(shortened(across), std::string(498, 'a') + "...");
}

TEST(Utf8, ConvertsFromUtf16) {
  EXPECT_EQ(utf8_from_utf16(samples::from_hex("004100e920ac")), "A\xc3\xa9\xe2\x82\xac");
  EXPECT_EQ(utf8_from_utf16(samples::from_hex("d800")), "\xef\xbf\xbd");
}

}  // namespace
}  // namespace glasstls::x509
