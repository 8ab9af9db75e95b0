// Our client may write before the server's Finished, if it is told to. RFC 7918.
#include <gtest/gtest.h>
#include <memory>

#include "handshake/session_store.h"
#include "tests/tls/refused.h"

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

TEST(FalseStart, IsNotDoneUnasked) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  EXPECT_EQ(peers.count<FalseStart>(), 0U);
  EXPECT_FALSE(peers.client.writable());
  EXPECT_EQ(peers.client.write(wire::as_bytes("early")), 0U);
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
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.change_cipher_spec();
               server.data(Bytes{1});
             }});
  expect_refused(
      peers, {.alert = AlertDescription::unexpected_message, .reason_part = "application data"});
}

TEST(FalseStart, HasNothingToExportYet) {
  Peers peers({}, eager());
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  ASSERT_EQ(peers.count<FalseStart>(), 1U);
  EXPECT_THROW(peers.client.export_keying_material("a", {}, 32), std::logic_error);
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
