// How two runs compare: the ratio of their rates and of their latencies' quantiles, each with the
// interval within which chance alone would move it.
//
// Block bootstrap: handshakes of the same second hang together (a queue, a stolen processor), so
// whole seconds are drawn anew, with replacement, and the ratio of each draw is taken. The middle
// 95 % of these ratios are the interval. The seed is fixed and the arithmetic is our own: the same
// two files give the same interval everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "apps/bench/histogram.h"

namespace glasstls::apps::bench {

/// What ended within one second of a run.
struct Second {
  double length = 1;  // seconds: the run's last one may be shorter
  Histogram latency;  // of the handshakes that succeeded
};

struct Interval {
  double low = 0, high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// The second run's figure by the first's.
struct Ratio {
  double value = 0;
  std::optional<Interval> interval;
};

struct Ratios {
  std::optional<Ratio> rate;  // handshakes per second; nullopt: none succeeded in one of the runs
  std::vector<std::optional<Ratio>> quantiles;  // of latency, in the order asked for
};

/// With fewer seconds than these in a run there is no interval.
inline constexpr std::size_t least_seconds = 10;
/// What is shorter counts for the ratio, but is not drawn.
inline constexpr double least_length = 0.5;
/// A quantile has an interval if at least so many handshakes of each run took longer: draws cannot
/// tell of what hardly ever happened.
inline constexpr std::uint64_t least_beyond = 10;
inline constexpr std::size_t draws = 2000;

/// How many of a run's seconds can be drawn.
std::size_t drawable(const std::vector<Second>& run);

Ratios ratios(const std::vector<Second>& a, const std::vector<Second>& b,
              const std::vector<double>& quantiles);

}  // namespace glasstls::apps::bench
