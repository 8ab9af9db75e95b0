// Recorder: makes a Result of attempts.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "apps/bench/attempt.h"
#include "apps/bench/result.h"

namespace glasstls::apps::bench {

class Recorder {
 public:
  explicit Recorder(const Plan& plan);

  /// The run begins: times count from here.
  void begin(Clock::time_point at) { begin_ = at; }
  void started(Clock::time_point scheduled, Clock::time_point now);
  void record(const Attempt& attempt);
  void close_unanswered() { ++result_.unanswered_closes; }

  /// Of an open loop: so many starts were due, of which so many never happened.
  void schedule_ended(std::uint64_t scheduled, std::uint64_t never_started);

  const Result& so_far() const { return result_; }
  /// The rest is the caller's: `elapsed` is the end of the last attempt.
  Result result() const;

 private:
  void record_success(const Attempt& attempt);
  void record_failure(const Attempt& attempt);
  Block& block_of(Clock::time_point end);

  Clock::time_point begin_;
  Result result_;
  std::vector<std::pair<Terms, std::uint64_t>> terms_;
};

}  // namespace glasstls::apps::bench
