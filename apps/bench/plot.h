// Plots as SVG that needs no script: bars, curves and marks over a grid.
//
// Places are shares of the plot's width and height, 0 to 1 from the lower left. Text keeps its size
// however wide the plot is drawn; curves are stretched. All looks are report.css's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::apps::bench {

/// From values to places.
class Scale {
 public:
  /// From `low` to `high`, which is above it.
  static Scale linear(double low, double high) { return {low, high, false}; }
  /// `low` above 0.
  static Scale logarithmic(double low, double high) { return {low, high, true}; }

  /// Within 0 and 1, as what lies outside is drawn at the edge.
  double operator()(double value) const;
  /// Round values within the scale, at most about `most`.
  std::vector<double> ticks(std::size_t most) const;

 private:
  Scale(double low, double high, bool is_log) : low_(low), high_(high), is_log_(is_log) {}
  std::vector<double> linear_ticks(std::size_t most) const;

  double low_, high_;
  bool is_log_;
};

struct Tick {
  double at = 0;
  std::string label;
};

struct Bar {
  double from = 0, until = 0, height = 0;
  std::string title;  // shown when pointed at
};

struct Point {
  double x = 0, y = 0;
};

struct Curve {
  std::string_view look;                   // a class of report.css
  std::vector<std::vector<Point>> pieces;  // with gaps between
};

struct Plot {
  std::string description;  // for those who do not see it
  std::vector<Tick> across, up;
  std::string_view bar_look = "bar";
  std::vector<Bar> bars;
  std::vector<Curve> curves;
  std::vector<Tick> marks;  // lines from top to bottom, in order
};

std::string svg_of(const Plot& plot);

struct Part {
  double share = 0;  // of the whole
  std::string look;  // a class of report.css
  std::string title;
};

/// Parts beside each other as one bar. Decorative: what it shows must stand beside it as text.
std::string stacked_bar(const std::vector<Part>& parts);

/// A figure as a bar of its share of the greatest one.
std::string single_bar(double share, std::string_view look = "bar");

}  // namespace glasstls::apps::bench
