#include "apps/bench/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace glasstls::apps::bench {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pointwise;

TEST(Scale, PlacesValuesBetweenItsEnds) {
  const Scale linear = Scale::linear(10, 20);
  EXPECT_EQ(linear(10), 0);
  EXPECT_EQ(linear(15), 0.5);
  EXPECT_EQ(linear(20), 1);
  const Scale logarithmic = Scale::logarithmic(1, 10'000);
  EXPECT_EQ(logarithmic(1), 0);
  EXPECT_DOUBLE_EQ(logarithmic(100), 0.5);
  EXPECT_EQ(logarithmic(10'000), 1);
}

TEST(Scale, DrawsWhatLiesOutsideAtItsEdge) {
  EXPECT_EQ(Scale::linear(10, 20)(5), 0);
  EXPECT_EQ(Scale::logarithmic(1, 10)(0), 0);
  EXPECT_EQ(Scale::logarithmic(1, 10)(11), 1);
}

TEST(Scale, HasTicksAtRoundValues) {
  EXPECT_THAT(Scale::linear(0, 1300).ticks(4), ElementsAre(0, 500, 1000));
  EXPECT_THAT(Scale::linear(0, 12).ticks(7), ElementsAre(0, 2, 4, 6, 8, 10, 12));
  EXPECT_THAT(Scale::linear(0, 0.35).ticks(4),
              Pointwise(DoubleNear(1e-12), std::vector<double>{0, 0.1, 0.2, 0.3}));
  EXPECT_THAT(Scale::logarithmic(900, 25'000).ticks(7),
              ElementsAre(1000, 2000, 5000, 10'000, 20'000));
}

TEST(Scale, HasCoarserTicksOverManyDecades) {
  EXPECT_THAT(Scale::logarithmic(1, 1e6).ticks(7), ElementsAre(1, 10, 100, 1e3, 1e4, 1e5, 1e6));
  EXPECT_THAT(Scale::logarithmic(1, 1500).ticks(7), ElementsAre(1, 3, 10, 30, 100, 300, 1000));
}

TEST(Scale, HasEvenTicksWithinLessThanADecade) {
  EXPECT_THAT(Scale::logarithmic(1200, 1900).ticks(7), ElementsAre(1200, 1400, 1600, 1800));
}

Plot small_plot() {
  Plot plot;
  plot.description = "about <it>";
  plot.across = {{0, "0"}, {0.25, "a<b"}, {1, "end"}};
  plot.up = {{0.5, "half"}};
  plot.bars = {{0.25, 0.5, 1, "all"}};
  plot.curves = {{"first", {{{0, 0}, {1, 1}}, {{0.5, 0.25}}}}};
  return plot;
}

TEST(Plot, DrawsBarsAndCurvesWhereTheyBelong) {
  const std::string svg = svg_of(small_plot());
  EXPECT_THAT(svg, HasSubstr(R"(<rect class="bar" x="25.000%" width="25.000%" y="16.0" )"
                             R"(height="210.0"><title>all</title></rect>)"));
  EXPECT_THAT(svg, HasSubstr(R"(<path class="curve first" )"
                             R"(d="M0.0 1000.0L1000.0 0.0M500.0 750.0h.1"/>)"));
  EXPECT_THAT(svg, HasSubstr(R"(x1="0" x2="100%" y1="121.0" y2="121.0")"));
}

TEST(Plot, IsDescribedForThoseWhoDoNotSeeIt) {
  const std::string svg = svg_of(small_plot());
  EXPECT_THAT(svg, HasSubstr(R"(role="img" aria-label="about &lt;it&gt;")"));
  EXPECT_THAT(svg, HasSubstr("a&lt;b"));
  EXPECT_THAT(svg, Not(HasSubstr("a<b")));
}

TEST(Plot, KeepsLabelsAtItsEdgesInside) {
  const std::string svg = svg_of(small_plot());
  EXPECT_THAT(svg, HasSubstr(R"(x="0.000%" y="244.0" text-anchor="start">0<)"));
  EXPECT_THAT(svg, HasSubstr(R"(x="25.000%" y="244.0" text-anchor="middle">)"));
  EXPECT_THAT(svg, HasSubstr(R"(x="100.000%" y="244.0" text-anchor="end">end<)"));
}

TEST(Plot, PutsLabelsOfNeighbouringMarksOnLinesOfTheirOwn) {
  Plot plot = small_plot();
  plot.marks = {{0.4, "p50"}, {0.41, "p90"}};
  const std::string svg = svg_of(plot);
  EXPECT_THAT(svg, HasSubstr(R"(x="40.000%" y="12.0" text-anchor="start">p50<)"));
  EXPECT_THAT(svg, HasSubstr(R"(x="41.000%" y="28.0" text-anchor="start">p90<)"));
}

TEST(Plot, ShowsABarOfWhoeverWasCounted) {
  Plot plot = small_plot();
  plot.bars = {{0, 0.1, 1e-6, ""}};
  EXPECT_THAT(svg_of(plot), HasSubstr(R"(y="224.5" height="1.5")"));
}

TEST(StackedBar, PutsPartsBesideEachOther) {
  const std::string svg = stacked_bar({{0.25, "phase0", "a"}, {0.75, "phase1", "b"}});
  EXPECT_THAT(svg, HasSubstr(R"(<rect class="phase0" x="0.000%" width="25.000%")"));
  EXPECT_THAT(svg, HasSubstr(R"(<rect class="phase1" x="25.000%" width="75.000%")"));
}

TEST(SingleBar, ShowsLittleButNotNothing) {
  EXPECT_THAT(single_bar(0.5), HasSubstr(R"(width="50.000%")"));
  EXPECT_THAT(single_bar(0.0001), HasSubstr(R"(width="0.500%")"));
  EXPECT_THAT(single_bar(0), HasSubstr(R"(width="0.000%")"));
}

}  // namespace
}  // namespace glasstls::apps::bench
