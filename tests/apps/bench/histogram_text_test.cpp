#include "apps/bench/histogram_text.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace glasstls::apps::bench {
namespace {

using namespace std::chrono_literals;

TEST(DurationText, HasThreeFigures) {
  EXPECT_EQ(duration_text(0ns), "0 ns");
  EXPECT_EQ(duration_text(999ns), "999 ns");
  EXPECT_EQ(duration_text(1234ns), "1.23 us");
  EXPECT_EQ(duration_text(45'600us), "45.6 ms");
  EXPECT_EQ(duration_text(999'400us), "999 ms");
  EXPECT_EQ(duration_text(999'600us), "1.00 s");
  EXPECT_EQ(duration_text(75s), "75.00 s");
}

TEST(HistogramText, HasALineForEachStep) {
  Histogram histogram;
  for (int i = 0; i < 4; ++i) histogram.record(1100us);
  histogram.record(1700us);
  histogram.record(1700us);
  EXPECT_EQ(histogram_text(histogram, 40),
            "  1.00 ms to 1.20 ms         4  ########\n"
            "  1.20 ms to 1.50 ms         0\n"
            "  1.50 ms to 2.00 ms         2  ####\n");
}

TEST(HistogramText, IsEmptyIfNothingWasRecorded) { EXPECT_EQ(histogram_text(Histogram(), 80), ""); }

TEST(HistogramText, TakesCoarserStepsForAWideRange) {
  Histogram histogram;
  histogram.record(1us);
  histogram.record(900ms);
  const std::string text = histogram_text(histogram, 80);
  EXPECT_EQ(text.rfind("  1.00 us to 2.00 us         1  #", 0), 0U) << text;
  EXPECT_NE(text.find("   500 ms to 1.00 s          1  #"), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 18);
}

TEST(HistogramText, TellsWhatIsAboveTheRange) {
  Histogram histogram;
  histogram.record(1ms);
  histogram.record(61s);
  EXPECT_NE(histogram_text(histogram, 80).find("  above 60.00 s              1\n"),
            std::string::npos);
}

}  // namespace
}  // namespace glasstls::apps::bench
