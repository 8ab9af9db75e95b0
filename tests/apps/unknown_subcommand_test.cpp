#include "apps/unknown_subcommand.h"

#include <gtest/gtest.h>
#include <string>

namespace glasstls::apps {
namespace {

std::string after(const std::string& words) {
  CLI::App program("", "glasstls");
  program.require_subcommand(1);
  program.add_subcommand("client");
  CLI::App* cert = program.add_subcommand("cert");
  cert->require_subcommand(1);
  cert->add_subcommand("show");
  cert->add_subcommand("verify");
  try {
    program.parse(words);
    return "parsed";
  } catch (const CLI::ParseError&) {
    return unknown_subcommand(program);
  }
}

TEST(UnknownSubcommand, IsNamedWithThoseThatAreKnown) {
  EXPECT_EQ(after("bogus"), "'bogus' is not a subcommand of glasstls; known are: client, cert");
  EXPECT_EQ(after("bogus --x y"),
            "'bogus' is not a subcommand of glasstls; known are: client, cert");
  EXPECT_EQ(after("cert bogus"),
            "'bogus' is not a subcommand of glasstls cert; known are: show, verify");
}

TEST(UnknownSubcommand, IsNotSaidOfOtherMistakes) {
  EXPECT_EQ(after(""), "");
  EXPECT_EQ(after("cert"), "");
  EXPECT_EQ(after("--bogus"), "");
  EXPECT_EQ(after("cert show bogus"), "");
}

}  // namespace
}  // namespace glasstls::apps
