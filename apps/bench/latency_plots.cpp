#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "apps/bench/result_plots.h"
#include "apps/bench/time_axis.h"

namespace glasstls::apps::bench {

namespace {

constexpr std::size_t most_bars = 72;
constexpr double least_bar = 0.02;  // relative: several of the histogram's buckets
constexpr double nines_per_point = 0.02;

// --- Histogram -------------------------------------------------------------------------------------

struct Bin {
  double from = 0, until = 0, count = 0;
};

/// Even steps of the logarithm; the counts of a bucket that lies across an edge are shared out.
std::vector<Bin> bins_of(const Histogram& histogram) {
  const double low = std::max(1.0, value_of(histogram.min()));
  const double high =
      std::max(low, std::min(value_of(histogram.max()), value_of(Histogram::limit)));
  const double room = std::log(high / low) / std::log1p(least_bar);
  const auto size = std::clamp<std::size_t>(static_cast<std::size_t>(room), 1, most_bars);
  const double step = std::log(high * 1.0001 / low) / static_cast<double>(size);
  std::vector<Bin> bins;
  for (std::size_t i = 0; i < size; ++i)
    bins.push_back({low * std::exp(step * static_cast<double>(i)),
                    low * std::exp(step * static_cast<double>(i + 1)), 0});
  histogram.for_each([&](nanoseconds lowest, std::uint64_t count) {
    const double from = std::clamp(value_of(lowest), low, high);
    const double until = std::clamp(value_of(lowest) * (1 + 1.0 / 128), from, high * 1.0001);
    for (Bin& bin : bins) {
      const double shared = std::min(until, bin.until) - std::max(from, bin.from);
      const bool is_whole = until <= from && bin.from <= from && from < bin.until;
      if (shared > 0 || is_whole)
        bin.count += static_cast<double>(count) * (is_whole ? 1 : shared / (until - from));
    }
  });
  return bins;
}

// --- Percentiles -----------------------------------------------------------------------------------

/// 0.9 is 1, 0.99 is 2.
double nines(double q) { return -std::log10(1 - q); }

Curve percentiles_of(const Histogram& histogram, const Scale& across, const Scale& up,
                     std::string_view look) {
  Curve curve{look, {{}}};
  const double last = std::log10(static_cast<double>(histogram.count()));
  const int points = static_cast<int>(std::ceil(last / nines_per_point));
  for (int i = 0; i < points; ++i) {
    const double n = nines_per_point * i;
    const double q = 1 - std::pow(10, -n);
    curve.pieces[0].push_back({across(n), up(value_of(histogram.quantile(q)))});
  }
  curve.pieces[0].push_back({across(last), up(value_of(histogram.max()))});
  return curve;
}

}  // namespace

Plot latency_histogram(const Result& result) {
  const Histogram& latency = result.latency;
  const std::vector<Bin> bins = bins_of(latency);
  const Scale across = time_scale(latency.min(), time_of(bins.back().until));
  const double all = static_cast<double>(latency.count());
  double highest = 0;
  for (const Bin& bin : bins) highest = std::max(highest, bin.count);
  const Scale up = Scale::linear(0, 105 * highest / all);

  Plot plot;
  plot.description = fmt::format(
      "Histogram of latencies: {} handshakes from {} to {}, half of them within {}; the most "
      "frequent took about {}.",
      latency.count(), time_text(latency.min()), time_text(latency.max()),
      time_text(latency.quantile(0.5)),
      time_text(time_of(std::max_element(bins.begin(), bins.end(), [](const Bin& a, const Bin& b) {
                          return a.count < b.count;
                        })->from)));
  plot.across = time_ticks(across, most_ticks_across);
  plot.up = number_ticks(up, most_ticks_up, " %");
  for (const Bin& bin : bins)
    if (bin.count > 0)
      plot.bars.push_back({across(bin.from), across(bin.until), up(100 * bin.count / all),
                           fmt::format("{} to {}: {:.2f} %", time_text(time_of(bin.from)),
                                       time_text(time_of(bin.until)), 100 * bin.count / all)});
  for (const auto& [q, name] : {std::pair{0.5, "p50"}, {0.9, "p90"}, {0.99, "p99"}})
    if (const nanoseconds at = latency.quantile(q); at <= Histogram::limit)
      plot.marks.push_back({across(value_of(at)), fmt::format("{} {}", name, time_text(at))});
  return plot;
}

Plot percentile_curve(const Result& result) {
  const Histogram& latency = result.latency;
  const bool has_both = result.from_start.count() > 0;
  const nanoseconds least =
      has_both ? std::min(latency.min(), result.from_start.min()) : latency.min();
  const Scale up = time_scale(least, latency.max());
  const double last = std::log10(static_cast<double>(latency.count()));
  const Scale across = Scale::linear(0, std::max(0.1, last));

  Plot plot;
  plot.description = fmt::format(
      "Curve of percentiles: half of the handshakes took at most {}, 90 % {}, 99 % {}, 99.9 % {}, "
      "all {}.",
      time_text(latency.quantile(0.5)), time_text(latency.quantile(0.9)),
      time_text(latency.quantile(0.99)), time_text(latency.quantile(0.999)),
      time_text(latency.max()));
  for (const auto& [q, name] : {std::pair{0.5, "50 %"},
                                {0.9, "90 %"},
                                {0.99, "99 %"},
                                {0.999, "99.9 %"},
                                {0.9999, "99.99 %"},
                                {0.99999, "99.999 %"}})
    if (nines(q) <= last + 1e-9) plot.across.push_back({across(nines(q)), name});
  plot.up = time_ticks(up, most_ticks_up + 1);
  if (has_both) plot.curves.push_back(percentiles_of(result.from_start, across, up, "second"));
  plot.curves.push_back(percentiles_of(latency, across, up, "first"));
  return plot;
}

}  // namespace glasstls::apps::bench
