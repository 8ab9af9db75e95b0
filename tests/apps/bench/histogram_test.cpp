#include "apps/bench/histogram.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

/// Durations of a latency-like kind, from a fixed seed: times of `center` spread by a factor of
/// `spread` and its multiples.
std::vector<nanoseconds> sample(double center, double spread, std::size_t size) {
  std::mt19937_64 engine(size);  // NOLINT(cert-msc51-cpp): the seed is fixed on purpose
  std::lognormal_distribution<double> distribution(std::log(center), std::log(spread));
  std::vector<nanoseconds> values;
  while (values.size() < size)
    values.emplace_back(static_cast<std::int64_t>(std::min(distribution(engine), 59e9)));
  return values;
}

Histogram of(const std::vector<nanoseconds>& values) {
  Histogram histogram;
  for (const nanoseconds value : values) histogram.record(value);
  return histogram;
}

nanoseconds exact_quantile(std::vector<nanoseconds> values, double q) {
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(q * static_cast<double>(values.size()));
  return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

TEST(Histogram, KnowsEveryQuantileToOnePercent) {
  for (const double center : {2e3, 150e3, 3e6, 1e9, 20e9})
    for (const double spread : {1.01, 1.5, 4.0}) {
      const auto values = sample(center, spread, 5000);
      const Histogram histogram = of(values);
      for (const double q : {0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        const auto exact = static_cast<double>(exact_quantile(values, q).count());
        EXPECT_NEAR(static_cast<double>(histogram.quantile(q).count()), exact, 0.01 * exact)
            << center << " " << spread << " " << q;
      }
    }
}

TEST(Histogram, IsExactWhereEachNanosecondHasABucket) {
  const Histogram histogram = of({1ns, 2ns, 3ns, 200ns, 255ns});
  EXPECT_EQ(histogram.quantile(0.2), 1ns);
  EXPECT_EQ(histogram.quantile(0.4), 2ns);
  EXPECT_EQ(histogram.quantile(0.41), 3ns);
  EXPECT_EQ(histogram.quantile(0.8), 200ns);
  EXPECT_EQ(histogram.quantile(0.81), 255ns);
}

TEST(Histogram, KeepsCountSmallestLargestAndMeanExact) {
  const Histogram histogram = of({1'234'567ns, 7'654'321ns, 1'000'001ns});
  EXPECT_EQ(histogram.count(), 3U);
  EXPECT_EQ(histogram.min(), 1'000'001ns);
  EXPECT_EQ(histogram.max(), 7'654'321ns);
  EXPECT_EQ(histogram.mean(), 3'296'296ns);
  EXPECT_EQ(histogram.quantile(0), 1'000'001ns);
  EXPECT_EQ(histogram.quantile(1), 7'654'321ns);
}

TEST(Histogram, SaysNothingOfNothing) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.quantile(0.5), 0ns);
  EXPECT_EQ(histogram.mean(), 0ns);
  EXPECT_EQ(Histogram::from_json(histogram.to_json()), histogram);
}

TEST(Histogram, CountsWhatIsAboveItsRange) {
  const Histogram histogram = of({60s, 60s + 1ns, 90s});
  EXPECT_EQ(histogram.count(), 3U);
  EXPECT_EQ(histogram.overflow(), 2U);
  EXPECT_EQ(histogram.max(), 90s);
  EXPECT_NEAR(static_cast<double>(histogram.quantile(0.33).count()), 60e9, 0.6e9);
  EXPECT_EQ(histogram.quantile(0.5), 90s);
}

TEST(Histogram, TakesANegativeDurationForNone) {
  const Histogram histogram = of({-5ns});
  EXPECT_EQ(histogram.min(), 0ns);
  EXPECT_EQ(histogram.quantile(0.5), 0ns);
}

TEST(Histogram, OfTwoMergedIsTheOneOfAll) {
  auto all = sample(1e6, 2, 1000);
  const auto later = sample(1e3, 3, 500);
  Histogram merged = of(all);
  merged.merge(of(later));
  merged.merge(Histogram());
  Histogram from_nothing;
  from_nothing.merge(merged);
  all.insert(all.end(), later.begin(), later.end());
  EXPECT_EQ(merged, of(all));
  EXPECT_EQ(from_nothing, merged);
}

TEST(Histogram, GivesEachBucketOnceAndInOrder) {
  const Histogram histogram = of(sample(1e6, 3, 2000));
  std::uint64_t sum = 0;
  nanoseconds before = -1ns;
  histogram.for_each([&](nanoseconds low, std::uint64_t count) {
    EXPECT_GT(low, before);
    EXPECT_GT(count, 0U);
    before = low;
    sum += count;
  });
  EXPECT_EQ(sum, 2000U);
}

TEST(Histogram, ComesBackFromItsJson) {
  auto values = sample(5e5, 3, 1000);
  values.push_back(100s);
  const Histogram histogram = of(values);
  EXPECT_EQ(Histogram::from_json(nlohmann::json::parse(histogram.to_json().dump())), histogram);
}

struct Damage {
  const char* what;
  void (*harm)(nlohmann::json&);
  const char* words;
};

TEST(Histogram, RefusesJsonThatItCannotHaveMade) {
  const Damage damages[] = {
      {"no count", [](nlohmann::json& j) { j.erase("count"); }, "lacks a number \"count\""},
      {"a text", [](nlohmann::json& j) { j["sum_ns"] = "1"; }, "lacks a number \"sum_ns\""},
      {"negative", [](nlohmann::json& j) { j["min_ns"] = -1; }, "lacks a number \"min_ns\""},
      {"no buckets", [](nlohmann::json& j) { j.erase("buckets"); }, "lacks its buckets"},
      {"no pair", [](nlohmann::json& j) { j["buckets"][0] = 1; }, "is not a pair of numbers"},
      {"between", [](nlohmann::json& j) { j["buckets"][0][0] = 1'000'001; }, "none begins"},
      {"too high", [](nlohmann::json& j) { j["buckets"][0][0] = 1ULL << 62U; }, "none begins"},
      {"empty", [](nlohmann::json& j) { j["buckets"][0][1] = 0; }, "an empty bucket"},
      {"twice", [](nlohmann::json& j) { j["buckets"][1] = j["buckets"][0]; }, "out of order"},
      {"more", [](nlohmann::json& j) { j["buckets"][0][1] = 99; }, "counts more"},
      {"less", [](nlohmann::json& j) { j["count"] = 99; }, "counts less"},
      {"upside down", [](nlohmann::json& j) { j["max_ns"] = 0; }, "largest below its smallest"},
  };
  for (const Damage& damage : damages) {
    nlohmann::json json = of({1ms, 2ms}).to_json();
    damage.harm(json);
    try {
      static_cast<void>(Histogram::from_json(json));
      ADD_FAILURE() << damage.what;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(damage.words), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(static_cast<void>(Histogram::from_json(nlohmann::json(7))), std::invalid_argument);
}

}  // namespace
}  // namespace glasstls::apps::bench
