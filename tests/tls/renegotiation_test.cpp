// HelloRequest: ignored while a handshake runs, declined afterwards, and not without end.
// RFC 5246, 7.4.1.1 and 7.2.2.
#include <gtest/gtest.h>

#include "record/buffers.h"
#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

TEST(HelloRequest, DuringTheHandshakeIsIgnoredAndNotInTheTranscript) {
  Peers peers;
  peers.run({[](ScriptedServer& s) { s.hello_request(); },
             [](ScriptedServer& s) {
               s.hello();
               s.hello_request();
               s.certificate();
               s.key_exchange();
               s.hello_request();
               s.done();
             },
             [](ScriptedServer& s) {
               s.hello_request();
               s.change_cipher_spec();
               s.hello_request();
               s.finished();
             }});
  EXPECT_TRUE(peers.completed());  // both transcripts agree
  EXPECT_TRUE(peers.server.peer_finished_is_right());
  EXPECT_TRUE(peers.server.alerts().empty());
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 0U);
}

TEST(HelloRequest, AfterTheHandshakeIsDeclinedAndTheConnectionGoesOn) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) { s.hello_request(); }});
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 1U);
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].level, AlertLevel::warning);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::no_renegotiation);
  peers.run({[](ScriptedServer& s) { s.data(Bytes{1}); }});
  EXPECT_EQ(peers.data, Bytes{1});
  EXPECT_EQ(peers.client.write(Bytes{2}), 1U);
}

TEST(HelloRequest, IsDeclinedFourTimesInARowAndNotMore) {
  Peers peers;
  peers.complete_handshake();
  const auto requests = [](unsigned count) {
    return [count](ScriptedServer& server) {
      for (unsigned i = 0; i < count; ++i) server.hello_request();
    };
  };
  EXPECT_EQ(Patience{}.renegotiation_attempts, 4U);
  peers.run({requests(4), [](ScriptedServer& s) { s.data(Bytes{1}); }, requests(4)});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 8U);
  peers.run({requests(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "HelloRequest",
                         .section = "RFC 5246, 7.4.1.1"});
}

TEST(HelloRequest, IsIgnored32TimesDuringTheHandshakeAndNotMore) {
  Peers peers;
  peers.run({[](ScriptedServer& s) {
    for (unsigned i = 0; i < Patience{}.ignored_hello_requests; ++i) s.hello_request();
  }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.run({[](ScriptedServer& s) { s.hello_request(); }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message, .message = "HelloRequest"});
}

TEST(HelloRequest, DuringTheHandshakeDoesNotCountAfterwards) {
  Peers peers;
  peers.run({[](ScriptedServer& s) {
    for (int i = 0; i < 10; ++i) s.hello_request();
  }});
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) { s.hello_request(); }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.count<RenegotiationRefused>(), 1U);
}

TEST(HelloRequest, InTheRecordOfFinishedComesAfterTheHandshake) {
  Peers peers;
  std::vector<Peers::Step> script = test::full_handshake();
  script.back() = [](ScriptedServer& server) {
    server.change_cipher_spec();
    server.merge();
    server.finished();
    server.handshake(handshake::HandshakeType::hello_request, {});
    server.split();
  };
  peers.run(script);
  ASSERT_EQ(peers.events.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
  EXPECT_TRUE(std::holds_alternative<RenegotiationRefused>(peers.events[1]));
}

// The records of a message follow each other: RFC 8446, 5.1.
TEST(HelloRequest, ThatDataInterruptsIsUnexpectedMessage) {
  for (const Bytes& data : {Bytes{1}, Bytes{}}) {
    Peers peers;
    std::vector<Peers::Step> script = test::full_handshake();
    script.back() = [&](ScriptedServer& server) {
      server.change_cipher_spec();
      server.merge();
      server.finished();
      server.handshake_bytes(Bytes{0});  // the first byte of one
      server.split();
      server.data(data);
    };
    peers.run(script);
    EXPECT_TRUE(peers.completed());
    EXPECT_EQ(peers.count<ApplicationData>(), 0U);
    expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                           .section = "RFC 8446, 5.1",
                           .reason_part = "in the middle of a handshake message"});
  }
}

TEST(HelloRequest, GetsNoAnswerThatASendBufferHasNoRoomFor) {
  Peers peers;
  peers.complete_handshake();
  const Bytes plaintext(record::max_plaintext_length);
  while (peers.client.write(plaintext) != 0) {  // the network takes nothing
  }
  test::Told told;
  for (int i = 0; i < 5000; ++i) {
    peers.server.hello_request();
    peers.server.data(Bytes{1});
    const Bytes bytes = peers.server.take();
    test::to_us(peers.client, bytes, bytes.size(), told);
  }
  EXPECT_EQ(told.data.size(), 5000U);
  EXPECT_LE(peers.client.to_send().size(), record::SendBuffer::capacity);
}

TEST(HelloRequest, WithABodyIsDecodeError) {
  const Bytes request{0, 0, 0, 1, 9};
  Peers during;
  during.run({[&](ScriptedServer& s) { s.record(ContentType::handshake, request); }});
  expect_refused(during,
                 {.alert = AlertDescription::decode_error, .message = "HelloRequest", .offset = 4});
  Peers after;
  after.complete_handshake();
  after.run({[&](ScriptedServer& s) { s.record(ContentType::handshake, request); }});
  expect_refused(after, {.alert = AlertDescription::decode_error, .message = "HelloRequest"});
}

}  // namespace
}  // namespace glasstls::tls
