#include "tls/fanout.h"

#include <algorithm>
#include <new>
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
  for (const auto& observer : observers_) {
    if (observer->exposes_secrets())
      observer->secret(seen);
    else
      tell_without_value(*observer, seen);
  }
}

/// Whoever cannot be told for want of memory is not told.
void Fanout::tell_without_value(Observer& observer, const wire::SecretSeen& seen) noexcept {
  try {
    wire::SecretSeen hidden = seen;
    hidden.value = View();
    observer.secret(hidden);
  } catch (const std::bad_alloc&) {
  }
}

void Fanout::transition(const wire::TransitionSeen& seen) noexcept {
  for (const auto& observer : observers_) observer->transition(seen);
}

bool Fanout::exposes_secrets() const noexcept {
  return std::any_of(observers_.begin(), observers_.end(),
                     [](const auto& observer) { return observer->exposes_secrets(); });
}

}  // namespace glasstls::tls
