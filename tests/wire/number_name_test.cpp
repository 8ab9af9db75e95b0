#include "wire/number_name.h"

#include <gtest/gtest.h>

namespace glasstls::wire {
namespace {

constexpr NumberName table[] = {{1, "one"}, {3, "three"}, {0xffff, "last"}};

TEST(NumberName, IsFoundWhereItStands) {
  EXPECT_EQ(name_in(table, 1), "one");
  EXPECT_EQ(name_in(table, 3), "three");
  EXPECT_EQ(name_in(table, 0xffff), "last");
}

TEST(NumberName, IsEmptyBetweenAndOutside) {
  EXPECT_EQ(name_in(table, 0), "");
  EXPECT_EQ(name_in(table, 2), "");
  EXPECT_EQ(name_in(table, 0xfffe), "");
  EXPECT_EQ(name_in({}, 1), "");
}

TEST(NumberName, ToldApartIsAnAscendingTable) {
  EXPECT_TRUE(is_ascending(table));
  constexpr NumberName twice[] = {{1, "a"}, {1, "b"}};
  constexpr NumberName back[] = {{2, "a"}, {1, "b"}};
  EXPECT_FALSE(is_ascending(twice));
  EXPECT_FALSE(is_ascending(back));
}

}  // namespace
}  // namespace glasstls::wire
