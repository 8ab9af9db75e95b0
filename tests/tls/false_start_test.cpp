// Our client may write before the server's Finished, if it is told to. RFC 7918.
#include <gtest/gtest.h>
#include <memory>

#include "handshake/session_store.h"
#include "tests/tls/refused.h"
#include "tests/tls/signing.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

test::ClientOptions eager(std::shared_ptr<handshake::SessionCache> sessions = {}) {
  test::ClientOptions options;
  options.settings = [=](ClientSettings& s) {
    s.false_start = true;
    s.sessions = sessions;
  };
  return options;
}

TEST(FalseStart, LetsDataGoBeforeTheServersFinished) {
  Peers peers({}, eager());
  EXPECT_FALSE(peers.client.writable());
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  EXPECT_EQ(peers.count<FalseStart>(), 1U);
  EXPECT_FALSE(peers.completed());
  EXPECT_TRUE(peers.client.writable());
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 5U);
  peers.pump();
  EXPECT_EQ(wire::as_text(peers.server.received_data()), "early");

  peers.run({[](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
  EXPECT_EQ(peers.count<FalseStart>(), 1U);
}

TEST(FalseStart, ComesOnceOurFinishedIsOnItsWay) {
  Peers peers({}, eager());
  peers.server.first_flight();
  test::to_us(peers.client, peers.server.take(), peers.piece, peers);
  ASSERT_EQ(peers.count<FalseStart>(), 1U);
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 5U);  // before anything is drained
  peers.pump();
  EXPECT_TRUE(peers.server.peer_finished_is_right());
  EXPECT_EQ(wire::as_text(peers.server.received_data()), "early");
}

// RFC 7918, 4: what the server sends up to ServerHelloDone is needed whole.
TEST(FalseStart, DoesNotComeBeforeTheServersFlightIsWhole) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange();
  }});
  EXPECT_EQ(peers.count<FalseStart>(), 0U);
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 0U);
  peers.run({[](ScriptedServer& server) { server.done(); }});
  EXPECT_EQ(peers.count<FalseStart>(), 1U);
}

TEST(FalseStart, WaitsForTheClientsOwnSignature) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) {
    s.false_start = true;
    s.credentials = {keyless("p256")};
  };
  Peers peers({}, options);
  peers.run({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange();
    server.certificate_request();
    server.done();
  }});
  EXPECT_EQ(peers.count<SignatureWanted>(), 1U);
  EXPECT_EQ(peers.count<FalseStart>(), 0U);
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 0U);
  peers.client.answer(signature_for(peers, "p256"));
  peers.pump();
  EXPECT_EQ(peers.count<FalseStart>(), 1U);
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 5U);
  peers.pump();
  EXPECT_TRUE(peers.server.peer_finished_is_right());
  EXPECT_EQ(wire::as_text(peers.server.received_data()), "early");
}

TEST(FalseStart, IsReadByOurServerOnceItIsDone) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1} << 20}) {
    test::Pair pair(eager());
    pair.piece = piece;
    const auto carry = [piece](test::End& from, test::End& to) {
      const Bytes bytes = wire::copy(from.connection.to_send());
      from.connection.sent(bytes.size());
      test::to_us(to.connection, bytes, piece, to);
    };
    carry(pair.client, pair.server);
    carry(pair.server, pair.client);
    ASSERT_EQ(pair.client.count<FalseStart>(), 1U);
    EXPECT_FALSE(pair.client.completed());
    EXPECT_EQ(pair.client.connection.write(wire::as_bytes("early")), 5U);
    pair.pump();
    EXPECT_EQ(wire::as_text(pair.server.data), "early");
    ASSERT_EQ(pair.server.events.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(pair.server.events[0]));
    ASSERT_EQ(pair.client.events.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<FalseStart>(pair.client.events[0]));
    EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(pair.client.events[1]));
  }
}

TEST(FalseStart, IsNotDoneUnasked) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  EXPECT_EQ(peers.count<FalseStart>(), 0U);
  EXPECT_FALSE(peers.client.writable());
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 0U);
  peers.run({[](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_EQ(peers.client.write(wire::as_bytes("late")), 4U);
}

TEST(FalseStart, DoesNotComeBeforeTheServerIsVerified) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange(
        {}, [](handshake::ServerKeyExchange& message) { message.signed_params.signature[5] ^= 1; });
    server.done();
  }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error, .message = "ServerKeyExchange"});
  EXPECT_EQ(peers.count<FalseStart>(), 0U);
}

TEST(FalseStart, EndsWithAWrongFinishedAllTheSame) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.change_cipher_spec();
               server.finished([](handshake::Finished& message) { message.verify_data[3] ^= 1; });
             }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error, .message = "Finished"});
}

TEST(FalseStart, DoesNotAllowTheServerToSpeakEarly) {
  Peers in_plain({}, eager());
  in_plain.run({[](ScriptedServer& server) { server.first_flight(); },
                [](ScriptedServer& server) { server.data(Bytes{1}); }});
  expect_refused(
      in_plain, {.alert = AlertDescription::unexpected_message, .reason_part = "application data"});

  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.change_cipher_spec();
               server.data(Bytes{1});
             }});
  expect_refused(
      peers, {.alert = AlertDescription::unexpected_message, .reason_part = "application data"});
}

TEST(FalseStart, IsTruncatedIfTheServerNeverFinishes) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  peers.client.write(wire::as_bytes("early"));
  peers.end_of_stream();
  expect_ended(peers, Failed::Cause::truncated);
  EXPECT_FALSE(peers.completed());
}

TEST(FalseStart, MayBeAllThatTheClientHasToSay) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  peers.client.write(wire::as_bytes("all"));
  peers.client.close();
  peers.run({[](ScriptedServer& server) { server.second_flight(); },
             [](ScriptedServer& server) {
               server.data(Bytes{1, 2});
               server.close_notify();
             }});
  EXPECT_EQ(wire::as_text(peers.server.received_data()), "all");
  EXPECT_TRUE(peers.completed());
  EXPECT_EQ(peers.data, (Bytes{1, 2}));
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  EXPECT_EQ(peers.server.alerts().size(), 1U);
}

TEST(FalseStart, HasNothingToExportYet) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  ASSERT_EQ(peers.count<FalseStart>(), 1U);
  EXPECT_THROW(peers.client.export_keying_material("a", {}, 32), std::logic_error);
  for (const auto type : {ChannelBinding::tls_unique, ChannelBinding::tls_server_end_point,
                          ChannelBinding::tls_exporter})
    EXPECT_THROW(peers.client.channel_binding(type), std::logic_error);
}

// In a short handshake the server has spoken before us, and there is nothing to gain.
TEST(FalseStart, HasNoPlaceInAShortHandshake) {
  const auto sessions = std::make_shared<handshake::SessionCache>(1);
  test::Choices choices;
  choices.session_id = Bytes(32, 0x1d);
  Peers first(choices, eager(sessions));
  first.complete_handshake();
  Peers second(choices, eager(sessions));
  second.run({[&](ScriptedServer& server) { server.resuming_hello(first.server.session()); }});
  EXPECT_FALSE(second.client.writable());
  second.run({[](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(second.completed());
  EXPECT_EQ(second.count<FalseStart>(), 0U);
}

}  // namespace
}  // namespace glasstls::tls
