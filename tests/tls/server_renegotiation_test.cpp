// A ClientHello once the handshake is complete: declined with a warning, and not without end.
// RFC 5246, 7.4.1.2 and 7.2.2.
#include <gtest/gtest.h>

#include "record/buffers.h"
#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::ScriptedClient;
using test::ServerPeers;

ServerPeers::Step hellos(unsigned count) {
  return [count](ScriptedClient& client) {
    for (unsigned i = 0; i < count; ++i) client.hello();
  };
}

TEST(Renegotiation, IsDeclinedAndTheConnectionGoesOn) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({hellos(1)});
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 1U);
  ASSERT_EQ(peers.client.alerts().size(), 1U);
  EXPECT_EQ(peers.client.alerts()[0].level, AlertLevel::warning);
  EXPECT_EQ(peers.client.alerts()[0].description, AlertDescription::no_renegotiation);
  peers.run({[](ScriptedClient& client) { client.data(Bytes{1}); }});
  EXPECT_EQ(peers.data, Bytes{1});
  EXPECT_EQ(peers.server.write(Bytes{2}), 1U);
  peers.pump();
  EXPECT_EQ(peers.client.received_data(), Bytes{2});
}

TEST(Renegotiation, IsDeclinedWhateverTheHelloSays) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    client.handshake(handshake::HandshakeType::client_hello, Bytes{3, 3, 1});
  }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 1U);
}

TEST(Renegotiation, IsDeclinedAfterAShortHandshakeToo) {
  test::ServerOptions options;
  options.settings = [store = std::make_shared<handshake::SessionCache>(1)](ServerSettings& s) {
    s.sessions = store;
  };
  ServerPeers first({}, options);
  first.complete_handshake();
  test::ClientChoices choices;
  choices.session = first.client.session();
  ServerPeers peers(choices, options);
  peers.complete_handshake();
  ASSERT_TRUE(peers.client.resumed());
  peers.run({hellos(1)});
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 1U);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

TEST(Renegotiation, IsDeclinedFourTimesInARowAndNotMore) {
  ServerPeers peers;
  peers.complete_handshake();
  EXPECT_EQ(Patience{}.renegotiation_attempts, 4U);
  peers.run({hellos(4), [](ScriptedClient& client) { client.data(Bytes{1}); }, hellos(4)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 8U);
  peers.run({hellos(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ClientHello",
                         .section = "RFC 5246, 7.4.1.2",
                         .reason_part = "too many attempts to renegotiate"});
}

TEST(Renegotiation, IsNotMadeGoodByEmptyRecordsOrWarnings) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    for (unsigned i = 0; i <= Patience{}.renegotiation_attempts; ++i) {
      client.hello();
      client.data({});
      if (i < 2) client.alert(AlertLevel::warning, AlertDescription::user_canceled);
    }
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ClientHello",
                         .reason_part = "too many attempts to renegotiate"});
}

TEST(Renegotiation, InTheRecordOfFinishedComesAfterTheHandshake) {
  ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.key_exchange();
    client.change_cipher_spec();
    client.merge();
    client.finished();
    client.hello();
    client.split();
  }});
  ASSERT_EQ(peers.events.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
  EXPECT_TRUE(std::holds_alternative<RenegotiationRefused>(peers.events[1]));
}

TEST(Renegotiation, GetsNoAnswerOnceOurSideHasClosed) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.server.close();
  peers.pump();
  ASSERT_EQ(peers.client.alerts().size(), 1U);  // close_notify
  peers.run({hellos(1), [](ScriptedClient& client) { client.data(Bytes{1}); }});
  EXPECT_EQ(peers.client.alerts().size(), 1U);
  EXPECT_EQ(peers.data, Bytes{1});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

TEST(Renegotiation, GetsNoAnswerThatASendBufferHasNoRoomFor) {
  ServerPeers peers;
  peers.complete_handshake();
  const Bytes plaintext(record::max_plaintext_length);
  while (peers.server.write(plaintext) != 0) {  // the network takes nothing
  }
  test::Told told;
  for (int i = 0; i < 5000; ++i) {
    peers.client.handshake(handshake::HandshakeType::client_hello, {});
    peers.client.data(Bytes{1});
    const Bytes bytes = peers.client.take();
    test::to_us(peers.server, bytes, bytes.size(), told);
  }
  EXPECT_EQ(told.data.size(), 5000U);
  EXPECT_LE(peers.server.to_send().size(), record::SendBuffer::capacity);
}

}  // namespace
}  // namespace glasstls::tls
