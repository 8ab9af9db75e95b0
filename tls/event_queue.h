// EventQueue: events in order. Keeps its memory when empty, so that a record on the data path costs
// no allocation.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "tls/event.h"

namespace glasstls::tls {

class EventQueue {
 public:
  bool empty() const { return next_ == events_.size(); }

  template <class E>
  void push(E event) {
    events_.emplace_back(std::in_place_type<E>, std::move(event));
  }

  /// The oldest, or nullopt.
  std::optional<Event> pop() {
    if (empty()) return std::nullopt;
    std::optional<Event> event(std::move(events_[next_++]));
    if (empty()) {
      events_.clear();
      next_ = 0;
    }
    return event;
  }

 private:
  std::vector<Event> events_;
  std::size_t next_ = 0;  // index of the oldest
};

}  // namespace glasstls::tls
