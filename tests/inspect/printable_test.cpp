#include "inspect/printable.h"

#include <gtest/gtest.h>

namespace glasstls::inspect {
namespace {

using namespace std::string_literals;

TEST(Printable, LeavesTextAsItIs) {
  EXPECT_EQ(printable("server.test, Grüße, 例え"), "server.test, Grüße, 例え");
}

TEST(Printable, DefusesEscapeSequences) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\1b[31mb");
  EXPECT_EQ(printable("a\x1b]0;title\x07"), "a\\1b]0;title\\07");
}

TEST(Printable, DefusesEveryControlByte) {
  for (int byte = 0; byte < 0x20; ++byte) {
    const std::string shown = printable(std::string(1, static_cast<char>(byte)));
    EXPECT_EQ(shown.size(), 3U) << byte;
    EXPECT_EQ(shown[0], '\\') << byte;
  }
  EXPECT_EQ(printable("\x7f"), "\\7f");
}

TEST(Printable, DefusesC1ControlsInUtf8AndAsSingleBytes) {
  for (int c = 0x80; c < 0xa0; ++c) {
    const std::string utf8 = "\xc2"s + static_cast<char>(c);
    EXPECT_EQ(printable(utf8).substr(0, 3), "\\c2") << c;
    EXPECT_EQ(printable(std::string(1, static_cast<char>(c)))[0], '\\') << c;
  }
}

TEST(Printable, DefusesWhatReordersOrBreaksLines) {
  EXPECT_EQ(printable("a\u202eb"), "a\\e2\\80\\aeb");
  EXPECT_EQ(printable("a\u2028b"), "a\\e2\\80\\a8b");
}

TEST(Printable, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("\xff\xc0\x80 ok"), "\\ff\\c0\\80 ok");
  EXPECT_EQ(printable("\xe4\xbe"), "\\e4\\be");
}

TEST(Columns, CountsWideCharactersTwice) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("Grüße"), 5U);
  EXPECT_EQ(columns("例え"), 4U);
}

TEST(Wrap, BreaksAtSpacesAndWithinLongWords) {
  EXPECT_TRUE(wrap("", 10).empty());
  EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("abcdefghij", 4), (std::vector<std::string>{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("例例例", 4), (std::vector<std::string>{"例例", "例"}));
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(shorten("short", 5), "short");
  EXPECT_EQ(shorten("much too long", 8), "much ...");
  EXPECT_EQ(shorten("例例例例例", 8), "例例...");
}

}  // namespace
}  // namespace glasstls::inspect
