#include "apps/bench/schedule.h"

#include <gtest/gtest.h>
#include <vector>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;
using Starts = std::vector<nanoseconds>;

Plan open_loop(Arrivals arrivals, double rate) {
  Plan plan;
  plan.arrivals = arrivals;
  plan.rate = rate;
  return plan;
}

Starts starts_of(const Plan& plan) {
  constexpr std::size_t bound = 100'000;
  Starts starts;
  for (Schedule schedule(plan); schedule.front() && starts.size() < bound; schedule.pop())
    starts.push_back(*schedule.front());
  return starts;
}

TEST(Schedule, AtAConstantRateBeginsAtOnceAndIsEven) {
  Plan plan = open_loop(Arrivals::constant, 4);
  plan.connections = 4;
  EXPECT_EQ(starts_of(plan), (Starts{0ms, 250ms, 500ms, 750ms}));
}

TEST(Schedule, AtAConstantRateAddsNoErrorsUp) {
  Plan plan = open_loop(Arrivals::constant, 3);
  plan.connections = 30'001;
  const Starts starts = starts_of(plan);
  ASSERT_EQ(starts.size(), 30'001U);
  EXPECT_EQ(starts[1], 333'333'333ns);
  EXPECT_EQ(starts[2], 666'666'667ns);
  EXPECT_EQ(starts.back(), 10'000s);
}

TEST(Schedule, EndsBeforeTheDuration) {
  Plan plan = open_loop(Arrivals::constant, 4);
  plan.duration = 1s;
  EXPECT_EQ(starts_of(plan).size(), 4U);
  plan.duration = 1s + 1ns;
  EXPECT_EQ(starts_of(plan).back(), 1s);
}

TEST(Schedule, EndsWithTheDurationOrTheCountWhicheverComesFirst) {
  Plan plan = open_loop(Arrivals::constant, 4);
  plan.duration = 1s;
  plan.connections = 3;
  EXPECT_EQ(starts_of(plan).size(), 3U);
  plan.connections = 5;
  EXPECT_EQ(starts_of(plan).size(), 4U);
}

// The values are of another implementation of MT19937-64, in Python.
TEST(Schedule, OfPoissonIsTheSameForTheSameSeed) {
  Plan plan = open_loop(Arrivals::poisson, 100);
  plan.connections = 4;
  plan.arrival_seed = 1;
  EXPECT_EQ(starts_of(plan), (Starts{20'108'365ns, 40'029'484ns, 47'987'600ns, 86'608'397ns}));
  plan.arrival_seed = 2;
  EXPECT_EQ(starts_of(plan), (Starts{1'013'640ns, 2'636'052ns, 5'071'805ns, 5'847'993ns}));
}

TEST(Schedule, OfPoissonHoldsItsRate) {
  Plan plan = open_loop(Arrivals::poisson, 100);
  plan.duration = 100s;
  plan.arrival_seed = 1;
  EXPECT_EQ(starts_of(plan).size(), 10'179U);  // 10,000 give or take 100
}

TEST(Schedule, OfAClosedLoopIsEmpty) {
  Plan plan;
  plan.connections = 10;
  EXPECT_TRUE(starts_of(plan).empty());
}

}  // namespace
}  // namespace glasstls::apps::bench
