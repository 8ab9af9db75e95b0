// The shim's flags of driving and ending a connection, and its failure lines, against OpenSSL and
// against doubles that break the rules.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <utility>

#include "tests/bogo/openssl_peer.h"
#include "tests/support/scripted_client.h"
#include "tests/support/scripted_server.h"

namespace glasstls::bogo {
namespace {

using test::ScriptedClient;
using test::ScriptedServer;

const Words server = Words{"-server"} + identity_flags("rsa");

// --- Driving

TEST(Shim, EchoesByteByByteToo) {
  const Words async{"-async", "-implicit-handshake", "-resume-count", "1"};
  Context client = openssl_client();
  use_identity(client.get(), "p256");
  expect_success(
      play(server + async + Words{"-require-any-client-certificate"}, {std::move(client), 2}));
  Context demanding = openssl_server();
  demand_certificate(demanding.get());
  expect_success(play(identity_flags("p256") + async, {std::move(demanding), 2}));
}

TEST(Shim, WithAsyncWritesSingleBytes) {
  Stage stage({"-async"});
  Socket socket = stage.accept();
  EXPECT_EQ(socket.receive(1).size(), 1U);
  ScriptedServer none;  // it never answers: the shim ends with the stream
  ::shutdown(socket.fd(), SHUT_WR);
  while (!socket.receive().empty()) {
  }
  expect_failure(stage.end(std::move(socket)), "truncated");
}

TEST(Shim, EchoesLargeRecords) {
  Play peer{openssl_client()};
  peer.talk = [](SSL* ssl, int) {
    exchange_echo(ssl, std::string(16'384, 'x'));
    exchange_close_notify(ssl);
  };
  expect_success(play(server, peer));
}

TEST(Shim, AnswersInPiecesOfItsReadSize) {
  Stage stage(server + Words{"-read-size", "3"});
  Socket socket = stage.accept();
  ScriptedClient client;
  client.hello();
  converse(socket, client, [&] { return client.has(handshake::HandshakeType::server_hello_done); });
  client.second_flight();
  client.data(wire::as_bytes("12345678"));
  converse(socket, client, [&] { return client.received_data().size() == 8; });
  EXPECT_EQ(client.received_sizes(), (std::vector<std::size_t>{3, 3, 2}));
  client.close_notify();
  converse(socket, client, [] { return false; });
  expect_success(stage.end(std::move(socket)));
}

TEST(Shim, SendsFragmentsNoLargerThanAllowed) {
  Stage stage(server + Words{"-max-send-fragment", "512"});
  Socket socket = stage.accept();
  ScriptedClient client;
  client.hello();
  Bytes wire;
  socket.send(client.take());
  while (!client.has(handshake::HandshakeType::server_hello_done)) {
    const Bytes bytes = socket.receive();
    ASSERT_FALSE(bytes.empty());
    wire::append(wire, bytes);
    client.receive(bytes);
  }
  for (std::size_t at = 0; at + 5 <= wire.size();) {
    const std::size_t length = std::size_t{wire[at + 3]} << 8 | wire[at + 4];
    EXPECT_LE(length, 512U);
    at += 5 + length;
  }
}

TEST(Shim, DoesNothingForAnExtraHandshake) {
  expect_success(play({"-no-op-extra-handshake", "-use-early-callback"}, {openssl_server()}));
}

TEST(Shim, WritesFirstIfItIsTold) {
  Play peer{openssl_client()};
  peer.talk = [](SSL* ssl, int) {
    EXPECT_EQ(read_exactly(ssl, 5), "hello");
    exchange_echo(ssl, "and echoes");
    exchange_close_notify(ssl);
  };
  expect_success(play(server + Words{"-shim-writes-first"}, peer));
}

// --- Ending

TEST(Shim, SendsTheAlertThatItIsToldAndEndsWell) {
  Play peer{openssl_server()};
  peer.talk = [](SSL* ssl, int) {
    char none;
    EXPECT_LE(SSL_read(ssl, &none, 1), 0);
    EXPECT_EQ(ERR_GET_REASON(ERR_get_error()), SSL_R_SSLV3_ALERT_DECOMPRESSION_FAILURE);
  };
  expect_success(play({"-send-alert"}, peer));
}

TEST(Shim, ShutsDownWithoutAnEcho) {
  Play peer{openssl_client()};
  peer.talk = [](SSL* ssl, int) {
    char none;
    EXPECT_EQ(SSL_read(ssl, &none, 1), 0);
    EXPECT_EQ(SSL_get_error(ssl, 0), SSL_ERROR_ZERO_RETURN);
    EXPECT_GE(SSL_shutdown(ssl), 0);
  };
  expect_success(play(server + Words{"-shim-shuts-down"}, peer));
  expect_success(play(server + Words{"-shim-shuts-down", "-check-close-notify"}, peer));
}

TEST(Shim, InsistsOnCloseNotifyOnlyIfItIsTold) {
  Play rude{openssl_client()};
  rude.talk = [](SSL* ssl, int) { exchange_echo(ssl, "and goodbye"); };  // TCP ends
  expect_success(play(server, rude));
  expect_failure(play(server + Words{"-check-close-notify"}, rude), "truncated");
  rude.talk = [](SSL*, int) {};
  expect_failure(play(server + Words{"-check-close-notify", "-shim-shuts-down"}, rude),
                 "truncated");
}

TEST(Shim, TellsAFatalAlertInItsShutdown) {
  Stage stage({"-shim-shuts-down", "-check-close-notify", "-expect-no-session"});
  Socket socket = stage.accept();
  ScriptedServer peer;
  converse(socket, peer, [&] { return peer.has(handshake::HandshakeType::client_hello); });
  peer.first_flight();
  converse(socket, peer, [&] { return peer.has(handshake::HandshakeType::finished); });
  peer.second_flight();
  peer.alert(AlertLevel::fatal, AlertDescription::record_overflow);
  converse(socket, peer, [] { return false; });
  expect_failure(stage.end(std::move(socket)), "received record_overflow");
}

// --- Failure lines

TEST(FailureLine, NamesTheAlertThatWasSent) {
  Stage stage({});
  Socket socket = stage.accept();
  ScriptedServer peer;
  converse(socket, peer, [&] { return peer.has(handshake::HandshakeType::client_hello); });
  peer.hello([](handshake::ServerHello& hello) { hello.cipher_suite = crypto::CipherSuite{0x35}; });
  converse(socket, peer, [] { return false; });
  ASSERT_EQ(peer.alerts().size(), 1U);  // it has not been overtaken by a reset
  EXPECT_EQ(peer.alerts()[0].description, AlertDescription::illegal_parameter);
  expect_failure(stage.end(std::move(socket)), "sent illegal_parameter");
}

TEST(FailureLine, NamesTheAlertThatWasReceived) {
  Stage stage({});
  Socket socket = stage.accept();
  ScriptedServer peer;
  converse(socket, peer, [&] { return peer.has(handshake::HandshakeType::client_hello); });
  peer.alert(AlertLevel::fatal, AlertDescription::handshake_failure);
  converse(socket, peer, [] { return true; });
  expect_failure(stage.end(std::move(socket)), "received handshake_failure");
}

TEST(FailureLine, TellsARenegotiationThatLedToTheEnd) {
  Stage stage(server);
  Socket socket = stage.accept();
  ScriptedClient client;
  client.hello();
  converse(socket, client, [&] { return client.has(handshake::HandshakeType::server_hello_done); });
  client.second_flight();
  converse(socket, client, [&] { return client.peer_finished_is_right(); });
  client.hello();
  converse(socket, client, [&] { return !client.alerts().empty(); });
  EXPECT_EQ(client.alerts()[0].description, AlertDescription::no_renegotiation);
  client.alert(AlertLevel::fatal, AlertDescription::no_renegotiation);
  converse(socket, client, [] { return false; });
  expect_failure(stage.end(std::move(socket)), "renegotiation");
}

// What the first record's sender calls its version is looked at first.
TEST(FailureLine, NamesTheAlertForGarbage) {
  Stage stage(server);
  Socket socket = stage.accept();
  ScriptedClient client;
  client.hello();
  socket.send(wire::as_bytes("blah"));
  converse(socket, client, [] { return false; });
  expect_failure(stage.end(std::move(socket)), "sent protocol_version");
}

TEST(FailureLine, NamesTheAlertForAMessageThatDataInterrupts) {
  Stage stage(server);
  Socket socket = stage.accept();
  ScriptedClient client;
  client.hello();
  converse(socket, client, [&] { return client.has(handshake::HandshakeType::server_hello_done); });
  client.key_exchange();
  client.change_cipher_spec();
  client.merge();
  client.finished();
  client.handshake_bytes(Bytes{0});
  client.split();
  client.data(Bytes(32));
  socket.send(client.take());
  while (!socket.receive().empty()) {
  }
  expect_failure(stage.end(std::move(socket)), "sent unexpected_message");
}

TEST(FailureLine, TellsWhatIsNotTls) {
  Stage stage(server);
  Socket socket = stage.accept();
  socket.send(wire::as_bytes("GET / HTTP/1.0\n\n"));
  EXPECT_TRUE(socket.receive().empty());  // no alert: nobody there would understand it
  expect_failure(stage.end(std::move(socket)), "not TLS");
}

}  // namespace
}  // namespace glasstls::bogo
