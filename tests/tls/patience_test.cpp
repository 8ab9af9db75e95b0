// Patience: how much a peer may send in a row that brings nothing, where the program says it.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedClient;
using test::ScriptedServer;
using test::ServerPeers;

constexpr Patience few{.empty_records = 1,
                       .warning_alerts = 2,
                       .renegotiation_attempts = 3,
                       .ignored_hello_requests = 5};

struct PatientClient : Peers {
  explicit PatientClient(const Patience& patience) : Peers({}, options(patience)) {}

  static test::ClientOptions options(const Patience& patience) {
    test::ClientOptions options;
    options.settings = [patience](ClientSettings& s) { s.patience = patience; };
    return options;
  }
};

struct PatientServer : ServerPeers {
  explicit PatientServer(const Patience& patience) : ServerPeers({}, options(patience)) {}

  static test::ServerOptions options(const Patience& patience) {
    test::ServerOptions options;
    options.settings = [patience](ServerSettings& s) { s.patience = patience; };
    return options;
  }
};

/// That many are borne in a row, and one more is not.
void expect_borne(auto& peers, unsigned borne, const auto& step, const char* reason) {
  for (unsigned i = 0; i < borne; ++i) peers.run({step});
  EXPECT_EQ(peers.template find<Failed>(), nullptr) << reason;
  peers.run({step});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message, .reason_part = reason});
}

void expect_borne_by_client(unsigned borne, const Peers::Step& step, const char* reason) {
  PatientClient peers(few);
  peers.complete_handshake();
  expect_borne(peers, borne, step, reason);
}

void expect_borne_by_server(unsigned borne, const ServerPeers::Step& step, const char* reason) {
  PatientServer peers(few);
  peers.complete_handshake();
  expect_borne(peers, borne, step, reason);
}

TEST(Patience, OfAClientIsTheProgramsToSay) {
  expect_borne_by_client(
      1, [](ScriptedServer& s) { s.data({}); }, "too many empty records");
  expect_borne_by_client(
      2, [](ScriptedServer& s) { s.alert(AlertLevel::warning, AlertDescription::user_canceled); },
      "too many warning alerts");
  expect_borne_by_client(
      3, [](ScriptedServer& s) { s.hello_request(); }, "too many HelloRequests");

  PatientClient before(few);
  expect_borne(
      before, 5, [](ScriptedServer& s) { s.hello_request(); }, "too many HelloRequests");
}

TEST(Patience, OfAServerIsTheProgramsToSay) {
  expect_borne_by_server(
      1, [](ScriptedClient& c) { c.data({}); }, "too many empty records");
  expect_borne_by_server(
      2, [](ScriptedClient& c) { c.alert(AlertLevel::warning, AlertDescription::user_canceled); },
      "too many warning alerts");
  expect_borne_by_server(
      3, [](ScriptedClient& c) { c.hello(); }, "too many attempts to renegotiate");
}

TEST(Patience, OfZeroBearsNone) {
  constexpr Patience none{0, 0, 0, 0};
  const auto expect_not_borne = [&](const ServerPeers::Step& step, const char* reason) {
    PatientServer peers(none);
    peers.complete_handshake();
    expect_borne(peers, 0, step, reason);
  };
  expect_not_borne([](ScriptedClient& c) { c.data({}); }, "too many empty records");
  expect_not_borne(
      [](ScriptedClient& c) { c.alert(AlertLevel::warning, AlertDescription::user_canceled); },
      "too many warning alerts");
  expect_not_borne([](ScriptedClient& c) { c.hello(); }, "too many attempts to renegotiate");
  PatientClient before(none);
  expect_borne(
      before, 0, [](ScriptedServer& s) { s.hello_request(); }, "too many HelloRequests");
}

TEST(Patience, MayBeLongerThanUsual) {
  PatientServer peers(Patience{.empty_records = 1000});
  peers.complete_handshake();
  expect_borne(
      peers, 1000, [](ScriptedClient& c) { c.data({}); }, "too many empty records");
}

}  // namespace
}  // namespace glasstls::tls
