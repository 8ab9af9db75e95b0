// Alerts and empty records of clients: fatal ones, warnings, and too many in a row.
// RFC 5246, 6.2.1, 7.2 and 7.2.2.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::ScriptedClient;
using test::ServerPeers;

ServerPeers::Step one_byte() {
  return [](ScriptedClient& client) { client.data(Bytes{1}); };
}

TEST(ClientsFatalAlert, EndsTheConnectionWithoutAnAnswer) {
  const auto expect_told = [](ServerPeers& peers, AlertDescription description) {
    ASSERT_NE(peers.find<Failed>(), nullptr);
    EXPECT_EQ(peers.find<Failed>()->alert, description);
    expect_ended(peers, Failed::Cause::peer_alert);
    EXPECT_TRUE(peers.client.alerts().empty());
    EXPECT_TRUE(peers.data.empty());
  };
  for (const auto description : {AlertDescription::bad_certificate, AlertDescription::unknown_ca,
                                 AlertDescription::internal_error, AlertDescription(254)}) {
    const ServerPeers::Step alert = [=](ScriptedClient& client) {
      client.alert(AlertLevel::fatal, description);
      client.data(Bytes{1});
    };
    ServerPeers at_the_start;
    at_the_start.run({alert});
    expect_told(at_the_start, description);

    ServerPeers in_the_middle;  // what a client says that does not trust us
    in_the_middle.hello();
    in_the_middle.run({alert});
    expect_told(in_the_middle, description);

    ServerPeers established;
    established.complete_handshake();
    established.run({alert});
    expect_told(established, description);
  }
}

// RFC 5246, 7.2.2: who cancels says why, and closes.
TEST(ClientsWarning, OfACancelledHandshakeIsToldBeforeItsEnd) {
  ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::warning, AlertDescription::user_canceled);
    client.close_notify();
  }});
  ASSERT_EQ(peers.count<WarningReceived>(), 1U);
  EXPECT_EQ(peers.find<WarningReceived>()->description, AlertDescription::user_canceled);
  expect_ended(peers, Failed::Cause::peer_alert);
}

ServerPeers::Step warnings(unsigned count) {
  return [count](ScriptedClient& client) {
    for (unsigned i = 0; i < count; ++i)
      client.alert(AlertLevel::warning, AlertDescription::no_renegotiation);
  };
}

TEST(ClientsWarning, IsBorneFourTimesInARowAndNotMore) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({warnings(4), one_byte(), warnings(4)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<WarningReceived>(), 8U);
  peers.run({warnings(1)});
  EXPECT_EQ(peers.count<WarningReceived>(), 8U);
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .section = "RFC 5246, 7.2",
                         .reason_part = "too many warning alerts"});
}

TEST(ClientsWarning, IsCountedDuringTheHandshakeToo) {
  ServerPeers peers;
  peers.run({warnings(4)});
  peers.hello();  // progress
  peers.run({warnings(4)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.run({warnings(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "too many warning alerts"});
}

// --- Empty records

TEST(ClientsEmptyRecord, IsBorne32TimesInARowAndNotMore) {
  ServerPeers peers;
  peers.complete_handshake();
  const auto empty = [](unsigned count) {
    return [count](ScriptedClient& client) {
      for (unsigned i = 0; i < count; ++i) client.data({});
    };
  };
  peers.run({empty(32), one_byte(), empty(32)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<ApplicationData>(), 1U);
  peers.run({empty(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .section = "RFC 5246, 6.2.1",
                         .reason_part = "too many empty records"});
}

TEST(ClientsEmptyRecord, IsNotMadeGoodByAWarning) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    for (unsigned i = 0; i <= Patience{}.empty_records; ++i) {
      client.data({});
      if (i % 10 == 0) client.alert(AlertLevel::warning, AlertDescription::user_canceled);
    }
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "too many empty records"});
}

// Slow clients are no hostile ones: a byte a record is progress.
TEST(SmallRecord, IsServedAsOftenAsItComes) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    for (int i = 0; i < 5'000; ++i) client.data(Bytes{1});
  }});
  EXPECT_EQ(peers.count<ApplicationData>(), 5'000U);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

}  // namespace
}  // namespace glasstls::tls
