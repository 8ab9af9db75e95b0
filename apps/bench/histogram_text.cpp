#include "apps/bench/histogram_text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

namespace glasstls::apps::bench {

namespace {

using std::chrono::nanoseconds;

struct Line {
  nanoseconds from, to;
  std::uint64_t count = 0;
};

using Steps = std::vector<int>;  // of a decade, in tenths of its beginning

const Steps coarse = {10, 20, 50};
const Steps fine = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
constexpr std::size_t max_lines = 24;

/// The line that a time falls into.
Line line_of(nanoseconds time, const Steps& steps) {
  std::int64_t decade = 1;  // nanoseconds in a tenth; the shortest line is 2 ns long
  while (time.count() >= 100 * decade) decade *= 10;
  std::size_t step = 0;
  while (step + 1 < steps.size() && time.count() >= steps[step + 1] * decade) ++step;
  const std::int64_t next = step + 1 < steps.size() ? steps[step + 1] : 100;
  return {nanoseconds(steps[step] * decade), nanoseconds(next * decade)};
}

std::vector<Line> lines_of(const Histogram& histogram, const Steps& steps) {
  std::vector<Line> lines;
  histogram.for_each([&](nanoseconds time, std::uint64_t count) {
    while (lines.empty() || lines.back().to <= time)
      lines.push_back(line_of(lines.empty() ? time : lines.back().to, steps));
    lines.back().count += count;
  });
  return lines;
}

std::vector<Line> lines_of(const Histogram& histogram) {
  std::vector<Line> lines = lines_of(histogram, fine);
  return lines.size() <= max_lines ? lines : lines_of(histogram, coarse);
}

/// After two spaces; whoever is counted is seen.
std::string bar(std::uint64_t count, std::uint64_t highest, std::size_t room) {
  if (count == 0) return {};
  const double share = static_cast<double>(count) / static_cast<double>(highest);
  const auto length = static_cast<std::size_t>(share * static_cast<double>(room));
  return "  " + std::string(std::max<std::size_t>(length, 1), '#');
}

}  // namespace

std::string histogram_text(const Histogram& histogram, std::size_t width) {
  const std::vector<Line> lines = lines_of(histogram);
  std::uint64_t highest = 1;
  for (const Line& line : lines) highest = std::max(highest, line.count);
  std::string text;
  for (const Line& line : lines) {
    const std::string start = fmt::format("  {:>7} to {:<7}{:>10}", duration_text(line.from),
                                          duration_text(line.to), line.count);
    text += start + bar(line.count, highest, width - std::min(width, start.size() + 2)) + "\n";
  }
  if (histogram.overflow() > 0)
    text += fmt::format("  {:<18}{:>10}\n", "above " + duration_text(Histogram::limit),
                        histogram.overflow());
  return text;
}

std::string duration_text(nanoseconds time) {
  double value = static_cast<double>(time.count());
  if (value < 999.5) return fmt::format("{:.0f} ns", value);
  for (const char* unit : {"us", "ms"}) {
    value /= 1000;
    if (value < 999.5)
      return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, unit);
  }
  value /= 1000;
  return fmt::format("{:.2f} s", value);
}

}  // namespace glasstls::apps::bench
