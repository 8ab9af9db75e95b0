#include "apps/shell_word.h"

#include <gtest/gtest.h>

namespace glasstls::apps {
namespace {

TEST(ShellWord, IsQuotedOnlyIfItMustBe) {
  EXPECT_EQ(shell_word("/tmp/ca-cert.pem"), "/tmp/ca-cert.pem");
  EXPECT_EQ(shell_word("my lab"), "'my lab'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$(rm)"), "'$(rm)'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace glasstls::apps
