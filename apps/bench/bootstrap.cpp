#include "apps/bench/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace glasstls::apps::bench {

namespace {

constexpr std::uint64_t seed = 1;
constexpr std::size_t tail = draws / 40;  // 2.5 % on either side

/// mt19937_64 is the same everywhere; the standard's distributions are not.
class Draw {
 public:
  /// Below `size`, which is below 2^32.
  std::size_t operator()(std::size_t size) {
    return static_cast<std::size_t>(((engine_() >> 32U) * size) >> 32U);
  }

 private:
  std::mt19937_64 engine_{seed};  // NOLINT(cert-msc51-cpp): the same interval each time
};

/// Seconds put together.
class Sum {
 public:
  void add(const Second& second) {
    length_ += second.length;
    latency_.merge(second.latency);
  }
  double rate() const { return static_cast<double>(latency_.count()) / length_; }
  double quantile(double q) const { return static_cast<double>(latency_.quantile(q).count()); }
  bool is_empty() const { return latency_.count() == 0; }
  /// How many the quantile leaves above it.
  std::uint64_t beyond(double q) const {
    const double rank = std::ceil(q * static_cast<double>(latency_.count()));
    return latency_.count() - static_cast<std::uint64_t>(rank);
  }

 private:
  double length_ = 0;
  Histogram latency_;
};

Sum sum_of(const std::vector<Second>& run) {
  Sum sum;
  for (const Second& second : run) sum.add(second);
  return sum;
}

std::vector<const Second*> to_draw_from(const std::vector<Second>& run) {
  std::vector<const Second*> seconds;
  for (const Second& second : run)
    if (second.length >= least_length) seconds.push_back(&second);
  return seconds;
}

Sum drawn(const std::vector<const Second*>& seconds, Draw& draw) {
  Sum sum;
  for (std::size_t i = 0; i < seconds.size(); ++i) sum.add(*seconds[draw(seconds.size())]);
  return sum;
}

/// The rate's, then each quantile's. A figure that is 0 gives no finite ratio.
std::vector<double> ratios_of(const Sum& a, const Sum& b, const std::vector<double>& quantiles) {
  std::vector<double> values{b.rate() / a.rate()};
  for (const double q : quantiles) values.push_back(b.quantile(q) / a.quantile(q));
  return values;
}

std::optional<Interval> middle_of(std::vector<double> values) {
  const auto is_finite = [](double value) { return std::isfinite(value); };
  if (!std::all_of(values.begin(), values.end(), is_finite)) return std::nullopt;
  std::sort(values.begin(), values.end());
  return Interval{values[tail], values[values.size() - 1 - tail]};
}

/// In the order of ratios_of().
std::vector<std::optional<Interval>> intervals(const std::vector<const Second*>& a,
                                               const std::vector<const Second*>& b,
                                               const std::vector<double>& quantiles) {
  std::vector<std::vector<double>> values(1 + quantiles.size());
  Draw draw;
  for (std::size_t i = 0; i < draws; ++i) {
    const Sum of_a = drawn(a, draw);
    const std::vector<double> once = ratios_of(of_a, drawn(b, draw), quantiles);
    for (std::size_t figure = 0; figure < once.size(); ++figure)
      values[figure].push_back(once[figure]);
  }
  std::vector<std::optional<Interval>> all;
  all.reserve(values.size());
  for (std::vector<double>& figure : values) all.push_back(middle_of(std::move(figure)));
  return all;
}

}  // namespace

std::size_t drawable(const std::vector<Second>& run) { return to_draw_from(run).size(); }

Ratios ratios(const std::vector<Second>& a, const std::vector<Second>& b,
              const std::vector<double>& quantiles) {
  Ratios result;
  result.quantiles.resize(quantiles.size());
  const Sum all_a = sum_of(a), all_b = sum_of(b);
  if (all_a.is_empty() || all_b.is_empty()) return result;

  const std::vector<double> values = ratios_of(all_a, all_b, quantiles);
  std::vector<std::optional<Interval>> middles(values.size());
  if (drawable(a) >= least_seconds && drawable(b) >= least_seconds)
    middles = intervals(to_draw_from(a), to_draw_from(b), quantiles);

  result.rate = Ratio{values[0], middles[0]};
  for (std::size_t i = 0; i < quantiles.size(); ++i) {
    if (!std::isfinite(values[i + 1])) continue;
    const std::uint64_t beyond = std::min(all_a.beyond(quantiles[i]), all_b.beyond(quantiles[i]));
    result.quantiles[i] =
        Ratio{values[i + 1], beyond >= least_beyond ? middles[i + 1] : std::nullopt};
  }
  return result;
}

}  // namespace glasstls::apps::bench
