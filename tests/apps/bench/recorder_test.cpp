#include "apps/bench/recorder.h"

#include <gtest/gtest.h>
#include <string>

#include "apps/bench/result_json.h"
#include "apps/bench/text_report.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

const Clock::time_point begin = Clock::time_point(1000s);

Plan closed_loop() {
  Plan plan;
  plan.concurrency = 2;
  return plan;
}

Plan open_loop() {
  Plan plan = closed_loop();
  plan.arrivals = Arrivals::constant;
  plan.rate = 10;
  return plan;
}

/// A handshake, in times since the beginning.
Attempt success(nanoseconds scheduled, nanoseconds started, nanoseconds completed) {
  Attempt attempt;
  attempt.scheduled = begin + scheduled;
  attempt.started = begin + started;
  attempt.completed = attempt.ended = begin + completed;
  attempt.terms.emplace();
  return attempt;
}

Attempt failure(Cause cause, const std::string& detail, nanoseconds ended) {
  Attempt attempt;
  attempt.scheduled = attempt.started = begin;
  attempt.ended = begin + ended;
  attempt.failure = Failure{cause, detail};
  return attempt;
}

class RecorderTest : public testing::Test {
 protected:
  Recorder recorder_of(const Plan& plan) {
    Recorder recorder(plan);
    recorder.begin(begin);
    return recorder;
  }
};

TEST_F(RecorderTest, CountsLatencyFromTheScheduledStartAndServiceFromTheRealOne) {
  Recorder recorder = recorder_of(open_loop());
  recorder.started(begin + 1s, begin + 3s);
  recorder.record(success(1s, 3s, 3500ms));
  const Result result = recorder.result();
  EXPECT_EQ(result.latency.max(), 2500ms);
  EXPECT_EQ(result.from_start.max(), 500ms);
  EXPECT_EQ(result.start_delay.max(), 2s);
  EXPECT_EQ(result.last_scheduled, 1s);
  EXPECT_EQ(result.last_start, 3s);
}

TEST_F(RecorderTest, HasOneLatencyInAClosedLoop) {
  Recorder recorder = recorder_of(closed_loop());
  recorder.started(begin, begin);
  recorder.record(success(0s, 0s, 5ms));
  EXPECT_EQ(recorder.result().latency.max(), 5ms);
  EXPECT_EQ(recorder.result().from_start.count(), 0U);
  EXPECT_EQ(recorder.result().start_delay.count(), 0U);
}

TEST_F(RecorderTest, KeepsFailuresOutOfTheLatency) {
  Recorder recorder = recorder_of(closed_loop());
  recorder.record(failure(Cause::timeout, "in the transfer", 10s));
  recorder.record(success(0s, 0s, 5ms));
  const Result result = recorder.result();
  EXPECT_EQ(result.latency.count(), 1U);
  EXPECT_EQ(result.latency.max(), 5ms);
  EXPECT_EQ(result.succeeded, 1U);
  EXPECT_EQ(result.failed, 1U);
  EXPECT_EQ(result.elapsed, 10s);
}

TEST_F(RecorderTest, CountsFailuresByCauseAndDetailInTheOrderOfTheirFirst) {
  Recorder recorder = recorder_of(closed_loop());
  recorder.record(failure(Cause::reset, "in WaitServerHello", 1ms));
  recorder.record(failure(Cause::refused, "", 2ms));
  recorder.record(failure(Cause::reset, "in WaitServerHello", 3ms));
  recorder.record(failure(Cause::reset, "in WaitCertificate", 4ms));
  const Result result = recorder.result();
  ASSERT_EQ(result.failures.size(), 3U);
  EXPECT_EQ(result.failures[0].count, 2U);
  EXPECT_EQ(result.failures[0].first_at, 1ms);
  EXPECT_EQ(result.failures[1].cause, Cause::refused);
  EXPECT_EQ(result.failures[2].detail, "in WaitCertificate");
  EXPECT_EQ(exit_code_of(result), ExitCode::timed_out);
}

TEST_F(RecorderTest, BoundsTheKindsOfFailureThatAServerCanInvent) {
  Recorder recorder = recorder_of(closed_loop());
  for (int i = 0; i < 1000; ++i)
    recorder.record(failure(Cause::not_trusted, "reason " + std::to_string(i), 1ms));
  const Result result = recorder.result();
  ASSERT_EQ(result.failures.size(), 51U);
  EXPECT_EQ(result.failures.back().detail, "and other reasons");
  EXPECT_EQ(result.failures.back().count, 950U);
}

