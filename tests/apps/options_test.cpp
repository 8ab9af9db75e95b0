#include "apps/options.h"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace glasstls::apps {
namespace {

TEST(Options, NumbersAreDecimalAndWithinTheirBounds) {
  const CLI::Validator check = number_within(1, 256);
  for (const char* good : {"1", "10", "256"}) EXPECT_EQ(check(good), "") << good;
  for (const char* bad :
       {"0", "257", "", "x", "1x", " 1", "-1", "+1", "010", "1.5", "0x10", "99999999999999999999"})
    EXPECT_EQ(check(bad), "'" + std::string(bad) + "' is not a number from 1 to 256");
}

TEST(Options, SecondsMayHaveAPoint) {
  const CLI::Validator check = seconds_within(0, 60);
  for (const char* good : {"0", "0.5", "60"}) EXPECT_EQ(check(good), "") << good;
  for (const char* bad : {"", "x", "nan", "-1", "60.1", "1s"})
    EXPECT_EQ(check(bad), "'" + std::string(bad) + "' is not a number of seconds from 0 to 60");
}

TEST(Options, MayNotBeEmptyWhereThatIsSaid) {
  EXPECT_EQ(not_empty()("x"), "");
  EXPECT_EQ(not_empty()(""), "must not be empty");
}

TEST(Options, TimeIsToldInSeconds) {
  EXPECT_EQ(seconds_text(milliseconds(10)), "10 s");
  EXPECT_EQ(seconds_text(milliseconds(0.25)), "0.250 s");
  EXPECT_EQ(seconds_text(milliseconds(1.002)), "1.002 s");
}

TEST(Options, HelpBeginsWithExamples) {
  CLI::App command("what it does", "glasstls");
  set_examples(command, "  glasstls --help\n");
  EXPECT_EQ(command.help().find("Examples:\n  glasstls --help\n\nwhat it does\n"), 0U)
      << command.help();
}

}  // namespace
}  // namespace glasstls::apps
