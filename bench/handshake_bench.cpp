// What a handshake costs each side, full and resumed: our client and our server in one process, the
// clock running for one of them at a time.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "tests/support/peers.h"

namespace glasstls::test {
namespace {

using Clock = std::chrono::steady_clock;

struct Times {
  double client = 0;
  double server = 0;
};

/// Both Configs, and what they keep between handshakes.
struct Site {
  Site(const std::string& key, crypto::NamedGroup group, bool resume) {
    tls::ServerSettings server;
    server.random = &random;
    server.now = in_validity;
    server.groups = {group};
    server.credentials = std::make_shared<const handshake::Credentials>(
        handshake::Credentials::List{credential(key)});
    if (resume) server.ticket_keys = std::make_shared<handshake::TicketKeys>();
    server_config = std::make_shared<const tls::Config>(server);
    client_config_ = client_config(random, [&](tls::ClientSettings& client) {
      if (resume) client.sessions = std::make_shared<handshake::SessionCache>(1);
    });
  }

  TestRandom random{"bench"};
  std::shared_ptr<const tls::Config> server_config;
  std::shared_ptr<const tls::Config> client_config_;
};

template <class Work>
auto timed(double& total, Work&& work) {
  const auto begin = Clock::now();
  auto result = work();
  total += std::chrono::duration<double>(Clock::now() - begin).count();
  return result;
}

/// Hands over all that one has to send; the receiver's work is counted.
bool carry(tls::Connection& from, tls::Connection& to, double& receivers_time) {
  if (from.to_send().empty()) return false;
  const Bytes bytes = wire::copy(from.to_send());
  from.sent(bytes.size());
  return timed(receivers_time, [&] {
    const MutableView space = to.receive_buffer();
    std::copy(bytes.begin(), bytes.end(), space.begin());
    to.received(bytes.size());
    while (to.next_event()) {
    }
    return true;
  });
}

Times handshake(Site& site) {
  Times times;
  tls::Connection client = timed(times.client, [&] {
    return tls::Connection(site.client_config_, x509::ServerName::parse("server.test"));
  });
  tls::Connection server =
      timed(times.server, [&] { return tls::Connection::server(site.server_config); });
  while (carry(client, server, times.server) || carry(server, client, times.client)) {
  }
  if (!client.writable() || !server.writable())
    throw std::runtime_error("the handshake did not complete");
  return times;
}

void of(double Times::*side, benchmark::State& state, const std::string& key,
        crypto::NamedGroup group, bool resume) {
  Site site(key, group, resume);
  if (resume) static_cast<void>(handshake(site));  // the one to be resumed
  for (auto _ : state) state.SetIterationTime(handshake(site).*side);
}

void server_handshake(benchmark::State& state, const std::string& key, crypto::NamedGroup group,
                      bool resume) {
  of(&Times::server, state, key, group, resume);
}
void client_handshake(benchmark::State& state, const std::string& key, crypto::NamedGroup group,
                      bool resume) {
  of(&Times::client, state, key, group, resume);
}

using enum crypto::NamedGroup;

BENCHMARK_CAPTURE(server_handshake, full_rsa2048_x25519, "rsa", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, full_p256_x25519, "p256", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, full_rsa2048_secp256r1, "rsa", secp256r1, false)
    ->UseManualTime();
BENCHMARK_CAPTURE(server_handshake, resumed_by_ticket, "rsa", x25519, true)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, full_rsa2048_x25519, "rsa", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, full_p256_x25519, "p256", x25519, false)->UseManualTime();
BENCHMARK_CAPTURE(client_handshake, resumed_by_ticket, "rsa", x25519, true)->UseManualTime();

}  // namespace
}  // namespace glasstls::test
