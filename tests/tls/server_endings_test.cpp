// How our server's connections end: close_notify both ways and half-closed, and truncation.
// RFC 5246, 7.2.1.
#include <functional>
#include <gtest/gtest.h>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Pair;
using test::ScriptedClient;
using test::ServerPeers;

/// One that goes on writing when its client has said all.
test::ServerOptions finishing() {
  test::ServerOptions options;
  options.settings = [](ServerSettings& s) { s.finish_writes_after_peer_closed = true; };
  return options;
}

ServerPeers::Step data(Bytes bytes) {
  return [bytes](ScriptedClient& client) { client.data(bytes); };
}
void close_notify(ScriptedClient& client) { client.close_notify(); }

/// The client was told that our server has closed, and nothing else.
void expect_one_close_notify(const ServerPeers& peers) {
  ASSERT_EQ(peers.client.alerts().size(), 1U);
  EXPECT_EQ(peers.client.alerts()[0].level, AlertLevel::warning);
  EXPECT_EQ(peers.client.alerts()[0].description, AlertDescription::close_notify);
}

// --- The client closes

TEST(ClientsCloseNotify, IsAnsweredAtOnceAndEndsWriting) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({close_notify});
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  expect_one_close_notify(peers);
  EXPECT_FALSE(peers.server.writable());
  EXPECT_EQ(peers.server.write(Bytes{1}), 0U);
  peers.end_of_stream();  // rightly closed
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.server.close();
  EXPECT_TRUE(peers.server.to_send().empty());  // said already
}

TEST(ClientsCloseNotify, OfLevelFatalIsNoFailure) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::fatal, AlertDescription::close_notify);
  }});
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  expect_one_close_notify(peers);
}

TEST(ClientsCloseNotify, MakesWhatComesAfterItNothing) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedClient& client) {
    client.data(Bytes{1});
    client.close_notify();
    client.data(Bytes{2});
    client.hello();
    client.raw(Bytes(100, 0xff));
  }});
  EXPECT_EQ(peers.data, Bytes{1});
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(peers.events.back()));
  EXPECT_TRUE(peers.server.receive_buffer().empty());
  expect_one_close_notify(peers);
}

TEST(ClientsCloseNotify, ComesBehindFinishedInTheSameBytes) {
  ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.second_flight();
    client.close_notify();
  }});
  ASSERT_EQ(peers.events.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(peers.events[1]));
  EXPECT_TRUE(peers.client.peer_finished_is_right());
  expect_one_close_notify(peers);
}

TEST(ClientsCloseNotify, DuringTheHandshakeIsAnsweredAndEndsIt) {
  const std::vector<std::vector<ServerPeers::Step>> beginnings{
      {},
      {[](ScriptedClient& client) { client.hello(); }},
      {[](ScriptedClient& client) { client.hello(); },
       [](ScriptedClient& client) { client.key_exchange(); }},
      {[](ScriptedClient& client) { client.hello(); },
       [](ScriptedClient& client) {
         client.key_exchange();
         client.change_cipher_spec();
       }}};
  for (const auto& beginning : beginnings) {
    ServerPeers peers;
    peers.run(beginning);
    peers.run({close_notify});
    expect_one_close_notify(peers);
    expect_ended(peers, Failed::Cause::peer_alert);
    EXPECT_EQ(peers.find<Failed>()->alert, AlertDescription::close_notify);
    EXPECT_FALSE(peers.completed());
  }
}

TEST(ClientsCloseNotify, LetsTheServerFinishIfItIsToldTo) {
  ServerPeers peers({}, finishing());
  peers.complete_handshake();
  peers.run({close_notify});
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  EXPECT_TRUE(peers.client.alerts().empty());
  peers.end_of_stream();  // the client's half; nothing is missing
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_TRUE(peers.server.writable());
  EXPECT_EQ(peers.server.write(Bytes{1, 2}), 2U);
  peers.server.close();
  peers.pump();
  EXPECT_EQ(peers.client.received_data(), (Bytes{1, 2}));
  expect_one_close_notify(peers);
}

// --- Our server closes

TEST(ServersClose, SendsCloseNotifyOnceAndGoesOnReading) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.server.close();
  peers.server.close();
  peers.pump();
  expect_one_close_notify(peers);
  EXPECT_FALSE(peers.server.writable());
  EXPECT_THROW(peers.server.write(Bytes{1}), std::logic_error);
  peers.run({data({1, 2, 3}), close_notify});
  EXPECT_EQ(peers.data, (Bytes{1, 2, 3}));
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  expect_one_close_notify(peers);
}

