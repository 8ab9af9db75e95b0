#include "apps/bench/histogram.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// Evenly distributed logarithms, from 100 ns to 10 s.
std::vector<nanoseconds> samples(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<nanoseconds> times;
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    times.emplace_back(static_cast<std::int64_t>(std::pow(10, 2 + 8 * share)));
  }
  return times;
}

Histogram histogram_of(const std::vector<nanoseconds>& times) {
  Histogram histogram;
  for (const nanoseconds time : times) histogram.record(time);
  return histogram;
}

TEST(Histogram, ThatIsEmptyIsAllZeros) {
  const Histogram empty;
  EXPECT_EQ(empty.count(), 0U);
  EXPECT_EQ(empty.quantile(0.5), 0ns);
  EXPECT_EQ(empty.min(), 0ns);
  EXPECT_EQ(empty.max(), 0ns);
}

TEST(Histogram, OfOneValueHasItAtEveryQuantile) {
  const Histogram one = histogram_of({1234567ns});
  for (const double q : {0.0, 0.5, 0.999, 1.0}) EXPECT_EQ(one.quantile(q), 1234567ns);
}

TEST(Histogram, IsExactBelow128Nanoseconds) {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.record(nanoseconds(i));
  EXPECT_EQ(histogram.quantile(0.5), 50ns);
  EXPECT_EQ(histogram.quantile(0.99), 99ns);
  EXPECT_EQ(histogram.quantile(0.991), 100ns);
}

TEST(Histogram, IsWithinOnePercentOfTheExactQuantiles) {
  std::vector<nanoseconds> times = samples(10'000, 1);
  const Histogram histogram = histogram_of(times);
  std::sort(times.begin(), times.end());
  for (const double q : {0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
    const auto rank = static_cast<std::size_t>(std::ceil(q * 10'000));
    const auto exact = static_cast<double>(times[rank - 1].count());
    EXPECT_NEAR(static_cast<double>(histogram.quantile(q).count()), exact, exact / 128) << q;
  }
  EXPECT_EQ(histogram.min(), times.front());
  EXPECT_EQ(histogram.max(), times.back());
  EXPECT_EQ(histogram.quantile(1), times.back());
}

TEST(Histogram, CountsWhatIsAboveItsRange) {
  const Histogram histogram = histogram_of({1ms, 60s, 60s + 1ns, 90s});
  EXPECT_EQ(histogram.count(), 4U);
  EXPECT_EQ(histogram.overflow(), 2U);
  EXPECT_EQ(histogram.max(), 90s);
  EXPECT_EQ(histogram.quantile(1), 90s);
}

TEST(Histogram, TakesANegativeDurationForZero) { EXPECT_EQ(histogram_of({-1ns}).max(), 0ns); }

TEST(Histogram, MergedIsAsIfAllWereRecordedInOne) {
  std::vector<nanoseconds> first = samples(1000, 1);
  const std::vector<nanoseconds> second = samples(1000, 2);
  Histogram merged = histogram_of(first);
  merged.merge(histogram_of(second));
  merged.merge(Histogram());
  first.insert(first.end(), second.begin(), second.end());
  EXPECT_EQ(merged.to_json(), histogram_of(first).to_json());
}

TEST(Histogram, ComesBackFromJson) {
  const Histogram histogram = histogram_of({1us, 1us, 3ms, 61s});
  const nlohmann::json json = histogram.to_json();
  EXPECT_EQ(json["buckets"].size(), 2U);
  EXPECT_EQ(json["buckets"][0], nlohmann::json({1000, 2}));
  EXPECT_EQ(Histogram::from_json(json).to_json(), json);
  EXPECT_EQ(Histogram::from_json(Histogram().to_json()).count(), 0U);
}

TEST(Histogram, IsNotMadeOfJsonThatIsNone) {
  nlohmann::json json = histogram_of({1us, 3ms}).to_json();
  for (const char* member : {"count", "overflow", "min_ns", "max_ns", "buckets"}) {
    nlohmann::json part = json;
    part.erase(member);
    EXPECT_THROW(Histogram::from_json(part), std::invalid_argument) << member;
  }
  json["count"] = 3;
  EXPECT_THROW(Histogram::from_json(json), std::invalid_argument);
  json["buckets"] = {{-5, 3}};
  EXPECT_THROW(Histogram::from_json(json), std::invalid_argument);
}

}  // namespace
}  // namespace glasstls::apps::bench
