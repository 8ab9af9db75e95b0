// How connections end, rightly and not: close_notify, truncation, and peers that do not speak TLS.
// RFC 5246, 7.2.1.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

// --- Peers that do not speak TLS

void expect_not_tls(Peers& peers, std::string_view protocol) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_NE(failed->reason.find(protocol), std::string::npos) << failed->reason;
  EXPECT_EQ(failed->alert, std::nullopt);
  EXPECT_EQ(failed->offset, 0U);
  EXPECT_TRUE(peers.server.alerts().empty());
  expect_ended(peers, Failed::Cause::not_tls);
}

TEST(PlainTextPeer, IsRecognisedAndGetsNoAlert) {
  const std::pair<std::string_view, std::string_view> greetings[] = {
      {"HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP"},
      {"SSH-2.0-OpenSSH_9.2p1\r\n", "SSH"},
      {"220 mail.example ESMTP\r\n", "SMTP or FTP"},
      {"* OK IMAP4rev1 ready\r\n", "IMAP"},
      {"hello", "plain text"}};
  for (const auto& [greeting, protocol] : greetings)
    for (const std::size_t piece : {1U, 3U, 1000U}) {
      Peers peers;
      peers.piece = piece;
      peers.deliver(wire::as_bytes(greeting));
      expect_not_tls(peers, protocol);
    }
}

TEST(PlainTextPeer, ThatSaysVeryLittleIsRecognisedWhenItHangsUp) {
  for (const std::string_view greeting : {"h", "\r\n", "220", "OK\n."}) {
    Peers peers;
    peers.deliver(wire::as_bytes(greeting));
    EXPECT_EQ(peers.find<Failed>(), nullptr);
    peers.end_of_stream();
    expect_not_tls(peers, "plain text");
  }
}

TEST(PlainTextPeer, IsNotLookedForLater) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.hello(); }});
  peers.deliver(wire::as_bytes("HTTP/1.1 400 Bad Request"));
  expect_refused(peers, {.alert = AlertDescription::protocol_version,
                         .message = "record header",
                         .field = "version"});
}

// --- Truncation

void expect_truncated(Peers& peers, std::string_view reason_part) {
  peers.end_of_stream();
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->alert, std::nullopt);
  EXPECT_EQ(failed->section, "RFC 5246, 7.2.1");
  EXPECT_NE(failed->reason.find(reason_part), std::string::npos) << failed->reason;
  expect_ended(peers, Failed::Cause::truncated);
}

TEST(EndOfStream, BeforeAnyByteIsTruncated) {
  Peers peers;
  expect_truncated(peers, "during the handshake");
}

TEST(EndOfStream, DuringTheHandshakeIsTruncated) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  expect_truncated(peers, "during the handshake");
}

TEST(EndOfStream, AfterDataIsTruncatedAndTheDataIsGivenFirst) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) { server.data(Bytes{1}); }});
  EXPECT_EQ(peers.data, Bytes{1});
  expect_truncated(peers, "data may be missing");
}

TEST(EndOfStream, InsideARecordIsTruncated) {
  Peers peers;
  peers.complete_handshake();
  peers.server.data(Bytes{1, 2, 3});
  const Bytes record = peers.server.take();
  peers.deliver(View(record).first(record.size() - 1));
  expect_truncated(peers, "data may be missing");
  EXPECT_EQ(peers.find<Failed>()->message, "record");
  EXPECT_EQ(peers.find<Failed>()->offset, record.size() - 1);
  EXPECT_TRUE(peers.data.empty());
}

// --- close_notify

TEST(CloseNotify, IsAnsweredAtOnceAndEndsWriting) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) { server.close_notify(); }});
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].level, AlertLevel::warning);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::close_notify);
  EXPECT_FALSE(peers.client.writable());
  EXPECT_EQ(peers.client.write(Bytes{1}), 0U);
  peers.end_of_stream();  // rightly closed
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.client.close();
  EXPECT_TRUE(peers.client.to_send().empty());  // said already
}

