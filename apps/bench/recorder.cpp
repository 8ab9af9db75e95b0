#include "apps/bench/recorder.h"

#include <algorithm>
#include <string>

namespace glasstls::apps::bench {

namespace {

/// A server may put anything into what we say of it: so many texts are told apart, and no more.
constexpr std::size_t max_kinds = 50;

Agreed agreed_of(const Terms& terms, std::uint64_t count) {
  Agreed agreed;
  agreed.cipher_suite = name_of(terms.cipher_suite);
  agreed.group = name_of(terms.group);
  agreed.signature_scheme = name_of(terms.signature_scheme);
  agreed.resumed = name_of(terms.resumed);
  agreed.extended_master_secret = terms.extended_master_secret;
  agreed.count = count;
  return agreed;
}

}  // namespace

Recorder::Recorder(const Plan& plan) {
  result_.plan = plan;
  if (plan.bytes > 0 || plan.has_request) result_.transfer.emplace();
}

void Recorder::started(Clock::time_point scheduled, Clock::time_point now) {
  ++result_.started_count;
  if (!is_open_loop(result_.plan)) return;
  result_.last_scheduled = scheduled - begin_;
  result_.last_start = now - begin_;
  result_.start_delay.record(now - scheduled);
}

void Recorder::record(const Attempt& attempt) {
  if (attempt.fetches_session) {
    ++result_.sessions_fetched;
    return;
  }
  result_.elapsed = std::max(result_.elapsed, attempt.ended - begin_);
  attempt.failure ? record_failure(attempt) : record_success(attempt);
}

void Recorder::record_success(const Attempt& attempt) {
  ++result_.succeeded;
  const nanoseconds latency = attempt.completed - attempt.scheduled;
  result_.latency.record(latency);
  if (is_open_loop(result_.plan)) result_.from_start.record(attempt.completed - attempt.started);
  Block& block = block_of(attempt.ended);
  ++block.succeeded;
  block.latency.record(latency);

  for (std::size_t i = 0; i < phase_count; ++i)
    if (attempt.phases[i]) result_.phases[i].record(*attempt.phases[i]);
  const auto known = std::find_if(terms_.begin(), terms_.end(), [&](const auto& counted) {
    return counted.first == attempt.terms;
  });
  if (known != terms_.end())
    ++known->second;
  else if (attempt.terms)
    terms_.emplace_back(*attempt.terms, 1);

  if (!result_.transfer) return;
  result_.transfer->bytes_sent += attempt.bytes_sent;
  result_.transfer->bytes_received += attempt.bytes_received;
  result_.transfer->time.record(attempt.ended - attempt.completed);
}

void Recorder::record_failure(const Attempt& attempt) {
  ++result_.failed;
  ++block_of(attempt.ended).failed;
  const auto find = [&](Cause cause, const std::string& detail) {
    return std::find_if(
        result_.failures.begin(), result_.failures.end(),
        [&](const FailureCount& other) { return other.cause == cause && other.detail == detail; });
  };
  const Cause cause = attempt.failure->cause;
  std::string detail = attempt.failure->detail;
  auto known = find(cause, detail);
  if (known == result_.failures.end() && result_.failures.size() >= max_kinds) {
    detail = "and other reasons";
    known = find(cause, detail);
  }
  if (known == result_.failures.end())
    result_.failures.push_back({cause, detail, 1, attempt.ended - begin_});
  else
    ++known->count;
}

Block& Recorder::block_of(Clock::time_point end) {
  const auto index = static_cast<std::size_t>((end - begin_) / block_time);
  if (result_.blocks.size() <= index) result_.blocks.resize(index + 1);
  return result_.blocks[index];
}

void Recorder::schedule_ended(std::uint64_t scheduled, std::uint64_t never_started) {
  result_.scheduled = scheduled;
  result_.never_started = never_started;
}

Result Recorder::result() const {
  Result result = result_;
  for (const auto& [terms, count] : terms_) result.agreed.push_back(agreed_of(terms, count));
  return result;
}

}  // namespace glasstls::apps::bench
