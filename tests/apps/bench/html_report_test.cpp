#include "apps/bench/html_report.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "apps/bench/plots.h"
#include "apps/bench/result_json.h"
#include "crypto/hash.h"
#include "x509/pem.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Result some_result() {
  Result result;
  result.address = "127.0.0.1:4433";
  result.name = "server.test";
  result.started = "2026-01-01 00:00:00 UTC";
  result.elapsed = 2s;
  result.blocks.resize(2);
  for (int i = 1; i <= 100; ++i) {
    result.latency.record(i * 100us);
    result.blocks[static_cast<std::size_t>(i % 2)].latency.record(i * 100us);
    ++result.blocks[static_cast<std::size_t>(i % 2)].succeeded;
    for (Histogram& phase : result.phases) phase.record(i * 10us);
  }
  result.started_count = result.succeeded = 100;
  return result;
}

std::string page_of(const Result& result) {
  return html_report(nlohmann::ordered_json::parse(text_of(to_json(result))));
}

TEST(HtmlReport, ShowsTheFiguresAndThePlots) {
  const std::string page = page_of(some_result());
  EXPECT_THAT(page, HasSubstr("<b>50.0</b>handshakes per second"));
  EXPECT_THAT(page, HasSubstr("Percentiles: which share took how long at most"));
  EXPECT_THAT(page, HasSubstr("wait, second flight"));
  EXPECT_THAT(page, HasSubstr("<h2>Failures</h2>\n<p>None.</p>"));
  EXPECT_EQ(std::count(page.begin(), page.end(), '<'), std::count(page.begin(), page.end(), '>'));
}

TEST(HtmlReport, ShowsHostileWordsOfAServerAsText) {
  Result result = some_result();
  const std::string hostile = "</td><script>alert(1)</script><img src=x onerror=\"y\">";
  result.name = hostile;
  result.failures.push_back({Cause{}, hostile, 3, 1s});
  result.agreed.push_back({hostile, hostile, hostile, hostile, true, 1});
  const std::string page = page_of(result);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST(HtmlReport, AllowsNothingButItsOwnStyle) {
  const std::string page = page_of(some_result());
  const std::size_t begin = page.find("<style>") + 7;
  const std::string style = page.substr(begin, page.find("</style>") - begin);
  const auto digest = crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(style));
  EXPECT_THAT(page, HasSubstr("default-src 'none'; style-src 'sha256-" +
                              x509::base64_encode(digest.view()) + "'\""));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("http:")));
  EXPECT_THAT(page, Not(HasSubstr("https:")));
}

TEST(HtmlReport, SaysWhatSpoilsTheFigures) {
  Result result = some_result();
  result.interrupted = true;
  result.plan.verified = false;
  result.plan.arrivals = Arrivals::constant;
  result.plan.rate = 1000;
  result.scheduled = 150;
  result.never_started = 50;
  const std::string page = page_of(result);
  EXPECT_THAT(page, HasSubstr("The run was interrupted."));
  EXPECT_THAT(page, HasSubstr("Certificates were NOT verified."));
  EXPECT_THAT(page, HasSubstr("The rate was not held"));
  EXPECT_THAT(page, HasSubstr("50 scheduled handshakes were never started."));
}

TEST(HtmlReport, IsMadeOfARunWithoutSuccessToo) {
  Result result;
  result.address = "127.0.0.1:1";
  EXPECT_THAT(page_of(result), HasSubstr("nothing to show"));
}

TEST(Plots, WriteTimesWithThreeDigitsThatCount) {
  EXPECT_EQ(time_text(7), "7 ns");
  EXPECT_EQ(time_text(999.4), "999 ns");
  EXPECT_EQ(time_text(1234), "1.23 us");
  EXPECT_EQ(time_text(45'678), "45.7 us");
  EXPECT_EQ(time_text(1e6), "1 ms");
  EXPECT_EQ(time_text(999'600), "1.00 ms");
  EXPECT_EQ(time_text(61.5e9), "61.5 s");
}

}  // namespace
}  // namespace glasstls::apps::bench