TEST_F(RecorderTest, HasABlockForEachSecondByWhenHandshakesEnded) {
  Recorder recorder = recorder_of(closed_loop());
  recorder.record(success(0s, 0s, 999'999'999ns));
  recorder.record(success(0s, 0s, 1s));
  recorder.record(failure(Cause::refused, "", 1500ms));
  recorder.record(success(2s, 2s, 3500ms));
  const Result result = recorder.result();
  ASSERT_EQ(result.blocks.size(), 4U);
  EXPECT_EQ(result.blocks[0].succeeded, 1U);
  EXPECT_EQ(result.blocks[1].succeeded, 1U);
  EXPECT_EQ(result.blocks[1].failed, 1U);
  EXPECT_EQ(result.blocks[2].succeeded, 0U);
  EXPECT_EQ(result.blocks[3].latency.max(), 1500ms);
  EXPECT_EQ(block_length(result, 0), 1s);
  EXPECT_EQ(block_length(result, 3), 500ms);
}

TEST_F(RecorderTest, CountsSessionsThatAreFetchedNowhereElse) {
  Recorder recorder = recorder_of(closed_loop());
  Attempt fetch = success(0s, 0s, 5ms);
  fetch.fetches_session = true;
  recorder.record(fetch);
  const Result result = recorder.result();
  EXPECT_EQ(result.sessions_fetched, 1U);
  EXPECT_EQ(result.succeeded, 0U);
  EXPECT_EQ(result.latency.count(), 0U);
  EXPECT_TRUE(result.blocks.empty());
}

TEST_F(RecorderTest, AddsUpPhases) {
  Recorder recorder = recorder_of(closed_loop());
  Attempt attempt = success(0s, 0s, 5ms);
  attempt.phases[static_cast<std::size_t>(Phase::first_wait)] = 3ms;
  recorder.record(attempt);
  const Result result = recorder.result();
  EXPECT_EQ(result.phases[static_cast<std::size_t>(Phase::first_wait)].max(), 3ms);
  EXPECT_EQ(result.phases[static_cast<std::size_t>(Phase::second_wait)].count(), 0U);
}

