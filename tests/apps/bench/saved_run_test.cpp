#include "apps/bench/saved_run.h"

#include <gtest/gtest.h>

#include "apps/error.h"
#include "tests/apps/bench/results.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

/// Why it is refused.
std::string refusal_of(const std::string& text) {
  try {
    static_cast<void>(SavedRun::parse("a.json", text));
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
  return "none";
}

std::string refusal_without(const std::string& pointer, const nlohmann::ordered_json& patched) {
  nlohmann::ordered_json document = to_json(steady_result(2, 3, 1ms));
  document.at(nlohmann::ordered_json::json_pointer(pointer)) = patched;
  return refusal_of(document.dump());
}

TEST(SavedRun, ReadsWhatARunWrote) {
  const Result result = steady_result(3, 50, 2ms);
  const SavedRun run = SavedRun::parse("a.json", json_text(result));
  EXPECT_EQ(run.path(), "a.json");
  EXPECT_EQ(run.latency(), result.latency);
  ASSERT_EQ(run.seconds().size(), 3U);
  EXPECT_EQ(run.seconds()[2].latency, result.blocks[2].latency);
  EXPECT_EQ(run.seconds()[2].length, 1);
  EXPECT_EQ(run.number("/outcome/succeeded"), 150);
  EXPECT_EQ(run.number("/plan/rate"), std::nullopt);
  EXPECT_EQ(run.text("/server/name"), "test");
  EXPECT_TRUE(run.flag("/plan/verified"));
}

TEST(SavedRun, RefusesWhatIsNoResult) {
  EXPECT_EQ(refusal_of(""), "a.json: is not JSON");
  EXPECT_EQ(refusal_of("{\"schema\": 1"), "a.json: is not JSON");
  EXPECT_EQ(refusal_of("[]"), "a.json: is not a result of 'glasstls bench --json'");
  EXPECT_EQ(refusal_of("{\"kind\": 1}"), "a.json: is not a result of 'glasstls bench --json'");
}

TEST(SavedRun, RefusesAnotherSchema) {
  EXPECT_EQ(refusal_without("/schema", 2), "a.json: is of schema 2, and this program reads 1");
}

TEST(SavedRun, NamesTheMemberAtFault) {
  EXPECT_EQ(refusal_without("/latency", nullptr), "a.json: /latency/histogram is missing");
  EXPECT_EQ(refusal_without("/latency/histogram/count", 7),
            "a.json: /latency/histogram: a histogram counts less in its buckets than in all");
  EXPECT_EQ(refusal_without("/blocks", nullptr), "a.json: /blocks is not an array");
  EXPECT_EQ(refusal_without("/blocks/1/length_s", 60),
            "a.json: /blocks/1/length_s is not a part of a second");
}

TEST(SavedRun, RefusesPartsThatContradictEachOther) {
  nlohmann::ordered_json document = to_json(steady_result(2, 3, 1ms));
  document["blocks"].erase(1);
  EXPECT_EQ(refusal_of(document.dump()), "a.json: /blocks do not add up to /latency");
}

TEST(SavedRun, IsOfUsageWhereThereIsNoFile) {
  try {
    static_cast<void>(SavedRun::load("no such folder/a.json"));
    FAIL();
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    EXPECT_EQ(std::string(error.what()), "no such folder/a.json: No such file or directory");
  }
}

TEST(SavedRun, RefusesMembersOfAnotherKind) {
  const SavedRun run = SavedRun::parse("a.json", json_text(steady_result(1, 1, 1ms)));
  EXPECT_THROW(run.text("/schema"), CommandError);
  EXPECT_THROW(run.number("/program"), CommandError);
  EXPECT_THROW(run.flag("/schema"), CommandError);
  EXPECT_THROW(run.at("/nothing"), CommandError);
}

}  // namespace
}  // namespace glasstls::apps::bench
