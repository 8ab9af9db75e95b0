#include "apps/bench/bootstrap.h"

#include <gtest/gtest.h>
#include <vector>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

/// Seconds with so many handshakes each, all of that duration.
std::vector<Second> seconds(const std::vector<std::uint64_t>& counts, nanoseconds duration) {
  std::vector<Second> run;
  for (const std::uint64_t count : counts) {
    Second second{1, count, {}};
    for (std::uint64_t i = 0; i < count; ++i) second.latency.record(duration);
    run.push_back(std::move(second));
  }
  return run;
}

TEST(Bootstrap, GivesTheRatioOfRates) {
  auto a = seconds({10, 20}, 1ms), b = seconds({30, 15}, 1ms);
  b.back().length_s = 0.5;
  EXPECT_DOUBLE_EQ(rate_ratio(a, b)->value, 45 / 1.5 / 15);
}

TEST(Bootstrap, SaysNothingOfChanceUnderTenSeconds) {
  const auto nine = seconds(std::vector<std::uint64_t>(9, 5), 1ms);
  const auto ten = seconds(std::vector<std::uint64_t>(10, 5), 1ms);
  EXPECT_FALSE(rate_ratio(nine, ten)->interval);
  EXPECT_FALSE(rate_ratio(ten, nine)->interval);
  EXPECT_TRUE(rate_ratio(ten, ten)->interval);
}

TEST(Bootstrap, IsSureOfRunsThatNeverVary) {
  const auto a = seconds(std::vector<std::uint64_t>(12, 10), 1ms);
  const auto b = seconds(std::vector<std::uint64_t>(15, 30), 3ms);
  const Ratio rates = *rate_ratio(a, b);
  EXPECT_DOUBLE_EQ(rates.value, 3);
  EXPECT_DOUBLE_EQ(rates.interval->low, 3);
  EXPECT_DOUBLE_EQ(rates.interval->high, 3);
  const Ratio latencies = *latency_ratio(a, b, 0.5);
  EXPECT_NEAR(latencies.value, 3, 0.03);
  EXPECT_NEAR(latencies.interval->low, 3, 0.03);
  EXPECT_NEAR(latencies.interval->high, 3, 0.03);
}

TEST(Bootstrap, HoldsTheTruthAmongRunsThatVary) {
  std::vector<std::uint64_t> one, other;
  for (std::uint64_t i = 0; i < 30; ++i) {
    one.push_back(100 + i * 37 % 21);
    other.push_back(200 + i * 53 % 41);
  }
  const Ratio ratio = *rate_ratio(seconds(one, 1ms), seconds(other, 1ms));
  EXPECT_LT(ratio.interval->low, ratio.value);
  EXPECT_GT(ratio.interval->high, ratio.value);
  EXPECT_GT(ratio.interval->low, 1.9);
  EXPECT_LT(ratio.interval->high, 2.1);
}

TEST(Bootstrap, GivesTheSameIntervalEachTime) {
  std::vector<std::uint64_t> counts;
  for (std::uint64_t i = 0; i < 20; ++i) counts.push_back(50 + i * i % 17);
  const auto run = seconds(counts, 1ms);
  const Ratio once = *rate_ratio(run, run), again = *rate_ratio(run, run);
  EXPECT_EQ(once.interval->low, again.interval->low);
  EXPECT_EQ(once.interval->high, again.interval->high);
}

TEST(Bootstrap, HasNoRatioToNothing) {
  const auto some = seconds({5}, 1ms), none = seconds({0}, 1ms);
  EXPECT_FALSE(rate_ratio(none, some));
  EXPECT_FALSE(rate_ratio({}, some));
  EXPECT_DOUBLE_EQ(rate_ratio(some, none)->value, 0);
  EXPECT_FALSE(latency_ratio(some, none, 0.5));
  EXPECT_FALSE(latency_ratio(none, some, 0.5));
}

}  // namespace
}  // namespace glasstls::apps::bench