TEST(CloseNotify, LetsTheApplicationFinishIfItIsToldTo) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.finish_writes_after_peer_closed = true; };
  Peers peers({}, options);
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) { server.close_notify(); }});
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  EXPECT_TRUE(peers.server.alerts().empty());
  EXPECT_TRUE(peers.client.writable());
  EXPECT_EQ(peers.client.write(Bytes{1, 2}), 2U);
  peers.client.close();
  peers.pump();
  EXPECT_EQ(peers.server.received_data(), (Bytes{1, 2}));
  EXPECT_EQ(peers.server.alerts().size(), 1U);
}

TEST(CloseNotify, MakesWhatComesAfterItNothing) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) {
    server.data(Bytes{1});
    server.close_notify();
    server.data(Bytes{2});
    server.raw(Bytes(100, 0xff));
  }});
  EXPECT_EQ(peers.data, Bytes{1});
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(peers.events.back()));
  EXPECT_TRUE(peers.client.receive_buffer().empty());
}

TEST(Close, SendsCloseNotifyOnceAndGoesOnReading) {
  Peers peers;
  peers.complete_handshake();
  peers.client.close();
  peers.client.close();
  peers.pump();
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::close_notify);
  EXPECT_FALSE(peers.client.writable());
  EXPECT_THROW(peers.client.write(Bytes{1}), std::logic_error);
  peers.run({[](ScriptedServer& server) { server.data(wire::as_bytes("late")); },
             [](ScriptedServer& server) { server.close_notify(); }});
  EXPECT_EQ(wire::as_text(peers.data), "late");
  EXPECT_EQ(peers.count<PeerClosed>(), 1U);
  EXPECT_EQ(peers.server.alerts().size(), 1U);
}

TEST(Close, AfterABadRecordSendsNoSecondAlert) {
  Peers peers;
  peers.complete_handshake();
  peers.client.close();
  peers.pump();
  peers.run({[](ScriptedServer& server) { server.plain_record(ContentType::alert, Bytes{1, 0}); }});
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->alert, AlertDescription::bad_record_mac);
  EXPECT_EQ(peers.server.alerts().size(), 1U);  // close_notify was our last word
}

TEST(Abort, SendsTheApplicationsAlertAndEndsEverything) {
  Peers peers;
  peers.complete_handshake();
  peers.client.abort(AlertDescription::access_denied);
  peers.pump();
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].level, AlertLevel::fatal);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::access_denied);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_THROW(static_cast<void>(peers.client.write(Bytes{1})), std::logic_error);
  EXPECT_TRUE(peers.client.receive_buffer().empty());
  peers.client.abort(AlertDescription::internal_error);  // there is nothing left to end
  peers.client.close();
  EXPECT_TRUE(peers.client.to_send().empty());
  EXPECT_FALSE(peers.client.next_event());
}

TEST(Abort, DuringTheHandshakeIsTheLastThingThatIsSent) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.hello(); }});
  peers.client.abort(AlertDescription::user_canceled);
  peers.pump();
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::user_canceled);
}

TEST(Abort, ForgetsTheSession) {
  const auto sessions = std::make_shared<handshake::SessionCache>(1);
  test::Choices choices;
  choices.session_id = Bytes(32, 7);
  test::ClientOptions options;
  options.settings = [&](ClientSettings& s) { s.sessions = sessions; };
  Peers peers(choices, options);
  peers.complete_handshake();
  ASSERT_EQ(sessions->size(), 1U);
  peers.client.abort(AlertDescription::access_denied);
  EXPECT_EQ(sessions->size(), 0U);
}

TEST(Abort, AfterCloseSendsNothingMore) {
  Peers peers;
  peers.complete_handshake();
  peers.client.close();
  peers.pump();
  peers.client.abort(AlertDescription::access_denied);
  EXPECT_TRUE(peers.client.to_send().empty());
}

TEST(Abort, IsNoWayToSendCloseNotify) {
  Peers peers;
  EXPECT_THROW(peers.client.abort(AlertDescription::close_notify), std::invalid_argument);
}

TEST(Close, DuringTheHandshakeIsTheLastThingThatIsSent) {
  Peers peers;
  peers.client.close();
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  EXPECT_EQ(peers.server.messages(), std::vector{handshake::HandshakeType::client_hello});
  ASSERT_FALSE(peers.server.alerts().empty());
  EXPECT_EQ(peers.server.alerts().back().description, AlertDescription::close_notify);
  EXPECT_FALSE(peers.completed());
}

}  // namespace
}  // namespace glasstls::tls
