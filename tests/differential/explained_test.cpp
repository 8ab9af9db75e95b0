// The list of explained disagreements: what it lets pass, and what it does not.
#include "tests/differential/explained.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace glasstls::differential {
namespace {

constexpr const char* list =
    "# who | differs\n\n"
    "too long* | OpenSSL | they | we | it has no bound (RFC 1, 2)\n"
    "too * by # | GnuTLS | we | both | it has one\n";

TEST(Explained, TakesWhatALineFits) {
  Explained explained(list);
  explained.add({"too long by #", "OpenSSL", false}, "00");
  explained.add({"too long", "OpenSSL", false}, "01");
  explained.add({"too short by #", "GnuTLS", true}, "02");
  EXPECT_TRUE(explained.faults().empty());
  EXPECT_EQ(explained.explanations()[0].count, 2u);
  EXPECT_EQ(explained.explanations()[1].because, "it has one");
}

TEST(Explained, NamesWhatNoLineFitsWithItsShortestInput) {
  Explained explained(list);
  explained.add({"too long", "OpenSSL", false}, "00");
  explained.add({"too short by #", "GnuTLS", true}, "00");
  explained.add({"too long", "OpenSSL", true}, "0102");  // who accepts matters
  explained.add({"too long", "OpenSSL", true}, "01");
  explained.add({"too long", "GnuTLS", false}, "03");  // and who the other is
  const std::vector<std::string> faults = explained.faults();
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0], "not explained, 1 times: too long | GnuTLS | they\n  03");
  EXPECT_EQ(faults[1], "not explained, 2 times: too long | OpenSSL | we\n  01");
}

TEST(Explained, NamesLinesThatExplainNothing) {
  Explained explained(list);
  explained.add({"too long", "OpenSSL", false}, "00");
  const std::vector<std::string> faults = explained.faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0], "does not occur: too * by # | GnuTLS | we");
}

TEST(Explained, IsShownAsATable) {
  Explained explained(list);
  explained.add({"too long by #", "OpenSSL", false}, "00");
  EXPECT_EQ(table_of(explained),
            "| refused because | by | taken by | times | who is right | why |\n"
            "| --- | --- | --- | ---: | --- | --- |\n"
            "| `too long*` | us | OpenSSL | 1 | we | it has no bound (RFC 1, 2) |\n"
            "| `too * by #` | GnuTLS | us | 0 | both | it has one |\n");
}

TEST(Explained, RefusesLinesThatAreNotOfItsForm) {
  for (const char* line : {"key | OpenSSL | they | we", "key | OpenSSL | nobody | we | because",
                           "key | OpenSSL | we | us | because", " | OpenSSL | we | we | because",
                           "key | OpenSSL | we | we | "})
    EXPECT_THROW(Explained{line}, std::runtime_error) << line;
}

TEST(WithoutNumbers, MakesOneOfEachNumber) {
  EXPECT_EQ(without_numbers("12 of 3 bytes"), "# of # bytes");
  EXPECT_EQ(without_numbers("none"), "none");
}

}  // namespace
}  // namespace glasstls::differential
