#include "x509/time.h"

#include <gtest/gtest.h>

namespace glasstls::x509 {
namespace {

TEST(Time, SplitsTheCenturiesOfUtcTimeAt1950) {
  EXPECT_EQ(to_string(*parse_utc_time("500101000000Z")), "1950-01-01 00:00:00 UTC");
  EXPECT_EQ(to_string(*parse_utc_time("491231235959Z")), "2049-12-31 23:59:59 UTC");
  EXPECT_EQ(to_string(*parse_utc_time("261123210700Z")), "2026-11-23 21:07:00 UTC");
  EXPECT_EQ(parse_utc_time("700101000000Z")->seconds, 0);
  EXPECT_EQ(parse_utc_time("691231235959Z")->seconds, -1);
}

TEST(Time, ReadsGeneralizedTime) {
  EXPECT_EQ(parse_generalized_time("20380119031408Z")->seconds, std::int64_t{1} << 31);
  EXPECT_EQ(to_string(*parse_generalized_time("99991231235959Z")), "9999-12-31 23:59:59 UTC");
  EXPECT_EQ(to_string(*parse_generalized_time("00000101000000Z")), "0000-01-01 00:00:00 UTC");
}

TEST(Time, MeetsAtTheEdgeOf2050) {
  const Time last = *parse_utc_time("491231235959Z");
  const Time first = *parse_generalized_time("20500101000000Z");
  EXPECT_EQ(first.seconds - last.seconds, 1);
  EXPECT_EQ(parse_utc_time("500101000000Z")->seconds, -631152000);
  EXPECT_EQ(to_string(*parse_utc_time("000101000000Z")), "2000-01-01 00:00:00 UTC");
  EXPECT_EQ(to_string(*parse_utc_time("991231235959Z")), "1999-12-31 23:59:59 UTC");
}

TEST(Time, HasNoLeapSeconds) {
  EXPECT_FALSE(parse_utc_time("161231235960Z"));
  EXPECT_FALSE(parse_generalized_time("20161231235960Z"));
  EXPECT_FALSE(parse_generalized_time("20161231240000Z"));
}

TEST(Time, KnowsLeapYears) {
  EXPECT_TRUE(parse_generalized_time("20000229000000Z"));
  EXPECT_TRUE(parse_generalized_time("20240229000000Z"));
  EXPECT_FALSE(parse_generalized_time("21000229000000Z"));
  EXPECT_FALSE(parse_generalized_time("20230229000000Z"));
  EXPECT_TRUE(parse_utc_time("000229000000Z"));  // 2000
  EXPECT_FALSE(parse_utc_time("990229000000Z"));
}

TEST(Time, RefusesEveryOtherForm) {
  for (const char* text :
       {"", "2611232107Z", "261123210700", "261123210700+0000", "261123210700z", "261323210700Z",
        "260023210700Z", "261100210700Z", "261131210700Z", "261123240700Z", "261123216000Z",
        "261123210760Z", "26112321070 Z", "-61123210700Z", "2 1123210700Z"}) {
    EXPECT_FALSE(parse_utc_time(text)) << text;
  }
  for (const char* text : {"", "20261123210700", "20261123210700.5Z", "202611232107Z",
                           "20261123210700+0100", "2026112321070xZ", "261123210700Z"}) {
    EXPECT_FALSE(parse_generalized_time(text)) << text;
  }
}

TEST(Time, SurvivesTheRoundTripForEveryDayOfFourCenturies) {
  const Time first = *time_from(1900, 1, 1, 12, 34, 56);
  std::string previous;
  for (std::int64_t day = 0; day < 146097; day += 1) {
    const std::string text = to_string(Time{first.seconds + day * 86400});
    ASSERT_LT(previous, text);
    const auto again = time_from(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
                                 std::stoi(text.substr(8, 2)), 12, 34, 56);
    ASSERT_EQ(again->seconds, first.seconds + day * 86400) << text;
    previous = text;
  }
}

}  // namespace
}  // namespace glasstls::x509
