// Bootstrap: how far two runs' ratio may be by chance. Whole seconds are drawn again, not single
// handshakes: what disturbs one handshake disturbs its neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "apps/bench/histogram.h"

namespace glasstls::apps::bench {

/// One second of a run; the last of a run is shorter.
struct Second {
  double length_s = 1;
  std::uint64_t succeeded = 0;
  Histogram latency;  // of those that succeeded
};

/// In 95 of 100 such pairs of runs the ratio lies between these.
struct Interval {
  double low = 0, high = 0;
};

/// With fewer seconds in either run nothing is said about chance.
inline constexpr std::size_t fewest_seconds = 10;

struct Ratio {
  double value = 0;                  // of the second run to the first
  std::optional<Interval> interval;  // none: too few seconds
};

/// Of successes per second. nullopt: the first run has none.
std::optional<Ratio> rate_ratio(std::span<const Second> a, std::span<const Second> b);

/// Of a quantile of the latency. nullopt: one of the runs has no success.
std::optional<Ratio> latency_ratio(std::span<const Second> a, std::span<const Second> b, double q);

}  // namespace glasstls::apps::bench
