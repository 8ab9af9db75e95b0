// Alerts that are malformed, fatal, or too many. RFC 5246, 7.2.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

TEST(BadAlert, OfOneOrThreeBytesIsDecodeError) {
  for (const Bytes& fragment : {Bytes{1}, Bytes{1, 0, 1}, Bytes{2, 40, 2, 40}}) {
    Peers peers;
    peers.run({[&](ScriptedServer& s) { s.plain_record(ContentType::alert, fragment); }});
    expect_refused(peers, {.alert = AlertDescription::decode_error, .message = "Alert"});
    Peers established;
    established.complete_handshake();
    established.run({[&](ScriptedServer& s) { s.record(ContentType::alert, fragment); }});
    expect_refused(established, {.alert = AlertDescription::decode_error, .message = "Alert"});
  }
}

TEST(BadAlert, OfAnUnknownLevelIsIllegalParameter) {
  for (const std::uint8_t level : Bytes{0, 3, 255}) {
    Peers peers;
    peers.run({[&](ScriptedServer& s) { s.record(ContentType::alert, Bytes{level, 0}); }});
    expect_refused(
        peers,
        {.alert = AlertDescription::illegal_parameter, .message = "Alert", .field = "level"});
  }
}

void expect_peer_alert(Peers& peers, AlertDescription description) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->alert, description);
  expect_ended(peers, Failed::Cause::peer_alert);
}

TEST(FatalAlert, EndsTheConnectionWithoutAnAnswer) {
  for (const auto description : {AlertDescription::handshake_failure,
                                 AlertDescription::protocol_version, AlertDescription(254)}) {
    Peers at_the_start;
    at_the_start.run({[&](ScriptedServer& s) { s.alert(AlertLevel::fatal, description); }});
    expect_peer_alert(at_the_start, description);
    EXPECT_TRUE(at_the_start.server.alerts().empty());

    Peers established;
    established.complete_handshake();
    established.run({[&](ScriptedServer& s) {
      s.alert(AlertLevel::fatal, description);
      s.data(Bytes{1});
    }});
    expect_peer_alert(established, description);
    EXPECT_TRUE(established.data.empty());
  }
}

TEST(CloseNotify, DuringTheHandshakeEndsIt) {
  Peers at_the_start;
  at_the_start.run({[](ScriptedServer& s) { s.close_notify(); }});
  expect_peer_alert(at_the_start, AlertDescription::close_notify);
  ASSERT_EQ(at_the_start.server.alerts().size(), 1U);  // RFC 5246, 7.2.1: answered all the same
  EXPECT_EQ(at_the_start.server.alerts()[0].description, AlertDescription::close_notify);

  Peers in_the_middle;
  in_the_middle.run({[](ScriptedServer& s) { s.first_flight(); },
                     [](ScriptedServer& s) {
                       s.change_cipher_spec();
                       s.close_notify();
                     }});
  expect_peer_alert(in_the_middle, AlertDescription::close_notify);
  EXPECT_FALSE(in_the_middle.completed());
}

TEST(WarningAlert, IsToldAndIgnored) {
  Peers peers;
  peers.run({[](ScriptedServer& s) {  // as servers do that do not know the name
    s.alert(AlertLevel::warning, AlertDescription::unrecognized_name);
  }});
  ASSERT_EQ(peers.count<WarningReceived>(), 1U);
  EXPECT_EQ(peers.find<WarningReceived>()->description, AlertDescription::unrecognized_name);
  peers.complete_handshake();
}

TEST(WarningAlert, IsBorneFourTimesInARowAndNotMore) {
  Peers peers;
  peers.complete_handshake();
  const auto warnings = [](unsigned count) {
    return [count](ScriptedServer& server) {
      for (unsigned i = 0; i < count; ++i)
        server.alert(AlertLevel::warning, AlertDescription::user_canceled);
    };
  };
  EXPECT_EQ(Patience{}.warning_alerts, 4U);
  peers.run({warnings(4), [](ScriptedServer& s) { s.data(Bytes{1}); }, warnings(4)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<WarningReceived>(), 8U);
  peers.run({warnings(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "too many warning alerts"});
}

TEST(WarningAlert, IsNotMadeGoodByAnEmptyRecord) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) {
    for (unsigned i = 0; i <= Patience{}.warning_alerts; ++i) {
      server.data({});
      server.alert(AlertLevel::warning, AlertDescription::user_canceled);
    }
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "too many warning alerts"});
}

}  // namespace
}  // namespace glasstls::tls
