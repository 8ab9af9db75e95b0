#include "wire/side.h"

#include <gtest/gtest.h>

namespace glasstls {
namespace {

TEST(Side, HasAnotherAndAName) {
  EXPECT_EQ(other(Side::client), Side::server);
  EXPECT_EQ(other(Side::server), Side::client);
  EXPECT_EQ(name_of(Side::client), "client");
  EXPECT_EQ(name_of(Side::server), "server");
}

}  // namespace
}  // namespace glasstls
