#include "apps/bench/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "apps/bench/result_plots.h"
#include "crypto/hash.h"
#include "tests/apps/bench/results.h"
#include "x509/pem.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Result open_result() {
  Result result = steady_result(10, 100, 2ms);
  result.plan.arrivals = Arrivals::poisson;
  result.plan.rate = 100;
  result.scheduled = result.succeeded;
  result.from_start = result.latency;
  result.start_delay.record(5us);
  return result;
}

Result failed_result() {
  Result result = steady_result(3, 0, 0ns);
  result.failed = 5;
  result.blocks[0].failed = 5;
  result.failures = {{Cause::alert, "handshake_failure in WaitServerHello", 4, 1ms},
                     {Cause::out_of_local_ports, "", 1, 2500ms}};
  return result;
}

TEST(HtmlReport, AllowsItsOwnStyleAndNothingElse) {
  const std::string page = to_html(open_result());
  const std::size_t begin = page.find("<style>") + 7, end = page.find("</style>");
  const std::string style = page.substr(begin, end - begin);
  const crypto::Digest digest = crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(style));
  EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; style-src 'sha256-" +
                              x509::base64_encode(digest.view()) +
                              "'; base-uri 'none'; form-action 'none'\""));
  EXPECT_GT(style.size(), 1000U);
  for (const char* part : {"<script", " style=", " onload", "http:", "https:", "url("})
    EXPECT_THAT(page.substr(end), Not(HasSubstr(part)));
}

TEST(HtmlReport, BeginsWithTheFiguresThatCount) {
  const std::string page = to_html(steady_result(10, 150, 2ms));
  EXPECT_THAT(page, HasSubstr("<h1>127.0.0.1:4433</h1>"));
  EXPECT_THAT(page, HasSubstr("As test: full handshakes, closed loop, 8 connections at a time."));
  EXPECT_THAT(page, HasSubstr("<dt>handshakes per second</dt><dd>150.0</dd>"
                              "<dd class=\"note\">1500 in 10.00 s</dd>"));
  EXPECT_THAT(page, HasSubstr("<dt>99 % within</dt><dd>2.00 ms</dd>"));
  EXPECT_THAT(page, HasSubstr("<dt>our CPU per handshake</dt><dd>667 µs</dd>"));
  EXPECT_THAT(page, HasSubstr("These values hold for 8 users"));
}

TEST(HtmlReport, ShowsBothLatenciesOfAnOpenLoop) {
  const std::string page = to_html(open_result());
  EXPECT_THAT(page, HasSubstr("from the scheduled start</th>"));
  EXPECT_THAT(page, HasSubstr("from the real start</th>"));
  EXPECT_THAT(page, HasSubstr("class=\"curve second\""));
  EXPECT_THAT(page, HasSubstr("class=\"curve asked\""));
  EXPECT_THAT(page, Not(HasSubstr("These values hold")));
}

TEST(HtmlReport, TellsFailuresByCauseAndHasNoPlotWithoutSuccess) {
  const std::string page = to_html(failed_result());
  EXPECT_THAT(page, HasSubstr("FAILED: 5 of 5 handshakes."));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">alert</th><td>4</td>"));
  EXPECT_THAT(page, HasSubstr("handshake_failure in WaitServerHello"));
  EXPECT_THAT(page, HasSubstr("2.500 s</td><td><span class=\"words\"> (here, not at the server)"));
  EXPECT_THAT(page, Not(HasSubstr("<figure")));
}

