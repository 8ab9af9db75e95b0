// What glasstls server tells of its connections.
#include <algorithm>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <sstream>
#include <string>

#include "tests/interop/free_port.h"
#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::vector<Identity> rsa = {rsa_identity()};

/// The one connection's line, after the server has ended.
json line_of(const Server& server) {
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  const std::vector<json> lines = json_lines(*server.process);
  return lines.size() == 1 ? lines.front() : json();
}

TEST(ServerJson, TellsOfAConnectionInOrder) {
  const Server server = our_server(rsa, {"--json", "--count", "1", "--echo", "--alpn", "x"});
  tls::ClientSettings settings = client_settings();
  settings.application_protocols = {"x"};
  {
    TlsClient client(server.port, settings);
    client.handshake();
    client.write("hello");
    client.close();
    EXPECT_EQ(client.read_all(), "hello");
  }
  const json line = line_of(server);
  EXPECT_EQ(line["schema"], 1);
  EXPECT_EQ(line["connection"], 1);
  EXPECT_THAT(line["peer"].get<std::string>(), testing::StartsWith("127.0.0.1:"));
  EXPECT_EQ(line["outcome"], "closed");
  EXPECT_EQ(line["failure"], nullptr);
  EXPECT_EQ(line["bytes_received"], 5);
  EXPECT_EQ(line["bytes_sent"], 5);
  EXPECT_EQ(line["agreement"]["server_name"], "localhost");
  EXPECT_EQ(line["agreement"]["application_protocol"], "x");
  EXPECT_EQ(line["agreement"]["resumed"], "none");
}

TEST(ServerJson, TellsOfAFailureWithEveryChoiceThatDidNotFit) {
  const Server server = our_server(
      rsa, {"--json", "--count", "1", "--suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
  tls::ClientSettings settings = client_settings();
  settings.cipher_suites = {crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
  EXPECT_THROW(TlsClient(server.port, settings).handshake(), std::runtime_error);
  const json line = line_of(server);
  EXPECT_EQ(line["agreement"], nullptr);
  EXPECT_EQ(line["outcome"], "failed");
  const json& failure = line["failure"];
  EXPECT_EQ(failure["cause"], "protocol");
  EXPECT_EQ(failure["alert"], "handshake_failure");
  EXPECT_EQ(failure["message"], "ClientHello");
  EXPECT_TRUE(failure["offset"].is_number());
  EXPECT_THAT(failure["section"].get<std::string>(), HasSubstr("RFC"));
  ASSERT_FALSE(failure["eliminations"].empty());
  EXPECT_THAT(failure["eliminations"][0].get<std::string>(),
              HasSubstr("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
  EXPECT_THAT(server.process->error(), HasSubstr("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
}

TEST(ServerJson, TellsOfTimeThatRanOut) {
  const Server server = our_server(rsa, {"--json", "--count", "1", "--timeout", "0.5"});
  TcpClient(server.port).receive_all();
  const json line = line_of(server);
  EXPECT_EQ(line["outcome"], "timed_out");
  EXPECT_THAT(line["error"].get<std::string>(), HasSubstr("within 0.500 s"));
}

TEST(ServerJson, LeavesStandardOutputToTheLines) {
  const Server server = our_server(rsa, {"--json", "--count", "1"});
  run_client(server.port, {"--send", "hello"});
  EXPECT_EQ(line_of(server)["bytes_received"], 5);
}

TEST(ServerKeyLog, HasTheMasterSecretOfTheClient) {
  const TemporaryFolder folder;
  const Server server = our_server(rsa, {"--keylog", folder.file("server"), "--count", "1"});
  const Client client =
      run_client(server.port, {"--keylog", folder.file("client"), "--send", "hello"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(server.process->wait(), 0);
  const auto read = [&](const char* name) {
    return run_program({"cat", folder.file(name)}).output;
  };
  EXPECT_THAT(read("client"), testing::StartsWith("CLIENT_RANDOM "));
  EXPECT_EQ(read("server"), read("client"));
}

TEST(ServerExplain, TellsEveryMessageAndHidesSecrets) {
  const Server server = our_server(rsa, {"--explain", "--count", "1"});
  run_client(server.port, {"--send", "hello"});
  EXPECT_EQ(server.process->wait(), 0);
  const std::string& said = server.process->error();
  for (const char* word : {"ClientHello", "ServerKeyExchange", "ClientKeyExchange", "master_secret",
                           "Finished", "close_notify"})
    EXPECT_THAT(said, HasSubstr(word)) << word;
}

/// Each piece begins with its connection's line; a handshake is one piece, however many run at once.
TEST(ServerExplain, TellsEachHandshakeInOnePiece) {
  const Server server = our_server(rsa, {"--explain", "--count", "8", "--threads", "2"});
  std::vector<std::unique_ptr<Process>> clients;
  for (int i = 0; i < 8; ++i) clients.push_back(start_client(server.port, {"--send", "hello"}));
  for (const auto& client : clients) EXPECT_EQ(client->wait(), 0) << client->describe();
  EXPECT_EQ(server.process->wait(), 0);

  const std::string& said = server.process->error();
  const std::string mark = "\n=== connection ";
  std::map<std::string, int> pieces_with_hello;
  for (std::size_t at = said.find(mark); at != std::string::npos;) {
    const std::size_t end = std::min(said.find(mark, at + 1), said.size());
    const std::string piece = said.substr(at, end - at);
    if (piece.find(" ClientHello, ") != std::string::npos) {
      ++pieces_with_hello[piece.substr(0, piece.find(','))];
      EXPECT_THAT(piece, HasSubstr("connected: TLS 1.2"));
    }
    at = end == said.size() ? std::string::npos : end;
  }
  EXPECT_EQ(pieces_with_hello.size(), 8U);
  for (const auto& [connection, pieces] : pieces_with_hello) EXPECT_EQ(pieces, 1) << connection;
}

TEST(ServerDescriptors, AreNamedWhenTheyRunOutAndTheServerGoesOn) {
  if (sanitized) GTEST_SKIP() << "sanitizers need descriptors of their own";
  const Identity identity = rsa_identity();
  const std::string port = std::to_string(free_port());
  Process server({"sh", "-c", "ulimit -n 20; exec \"$@\"", "sh", GLASSTLS_PROGRAM, "server",
                  "--listen", port, "--cert", identity.certificate, "--key", identity.key,
                  "--echo"});
  ASSERT_TRUE(server.wait_for("listening on"));
  std::vector<std::unique_ptr<TcpClient>> clients;
  for (int i = 0; i < 30; ++i)
    clients.push_back(std::make_unique<TcpClient>(static_cast<std::uint16_t>(std::stoi(port))));
  EXPECT_TRUE(server.wait_for("no more than 20 files and connections")) << server.describe();
  clients.clear();
  {
    TlsClient client(static_cast<std::uint16_t>(std::stoi(port)));
    client.handshake();
    client.close();
    EXPECT_EQ(client.read_all(), "");
  }
  EXPECT_EQ(server.stop(SIGTERM), 0) << server.describe();
}

}  // namespace
}  // namespace glasstls::test
