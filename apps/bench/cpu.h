// CPU time, as Linux counts it.
#pragma once

#include <optional>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

/// Measures from its making on.
class CpuMeter {
 public:
  CpuMeter();
  Cpu read() const;

 private:
  struct Sample {
    std::chrono::steady_clock::time_point at;
    nanoseconds user{}, system{};
    std::optional<nanoseconds> waited;   // of this process
    std::optional<nanoseconds> machine;  // all processors
  };
  static Sample sample();

  Sample begin_;
};

}  // namespace glasstls::apps::bench
