#include "apps/bench/plots.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace glasstls::apps::bench {

namespace {

constexpr double width = 720, left = 56, right = 16, top = 14;

std::string svg(double height, std::string_view title, const std::string& description,
                const std::string& content) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title><desc>{}</desc>{}</svg>\n", width,
      height, escaped(title), escaped(description), content);
}

std::string text(double x, double y, std::string_view anchor, std::string_view words,
                 std::string_view kind = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>", x, y, anchor,
                     kind.empty() ? "" : fmt::format(" class=\"{}\"", kind), escaped(words));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view kind) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>",
                     x1, y1, x2, y2, kind);
}

std::string rectangle(double x, double y, double w, double h, std::string_view kind) {
  return fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>", x, y,
      std::max(w, 0.0), std::max(h, 0.0), kind);
}

/// Durations on a logarithmic axis.
struct TimeAxis {
  double low = 1, high = 10;

  explicit TimeAxis(const std::vector<Bucket>& buckets) {
    low = std::max(buckets.front().low_ns, 1.0);
    high = std::max(buckets.back().low_ns * 1.02, low * 1.5);
  }
  double x(double ns) const {
    const double share = std::log(std::max(ns, low) / low) / std::log(high / low);
    return left + share * (width - left - right);
  }
  /// Names at 1, 2 and 5 of each decade, as far as there is room.
  std::string labels(double y) const {
    std::string out;
    double last = -100;
    const int first_decade = static_cast<int>(std::floor(std::log10(low)));
    for (int decade = first_decade; decade <= static_cast<int>(std::log10(high)); ++decade)
      for (const double step : {1.0, 2.0, 5.0}) {
        const double time = step * std::pow(10, decade), at = x(time);
        if (time < low || time > high || at - last < 70) continue;
        out += line(at, y - 16, at, y - 12, "axis") + text(at, y, "middle", time_text(time));
        last = at;
      }
    return out;
  }
};

/// Buckets put together until a bar is at least some pixels wide.
std::vector<Bucket> bars(const std::vector<Bucket>& buckets, const TimeAxis& axis) {
  constexpr double narrowest = 4;
  std::vector<Bucket> joined;
  for (const Bucket& bucket : buckets) {
    if (joined.empty() || axis.x(bucket.low_ns) - axis.x(joined.back().low_ns) >= narrowest)
      joined.push_back(bucket);
    else
      joined.back().count += bucket.count;
  }
  return joined;
}

double sum(const std::vector<Bucket>& buckets) {
  double all = 0;
  for (const Bucket& bucket : buckets) all += bucket.count;
  return all;
}

std::string nothing(std::string_view title) {
  return svg(60, title, "There is nothing to show.",
             text(width / 2, 34, "middle", "nothing to show"));
}

}  // namespace

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : raw) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string time_text(double nanoseconds) {
  double value = nanoseconds;
  const char* unit = "ns";
  for (const char* next : {"us", "ms", "s"}) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  if (unit == std::string_view("ns") || value == std::floor(value))
    return fmt::format("{:.0f} {}", value, unit);
  return fmt::format("{:.{}f} {}", value, digits, unit);
}

std::string histogram_plot(const std::vector<Bucket>& buckets, const std::vector<Mark>& marks) {
  constexpr double height = 240, bottom = height - 34;
  if (buckets.empty()) return nothing("Latency");
  const TimeAxis axis(buckets);
  const std::vector<Bucket> shown = bars(buckets, axis);
  double highest = 1;
  for (const Bucket& bar : shown) highest = std::max(highest, bar.count);
  std::string content = line(left, bottom, width - right, bottom, "axis");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double x = axis.x(shown[i].low_ns);
    const double end = i + 1 < shown.size() ? std::min(axis.x(shown[i + 1].low_ns), x + 8) : x + 4;
    const double h = (bottom - top - 14) * shown[i].count / highest;
    content += rectangle(x, bottom - h, std::max(end - x - 0.5, 1.0), h, "c0");
  }
  std::string description = fmt::format("{:.0f} in all", sum(buckets));
  double label_y = top;
  for (const Mark& mark : marks) {
    const double x = axis.x(mark.ns);
    content += line(x, label_y + 2, x, bottom, "mark") +
               text(std::min(x + 3, width - 40), label_y + 8, "start", mark.name, "strong");
    label_y += 12;
    description += fmt::format("; {} {}", mark.name, time_text(mark.ns));
  }
  content +=
      text(left - 6, top + 22, "end", fmt::format("{:.0f}", highest)) + axis.labels(height - 16);
  return svg(height, "Latency: how many took how long", description, content);
}