TEST(HtmlReport, MakesNothingOfWhatAServerSays) {
  const std::string hostile = "\"'></style><script>alert(1)</script>\xE2\x80\xAE<!--";
  Result result = failed_result();
  result.name = hostile;
  result.address = hostile;
  result.failures[0].detail = hostile;
  result.agreed = {{hostile, hostile, hostile, "none", true, 1}};
  const std::string page = to_html(result);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<!--")));
  EXPECT_THAT(page, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(page, HasSubstr("&quot;&#39;&gt;&lt;/style&gt;&lt;script&gt;"));
}

TEST(HtmlReport, DrawsWhateverARunMayHold) {
  Result one = steady_result(1, 1, 1ms);
  Result none_took_time = steady_result(2, 10, 0ns);
  Result overflowed = steady_result(2, 10, 61s);
  Result long_run = steady_result(1000, 1, 1ms);
  Result stalled = steady_result(12, 5, 1ms);
  stalled.blocks[5] = {};
  Result wide = steady_result(3, 10, 1ns);
  wide.latency.record(60s);
  for (const Result& result : {one, none_took_time, overflowed, long_run, stalled, wide}) {
    const std::string page = to_html(result);
    EXPECT_FALSE(std::regex_search(page, std::regex("[\" ML>](-?nan|-?inf)"))) << page;
    EXPECT_FALSE(std::regex_search(page, std::regex("(width|height)=\"-"))) << page;
  }
}

double sum_of(const Plot& plot) {
  double sum = 0;
  for (const Bar& bar : plot.bars) sum += std::stod(bar.title.substr(bar.title.find(": ") + 2));
  return sum;
}

TEST(LatencyHistogram, HasEachHandshakeInOneOfItsBars) {
  Result result = steady_result(1, 50, 1ms);
  for (int i = 0; i < 50; ++i) result.latency.record(8ms);
  const Plot plot = latency_histogram(result);
  EXPECT_NEAR(sum_of(plot), 100, 0.01);
  ASSERT_EQ(plot.bars.size(), 2U);
  EXPECT_NEAR(plot.bars[0].height, 1 / 1.05, 1e-9);
  ASSERT_EQ(plot.marks.size(), 3U);
  EXPECT_EQ(plot.marks[2].label, "p99 8.00 ms");
  EXPECT_NEAR(plot.marks[2].at, plot.bars[1].until, 0.02);
}

TEST(LatencyHistogram, MarksNoPercentileBeyondItsRange) {
  Result result = steady_result(1, 60, 1ms);
  for (int i = 0; i < 40; ++i) result.latency.record(61s);
  const Plot plot = latency_histogram(result);
  ASSERT_EQ(plot.marks.size(), 1U);
  EXPECT_EQ(plot.marks[0].label.substr(0, 3), "p50");
}

TEST(PercentileCurve, RisesFromTheShortestToTheLongest) {
  Result result = steady_result(1, 99, 1ms);
  result.latency.record(10ms);
  const Plot plot = percentile_curve(result);
  ASSERT_EQ(plot.curves.size(), 1U);
  const std::vector<Point>& points = plot.curves[0].pieces[0];
  EXPECT_NEAR(points.front().y, 0, 0.02);
  EXPECT_EQ(points.back().x, 1);
  EXPECT_NEAR(points.back().y, 1, 0.02);
  EXPECT_EQ(plot.across.back().label, "99 %");
}

TEST(RateOverTime, ShowsFailuresAndLeavesOutAShortRest) {
  Result result = steady_result(4, 100, 1ms);
  result.blocks[2] = {0, 50, {}};
  result.failed = 50;
  result.elapsed = 3400ms;  // the last second is shorter than half of one
  const Plot plot = rate_over_time(result);
  ASSERT_EQ(plot.curves.size(), 2U);
  const std::vector<Point>& succeeded = plot.curves[1].pieces[0];
  ASSERT_EQ(succeeded.size(), 6U);
  EXPECT_DOUBLE_EQ(succeeded[0].y, 1 / 1.1);
  EXPECT_EQ(succeeded[4].y, 0);
  EXPECT_DOUBLE_EQ(plot.curves[0].pieces[0][4].y, 0.5 / 1.1);
}

TEST(LatencyOverTime, HasAGapWhereNothingSucceeded) {
  Result result = steady_result(5, 100, 1ms);
  result.blocks[2] = {};
  const Plot plot = latency_over_time(result);
  ASSERT_EQ(plot.curves.size(), 2U);
  ASSERT_EQ(plot.curves[1].pieces.size(), 2U);
  EXPECT_EQ(plot.curves[1].pieces[0].size(), 4U);
  EXPECT_EQ(plot.curves[1].pieces[1].front().x, 0.6);
}

}  // namespace
}  // namespace glasstls::apps::bench
