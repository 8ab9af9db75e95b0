#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "apps/bench/bootstrap.h"
#include "apps/bench/result_plots.h"
#include "apps/bench/time_axis.h"

namespace glasstls::apps::bench {

namespace {

constexpr std::size_t most_seconds = 400;

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// Seconds of a run, some together where there are too many to be drawn.
struct Stretch {
  double begin = 0, length = 0;  // seconds
  std::uint64_t succeeded = 0, failed = 0;
  Histogram latency;
};

/// Without a short rest at the end: its rate is mostly chance.
std::vector<Stretch> stretches_of(const Result& result) {
  const std::size_t together = result.blocks.size() / most_seconds + 1;
  std::vector<Stretch> all;
  for (std::size_t i = 0; i < result.blocks.size(); ++i) {
    const double length = seconds(block_length(result, i));
    if (length < least_length && i > 0) break;
    if (i % together == 0) all.push_back({static_cast<double>(i), 0, 0, 0, {}});
    Stretch& stretch = all.back();
    stretch.length += length;
    stretch.succeeded += result.blocks[i].succeeded;
    stretch.failed += result.blocks[i].failed;
    stretch.latency.merge(result.blocks[i].latency);
  }
  return all;
}

Scale duration_of(const std::vector<Stretch>& stretches) {
  return Scale::linear(0, std::max(1e-3, stretches.back().begin + stretches.back().length));
}

/// As steps, with a gap where nothing was.
template <class Value>
Curve steps_of(const std::vector<Stretch>& stretches, std::string_view look, const Scale& across,
               Value value) {
  Curve curve{look, {{}}};
  for (const Stretch& stretch : stretches) {
    const std::optional<double> y = value(stretch);
    if (!y && !curve.pieces.back().empty()) curve.pieces.emplace_back();
    if (!y) continue;
    curve.pieces.back().push_back({across(stretch.begin), *y});
    curve.pieces.back().push_back({across(stretch.begin + stretch.length), *y});
  }
  return curve;
}

double per_second(std::uint64_t count, const Stretch& stretch) {
  return static_cast<double>(count) / std::max(1e-9, stretch.length);
}

}  // namespace

Plot rate_over_time(const Result& result) {
  const std::vector<Stretch> stretches = stretches_of(result);
  const Scale across = duration_of(stretches);
  double highest = result.plan.rate, least = per_second(stretches[0].succeeded, stretches[0]);
  double most = 0;
  bool any_failed = false;
  for (const Stretch& stretch : stretches) {
    least = std::min(least, per_second(stretch.succeeded, stretch));
    most = std::max(most, per_second(stretch.succeeded, stretch));
    highest = std::max({highest, most, per_second(stretch.failed, stretch)});
    any_failed = any_failed || stretch.failed > 0;
  }
  const Scale up = Scale::linear(0, std::max(1.0, 1.1 * highest));

  Plot plot;
  plot.description = fmt::format(
      "Handshakes per second over {:.3g} s: from {:.1f} in the slowest second to {:.1f} in the "
      "fastest.",
      seconds(result.elapsed), least, most);
  plot.across = number_ticks(across, most_ticks_across, " s");
  plot.up = number_ticks(up, most_ticks_up);
  if (is_open_loop(result.plan))
    plot.curves.push_back({"asked", {{{0, up(result.plan.rate)}, {1, up(result.plan.rate)}}}});
  if (any_failed)
    plot.curves.push_back(steps_of(stretches, "failed", across, [&](const Stretch& stretch) {
      return std::optional(up(per_second(stretch.failed, stretch)));
    }));
  plot.curves.push_back(steps_of(stretches, "first", across, [&](const Stretch& stretch) {
    return std::optional(up(per_second(stretch.succeeded, stretch)));
  }));
  return plot;
}

Plot latency_over_time(const Result& result) {
  const std::vector<Stretch> stretches = stretches_of(result);
  const Scale across = duration_of(stretches);
  nanoseconds least = result.latency.max(), most{};
  for (const Stretch& stretch : stretches) {
    if (stretch.latency.count() == 0) continue;
    least = std::min(least, stretch.latency.quantile(0.5));
    most = std::max(most, stretch.latency.quantile(0.99));
  }
  const Scale up = time_scale(least, most);
  const auto quantile = [&](double q) {
    return [&up, q](const Stretch& stretch) {
      return stretch.latency.count() == 0
                 ? std::optional<double>()
                 : std::optional(up(value_of(stretch.latency.quantile(q))));
    };
  };
  Plot plot;
  plot.description = fmt::format(
      "Latency of each second: the medians are {} and more, the highest 99th percentile is {}.",
      time_text(least), time_text(most));
  plot.across = number_ticks(across, most_ticks_across, " s");
  plot.up = time_ticks(up, most_ticks_up);
  plot.curves.push_back(steps_of(stretches, "second", across, quantile(0.99)));
  plot.curves.push_back(steps_of(stretches, "first", across, quantile(0.5)));
  return plot;
}

}  // namespace glasstls::apps::bench
