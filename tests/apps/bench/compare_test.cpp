#include "apps/bench/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>
#include <string>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

/// A run of that many seconds with so many handshakes in each.
nlohmann::json run(std::size_t seconds, std::uint64_t rate, nanoseconds latency) {
  Histogram all;
  nlohmann::json blocks = nlohmann::json::array();
  for (std::size_t i = 0; i < seconds; ++i) {
    Histogram one;
    for (std::uint64_t k = 0; k < rate; ++k) one.record(latency);
    all.merge(one);
    blocks.push_back(
        {{"second", i}, {"length_s", 1.0}, {"succeeded", rate}, {"latency", one.to_json()}});
  }
  return {{"schema", 1},
          {"kind", "glasstls bench"},
          {"server", {{"address", "127.0.0.1:4433"}, {"name", "test"}}},
          {"plan", {{"loop", "closed"}, {"concurrency", 8}}},
          {"outcome",
           {{"handshakes_per_s", static_cast<double>(rate)},
            {"succeeded", rate * seconds},
            {"failed", rate * seconds}}},
          {"latency", {{"histogram", all.to_json()}}},
          {"cpu", {{"per_handshake_ns", 1000}}},
          {"blocks", blocks}};
}

TEST(Compare, GivesRatiosWithTheirIntervals) {
  const Comparison comparison = compare(run(12, 10, 2ms), run(11, 30, 1ms));
  const Compared& rate = comparison.figures.at(0);
  EXPECT_EQ(rate.name, "handshakes per second");
  EXPECT_DOUBLE_EQ(rate.ratio->value, 3);
  EXPECT_DOUBLE_EQ(rate.ratio->interval->low, 3);
  const Compared& failed = comparison.figures.at(1);
  EXPECT_DOUBLE_EQ(*failed.a, 0.5);
  const Compared& median = comparison.figures.at(2);
  EXPECT_EQ(median.name, "latency p50");
  EXPECT_DOUBLE_EQ(median.ratio->value, 0.5);
  EXPECT_TRUE(comparison.differences.empty());
}

TEST(Compare, TellsEverySettingThatDiffers) {
  nlohmann::json b = run(10, 10, 1ms);
  b["plan"]["concurrency"] = 16;
  b["server"]["name"] = "other";
  const Comparison comparison = compare(run(10, 10, 1ms), b);
  ASSERT_EQ(comparison.differences.size(), 2U);
  EXPECT_EQ(comparison.differences[0].name, "server name");
  EXPECT_EQ(comparison.differences[1].name, "concurrency");
  EXPECT_EQ(comparison.differences[1].b, "16");
}

TEST(Compare, FitsEightyColumns) {
  const std::string text = text_of(compare(run(12, 10, 2ms), run(12, 30, 12s)),
                                   std::string(200, 'a') + ".json", "b.json");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  EXPECT_THAT(text, HasSubstr("3.000 to 3.000"));
  EXPECT_THAT(text, HasSubstr("12.0 s"));
  EXPECT_THAT(text, Not(HasSubstr("No interval")));
}

TEST(Compare, SaysWhyThereIsNoInterval) {
  const Comparison comparison = compare(run(9, 10, 2ms), run(12, 30, 1ms));
  EXPECT_FALSE(comparison.figures.at(0).ratio->interval);
  EXPECT_THAT(text_of(comparison, "a", "b"),
              HasSubstr("No interval is given: A lasted 9 s and B 12 s"));
  EXPECT_TRUE(to_json(comparison)["figures"][0]["interval_95"].is_null());
}

TEST(Compare, HasNoRatiosOfARunWithoutSuccess) {
  const Comparison comparison = compare(run(10, 0, 1ms), run(10, 5, 1ms));
  EXPECT_FALSE(comparison.figures.at(0).ratio);
  EXPECT_FALSE(comparison.figures.at(2).a);
  EXPECT_THAT(text_of(comparison, "a", "b"), HasSubstr("latency p50"));
}

TEST(Compare, RefusesWhatIsNoRunAndSaysWhich) {
  const nlohmann::json good = run(2, 3, 1ms);
  const auto words = [&](const nlohmann::json& a, const nlohmann::json& b) -> std::string {
    try {
      static_cast<void>(compare(a, b));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "no error";
  };
  nlohmann::json other_schema = good, other_kind = good, damaged = good, lacking = good;
  other_schema["schema"] = 2;
  other_kind["kind"] = "glasstls peers";
  damaged["blocks"][1]["latency"]["count"] = 99;
  lacking.erase("plan");
  EXPECT_EQ(words(other_schema, good), "a: has a schema that this program does not know");
  EXPECT_EQ(words(good, other_kind), "b: is not what glasstls bench --json prints");
  EXPECT_EQ(words(good, nlohmann::json(3)), "b: is not what glasstls bench --json prints");
  EXPECT_EQ(words(damaged, good), "a: a histogram counts less in its buckets than in all");
  EXPECT_THAT(words(lacking, good), HasSubstr("is damaged"));
}

}  // namespace
}  // namespace glasstls::apps::bench
