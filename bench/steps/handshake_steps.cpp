#include "bench/steps/handshake_steps.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "bench/steps/primitive_clock.h"

namespace glasstls::bench {

namespace {

/// What one side spent in one handshake.
struct Spent {
  std::uint64_t total = 0;
  std::map<const void*, PrimitiveTime> functions;

  void add_functions() {
    for (const PrimitiveTime& time : primitive_times()) {
      PrimitiveTime& sum = functions.try_emplace(time.function, time.function, 0, 0).first->second;
      sum.calls += time.calls;
      sum.ticks += time.ticks;
    }
  }
};

template <class Work>
void timed(Spent& spent, Work&& work) {
  reset_primitive_times();
  const std::uint64_t began = ticks();
  work();
  spent.total += ticks() - began;
  spent.add_functions();
}

std::pair<Spent, Spent> handshake(const Site& site, bool resumed) {
  Side client, server;
  Spent client_spent, server_spent;
  shake_hands(
      site, client, server, resumed, [&](auto&& work) { timed(client_spent, work); },
      [&](auto&& work) { timed(server_spent, work); });
  timed(client_spent, [&] { client.connection.reset(); });
  timed(server_spent, [&] { server.connection.reset(); });
  return {std::move(client_spent), std::move(server_spent)};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

SideSteps summary(const std::vector<Spent>& all, double nanoseconds, double lost_per_call) {
  std::vector<double> totals, primitives, rests;
  std::map<const void*, PrimitiveTime> sums;
  for (const Spent& spent : all) {
    double within = 0, lost = 0;
    for (const auto& [function, time] : spent.functions) {
      within += static_cast<double>(time.ticks);
      lost += lost_per_call * static_cast<double>(time.calls);
      PrimitiveTime& sum = sums.try_emplace(function, function, 0, 0).first->second;
      sum.calls += time.calls;
      sum.ticks += time.ticks;
    }
    totals.push_back(static_cast<double>(spent.total) - lost);
    primitives.push_back(within);
    rests.push_back(static_cast<double>(spent.total) - lost - within);
  }
  SideSteps steps;
  steps.total = nanoseconds * median(std::move(totals));
  steps.primitives = nanoseconds * median(std::move(primitives));
  steps.everything_else = nanoseconds * median(std::move(rests));
  const auto count = static_cast<double>(all.size());
  for (const auto& [function, sum] : sums)
    steps.functions.push_back({name_of_function(function), static_cast<double>(sum.calls) / count,
                               nanoseconds * static_cast<double>(sum.ticks) / count});
  std::sort(steps.functions.begin(), steps.functions.end(),
            [](const Primitive& a, const Primitive& b) { return a.nanoseconds > b.nanoseconds; });
  return steps;
}

}  // namespace

std::vector<Kind> kinds() {
  using enum crypto::NamedGroup;
  return {{"full, RSA-2048, x25519", "rsa", x25519, false},
          {"full, RSA-2048, secp256r1", "rsa", secp256r1, false},
          {"full, P-256, x25519", "p256", x25519, false},
          {"resumed, RSA-2048", "rsa", x25519, true}};
}

HandshakeSteps measure(const Kind& kind, std::size_t handshakes) {
  const Site site(kind);
  const double nanoseconds = nanoseconds_per_tick();
  handshake(site, false);  // of which a session may be resumed
  for (std::size_t i = 0; i < handshakes / 10; ++i) handshake(site, kind.resume);
  std::vector<Spent> clients, servers;
  for (std::size_t i = 0; i < handshakes; ++i) {
    auto [client, server] = handshake(site, kind.resume);
    clients.push_back(std::move(client));
    servers.push_back(std::move(server));
  }
  const double lost = ticks_lost_per_call();
  return {summary(clients, nanoseconds, lost), summary(servers, nanoseconds, lost)};
}

}  // namespace glasstls::bench
