// What a hostile peer makes us hold, attack by attack.
#include <gtest/gtest.h>
#include <ostream>

#include "tests/bounds/attack.h"

namespace glasstls::bounds {

void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }

namespace {

class Memory : public testing::TestWithParam<Attack> {};

TEST_P(Memory, NeverExceedsItsBound) {
  if (!test::HeapMeter::works()) GTEST_SKIP() << "the heap cannot be counted here";
  GetParam().run();  // what is made once for all connections is not theirs
  const Cost cost = GetParam().run();
  EXPECT_LE(cost.most_held, GetParam().most);
  EXPECT_GT(cost.most_held, GetParam().most / 4) << "the bound is too generous to tell anything";
  EXPECT_GT(cost.held, 0U);
}

INSTANTIATE_TEST_SUITE_P(OfAttacks, Memory, testing::ValuesIn(all_attacks()),
                         [](const auto& attack) { return attack.param.name; });

}  // namespace
}  // namespace glasstls::bounds
