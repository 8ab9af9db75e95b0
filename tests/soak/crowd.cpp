#include "tests/soak/crowd.h"

#include <utility>

#include "handshake/session_store.h"
#include "platform/files.h"

namespace glasstls::soak {

std::shared_ptr<const tls::Config> client_config(const std::string& ca, std::size_t sessions,
                                                 bool tickets) {
  tls::ClientSettings settings;
  x509::TrustStore roots;
  static_cast<void>(roots.add(platform::read_file(ca).bytes()));
  settings.roots = std::make_shared<const x509::TrustStore>(std::move(roots));
  settings.sessions = std::make_shared<handshake::SessionCache>(sessions);
  settings.offer_tickets = tickets;
  return std::make_shared<const tls::Config>(std::move(settings));
}

Tally Crowd::run(std::size_t at_once, const std::function<std::optional<Plan>()>& next) {
  Tally tally;
  const std::function<void()> start_next = [&] {
    auto plan = next();
    if (!plan) return;
    const auto done = [&](const Outcome& outcome) {
      tally.add(outcome);
      start_next();
    };
    std::make_shared<Visit>(io_, server_, *std::move(plan), ++visits_, done)->start();
  };
  for (std::size_t i = 0; i < at_once; ++i) start_next();
  io_.restart();
  io_.run();
  return tally;
}

Tally Crowd::run(std::size_t at_once, std::size_t count, const Plan& plan) {
  return run(at_once, [&]() -> std::optional<Plan> {
    if (count == 0) return std::nullopt;
    --count;
    return plan;
  });
}

}  // namespace glasstls::soak