std::string percentile_plot(const std::vector<Bucket>& buckets) {
  constexpr double height = 240, bottom = height - 34;
  if (buckets.empty()) return nothing("Percentiles");
  const double all = sum(buckets);
  const double nines = std::max(std::log10(all), 1.0);  // as many as there are handshakes for
  const auto y_of = [&](double share) {
    const double depth = std::min(-std::log10(std::max(1 - share, 1 / all)), nines);
    return bottom - (bottom - top) * depth / nines;
  };
  const TimeAxis axis(buckets);
  std::string content = line(left, bottom, width - right, bottom, "axis"), path;
  double seen = 0;
  for (const Bucket& bucket : buckets) {
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", axis.x(bucket.low_ns),
                        y_of(seen / all));
    seen += bucket.count;
    path += fmt::format("L{:.1f} {:.1f}", axis.x(bucket.low_ns), y_of(seen / all));
  }
  content += fmt::format("<path class=\"curve\" d=\"{}\"/>", path);
  for (int i = 1; i <= static_cast<int>(nines); ++i) {
    const double share = 1 - std::pow(10, -i);
    content += line(left, y_of(share), width - right, y_of(share), "axis") +
               text(left - 6, y_of(share) + 4, "end", fmt::format("{:g} %", 100 * share));
  }
  content += text(left - 6, bottom + 4, "end", "0 %") + axis.labels(height - 16);
  return svg(height, "Percentiles: which share took how long at most",
             "The quantiles are in the table above.", content);
}

std::string stacked_plot(const std::vector<Part>& parts, std::string_view title) {
  double all = 0;
  for (const Part& part : parts) all += part.ns;
  if (!(all > 0)) return nothing(title);
  const double scale = (width - right) / all;
  std::string content, description;
  double x = 0, y = 66;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string kind = fmt::format("c{}", i % 6);
    const std::string words = fmt::format("{}: {}", parts[i].name, time_text(parts[i].ns));
    content += rectangle(x, top, scale * parts[i].ns, 32, kind) +
               rectangle(0, y - 9, 10, 10, kind) + text(16, y, "start", words, "strong");
    description += (description.empty() ? "" : "; ") + words;
    x += scale * parts[i].ns;
    y += 18;
  }
  return svg(y, title, description, content);
}

std::string rate_plot(const std::vector<double>& per_second) {
  constexpr double height = 180, bottom = height - 30;
  if (per_second.empty()) return nothing("Handshakes per second");
  const double highest = std::max(*std::max_element(per_second.begin(), per_second.end()), 1.0);
  const double each = (width - left - right) / static_cast<double>(per_second.size());
  std::string content =
      line(left, bottom, width - right, bottom, "axis") +
      text(left - 6, top + 6, "end", fmt::format("{:.0f}", highest)) +
      text(left, height - 12, "start", "0 s") +
      text(width - right, height - 12, "end", fmt::format("{} s", per_second.size()));
  for (std::size_t i = 0; i < per_second.size(); ++i) {
    const double h = (bottom - top) * per_second[i] / highest;
    content += rectangle(left + each * static_cast<double>(i), bottom - h,
                         std::max(each - (each > 3 ? 1 : 0), 0.5), h, "c2");
  }
  return svg(height, "Handshakes in each second of the run",
             fmt::format("{} seconds; at most {:.0f} in one", per_second.size(), highest), content);
}

}  // namespace glasstls::apps::bench