TEST_F(RecorderTest, CountsWhatWasAgreedOn) {
  Recorder recorder = recorder_of(closed_loop());
  Attempt attempt = success(0s, 0s, 5ms);
  attempt.terms->cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  recorder.record(attempt);
  recorder.record(attempt);
  attempt.terms->resumed = handshake::Resumption::ticket;
  recorder.record(attempt);
  const Result result = recorder.result();
  ASSERT_EQ(result.agreed.size(), 2U);
  EXPECT_EQ(result.agreed[0].cipher_suite, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  EXPECT_EQ(result.agreed[0].count, 2U);
  EXPECT_EQ(result.agreed[1].resumed, "ticket");
}

TEST_F(RecorderTest, CountsWhatWasTransferred) {
  Plan plan = closed_loop();
  plan.bytes = 10;
  Recorder recorder = recorder_of(plan);
  Attempt attempt = success(0s, 0s, 1s);
  attempt.ended = begin + 2s;
  attempt.bytes_sent = 10;
  attempt.bytes_received = 4;
  recorder.record(attempt);
  const Result result = recorder.result();
  EXPECT_EQ(result.transfer->bytes_sent, 10U);
  EXPECT_EQ(result.transfer->time.max(), 1s);
  EXPECT_EQ(result.latency.max(), 1s);
  EXPECT_EQ(bytes_per_second(result), 7);
}

// --- What is concluded ---------------------------------------------------------------------------

TEST(Result, OfAnOpenLoopHoldsItsRateIfAllStartedInTime) {
  Result result;
  result.plan = open_loop();
  result.scheduled = result.started_count = 100;
  result.last_scheduled = result.last_start = 9900ms;
  EXPECT_DOUBLE_EQ(rate_achieved(result), 10);
  EXPECT_TRUE(rate_held(result));
  result.started_count = 90;
  EXPECT_DOUBLE_EQ(rate_achieved(result), 9);
  EXPECT_FALSE(rate_held(result));
  result.started_count = 100;
  result.last_start = 19'900ms;
  EXPECT_DOUBLE_EQ(rate_achieved(result), 5);
}

TEST(Result, FindsTheBottleneck) {
  Result result;
  result.plan = closed_loop();
  result.cpu.measured_for = 10s;
  result.cpu.user = 5s;
  result.cpu.system = 3s;
  EXPECT_EQ(bottleneck(result), Bottleneck::other);
  result.cpu.waited = 1500ms;  // for a processor: the server waited as well
  EXPECT_DOUBLE_EQ(busy(result.cpu), 0.95);
  EXPECT_EQ(bottleneck(result), Bottleneck::load_generator);
  result.cpu.waited.reset();
  result.plan = open_loop();
  result.scheduled = result.started_count = 1;
  EXPECT_EQ(bottleneck(result), Bottleneck::rate);
}

TEST(Result, SharesCpuAmongAllHandshakesThatEnded) {
  Result result;
  EXPECT_EQ(cpu_per_handshake(result), std::nullopt);
  result.cpu.user = 3ms;
  result.cpu.system = 1ms;
  result.succeeded = 3;
  result.failed = 1;
  EXPECT_EQ(cpu_per_handshake(result), 1ms);
  EXPECT_EQ(others_per_handshake(result), std::nullopt);
  result.cpu.others = 8ms;
  EXPECT_EQ(others_per_handshake(result), 2ms);
}

TEST(ResultJson, HasNullForWhatThereIsNot) {
  Result result;
  result.plan = closed_loop();
  const auto json = to_json(result);
  EXPECT_EQ(json["schema"], 1);
  for (const char* member : {"arrivals", "rate", "arrival_seed", "connections", "duration_s"})
    EXPECT_TRUE(json["plan"][member].is_null()) << member;
  for (const char* member : {"scheduled", "never_started", "rate_achieved", "rate_held"})
    EXPECT_TRUE(json["outcome"][member].is_null()) << member;
  EXPECT_TRUE(json["latency"]["p50_ns"].is_null());
  EXPECT_TRUE(json["from_start"].is_null());
  EXPECT_TRUE(json["transfer"].is_null());
  EXPECT_TRUE(json["cpu"]["per_handshake_ns"].is_null());
}

TEST(ResultJson, IsReadBackAsItWasWritten) {
  Result result;
  result.plan = open_loop();
  result.latency.record(1ms);
  FailureCount failure;
  failure.detail = "\xff";  // a server's words need not be UTF-8
  result.failures.push_back(failure);
  const auto json = nlohmann::json::parse(text_of(to_json(result)));
  EXPECT_EQ(json["plan"]["rate"], 10);
  EXPECT_EQ(json["latency"]["p99_ns"], 1'000'000);
  EXPECT_EQ(json["failures"][0]["detail"], "\xef\xbf\xbd");
}

TEST(BenchTextReport, TellsWhatWentWrongBeforeTheFigures) {
  Result result;
  result.plan = open_loop();
  result.succeeded = 90;
  result.latency.record(1ms);
  result.failed = 1;
  result.failures.push_back({Cause::out_of_local_ports, "no more", 1, 1ms});
  result.scheduled = 100;
  result.started_count = 91;
  result.never_started = 9;
  const std::string text = to_text(result, 80);
  const std::size_t rate = text.find("THE RATE WAS NOT HELD: 9.1");
  const std::size_t failed =
      text.find("FAILED: 1 of 91\n       1  out of local ports: no more (here,");
  ASSERT_NE(rate, std::string::npos) << text;
  ASSERT_NE(failed, std::string::npos) << text;
  EXPECT_LT(rate, failed);
  EXPECT_LT(failed, text.find("90 handshakes"));
}

TEST(BenchTextReport, SaysWhomClosedLoopValuesHoldFor) {
  Result result;
  result.plan = closed_loop();
  result.succeeded = 1;
  result.latency.record(1ms);
  EXPECT_NE(to_text(result, 200).find("These values hold for 2 users who wait"), std::string::npos);
  result.plan = open_loop();
  EXPECT_EQ(to_text(result, 200).find("These values hold"), std::string::npos);
}

TEST(BenchTextReport, MakesAServersWordsSafe) {
  Result result;
  result.failed = 1;
  result.failures.push_back({Cause::not_trusted, "CN=\x1b[31m", 1, 1ms});
  EXPECT_EQ(to_text(result, 80).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace glasstls::apps::bench
