// glasstls bench in an open loop: start times are fixed in advance, so that a stall is felt by all whose
// time came meanwhile.
#include <gmock/gmock.h>
#include <string>

#include "tests/interop/bench_run.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

constexpr std::int64_t half_a_second = 500'000'000;  // nanoseconds

TEST(BenchOpenLoop, StartsWhatIsScheduled) {
  const Server server = our_server({rsa_identity()}, {});
  for (const char* arrivals : {"constant", "poisson"}) {
    const BenchRun run =
        run_bench(server.port, {"--connections", "100", "--rate", "200", "--arrivals", arrivals});
    ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
    EXPECT_EQ(run.document["plan"]["loop"], "open");
    EXPECT_EQ(run.document["plan"]["arrivals"], arrivals);
    EXPECT_EQ(run.outcome()["scheduled"], 100);
    EXPECT_EQ(run.outcome()["started"], 100);
    EXPECT_EQ(run.outcome()["never_started"], 0);
    EXPECT_EQ(run.document["latency"]["count"], 100);
    EXPECT_EQ(run.document["from_start"]["count"], 100);
    EXPECT_EQ(run.document["start_delay"]["count"], 100);
  }
  expect_orderly_stop(server);
}

/// A server that takes 1 s for its 100th of 200 connections, while 20 per second come.
TEST(BenchOpenLoop, ShowsAStallThatAClosedLoopHides) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = our_server({rsa_identity()}, {});
  const Words stall = {std::to_string(server.port), "stall", "100", "1"};

  const Server for_open = python_server("faulty_relay.py", stall);
  const BenchRun open = run_bench(for_open.port, {"--rate", "20", "--duration", "10"});
  ASSERT_EQ(open.program.exit_code, 0) << open.program.all;
  EXPECT_EQ(open.outcome()["succeeded"], 200);
  EXPECT_GE(open.document["latency"]["p99_ns"], half_a_second);

  const Server for_closed = python_server("faulty_relay.py", stall);
  const BenchRun closed =
      run_bench(for_closed.port, {"--connections", "200", "--concurrency", "1"});
  ASSERT_EQ(closed.program.exit_code, 0) << closed.program.all;
  EXPECT_GE(closed.document["latency"]["max_ns"], 2 * half_a_second);
  EXPECT_LT(closed.document["latency"]["p99_ns"], open.document["latency"]["p99_ns"]);
  expect_orderly_stop(server);
}

/// Waiting for the only slot counts from the scheduled start, and not from the real one.
TEST(BenchOpenLoop, CountsTheWaitForASlot) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = our_server({rsa_identity()}, {});
  const Server stalling =
      python_server("faulty_relay.py", {std::to_string(server.port), "stall", "1", "1"});
  const BenchRun run =
      run_bench(stalling.port, {"--rate", "20", "--connections", "10", "--concurrency", "1"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_GE(run.document["latency"]["p50_ns"], half_a_second);
  EXPECT_GE(run.document["start_delay"]["p50_ns"], half_a_second);
  EXPECT_LT(run.document["from_start"]["p50_ns"], run.document["latency"]["p50_ns"]);
  expect_orderly_stop(server);
}

TEST(BenchOpenLoop, TellsThatARateWasNotHeld) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server silent = python_server("faulty_relay.py", {"0", "silent"});
  const Words options = {"--rate",        "50", "--duration", "0.5",
                         "--concurrency", "1",  "--timeout",  "1"};
  const BenchRun run = run_bench(silent.port, options);
  EXPECT_EQ(run.program.exit_code, 8) << run.program.all;
  EXPECT_EQ(run.outcome()["scheduled"], 25);
  EXPECT_EQ(run.outcome()["started"], 1);
  EXPECT_EQ(run.outcome()["never_started"], 24);
  EXPECT_EQ(run.outcome()["rate_held"], false);

  const Client report = run_glasstls(bench_command(silent.port, options));
  EXPECT_THAT(unwrapped(report.output), HasSubstr("THE RATE WAS NOT HELD: 2.0 starts per second "
                                                  "instead of 50.0. 24 of 25 scheduled"));
}

}  // namespace
}  // namespace glasstls::test
