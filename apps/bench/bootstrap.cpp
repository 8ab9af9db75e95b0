#include "apps/bench/bootstrap.h"

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

namespace glasstls::apps::bench {

namespace {

constexpr std::size_t draws = 500;
constexpr std::uint64_t seed = 1;  // the same runs give the same interval everywhere

using Seconds = std::span<const Second>;
using Chosen = std::vector<const Second*>;
using Figure = std::function<double(const Chosen&)>;

Chosen all(Seconds seconds) {
  Chosen chosen;
  for (const Second& second : seconds) chosen.push_back(&second);
  return chosen;
}

/// As many as there are, each any of them.
Chosen drawn(Seconds seconds, std::mt19937_64& engine) {
  Chosen chosen;
  for (std::size_t i = 0; i < seconds.size(); ++i)
    chosen.push_back(&seconds[static_cast<std::size_t>(engine() % seconds.size())]);
  return chosen;
}

std::optional<Interval> interval_of(Seconds a, Seconds b, const Figure& figure) {
  if (a.size() < fewest_seconds || b.size() < fewest_seconds) return std::nullopt;
  std::mt19937_64 engine(seed);  // NOLINT(cert-msc51-cpp): the seed is fixed on purpose
  std::vector<double> ratios;
  for (std::size_t i = 0; i < draws; ++i) {
    const double first = figure(drawn(a, engine)), second = figure(drawn(b, engine));
    if (first > 0) ratios.push_back(second / first);
  }
  if (ratios.size() < draws) return std::nullopt;  // a run with next to nothing in it
  std::sort(ratios.begin(), ratios.end());
  return Interval{ratios[draws / 40], ratios[draws - 1 - draws / 40]};
}

std::optional<Ratio> ratio_of(Seconds a, Seconds b, const Figure& figure) {
  const double first = figure(all(a));
  if (!(first > 0)) return std::nullopt;
  return Ratio{figure(all(b)) / first, interval_of(a, b, figure)};
}

double rate(const Chosen& seconds) {
  double time = 0, count = 0;
  for (const Second* second : seconds) {
    time += second->length_s;
    count += static_cast<double>(second->succeeded);
  }
  return time > 0 ? count / time : 0;
}

}  // namespace

std::optional<Ratio> rate_ratio(Seconds a, Seconds b) { return ratio_of(a, b, rate); }

std::optional<Ratio> latency_ratio(Seconds a, Seconds b, double q) {
  const auto quantile = [q](const Chosen& seconds) {
    Histogram merged;
    for (const Second* second : seconds) merged.merge(second->latency);
    return static_cast<double>(merged.quantile(q).count());
  };
  if (!(quantile(all(b)) > 0)) return std::nullopt;
  return ratio_of(a, b, quantile);
}

}  // namespace glasstls::apps::bench
