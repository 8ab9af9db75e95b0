#include "apps/bench/time_axis.h"

#include <algorithm>
#include <fmt/format.h>

#include "apps/bench/histogram_text.h"

namespace glasstls::apps::bench {

namespace {

/// "200 us", "1.5 ms": of a round time.
std::string tick_text(double value) {
  const char* units[] = {"ns", "µs", "ms", "s"};
  std::size_t unit = 0;
  for (; value >= 999.5 && unit < 3; ++unit) value /= 1000;
  return fmt::format("{:g} {}", value, units[unit]);
}

}  // namespace

std::string time_text(nanoseconds time) {
  std::string text = duration_text(time);
  if (text.ends_with(" us")) text.replace(text.size() - 2, 2, "µs");
  return text;
}

std::vector<Tick> time_ticks(const Scale& scale, std::size_t most) {
  std::vector<Tick> ticks;
  for (const double value : scale.ticks(most))
    if (value > 0) ticks.push_back({scale(value), tick_text(value)});
  return ticks;
}

std::vector<Tick> number_ticks(const Scale& scale, std::size_t most, const char* unit) {
  std::vector<Tick> ticks;
  for (const double value : scale.ticks(most))
    if (value > 0) ticks.push_back({scale(value), fmt::format("{:g}{}", value, unit)});
  return ticks;
}

/// With some air on either side; never without width.
Scale time_scale(nanoseconds least, nanoseconds most) {
  const double low = std::max(1.0, value_of(least)), high = std::max(low, value_of(most));
  return Scale::logarithmic(low / 1.02, high * 1.02);
}

}  // namespace glasstls::apps::bench
