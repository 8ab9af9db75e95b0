// Axes of plots: of times, and of numbers.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "apps/bench/plot.h"

namespace glasstls::apps::bench {

using std::chrono::nanoseconds;

inline constexpr std::size_t most_ticks_across = 7, most_ticks_up = 4;

inline double value_of(nanoseconds time) { return static_cast<double>(time.count()); }
inline nanoseconds time_of(double value) { return nanoseconds(static_cast<std::int64_t>(value)); }

/// As duration_text(), with a micro sign.
std::string time_text(nanoseconds time);

/// Logarithmic, with some air on either side; never without width.
Scale time_scale(nanoseconds least, nanoseconds most);
/// At round times and numbers above 0.
std::vector<Tick> time_ticks(const Scale& scale, std::size_t most);
std::vector<Tick> number_ticks(const Scale& scale, std::size_t most, const char* unit = "");

}  // namespace glasstls::apps::bench
