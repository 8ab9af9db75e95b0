// Sessions: one per slot of a load, so that each resumes its own.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "handshake/session_store.h"

namespace glasstls::apps::bench {

/// All slots share one tls::Config and with it one store: choose() says whose call comes next. One
/// thread.
class Sessions final : public handshake::SessionStore {
 public:
  explicit Sessions(std::size_t slots) : sessions_(slots) {}

  void choose(std::size_t slot) { slot_ = slot; }
  bool has_current(std::size_t slot, x509::Time now) const {
    return sessions_[slot] && sessions_[slot]->is_current(now);
  }

  std::shared_ptr<const handshake::Session> find(const Bytes&) override { return sessions_[slot_]; }
  void put(const Bytes&, std::shared_ptr<const handshake::Session> session) override {
    sessions_[slot_] = std::move(session);
  }
  void remove(const Bytes&) noexcept override { sessions_[slot_].reset(); }

 private:
  std::vector<std::shared_ptr<const handshake::Session>> sessions_;
  std::size_t slot_ = 0;
};

}  // namespace glasstls::apps::bench
