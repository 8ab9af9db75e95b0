#include "inspect/capture/recent_bytes.h"

#include <gtest/gtest.h>
#include <string>

namespace glasstls::inspect::capture {
namespace {

bool differ(const RecentBytes& recent, std::uint64_t distance, std::string_view text) {
  return recent.differ(distance, wire::as_bytes(text));
}

TEST(RecentBytes, HoldsTheLastOnesAgainstOthers) {
  Budget budget{100};
  RecentBytes recent(8, budget);
  std::string all;
  for (const std::string_view piece : {"abc", "defgh", "ij", "klmnopqrstuvw", "x"}) {
    recent.append(wire::as_bytes(piece));
    all += piece;
    for (std::size_t distance = 1; distance <= all.size(); ++distance) {
      for (std::size_t size = 1; size <= distance; ++size) {
        std::string same = all.substr(all.size() - distance, size);
        EXPECT_FALSE(differ(recent, distance, same)) << all << " " << distance << " " << size;
        same.back() = '#';
        const bool is_remembered = distance - size < 8;
        EXPECT_EQ(differ(recent, distance, same), is_remembered) << all << " " << distance;
      }
    }
  }
  EXPECT_EQ(budget.used, 8U);
}

TEST(RecentBytes, TakeNoMoreThanTheBudgetAndGiveItBack) {
  Budget budget{10};
  {
    RecentBytes one(8, budget), other(8, budget), none(8, budget);
    one.append(Bytes(20, 1));
    other.append(Bytes(20, 2));
    none.append(Bytes(20, 3));
    EXPECT_EQ(budget.used, 10U);
    EXPECT_TRUE(other.differ(2, Bytes{9}) || other.differ(1, Bytes{9}));
    EXPECT_FALSE(none.differ(1, Bytes{9}));
    one.clear();
    EXPECT_EQ(budget.used, 2U);
    EXPECT_FALSE(one.differ(1, Bytes{9}));
  }
  EXPECT_EQ(budget.used, 0U);
}

}  // namespace
}  // namespace glasstls::inspect::capture
