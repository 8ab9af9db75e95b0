#include "bench/timing/statistics.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace glasstls::test {
namespace {

using bench::compare;
using bench::Comparison;
using bench::judge;
using bench::Moments;
using bench::Sample;
using bench::Verdict;
using bench::welch_t;

Moments moments(std::initializer_list<double> values) {
  Moments made;
  for (const double value : values) made.add(value);
  return made;
}

/// Times around 1,000, those of the second kind longer by `by`. Each tenth is disturbed by much more.
std::vector<Sample> samples(double by) {
  std::mt19937 engine(1);  // NOLINT(cert-msc51-cpp): the seed is fixed on purpose
  std::normal_distribution<double> noise(1000, 20);
  std::uniform_real_distribution<double> disturbance(0, 1'000'000);
  std::vector<Sample> made;
  for (int i = 0; i < 20'000; ++i) {
    const bool second = (engine() & 1) != 0;
    const double time = noise(engine) + (second ? by : 0);
    made.push_back({second, i % 10 == 0 ? time + disturbance(engine) : time});
  }
  return made;
}

TEST(Moments, AreMeanAndVarianceOfTheSamples) {
  const Moments some = moments({2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_EQ(some.count(), 8u);
  EXPECT_DOUBLE_EQ(some.mean(), 5);
  EXPECT_DOUBLE_EQ(some.variance(), 32.0 / 7);
}

TEST(Moments, OfLargeNumbersLoseNothing) {
  const Moments some = moments({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
  EXPECT_DOUBLE_EQ(some.variance(), 30);
}

TEST(Moments, OfFewSamplesHaveNoVariance) {
  EXPECT_EQ(moments({}).variance(), 0);
  EXPECT_EQ(moments({3}).variance(), 0);
}

// Means 3 and 6, variances 2.5 and 10, five samples each: 3 / sqrt(2.5 / 5 + 10 / 5).
TEST(WelchT, IsTheDifferenceInStandardErrors) {
  const Moments first = moments({1, 2, 3, 4, 5});
  const Moments second = moments({2, 4, 6, 8, 10});
  EXPECT_DOUBLE_EQ(welch_t(first, second), 3 / std::sqrt(2.5));
  EXPECT_DOUBLE_EQ(welch_t(second, first), -3 / std::sqrt(2.5));
}

TEST(WelchT, OfTooFewSamplesIsZero) {
  EXPECT_EQ(welch_t(moments({1}), moments({5, 6})), 0);
  EXPECT_EQ(welch_t(moments({1, 2}), moments({})), 0);
}

TEST(WelchT, WithoutVarianceIsZeroOrInfinite) {
  EXPECT_EQ(welch_t(moments({4, 4}), moments({4, 4})), 0);
  EXPECT_EQ(welch_t(moments({4, 4}), moments({3, 3})), -std::numeric_limits<double>::infinity());
}

TEST(Comparison, FindsADifferenceUnderDisturbances) {
  const Comparison found = compare(samples(10));
  EXPECT_EQ(judge(found), Verdict::leak) << found.t;
  EXPECT_GT(found.t, 0);
  EXPECT_NEAR(found.difference, 10, 3);
  EXPECT_EQ(found.samples, 20'000u);
}

TEST(Comparison, KnowsTheFasterKind) {
  const Comparison found = compare(samples(-10));
  EXPECT_EQ(judge(found), Verdict::leak) << found.t;
  EXPECT_LT(found.t, 0);
  EXPECT_LT(found.difference, 0);
}

TEST(Comparison, FindsNothingWhereNothingIs) {
  const Comparison found = compare(samples(0));
  EXPECT_EQ(judge(found), Verdict::no_evidence) << found.t;
}

// Half of the samples of one kind are slower by far: it shows only if nothing is cropped.
TEST(Comparison, FindsADifferenceAmongTheSlowest) {
  std::vector<Sample> made = samples(0);
  for (std::size_t i = 0; i < made.size(); i += 2)
    if (made[i].second) made[i].time += 10'000'000;
  EXPECT_EQ(judge(compare(made)), Verdict::leak);
}

TEST(Comparison, OfNothingIsNoEvidence) {
  EXPECT_EQ(judge(compare({})), Verdict::no_evidence);
  EXPECT_EQ(judge(compare({{true, 5}})), Verdict::no_evidence);
}

TEST(Verdict, HasADoubtfulRange) {
  const auto verdict = [](double t) { return judge({t, 0, 100}); };
  EXPECT_EQ(verdict(4.9), Verdict::no_evidence);
  EXPECT_EQ(verdict(-5), Verdict::doubtful);
  EXPECT_EQ(verdict(9.9), Verdict::doubtful);
  EXPECT_EQ(verdict(-10), Verdict::leak);
}

TEST(Verdict, OfTwoMeasurementsIsALeakIfBothAgree) {
  const auto verdict = [](double t, double again) { return judge({t, 0, 100}, {again, 0, 100}); };
  EXPECT_EQ(verdict(50, 40), Verdict::leak);
  EXPECT_EQ(verdict(-50, -40), Verdict::leak);
  EXPECT_EQ(verdict(50, -40), Verdict::doubtful);
  EXPECT_EQ(verdict(50, 2), Verdict::doubtful);
  EXPECT_EQ(verdict(2, 50), Verdict::doubtful);
  EXPECT_EQ(verdict(1, -2), Verdict::no_evidence);
}

}  // namespace
}  // namespace glasstls::test
