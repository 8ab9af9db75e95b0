// Fanout: several observers where the library knows of one.
#pragma once

#include <memory>
#include <vector>

#include "wire/observer.h"

namespace glasstls::tls {

/// Only those observers get secret values that opted in.
class Fanout final : public Observer {
 public:
  explicit Fanout(std::vector<std::shared_ptr<Observer>> observers);

  void record(const wire::RecordSeen& seen) noexcept override;
  void message(const wire::MessageSeen& seen) noexcept override;
  void secret(const wire::SecretSeen& seen) noexcept override;
  void transition(const wire::TransitionSeen& seen) noexcept override;
  bool exposes_secrets() const noexcept override;

  bool empty() const { return observers_.empty(); }

 private:
  static void tell_without_value(Observer& observer, const wire::SecretSeen& seen) noexcept;

  std::vector<std::shared_ptr<Observer>> observers_;
};

}  // namespace glasstls::tls
