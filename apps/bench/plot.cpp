#include "apps/bench/plot.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "apps/bench/html.h"

namespace glasstls::apps::bench {

namespace {

constexpr double area_height = 210;  // pixels, as all that follow
constexpr double mark_line = 16;
constexpr std::size_t mark_lines = 3;
constexpr double axis_height = 24;
constexpr double labels_width = 56;
constexpr std::size_t many_ticks = 4;
constexpr double least_height = 1.5;  // whoever is counted is seen
constexpr double bar_height = 30;

/// Where on the page the plot's own area is.
struct Area {
  double top, bottom;
  double y(double share) const { return bottom - share * (bottom - top); }
};

double percent(double share) { return 100 * std::clamp(share, 0.0, 1.0); }

const char* anchor_of(double share) {
  if (share < 0.05) return "start";
  return share > 0.95 ? "end" : "middle";
}

std::string ticks_up(const std::vector<Tick>& ticks, const Area& area) {
  std::string lines;
  for (const Tick& tick : ticks)
    lines += fmt::format(R"(<line class="grid" x1="0" x2="100%" y1="{0:.1f}" y2="{0:.1f}"/>)",
                         area.y(tick.at));
  return lines;
}

/// In a picture of their own beside the plot, which keeps its width.
std::string labels_up(const std::vector<Tick>& ticks, const Area& area) {
  std::string labels;
  for (const Tick& tick : ticks)
    labels += fmt::format(R"(<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
                          labels_width - 8, area.y(tick.at) + 4, escaped(tick.label));
  return fmt::format(
      R"(<svg class="labels" aria-hidden="true" width="{}" height="{:.0f}">{}</svg>)", labels_width,
      area.bottom + axis_height, labels);
}

/// Where there are many, a narrow page leaves out every other label.
const char* look_of_label(std::size_t i, std::size_t count) {
  return count > many_ticks && i % 2 == 1 ? "tick odd" : "tick";
}

std::string ticks_across(const std::vector<Tick>& ticks, const Area& area) {
  std::string all;
  for (std::size_t i = 0; i < ticks.size(); ++i)
    all +=
        fmt::format(R"(<line class="grid" x1="{0:.3f}%" x2="{0:.3f}%" y1="{1:.1f}" y2="{2:.1f}"/>)"
                    R"(<text class="{3}" x="{0:.3f}%" y="{4:.1f}" text-anchor="{5}">{6}</text>)",
                    percent(ticks[i].at), area.top, area.bottom + 4, look_of_label(i, ticks.size()),
                    area.bottom + 18, anchor_of(ticks[i].at), escaped(ticks[i].label));
  return all;
}

std::string bars_of(const Plot& plot, const Area& area) {
  std::string all;
  for (const Bar& bar : plot.bars) {
    const double height = std::max(least_height, bar.height * (area.bottom - area.top));
    all += fmt::format(R"(<rect class="{}" x="{:.3f}%" width="{:.3f}%" y="{:.1f}" height="{:.1f}">)"
                       "<title>{}</title></rect>",
                       plot.bar_look, percent(bar.from),
                       std::max(0.1, percent(bar.until) - percent(bar.from)), area.bottom - height,
                       height, escaped(bar.title));
  }
  return all;
}

std::string path_of(const std::vector<Point>& points) {
  std::string path;
  for (const Point& point : points)
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", 1000 * point.x,
                        1000 * (1 - point.y));
  if (points.size() == 1) path += "h.1";  // a dot, by its round ends
  return path;
}

std::string curves_of(const Plot& plot, const Area& area) {
  if (plot.curves.empty()) return {};
  std::string paths;
  for (const Curve& curve : plot.curves) {
    paths += fmt::format(R"(<path class="curve {}" d=")", curve.look);
    for (const std::vector<Point>& piece : curve.pieces) paths += path_of(piece);
    paths += R"("/>)";
  }
  return fmt::format(R"(<svg class="area" x="0" y="{:.1f}" width="100%" height="{:.1f}" )"
                     R"(viewBox="0 0 1000 1000" preserveAspectRatio="none">{}</svg>)",
                     area.top, area.bottom - area.top, paths);
}

