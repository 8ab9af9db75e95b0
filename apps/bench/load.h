// Load: all handshakes of a run, in one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "apps/bench/cpu.h"
#include "apps/bench/event_loop.h"
#include "apps/bench/interruption.h"
#include "apps/bench/progress.h"
#include "apps/bench/recorder.h"
#include "apps/bench/schedule.h"
#include "apps/bench/slot.h"

namespace glasstls::apps::bench {

class Load final : public SlotOwner {
 public:
  Load(Task task, const Plan& plan, Progress& progress);

  /// Until the plan is fulfilled, or SIGINT or SIGTERM comes: then what is in flight is given up.
  Result run();

 private:
  void ended(Slot& slot, const Attempt& attempt) override;
  void close_unanswered() override { recorder_.close_unanswered(); }
  void is_free(Slot& slot) override;

  Clock::time_point next_wake() const;
  void on_interruption();
  void tick(Clock::time_point now);
  void fetch_next();
  void begin();
  void pump();
  std::optional<Clock::time_point> next_start();
  void collect_due(Clock::time_point now);
  bool is_over(Clock::time_point now) const;
  bool has_more_to_start() const;
  void stop_starting();
  void finish_if_done();
  void finish();

  const Task task_;
  const Plan plan_;
  Progress& progress_;
  EventLoop loop_;
  Interruption interruption_{loop_};
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
  std::size_t next_fetch_ = 0;
  Recorder recorder_;

  Clock::time_point next_tick_;
  std::optional<Clock::time_point> begin_;  // none yet: sessions are being fetched
  std::optional<CpuMeter> meter_;
  std::optional<Cpu> cpu_;  // read when the last attempt has ended
  Schedule schedule_;
  std::deque<Clock::time_point> due_;  // open loop: waits for a slot
  std::uint64_t started_ = 0, scheduled_ = 0, in_flight_ = 0;
  nanoseconds
      least_elapsed_{};   // a run until its time is up lasts that long, whatever happened last
  bool stopped_ = false;  // nothing starts any more
  bool pumping_ = false;
  bool finished_ = false;
};

}  // namespace glasstls::apps::bench
