// Told: what a connection of ours told its application.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <variant>
#include <vector>

#include "tls/event.h"
#include "wire/bytes.h"

namespace glasstls::test {

struct Told {
  /// The last event of that type, or nullptr.
  template <class E>
  const E* find() const {
    for (auto event = events.rbegin(); event != events.rend(); ++event)
      if (const E* found = std::get_if<E>(&*event)) return found;
    return nullptr;
  }
  template <class E>
  std::size_t count() const {
    std::size_t n = 0;
    for (const tls::Event& event : events) n += std::holds_alternative<E>(event) ? 1 : 0;
    return n;
  }
  bool completed() const { return find<tls::HandshakeCompleted>() != nullptr; }
  /// std::runtime_error, with the reason if there is one, unless the handshake is complete.
  const handshake::Agreement& agreement() const {
    if (const auto* completed = find<tls::HandshakeCompleted>()) return completed->agreement;
    const auto* failed = find<tls::Failed>();
    throw std::runtime_error("the handshake did not complete: " +
                             (failed != nullptr ? failed->reason : "it waits"));
  }

  std::vector<tls::Event> events;  // in order; views are no longer valid
  Bytes data;                      // of all ApplicationData events, joined
};

}  // namespace glasstls::test
