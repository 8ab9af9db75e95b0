// A histogram of times in lines of text.
#pragma once

#include <cstddef>
#include <string>

#include "apps/bench/histogram.h"

namespace glasstls::apps::bench {

/// A line for each of about ten steps per decade, or three if that makes too many, from the shortest
/// time to the longest, with count and bar. Empty if nothing was recorded.
std::string histogram_text(const Histogram& histogram, std::size_t width);

/// "812 ns", "1.23 us", "45.6 ms", "2.00 s": three figures.
std::string duration_text(std::chrono::nanoseconds time);

}  // namespace glasstls::apps::bench
