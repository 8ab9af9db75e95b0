#include "apps/bench/compare.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/apps/bench/results.h"

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

SavedRun saved(const char* path, const Result& result) {
  return SavedRun::parse(path, json_text(result));
}

Comparison compared(const Result& a, const Result& b) {
  return compare(saved("a.json", a), saved("b.json", b));
}

const ComparedFigure& figure(const Comparison& comparison, const std::string& name) {
  const auto found = std::find_if(comparison.figures.begin(), comparison.figures.end(),
                                  [&](const ComparedFigure& each) { return each.name == name; });
  if (found == comparison.figures.end()) throw std::out_of_range(name);
  return *found;
}

TEST(Compare, HasTheRatioOfEachFigureWithItsInterval) {
  const Comparison found = compared(steady_result(10, 100, 2us), steady_result(10, 150, 1us));
  const ComparedFigure& rate = figure(found, "handshakes per second");
  EXPECT_EQ(rate.a, 100);
  EXPECT_EQ(rate.b, 150);
  EXPECT_EQ(rate.ratio, 1.5);
  EXPECT_EQ(rate.interval, (Interval{1.5, 1.5}));
  EXPECT_EQ(figure(found, "latency, p90").ratio, 0.5);
  EXPECT_EQ(figure(found, "latency, p90").interval, (Interval{0.5, 0.5}));
  EXPECT_EQ(figure(found, "latency, longest").ratio, 0.5);
  EXPECT_EQ(figure(found, "our CPU per handshake").ratio, 0.666666);  // 666,666 ns to 1 ms
}

TEST(Compare, TellsEverySettingThatDiffers) {
  Result b = steady_result(12, 100, 1us);
  b.plan.concurrency = 16;
  b.plan.resume = Resume::ticket;
  b.agreed[0].resumed = "ticket";
  const std::vector<Difference> found = compared(steady_result(10, 100, 1us), b).differences;
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].setting, "duration");
  EXPECT_EQ(found[0].a, "10 s");
  EXPECT_EQ(found[0].b, "12 s");
  EXPECT_EQ(found[1].setting, "concurrency");
  EXPECT_EQ(found[2].setting, "resume");
  EXPECT_EQ(found[3].setting, "agreed");
  EXPECT_EQ(found[3].b,
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, rsa_pss_rsae_sha256, resumed: ticket");
}

TEST(Compare, DoesNotMindTheOrderInWhichThingsWereAgreed) {
  Result a = steady_result(10, 100, 1us), b = a;
  a.agreed.push_back(a.agreed[0]);
  a.agreed[0].group = "secp256r1";
  b.agreed = {a.agreed[1], a.agreed[0]};
  EXPECT_TRUE(compared(a, b).differences.empty());
}

TEST(Compare, TakesASettingThatItDoesNotFindForNone) {
  nlohmann::ordered_json document = to_json(steady_result(10, 100, 1us));
  document["plan"].erase("bytes");
  document["agreed"] = 7;
  const Comparison found = compare(saved("a.json", steady_result(10, 100, 1us)),
                                   SavedRun::parse("b.json", document.dump()));
  ASSERT_EQ(found.differences.size(), 2U);
  EXPECT_EQ(found.differences[0].setting, "bytes");
  EXPECT_EQ(found.differences[0].b, "-");
  EXPECT_EQ(found.differences[1].b, "-, -, -, resumed: -");
}

TEST(Compare, CautionsOfRunsThatWentWrong) {
  Result b = steady_result(10, 100, 1us);
  b.failed = 3;
  b.interrupted = true;
  b.cpu.user = b.elapsed;
  const Comparison found = compared(steady_result(10, 100, 1us), b);
  EXPECT_TRUE(found.a.warnings.empty());
  EXPECT_EQ(found.b.warnings,
            (std::vector<std::string>{"3 of 1003 handshakes failed", "it was interrupted",
                                      "the load generator was the bottleneck, not the server"}));
  EXPECT_EQ(figure(found, "failed").a, 0);
  EXPECT_EQ(figure(found, "failed").ratio, std::nullopt);
}

TEST(Compare, SaysWhyThereIsNoInterval) {
  const Comparison shorter = compared(steady_result(9, 100, 1us), steady_result(10, 100, 1us));
  ASSERT_EQ(shorter.remarks.size(), 1U);
  EXPECT_EQ(shorter.remarks[0],
            "No intervals: A has 9 seconds to draw from and B 10, and fewer than 10 say nothing "
            "about chance. Measure for longer.");
  EXPECT_EQ(figure(shorter, "handshakes per second").interval, std::nullopt);
  const Comparison rare = compared(steady_result(10, 100, 1us), steady_result(10, 100, 1us));
  EXPECT_TRUE(figure(rare, "latency, p99").interval);
  ASSERT_EQ(rare.remarks.size(), 2U);
  EXPECT_EQ(rare.remarks[1].rfind("No interval for p99.9: fewer than 10 handshakes", 0), 0U);
}

TEST(Compare, PrintsATableOfEightyColumns) {
  Result b = steady_result(10, 150, 1us);
  b.name = "another.name.\x1b[31mtest";
  b.agreed[0].group = "secp256r1";
  const std::string text = to_text(compared(steady_result(10, 100, 2us), b), 80);
  EXPECT_NE(
      text.find("\n                                  A           B    B / A       95 % "
                "interval\n"
                "handshakes per second         100.0       150.0    1.500      1.500 to 1.500\n"
                "latency, p50                2.00 us     1.00 us    0.500      0.500 to 0.500\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("THE SETTINGS DIFFER"), std::string::npos) << text;
  EXPECT_NE(text.find("name: A test, B another.name.\\1b[31mtest\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n   agreed:\n     A TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, "
                      "rsa_pss_rsae_sha256,\n       resumed: none\n     B TLS_"),
            std::string::npos)
      << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(Compare, PrintsADashForWhatARunDoesNotHave) {
  const Comparison found = compared(steady_result(10, 0, 1us), steady_result(10, 100, 1us));
  EXPECT_EQ(found.remarks,
            (std::vector<std::string>{"No ratios: no handshake of one of the runs succeeded."}));
  const std::string text = to_text(found, 80);
  EXPECT_NE(text.find("\nlatency, p50                      -     1.00 us        -"),
            std::string::npos)
      << text;
}

TEST(Compare, HasTheSameInJson) {
  const nlohmann::ordered_json json =
      to_json(compared(steady_result(10, 100, 2us), steady_result(10, 150, 1us)));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["kind"], "glasstls bench comparison");
  EXPECT_EQ(json["a"]["file"], "a.json");
  EXPECT_EQ(json["b"]["seconds"], 10);
  EXPECT_TRUE(json["differences"].empty());
  EXPECT_EQ(json["figures"][0].dump(),
            R"({"name":"handshakes per second","unit":"per_s","a":100.0,"b":150.0,"ratio":1.5,)"
            R"("interval":[1.5,1.5]})");
  EXPECT_EQ(json["figures"][4]["name"], "latency, p99.9");
  EXPECT_TRUE(json["figures"][4]["interval"].is_null());
}

}  // namespace
}  // namespace glasstls::apps::bench
