#include "tls/fanout.h"

#include <algorithm>
#include <utility>

namespace glasstls::tls {

Fanout::Fanout(std::vector<std::shared_ptr<Observer>> observers)
    : observers_(std::move(observers)) {}

void Fanout::record(const wire::RecordSeen& seen) noexcept {
  for (const auto& observer : observers_) observer->record(seen);
}

void Fanout::message(const wire::MessageSeen& seen) noexcept {
  for (const auto& observer : observers_) observer->message(seen);
}

void Fanout::secret(const wire::SecretSeen& seen) noexcept {
  wire::SecretSeen hidden = seen;
  hidden.value = View();
  for (const auto& observer : observers_)
    observer->secret(observer->exposes_secrets() ? seen : hidden);
}

void Fanout::transition(const wire::TransitionSeen& seen) noexcept {
  for (const auto& observer : observers_) observer->transition(seen);
}

bool Fanout::exposes_secrets() const noexcept {
  return std::any_of(observers_.begin(), observers_.end(),
                     [](const auto& observer) { return observer->exposes_secrets(); });
}

}  // namespace glasstls::tls
