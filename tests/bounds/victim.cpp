#include "tests/bounds/victim.h"

#include <algorithm>
#include <ctime>
#include <variant>

namespace glasstls::bounds {

namespace {

std::chrono::nanoseconds thread_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

Victim::Victim(const std::function<tls::Connection()>& make) {
  counted([&] { ours_.emplace(make()); });
}

template <class Work>
void Victim::counted(Work&& work) {
  const auto began = thread_time();
  heap_.count(work);
  cpu_ += thread_time() - began;
}

void Victim::give(View bytes, std::size_t piece) {
  counted([&] {
    read_events();
    while (!bytes.empty()) {
      const MutableView space = ours_->receive_buffer();
      if (space.empty()) break;
      const std::size_t size = std::min({bytes.size(), piece, space.size()});
      std::copy_n(bytes.begin(), size, space.begin());
      ours_->received(size);
      came_ += size;
      bytes = bytes.subspan(size);
      read_events();
    }
    ours_->received(0);
  });
}

void Victim::read_events() {
  while (const auto event = ours_->next_event()) {
    if (std::holds_alternative<tls::HandshakeCompleted>(*event)) completed_ = true;
    if (std::holds_alternative<tls::SignatureWanted>(*event)) ++signatures_wanted_;
    if (const auto* failed = std::get_if<tls::Failed>(&*event)) {
      failed_ = failed->alert;
      if (failed->verdict) signature_checks_ = failed->verdict->signature_checks;
    }
  }
}

Bytes Victim::take() {
  Bytes bytes = wire::copy(ours_->to_send());
  counted([&] {
    ours_->sent(bytes.size());
    ours_->received(0);
  });
  went_ += bytes.size();
  return bytes;
}

void Victim::count_anew() {
  before_.came = came_;
  before_.went = went_;
  before_.allocations = heap_.allocations();
  before_.cpu = cpu_;
}

Cost Victim::cost() const {
  Cost cost;
  cost.came = came_ - before_.came;
  cost.went = went_ - before_.went;
  cost.held = heap_.held();
  cost.most_held = heap_.most_held();
  cost.allocations = heap_.allocations() - before_.allocations;
  cost.cpu = cpu_ - before_.cpu;
  return cost;
}

}  // namespace glasstls::bounds
