#include "wire/error.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace glasstls::wire {
namespace {

using test::refusal_of;

TEST(Require, DoesNothingWhereTheRuleHolds) {
  EXPECT_NO_THROW(require(true, AlertDescription::decode_error, "reason", "section", "field"));
}

TEST(Require, ThrowsAlertReasonSectionAndField) {
  const ProtocolError error = refusal_of(
      [] { require(false, AlertDescription::illegal_parameter, "reason", "section", "field"); });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
  EXPECT_STREQ(error.what(), "reason");
  EXPECT_EQ(error.section, "section");
  EXPECT_EQ(error.field, "field");
  EXPECT_TRUE(error.message.empty());  // known at the edge
  EXPECT_EQ(error.offset, std::nullopt);
}

}  // namespace
}  // namespace glasstls::wire
