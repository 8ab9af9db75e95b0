// What a handshake costs each side, full and resumed: our client and our server in one process, the
// clock running for one of them at a time.
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "bench/site.h"

namespace glasstls::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Times {
  double client = 0;
  double server = 0;
};

Times timed_handshake(const Site& site, bool resumed) {
  Times times;
  const auto clock = [](double& total) {
    return [&total](auto&& work) {
      const auto begin = Clock::now();
      work();
      total += std::chrono::duration<double>(Clock::now() - begin).count();
    };
  };
  Side client, server;
  shake_hands(site, client, server, resumed, clock(times.client), clock(times.server));
  return times;
}

void of(double Times::*side, benchmark::State& state, const std::string& key,
        crypto::NamedGroup group, bool resume) {
  const Site site({{}, key, group, resume});
  if (resume) timed_handshake(site, false);  // the one to be resumed
  for (auto _ : state) state.SetIterationTime(timed_handshake(site, resume).*side);
}

void server_handshake(benchmark::State& state, const std::string& key, crypto::NamedGroup group,
                      bool resume) {
  of(&Times::server, state, key, group, resume);
}
void client_handshake(benchmark::State& state, const std::string& key, crypto::NamedGroup group,
                      bool resume) {
  of(&Times::client, state, key, group, resume);
}

/// Whether a handshake gets dearer the more connections there are: both sides' cost, resumed, while
/// so many others are open and at rest.
void handshake_beside_open_connections(benchmark::State& state) {
  const Site site({{}, "rsa", crypto::NamedGroup::x25519, true});
  std::vector<Side> clients(static_cast<std::size_t>(state.range(0))), servers(clients.size());
  for (std::size_t i = 0; i < clients.size(); ++i) {
    shake_hands(site, clients[i], servers[i], i > 0);
    clients[i].connection->rest();
    servers[i].connection->rest();
  }
  for (auto _ : state) {
    const Times times = timed_handshake(site, true);
    state.SetIterationTime(times.client + times.server);
  }
}

using enum crypto::NamedGroup;

BENCHMARK_CAPTURE(server_handshake, full_rsa2048_x25519, "rsa", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, full_p256_x25519, "p256", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, full_rsa2048_secp256r1, "rsa", secp256r1, false)
    ->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, resumed_by_ticket, "rsa", x25519, true)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, full_rsa2048_x25519, "rsa", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, full_p256_x25519, "p256", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, full_rsa2048_secp256r1, "rsa", secp256r1, false)
    ->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, resumed_by_ticket, "rsa", x25519, true)->UseManualTime();
BENCHMARK(handshake_beside_open_connections)
    ->ArgName("open")
    ->Arg(1)
    ->Arg(1000)
    ->Arg(9000)
    ->UseManualTime();

}  // namespace
}  // namespace glasstls::bench
