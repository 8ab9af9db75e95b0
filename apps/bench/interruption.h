// Interruption: SIGINT or SIGTERM as an event, while it lives.
#pragma once

#include <csignal>

#include "apps/bench/event_loop.h"

namespace glasstls::apps::bench {

class Interruption final : private EventLoop::Client {
 public:
  /// std::system_error if the system has no descriptor left.
  explicit Interruption(EventLoop& loop);
  ~Interruption() override;
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool came() const { return came_; }

 private:
  void on_ready(bool ended) override;

  sigset_t before_{};
  int descriptor_;
  bool came_ = false;
};

}  // namespace glasstls::apps::bench
