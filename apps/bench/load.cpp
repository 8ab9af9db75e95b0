#include "apps/bench/load.h"

#include <algorithm>
#include <utility>

namespace glasstls::apps::bench {

namespace {

/// How often timeouts and the line of progress are looked after.
constexpr std::chrono::milliseconds tick_time{50};
/// Before the run, so that no server's queue of new connections overflows.
constexpr std::size_t fetches_at_a_time = 16;

}  // namespace

Load::Load(Task task, const Plan& plan, Progress& progress)
    : task_(std::move(task)), plan_(plan), progress_(progress), recorder_(plan), schedule_(plan) {
  for (std::size_t i = 0; i < plan.concurrency; ++i)
    slots_.push_back(std::make_unique<Slot>(loop_, task_, i, *this));
}

Result Load::run() {
  if (!task_.sessions) begin();
  for (std::size_t i = 0; task_.sessions && i < fetches_at_a_time; ++i) fetch_next();
  while (!finished_) {
    loop_.run_once(next_wake());
    if (interruption_.came()) on_interruption();
    const auto now = Clock::now();
    if (now >= next_tick_) tick(now);
    if (is_open_loop(plan_)) pump();
  }
  progress_.clear();

  Result result = recorder_.result();
  result.interrupted = interruption_.came();
  result.abandoned = interruption_.came() ? in_flight_ : 0;
  if (cpu_) result.cpu = *cpu_;
  result.elapsed = std::max(result.elapsed, least_elapsed_);
  return result;
}

Clock::time_point Load::next_wake() const {
  const bool waits_for_time = begin_ && !stopped_ && !free_.empty() && schedule_.front();
  return waits_for_time ? std::min(next_tick_, *begin_ + *schedule_.front()) : next_tick_;
}

void Load::on_interruption() {
  stop_starting();
  if (begin_) least_elapsed_ = Clock::now() - *begin_;
  finish();
}

void Load::tick(Clock::time_point now) {
  next_tick_ = now + tick_time;
  for (const auto& slot : slots_) slot->check_time(now);
  if (begin_ && is_over(now)) stop_starting();
  progress_.show(recorder_.so_far(), in_flight_, begin_ ? now - *begin_ : nanoseconds::zero());
  finish_if_done();
}

void Load::fetch_next() {
  if (next_fetch_ < slots_.size()) slots_[next_fetch_++]->fetch_session();
}

void Load::begin() {
  if (free_.empty())
    for (auto slot = slots_.rbegin(); slot != slots_.rend(); ++slot) free_.push_back(slot->get());
  begin_ = Clock::now();
  recorder_.begin(*begin_);
  meter_.emplace();
  pump();
}

void Load::ended(Slot&, const Attempt& attempt) {
  recorder_.record(attempt);
  if (attempt.fetches_session) return;
  --in_flight_;
  if (in_flight_ == 0 && !has_more_to_start()) cpu_ = meter_->read();
}

void Load::is_free(Slot& slot) {
  free_.push_back(&slot);
  if (begin_) return pump();
  fetch_next();
  if (free_.size() == slots_.size()) begin();
}

/// Starts what is due, as far as slots are free.
void Load::pump() {
  if (!begin_ || std::exchange(pumping_, true)) return;
  while (!free_.empty()) {
    const auto scheduled = next_start();
    if (!scheduled) break;
    Slot& slot = *free_.back();
    free_.pop_back();
    ++started_;
    ++in_flight_;
    recorder_.started(*scheduled, Clock::now());
    slot.start(*scheduled);
  }
  pumping_ = false;
  finish_if_done();
}

std::optional<Clock::time_point> Load::next_start() {
  const auto now = Clock::now();
  if (stopped_) return std::nullopt;
  if (!is_open_loop(plan_)) {
    if (is_over(now) || (plan_.connections && started_ >= *plan_.connections)) return std::nullopt;
    return now;
  }
  collect_due(now);
  if (due_.empty()) return std::nullopt;
  const auto scheduled = due_.front();
  due_.pop_front();
  return scheduled;
}

void Load::collect_due(Clock::time_point now) {
  for (; schedule_.front() && *begin_ + *schedule_.front() <= now; schedule_.pop()) {
    due_.push_back(*begin_ + *schedule_.front());
    ++scheduled_;
  }
}

bool Load::is_over(Clock::time_point now) const {
  return plan_.duration && now >= *begin_ + *plan_.duration;
}

bool Load::has_more_to_start() const {
  if (stopped_) return false;
  if (is_open_loop(plan_)) return !due_.empty() || schedule_.front().has_value();
  return !is_over(Clock::now()) && (!plan_.connections || started_ < *plan_.connections);
}

/// What is due by now, and has no slot, will never start.
void Load::stop_starting() {
  if (!begin_ || std::exchange(stopped_, true)) return;
  const auto now = Clock::now();
  if (is_over(now)) least_elapsed_ = *plan_.duration;
  collect_due(now);
  recorder_.schedule_ended(scheduled_, due_.size());
  due_.clear();
  if (in_flight_ == 0 && !cpu_) cpu_ = meter_->read();
}

void Load::finish_if_done() {
  if (!begin_ || has_more_to_start() || free_.size() < slots_.size()) return;
  stop_starting();
  finish();
}

void Load::finish() {
  if (std::exchange(finished_, true)) return;
  if (meter_ && !cpu_) cpu_ = meter_->read();
  for (const auto& slot : slots_) slot->abandon();
}

}  // namespace glasstls::apps::bench
