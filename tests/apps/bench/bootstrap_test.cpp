#include "apps/bench/bootstrap.h"

#include <gtest/gtest.h>
#include <random>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

Second second(std::size_t handshakes, nanoseconds latency, double length = 1) {
  Second made;
  made.length = length;
  for (std::size_t i = 0; i < handshakes; ++i) made.latency.record(latency);
  return made;
}

std::vector<Second> steady(std::size_t seconds, std::size_t handshakes, nanoseconds latency) {
  return std::vector<Second>(seconds, second(handshakes, latency));
}

/// The second i has 100 + 10 * i handshakes.
std::vector<Second> rising(std::size_t seconds) {
  std::vector<Second> run;
  for (std::size_t i = 0; i < seconds; ++i) run.push_back(second(100 + 10 * i, 100ns));
  return run;
}

TEST(Bootstrap, HasNoDoubtWhereEachSecondIsTheSame) {
  const Ratios found = ratios(steady(10, 100, 200ns), steady(12, 150, 100ns), {0.5, 0.9});
  EXPECT_EQ(found.rate->value, 1.5);
  EXPECT_EQ(found.rate->interval, (Interval{1.5, 1.5}));
  ASSERT_EQ(found.quantiles.size(), 2U);
  EXPECT_EQ(found.quantiles[0]->value, 0.5);
  EXPECT_EQ(found.quantiles[1]->interval, (Interval{0.5, 0.5}));
}

/// Computed apart, with a Mersenne Twister written from its definition.
TEST(Bootstrap, GivesTheSameIntervalEverywhere) {
  const Ratios found = ratios(rising(10), rising(20), {});
  EXPECT_DOUBLE_EQ(found.rate->value, 195.0 / 145.0);
  ASSERT_TRUE(found.rate->interval);
  EXPECT_DOUBLE_EQ(found.rate->interval->low, 1.1208053691275168);
  EXPECT_DOUBLE_EQ(found.rate->interval->high, 1.6056338028169015);
}

TEST(Bootstrap, HoldsTheTruthInAbout95OutOf100Runs) {
  std::mt19937_64 engine(7);  // NOLINT(cert-msc51-cpp): the seed is fixed on purpose
  const auto run = [&](std::size_t least) {
    std::vector<Second> seconds;
    for (int i = 0; i < 20; ++i) seconds.push_back(second(least + engine() % 101, 1ms));
    return seconds;
  };
  int held = 0;
  for (int i = 0; i < 100; ++i) {
    const std::vector<Second> a = run(50), b = run(150);  // means of 100 and 200
    const Interval interval = *ratios(a, b, {}).rate->interval;
    held += interval.low <= 2 && 2 <= interval.high ? 1 : 0;
  }
  EXPECT_GE(held, 88);
  EXPECT_LE(held, 99);
}

TEST(Bootstrap, DrawsWholeSeconds) {
  // One second in ten is slow: no draw can hold a part of it, but many hold none or two.
  std::vector<Second> uneven = steady(9, 100, 100ns);
  uneven.push_back(second(100, 10'000ns));
  const Ratios found = ratios(steady(10, 100, 100ns), uneven, {0.5, 0.95});
  EXPECT_EQ(found.quantiles[0]->interval, (Interval{1, 1}));
  EXPECT_EQ(found.quantiles[1]->interval->low, 1);
  EXPECT_NEAR(found.quantiles[1]->interval->high, 100, 1);
}

TEST(Bootstrap, HasNoIntervalForFewerThanTenSeconds) {
  const Ratios found = ratios(steady(9, 100, 2us), steady(100, 100, 1us), {0.5});
  EXPECT_EQ(found.rate->value, 1);
  EXPECT_FALSE(found.rate->interval);
  EXPECT_FALSE(found.quantiles[0]->interval);
}

TEST(Bootstrap, DoesNotDrawTheShortRestOfARun) {
  std::vector<Second> run = steady(10, 100, 1us);
  run.push_back(second(1, 1us, 0.49));
  EXPECT_EQ(drawable(run), 10U);
  const Ratios found = ratios(run, steady(10, 100, 1us), {});
  EXPECT_DOUBLE_EQ(found.rate->value, 100 / (1001 / 10.49));
  EXPECT_EQ(found.rate->interval, (Interval{1, 1}));
}

TEST(Bootstrap, CountsALongRestByItsLength) {
  std::vector<Second> run = steady(9, 100, 1us);
  run.push_back(second(50, 1us, 0.5));
  EXPECT_EQ(drawable(run), 10U);
  EXPECT_EQ(ratios(run, steady(10, 100, 1us), {}).rate->interval, (Interval{1, 1}));
}

TEST(Bootstrap, HasNoIntervalForWhatHardlyEverHappened) {
  const Ratios found = ratios(steady(10, 10, 1us), steady(10, 1000, 1us), {0.9, 0.91});
  EXPECT_TRUE(found.quantiles[0]->interval);
  EXPECT_FALSE(found.quantiles[1]->interval);  // only 9 of the first run took longer
}

TEST(Bootstrap, SaysNothingOfARunWithoutSuccess) {
  const Ratios found = ratios(steady(10, 0, 0ns), steady(10, 100, 1us), {0.5});
  EXPECT_FALSE(found.rate);
  ASSERT_EQ(found.quantiles.size(), 1U);
  EXPECT_FALSE(found.quantiles[0]);
}

TEST(Bootstrap, HasNoIntervalIfADrawMayHaveNoHandshake) {
  std::vector<Second> rare = steady(9, 0, 0ns);
  rare.push_back(second(100, 1us));
  const Ratios found = ratios(rare, steady(10, 100, 1us), {});
  EXPECT_EQ(found.rate->value, 10);
  EXPECT_FALSE(found.rate->interval);
}

}  // namespace
}  // namespace glasstls::apps::bench
