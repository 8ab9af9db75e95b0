// Progress: one line on a terminal, while a load runs.
#pragma once

#include <cstdint>
#include <string>

#include "apps/bench/attempt.h"

namespace glasstls::apps::bench {

/// "  3.2 s  1234 handshakes  385/s  8 in flight  2 failed".
std::string progress_line(const Result& so_far, std::uint64_t in_flight, nanoseconds elapsed);

/// Writes to standard error, if that is a terminal.
class Progress {
 public:
  Progress();
  /// At most some times a second.
  void show(const Result& so_far, std::uint64_t in_flight, nanoseconds elapsed);
  void clear();

 private:
  bool terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace glasstls::apps::bench