/// Labels of neighbours stand on lines of their own, before all marks.
std::string marks_of(const Plot& plot, const Area& area) {
  std::string lines, labels;
  for (std::size_t i = 0; i < plot.marks.size(); ++i) {
    const Tick& mark = plot.marks[i];
    const double x = percent(mark.at), y = mark_line * static_cast<double>(i % mark_lines + 1);
    lines +=
        fmt::format(R"(<line class="mark" x1="{0:.3f}%" x2="{0:.3f}%" y1="{1:.1f}" y2="{2:.1f}"/>)",
                    x, y, area.bottom);
    labels +=
        fmt::format(R"(<text class="mark-text" x="{:.3f}%" y="{:.1f}" text-anchor="{}">{}</text>)",
                    x, y - 4, mark.at < 0.5 ? "start" : "end", escaped(mark.label));
  }
  return lines + labels;
}

}  // namespace

double Scale::operator()(double value) const {
  const auto place = [this](double v) { return is_log_ ? std::log(v) : v; };
  const double clamped = std::clamp(value, low_, high_);
  return (place(clamped) - place(low_)) / (place(high_) - place(low_));
}

std::vector<double> Scale::linear_ticks(std::size_t most) const {
  const double rough = (high_ - low_) / static_cast<double>(most);
  const double decade = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * decade;
  for (const double nice : {5.0, 2.0, 1.0})
    if (nice * decade >= rough) step = nice * decade;
  std::vector<double> found;
  const auto first = static_cast<long>(std::ceil(low_ / step - 1e-9));
  const auto last = static_cast<long>(std::floor(high_ * (1 + 1e-9) / step));
  for (long i = first; i <= last; ++i) found.push_back(static_cast<double>(i) * step);
  return found;
}

std::vector<double> Scale::ticks(std::size_t most) const {
  if (!is_log_) return linear_ticks(most);
  // As many steps of each decade as there is room for; within less than a decade they are even.
  for (const std::vector<double>& steps :
       {std::vector<double>{1, 2, 5}, std::vector<double>{1, 3}, std::vector<double>{1}}) {
    std::vector<double> found;
    const int last = static_cast<int>(std::floor(std::log10(high_)));
    for (int power = static_cast<int>(std::floor(std::log10(low_))); power <= last; ++power)
      for (const double step : steps) {
        const double tick = step * std::pow(10, power);
        if (tick >= low_ && tick <= high_) found.push_back(tick);
      }
    if (found.size() < 3) return linear_ticks((most + 1) / 2);
    if (found.size() <= most) return found;
  }
  return linear_ticks(most);
}

std::string svg_of(const Plot& plot) {
  const double top =
      plot.marks.empty()
          ? mark_line
          : mark_line * static_cast<double>(std::min(plot.marks.size(), mark_lines) + 1);
  const Area area{top, top + area_height};
  return fmt::format(R"(<div class="plot">{}<svg class="drawing" role="img" aria-label="{}" )"
                     R"(width="100%" height="{:.0f}">{}{}{}{}{}</svg></div>)"
                     "\n",
                     labels_up(plot.up, area), escaped(plot.description), area.bottom + axis_height,
                     ticks_up(plot.up, area), ticks_across(plot.across, area), bars_of(plot, area),
                     curves_of(plot, area), marks_of(plot, area));
}

std::string stacked_bar(const std::vector<Part>& parts) {
  std::string all;
  double from = 0;
  for (const Part& part : parts) {
    all +=
        fmt::format(R"(<rect class="{}" x="{:.3f}%" width="{:.3f}%" height="{}">)"
                    "<title>{}</title></rect>",
                    part.look, percent(from), percent(part.share), bar_height, escaped(part.title));
    from += part.share;
  }
  return fmt::format(R"(<svg class="stack" aria-hidden="true" width="100%" height="{}">{}</svg>)",
                     bar_height, all);
}

std::string single_bar(double share, std::string_view look) {
  return fmt::format(R"(<svg class="single" aria-hidden="true" width="100%" height="12">)"
                     R"(<rect class="{}" width="{:.3f}%" height="12" rx="2"/></svg>)",
                     look, share > 0 ? std::max(0.5, percent(share)) : 0);
}

}  // namespace glasstls::apps::bench
