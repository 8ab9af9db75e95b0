#include "bench/steps/handshake_steps.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include "bench/steps/primitive_clock.h"
#include "crypto/suites.h"
#include "tests/support/identity.h"
#include "tls/connection.h"

namespace glasstls::bench {

namespace {

/// Both Configs, and what they keep between handshakes.
struct Site {
  explicit Site(const Kind& kind) {
    tls::ServerSettings server_settings;
    server_settings.groups = {kind.group};
    server_settings.credentials = std::make_shared<const handshake::Credentials>(
        handshake::Credentials::List{test::credential(kind.key)});
    if (kind.resume) server_settings.ticket_keys = std::make_shared<handshake::TicketKeys>();
    server_settings.now = test::in_validity;
    server = std::make_shared<const tls::Config>(server_settings);

    tls::ClientSettings client_settings;
    client_settings.cipher_suites = {
        kind.key == "rsa" ? crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                          : crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384};
    client_settings.groups = {kind.group};
    if (kind.key == "p256" && kind.group != crypto::NamedGroup::secp256r1)
      client_settings.groups.push_back(crypto::NamedGroup::secp256r1);  // the certificate's own
    client_settings.roots = test::roots();
    client_settings.now = test::in_validity;
    if (kind.resume) client_settings.sessions = std::make_shared<handshake::SessionCache>(1);
    client = std::make_shared<const tls::Config>(client_settings);
  }

  std::shared_ptr<const tls::Config> server, client;
  x509::ServerName name = *x509::ServerName::parse("server.test");
};

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

struct Side {
  std::optional<tls::Connection> connection;
  Spent spent;
  bool resumed = false;
};

/// Hands over all that one has to send; the receiver's work is counted.
bool carry(Side& from, Side& to) {
  const View bytes = from.connection->to_send();
  if (bytes.empty()) return false;
  timed(to.spent, [&] {
    const MutableView space = to.connection->receive_buffer();
    std::copy(bytes.begin(), bytes.end(), space.begin());
    to.connection->received(bytes.size());
    while (const auto event = to.connection->next_event())
      if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&*event))
        to.resumed = completed->agreement.resumed != handshake::Resumption::none;
  });
  from.connection->sent(bytes.size());
  return true;
}

std::pair<Spent, Spent> handshake(const Site& site, bool resumed) {
  Side client, server;
  timed(client.spent, [&] { client.connection.emplace(site.client, site.name); });
  timed(server.spent, [&] { server.connection.emplace(tls::Connection::server(site.server)); });
  while (carry(client, server) || carry(server, client)) {
  }
  if (!client.connection->writable() || !server.connection->writable())
    throw std::runtime_error("the handshake did not complete");
  if (client.resumed != resumed) throw std::runtime_error("not the kind of handshake asked for");
  timed(client.spent, [&] { client.connection.reset(); });
  timed(server.spent, [&] { server.connection.reset(); });
  return {std::move(client.spent), std::move(server.spent)};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

SideSteps summary(const std::vector<Spent>& all, double nanoseconds) {
  std::vector<double> totals, primitives, rests;
  std::map<const void*, PrimitiveTime> sums;
  for (const Spent& spent : all) {
    double within = 0;
    for (const auto& [function, time] : spent.functions) {
      within += static_cast<double>(time.ticks);
      PrimitiveTime& sum = sums.try_emplace(function, function, 0, 0).first->second;
      sum.calls += time.calls;
      sum.ticks += time.ticks;
    }
    totals.push_back(static_cast<double>(spent.total));
    primitives.push_back(within);
    rests.push_back(static_cast<double>(spent.total) - within);
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
  return {summary(clients, nanoseconds), summary(servers, nanoseconds)};
}

}  // namespace glasstls::bench
