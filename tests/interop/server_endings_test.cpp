// glasstls server and clients that stop, stall, err or go away: each gets its due, and the server
// goes on.
#include <algorithm>
#include <gmock/gmock.h>
#include <iterator>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

const std::vector<Identity> rsa = {rsa_identity()};

void expect_alive(const Server& server) {
  TlsClient client(server.port);
  client.handshake();
  client.close();
  EXPECT_EQ(client.read_all(), "") << server.process->describe();
}

/// An alert record in clear: its two bytes.
std::string alert_in(const Bytes& bytes) {
  return bytes.size() >= 7 && bytes[0] == 21 ? wire::hex(View(bytes).subspan(5, 2))
                                             : wire::hex(bytes);
}

void append_number(Bytes& bytes, std::size_t number, unsigned width) {
  while (width-- > 0) bytes.push_back(static_cast<std::uint8_t>(number >> 8 * width));
}

/// As long as a ClientHello can be: suites, compression methods and extensions fill their vectors.
Bytes largest_client_hello() {
  Bytes body = {3, 3};
  body.resize(2 + 32, 0x5a);  // random
  append_number(body, 32, 1);
  body.resize(body.size() + 32, 0xa5);  // session_id
  append_number(body, 0xfffe, 2);
  for (int i = 0; i < 32'766; ++i) append_number(body, 0x1a1a, 2);  // GREASE, RFC 8701
  append_number(body, 0xc030, 2);
  append_number(body, 255, 1);
  body.resize(body.size() + 255);  // null

  // supported_groups: x25519; signature_algorithms: rsa_pkcs1_sha256, rsa_pss_rsae_sha256; GREASE.
  Bytes extensions = *wire::unhex(
      "000a00040002001d"
      "000d0006000404010804"
      "2a2a");
  append_number(extensions, 0xffff - extensions.size() - 2, 2);
  extensions.resize(0xffff);
  append_number(body, extensions.size(), 2);
  std::copy(extensions.begin(), extensions.end(), std::back_inserter(body));

  Bytes message = {1};
  append_number(message, body.size(), 3);
  std::copy(body.begin(), body.end(), std::back_inserter(message));
  return message;
}

TEST(ServerEndings, AnswersCloseNotifyBeforeTcpCloses) {
  const Server server = our_server(rsa, {});
  TlsClient client(server.port);
  client.handshake();
  client.close();
  EXPECT_EQ(client.read_record(), "");
  EXPECT_FALSE(client.failed());
  EXPECT_TRUE(client.tcp().receive().empty());
}

TEST(ServerEndings, TellsABrowserOfPlainHttpThatThisIsTls) {
  const Server server = our_server(rsa, {});
  TcpClient client(server.port);
  client.send(wire::as_bytes(std::string_view("GET / HTTP/1.1\r\nHost: x\r\n\r\n")));
  EXPECT_TRUE(client.receive_all().empty());
  EXPECT_TRUE(server.process->wait_for("does not speak TLS")) << server.process->describe();
  expect_alive(server);
}

TEST(ServerEndings, SurvivesGarbageAndSendsAnAlert) {
  const Server server = our_server(rsa, {});
  TcpClient client(server.port);
  const Bytes hello = wire::unhex("16030100050100000103").value();  // a body that is cut short
  client.send(hello);
  EXPECT_EQ(alert_in(client.receive_all()), "0232");  // decode_error
  EXPECT_TRUE(server.process->wait_for("decode_error, sent")) << server.process->describe();
  expect_alive(server);
}

/// Much more is on its way to the server than it reads: closing over it at once would reset the
/// connection, and the alert with it.
TEST(ServerEndings, LosesNoAlertToAReset) {
  const Server server = our_server(rsa, {});
  TcpClient client(server.port);
  Bytes bytes = wire::unhex("16030100050100000103").value();
  bytes.resize(500'000);
  client.send(bytes);
  EXPECT_EQ(alert_in(client.receive_all()), "0232");
}

TEST(ServerEndings, SurvivesClientsThatGoAwayAtAnyTime) {
  const Server server = our_server(rsa, {"--echo"});
  { const TcpClient silent(server.port); }
  TcpClient(server.port).reset();
  {
    TlsClient client(server.port);
    client.flush();  // the ClientHello
    client.tcp().reset();
  }
  {
    TlsClient client(server.port);
    client.handshake();
    client.write(test_bytes(200'000));
    client.tcp().reset();
  }
  expect_alive(server);
}

TEST(ServerEndings, ReportsAStreamThatEndsWithoutCloseNotify) {
  const Server server = our_server(rsa, {"--echo"});
  TlsClient client(server.port);
  client.handshake();
  client.write("hello");
  client.tcp().half_close();
  EXPECT_EQ(client.read_record(), "hello");  // what was said is not lost
  EXPECT_TRUE(client.tcp().receive_all().empty());
  EXPECT_TRUE(server.process->wait_for("without close_notify")) << server.process->describe();
}

TEST(ServerEndings, EndsAHandshakeThatTakesTooLong) {
  const Server server = our_server(rsa, {"--timeout", "1"});
  TcpClient silent(server.port);
  EXPECT_EQ(alert_in(silent.receive_all()), "0100");  // close_notify
  TlsClient half(server.port);
  half.flush();
  EXPECT_FALSE(half.tcp().receive_all().empty());
  EXPECT_TRUE(server.process->wait_for("timed out: the handshake was not complete within 1 s"))
      << server.process->describe();
}

TEST(ServerEndings, ClosesAnIdleConnectionIfAsked) {
  const Server server = our_server(rsa, {"--idle-timeout", "1", "--echo"});
  TlsClient client(server.port);
  client.handshake();
  client.write("hello");
  EXPECT_EQ(client.read_all(), "hello");
  EXPECT_TRUE(server.process->wait_for("timed out: nothing came or went for 1 s"));
}

TEST(ServerEndings, LetsOtherHandshakesWaitWhenThereAreTooMany) {
  const Server server = our_server(rsa, {"--max-handshakes", "2", "--timeout", "30"});
  auto first = std::make_unique<TcpClient>(server.port);
  const TcpClient second(server.port);
  TlsClient third(server.port);  // TCP's handshake is the system's
  third.flush();
  first.reset();
  third.handshake();
  third.close();
  EXPECT_EQ(third.read_all(), "");
}

// Several answers to the first one are time enough for a server that would serve the third, too.
TEST(ServerEndings, LetsOthersWaitWhenThereAreTooManyConnections) {
  const Server server = our_server(rsa, {"--max-connections", "2", "--echo"});
  TlsClient first(server.port), second(server.port);
  first.handshake();
  second.handshake();
  TlsClient third(server.port);
  third.flush();
  for (int i = 0; i < 10; ++i) {
    first.write("hello");
    EXPECT_EQ(first.read_record(), "hello");
  }
  EXPECT_FALSE(third.tcp().has_received());
  second.close();
  EXPECT_EQ(second.read_all(), "");
  second.tcp().reset();
  third.handshake();
  third.close();
  EXPECT_EQ(third.read_all(), "");
}

TEST(ServerEndings, RefusesRenegotiationAndGoesOn) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(rsa, {"--echo"});
  Process client(
      {"openssl", "s_client", "-tls1_2", "-connect", "127.0.0.1:" + std::to_string(server.port)});
  ASSERT_TRUE(client.wait_for("---\n"));
  client.send("before\n");
  ASSERT_TRUE(client.wait_for("before\n")) << client.describe();
  client.send("R\n");
  EXPECT_TRUE(client.wait_for("no renegotiation")) << client.describe();
  EXPECT_TRUE(
      server.process->wait_for("note: the peer asked for a renegotiation, which was refused"))
      << server.process->describe();
}

TEST(ServerEndings, ServesTheLargestClientHelloInTheSmallestPieces) {
  const Server server = our_server(rsa, {});
  const Bytes hello = largest_client_hello();
  EXPECT_GT(hello.size(), 131'000U);
  TcpClient client(server.port);
  for (std::size_t at = 0; at < hello.size(); at += 100) {
    const View piece = View(hello).subspan(at, std::min<std::size_t>(100, hello.size() - at));
    const std::uint8_t header[] = {22, 3, 1, 0, static_cast<std::uint8_t>(piece.size())};
    client.send(header);
    client.send(piece);
  }
  const Bytes answer = client.receive();
  EXPECT_EQ(wire::hex(View(answer).first(3)), "160303") << server.process->describe();
}

}  // namespace
}  // namespace glasstls::test
