#include "bench/timing/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace glasstls::bench {

void Moments::add(double value) {
  ++count_;
  const double distance = value - mean_;
  mean_ += distance / static_cast<double>(count_);
  squares_ += distance * (value - mean_);
}

double Moments::variance() const {
  return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1);
}

double welch_t(const Moments& first, const Moments& second) {
  if (first.count() < 2 || second.count() < 2) return 0;
  const double difference = second.mean() - first.mean();
  if (difference == 0) return 0;
  const double error = std::sqrt(first.variance() / static_cast<double>(first.count()) +
                                 second.variance() / static_cast<double>(second.count()));
  if (error == 0) return std::copysign(std::numeric_limits<double>::infinity(), difference);
  return difference / error;
}

namespace {

/// Of the times up to a bound, that one included.
void take_stronger(Comparison& strongest, const std::vector<Sample>& samples, double bound) {
  Moments first, second;
  for (const Sample& sample : samples)
    if (sample.time <= bound) (sample.second ? second : first).add(sample.time);
  const double t = welch_t(first, second);
  if (std::abs(t) <= std::abs(strongest.t)) return;
  strongest.t = t;
  strongest.difference = second.mean() - first.mean();
}

}  // namespace

Comparison compare(const std::vector<Sample>& samples) {
  Comparison strongest;
  strongest.samples = samples.size();
  take_stronger(strongest, samples, std::numeric_limits<double>::infinity());
  if (samples.empty()) return strongest;

  std::vector<double> times;
  for (const Sample& sample : samples) times.push_back(sample.time);
  std::sort(times.begin(), times.end());
  // Closer together towards the slow end: 1 - 2^(-k/2), which is 29 %, 50 %, 65 % ... 99.9 %.
  constexpr int quantiles = 20;
  for (int k = 1; k <= quantiles; ++k) {
    const double quantile = 1 - std::exp2(-0.5 * k);
    const auto index = static_cast<std::size_t>(quantile * static_cast<double>(times.size() - 1));
    take_stronger(strongest, samples, times[index]);
  }
  return strongest;
}

Verdict judge(const Comparison& comparison) {
  constexpr double doubtful = 5, certain = 10;
  const double t = std::abs(comparison.t);
  if (t >= certain) return Verdict::leak;
  return t >= doubtful ? Verdict::doubtful : Verdict::no_evidence;
}

Verdict judge(const Comparison& first, const Comparison& again) {
  const Verdict a = judge(first), b = judge(again);
  if (a == b && (a == Verdict::no_evidence || (first.t > 0) == (again.t > 0))) return a;
  return Verdict::doubtful;
}

}  // namespace glasstls::bench