TEST(ServersClose, ComesBehindWhatWasWritten) {
  ServerPeers peers;
  peers.complete_handshake();
  EXPECT_EQ(peers.server.write(Bytes(20'000, 7)), 20'000U);
  peers.server.close();
  peers.pump();
  EXPECT_EQ(peers.client.received_data(), Bytes(20'000, 7));
  expect_one_close_notify(peers);
}

// The client may have said more before it hung up.
TEST(ServersClose, IsTruncatedIfTheClientNeverCloses) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.server.close();
  peers.pump();
  peers.end_of_stream();
  expect_one_close_notify(peers);
  ASSERT_EQ(peers.count<Failed>(), 1U);
  EXPECT_EQ(peers.find<Failed>()->cause, Failed::Cause::truncated);
}

TEST(ServersClose, BeforeTheHelloIsAllThatIsSent) {
  ServerPeers peers;
  peers.server.close();
  peers.hello();
  expect_one_close_notify(peers);
  EXPECT_TRUE(peers.client.messages().empty());
  EXPECT_TRUE(peers.events.empty());
  EXPECT_TRUE(peers.server.receive_buffer().empty());
}

TEST(ServersClose, InTheMiddleOfTheHandshakeGivesItUp) {
  ServerPeers peers;
  peers.hello();
  peers.server.close();
  peers.pump();
  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  expect_one_close_notify(peers);
  EXPECT_FALSE(peers.client.has(handshake::HandshakeType::finished));
  EXPECT_TRUE(peers.events.empty());
}

TEST(ServersClose, AfterABadRecordSendsNoSecondAlert) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.server.close();
  peers.pump();
  peers.run({[](ScriptedClient& client) { client.plain_record(ContentType::alert, Bytes{1, 0}); }});
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->alert, AlertDescription::bad_record_mac);
  expect_one_close_notify(peers);  // was our last word
}

// --- Our two sides

TEST(BothSides, MayCloseAtTheSameTime) {
  Pair pair;
  pair.complete_handshake();
  pair.client.connection.close();
  pair.server.connection.close();
  pair.pump();
  for (test::End* end : {&pair.client, &pair.server}) {
    EXPECT_EQ(end->count<PeerClosed>(), 1U);
    EXPECT_EQ(end->find<Failed>(), nullptr);
    EXPECT_TRUE(end->connection.to_send().empty());
    end->connection.end_of_stream();
    EXPECT_FALSE(end->connection.next_event());
  }
}

TEST(BothSides, SpeakOnWhileOneHasClosed) {
  Pair pair({}, finishing());
  pair.complete_handshake();
  pair.client.connection.write(wire::as_bytes("question"));
  pair.client.connection.close();
  pair.pump();
  EXPECT_EQ(wire::as_text(pair.server.data), "question");
  EXPECT_EQ(pair.server.count<PeerClosed>(), 1U);
  const Bytes answer(100'000, 0x61);
  for (View rest = answer; !rest.empty();) {
    const std::size_t taken = pair.server.connection.write(rest);
    ASSERT_GT(taken, 0U);
    rest = rest.subspan(taken);
    pair.pump();
  }
  EXPECT_EQ(pair.client.count<PeerClosed>(), 0U);
  pair.server.connection.close();
  pair.pump();
  EXPECT_EQ(pair.client.data, answer);
  EXPECT_EQ(pair.client.count<PeerClosed>(), 1U);
}

// --- The stream ends

TEST(ClientsEndOfStream, DuringTheHandshakeIsTruncated) {
  const std::vector<std::function<void(ServerPeers&)>> beginnings{
      [](ServerPeers&) {}, [](ServerPeers& peers) { peers.hello(); },
      [](ServerPeers& peers) {
        peers.hello();
        peers.run({[](ScriptedClient& client) {
          client.key_exchange();
          client.change_cipher_spec();
        }});
      }};
  for (const auto& begin : beginnings) {
    ServerPeers peers;
    begin(peers);
    peers.end_of_stream();
    ASSERT_NE(peers.find<Failed>(), nullptr);
    EXPECT_EQ(peers.find<Failed>()->alert, std::nullopt);
    EXPECT_EQ(peers.find<Failed>()->section, "RFC 5246, 7.2.1");
    expect_ended(peers, Failed::Cause::truncated);
    EXPECT_TRUE(peers.client.alerts().empty());
  }
}

TEST(ClientsEndOfStream, AfterDataIsTruncatedAndTheDataIsGivenFirst) {
  ServerPeers peers;
  peers.complete_handshake();
  peers.client.data(Bytes{1});
  peers.client.data(Bytes{2, 3});
  const Bytes bytes = peers.client.take();
  peers.deliver(View(bytes).first(bytes.size() - 1));
  peers.end_of_stream();
  EXPECT_EQ(peers.data, Bytes{1});  // of half a record nothing
  EXPECT_EQ(peers.find<Failed>()->message, "record");
  expect_ended(peers, Failed::Cause::truncated);
}

}  // namespace
}  // namespace glasstls::tls
