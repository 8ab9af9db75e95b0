// Schedule: when the handshakes of an open loop are to start, fixed before the first one does.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

#include "apps/bench/plan.h"

namespace glasstls::apps::bench {

/// Start times since the start of the run, one after the other, at the rate, count and duration of the
/// plan. Poisson's gaps are exponentially distributed and drawn from mt19937_64 with the plan's
/// seed: the same seed gives the same times on every machine. A closed loop has no schedule.
class Schedule {
 public:
  explicit Schedule(const Plan& plan);

  /// The next start, which stays the next until pop(); nullopt: there is none any more.
  std::optional<nanoseconds> front() const { return front_; }
  void pop();

 private:
  void advance();

  Plan plan_;
  std::mt19937_64 random_;
  std::uint64_t count_ = 0;  // of starts before front_
  double seconds_ = 0;       // Poisson's sum of gaps
  std::optional<nanoseconds> front_;
};

}  // namespace glasstls::apps::bench
