#include "apps/bench/options.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "apps/error.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

BenchOptions parsed(std::vector<std::string> words) {
  CLI::App program;
  BenchOptions options;
  add_bench_options(program, options);
  std::reverse(words.begin(), words.end());
  program.parse(words);
  return options;
}

Plan plan(const std::vector<std::string>& words) { return plan_of(parsed(words)); }

bool is_refused_by_parser(const std::vector<std::string>& words) {
  try {
    parsed(words);
    return false;
  } catch (const CLI::ParseError&) {
    return true;
  }
}

std::string refusal(const std::vector<std::string>& words) {
  try {
    plan(words);
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(BenchPlan, IsAClosedLoopOfEightForTenSecondsUnlessToldOtherwise) {
  const Plan usual = plan({"localhost"});
  EXPECT_EQ(usual.arrivals, Arrivals::closed);
  EXPECT_EQ(usual.concurrency, 8U);
  EXPECT_EQ(usual.duration, 10s);
  EXPECT_EQ(usual.connections, std::nullopt);
  EXPECT_EQ(usual.resume, Resume::none);
  EXPECT_EQ(usual.timeout, 10s);
  EXPECT_TRUE(usual.verified);
}

TEST(BenchPlan, OfSoManyConnectionsLastsUntilTheyAreDone) {
  const Plan counted = plan({"localhost", "--connections", "100"});
  EXPECT_EQ(counted.connections, 100U);
  EXPECT_EQ(counted.duration, std::nullopt);
  EXPECT_EQ(plan({"localhost", "--connections", "100", "--duration", "0.5"}).duration, 500ms);
}

TEST(BenchPlan, HasNoMoreSlotsThanConnections) {
  EXPECT_EQ(plan({"localhost", "--connections", "3"}).concurrency, 3U);
  EXPECT_EQ(plan({"localhost", "--connections", "3", "--concurrency", "5"}).concurrency, 3U);
  EXPECT_EQ(plan({"localhost", "--connections", "9", "--concurrency", "5"}).concurrency, 5U);
}

TEST(BenchPlan, WithARateIsAnOpenLoop) {
  const Plan constant = plan({"localhost", "--rate", "12.5"});
  EXPECT_EQ(constant.arrivals, Arrivals::constant);
  EXPECT_EQ(constant.rate, 12.5);
  EXPECT_EQ(constant.concurrency, 1000U);
  const Plan poisson =
      plan({"localhost", "--rate", "1", "--arrivals", "poisson", "--arrival-seed", "7"});
  EXPECT_EQ(poisson.arrivals, Arrivals::poisson);
  EXPECT_EQ(poisson.arrival_seed, 7U);
}

TEST(BenchPlan, KnowsHowToResume) {
  EXPECT_EQ(plan({"localhost", "--resume", "ticket"}).resume, Resume::ticket);
  EXPECT_EQ(plan({"localhost", "--resume", "id"}).resume, Resume::id);
}

TEST(BenchPlan, KnowsWhatIsTransferred) {
  const Plan upload = plan({"localhost", "--bytes", "1000"});
  EXPECT_EQ(upload.bytes, 1000U);
  EXPECT_FALSE(upload.has_request);
  EXPECT_TRUE(plan({"localhost", "--request", "hello"}).has_request);
}

TEST(BenchPlan, RefusesWhatMeansNothing) {
  EXPECT_EQ(refusal({}), "bench: HOST[:PORT] is missing");
  EXPECT_EQ(
      refusal({"localhost", "--arrivals", "poisson"}),
      "--arrivals means something with --rate only: a closed loop starts when a slot is free");
  EXPECT_EQ(refusal({"localhost", "--rate", "5", "--arrival-seed", "2"}),
            "--arrival-seed means something with --arrivals poisson only");
}

TEST(BenchOptions, RefuseNumbersOutOfRange) {
  for (const char* rate : {"0", "-1", "nan", "inf", "1e7", "5/s", ""})
    EXPECT_TRUE(is_refused_by_parser({"localhost", "--rate", rate})) << rate;
  for (const char* count : {"0", "-1", "1.5", "many"}) {
    EXPECT_TRUE(is_refused_by_parser({"localhost", "--connections", count})) << count;
    EXPECT_TRUE(is_refused_by_parser({"localhost", "--concurrency", count})) << count;
  }
  EXPECT_TRUE(is_refused_by_parser({"localhost", "--duration", "0"}));
  EXPECT_TRUE(is_refused_by_parser({"localhost", "--resume", "psk"}));
  EXPECT_TRUE(is_refused_by_parser({"localhost", "--arrivals", "bursts"}));
}

TEST(BenchOptions, ComparesTwoResultsAndNothingElse) {
  EXPECT_EQ(parsed({"--compare", "a.json", "b.json", "--json"}).compare,
            (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_TRUE(is_refused_by_parser({"--compare", "a.json"}));
  EXPECT_TRUE(is_refused_by_parser({"--compare", "a.json", "b.json", "c.json"}));
  EXPECT_TRUE(is_refused_by_parser({"--compare", "a.json", "b.json", "--rate", "5"}));
  EXPECT_TRUE(is_refused_by_parser({"localhost", "--compare", "a.json", "b.json"}));
  EXPECT_TRUE(is_refused_by_parser({"--insecure", "--compare", "a.json", "b.json"}));
}

}  // namespace
}  // namespace glasstls::apps::bench
