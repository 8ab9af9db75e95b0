#include "apps/bench/schedule.h"

#include <cmath>

namespace glasstls::apps::bench {

namespace {

nanoseconds nanoseconds_of(double seconds) { return nanoseconds(std::llround(seconds * 1e9)); }

/// Evenly in (0, 1]: the upper 53 bits, as std::uniform_real_distribution is not the same everywhere.
double uniform(std::mt19937_64& random) {
  return (static_cast<double>(random() >> 11U) + 1) * 0x1p-53;
}

}  // namespace

Schedule::Schedule(const Plan& plan) : plan_(plan), random_(plan.arrival_seed) { advance(); }

void Schedule::pop() {
  ++count_;
  advance();
}

/// A start is computed from its number or summed in floating point, and rounded once: errors do not
/// add up.
void Schedule::advance() {
  front_.reset();
  if (plan_.arrivals == Arrivals::closed) return;
  if (plan_.connections && count_ >= *plan_.connections) return;
  if (plan_.arrivals == Arrivals::poisson)
    seconds_ += -std::log(uniform(random_)) / plan_.rate;
  else
    seconds_ = static_cast<double>(count_) / plan_.rate;
  const nanoseconds start = nanoseconds_of(seconds_);
  if (!plan_.duration || start < *plan_.duration) front_ = start;
}

}  // namespace glasstls::apps::bench
