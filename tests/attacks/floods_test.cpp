// Floods: much work, or much memory, for few bytes. What a peer may cause in a row is counted.
#include <gtest/gtest.h>

#include "tests/attacks/support.h"
#include "tests/tls/flights.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::ScriptedClient;

/// After the handshake a client says this `borne` times, then once more.
void expect_borne(unsigned borne, const test::ServerPeers::Step& step, Expected refusal) {
  test::ServerPeers peers;
  peers.complete_handshake();
  for (unsigned i = 0; i < borne; ++i) peers.run({step});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<ApplicationData>(), 0U);
  peers.run({step});
  refusal.alert = AlertDescription::unexpected_message;
  expect_refused(peers, refusal);
}

// CVE-2016-8610, the "SSL death alert": warnings cost the sender seven bytes, and brought nothing
// on.
TEST(Attacks, DeathAlertFloodEnds) {
  const auto warning = [](ScriptedClient& client) {
    client.alert(AlertLevel::warning, AlertDescription::unrecognized_name);
  };
  expect_borne(Patience{}.warning_alerts, warning, {.section = "RFC 5246, 7.2"});

  test::ServerPeers before;
  for (unsigned i = 0; i < Patience{}.warning_alerts; ++i) before.run({warning});
  EXPECT_EQ(before.find<Failed>(), nullptr);
  before.run({warning});
  expect_refused(before, {.alert = AlertDescription::unexpected_message});
}

// Empty records are legal (RFC 5246, 6.2.1), and endless ones a loop that never ends.
TEST(Attacks, EmptyRecordFloodEnds) {
  expect_borne(Patience{}.empty_records, [](ScriptedClient& client) { client.data({}); },
               {.section = "RFC 5246, 6.2.1"});
}

// Warnings between empty records do not start the count anew.
TEST(Attacks, MixedFloodEnds) {
  test::ServerPeers peers;
  peers.complete_handshake();
  unsigned sent = 0;
  for (; peers.find<Failed>() == nullptr && sent < 1000; ++sent)
    peers.run({[&](ScriptedClient& client) {
      if (sent % 10 == 9)
        client.alert(AlertLevel::warning, AlertDescription::user_canceled);
      else
        client.data({});
    }});
  EXPECT_LE(sent, Patience{}.empty_records + Patience{}.warning_alerts + 1);
  expect_refused(peers, {.alert = AlertDescription::unexpected_message});
}

// A message of 16 MB is announced by four bytes. It is refused by them, and not waited for.
TEST(Attacks, GiantMessageIsRefusedByItsHeader) {
  Middle middle;
  middle.server.hears(as_record(Bytes{1, 0xff, 0xff, 0xff}));
  expect_refused_without_secrets(middle.server, AlertDescription::illegal_parameter,
                                 "WaitClientHello");
  middle.client.hears(as_record(Bytes{2, 0xff, 0xff, 0xff}));
  expect_refused_without_secrets(middle.client, AlertDescription::illegal_parameter,
                                 "WaitServerHello");
}

// One byte in each record: a handshake that is cut like this is served like any other, and an empty
// piece of a message, which could come for ever, is refused.
TEST(Attacks, SplitRecordsAreServedAndEmptyPiecesRefused) {
  test::ServerPeers split;
  split.client.fragment_length = 1;
  split.complete_handshake();
  EXPECT_TRUE(split.completed());

  test::ServerPeers empty;
  empty.client.plain_record(ContentType::handshake, {});
  empty.pump();
  expect_refused(empty,
                 {.alert = AlertDescription::unexpected_message, .section = "RFC 5246, 6.2.1"});
}

// Many messages in one record are many messages: what comes behind Finished in its record is judged
// by the state that Finished has made.
TEST(Attacks, MergedRecordsDoNotSlipAMessageIn) {
  test::ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.key_exchange();
    client.change_cipher_spec();
    client.merge();
    client.finished();
    client.handshake(handshake::HandshakeType::certificate_verify, Bytes(4));
    client.split();
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "CertificateVerify",
                         .reason_part = "expected no handshake message"});
}

}  // namespace
}  // namespace glasstls::tls
