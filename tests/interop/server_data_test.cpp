// glasstls server: --echo, --reply, and what it prints.
#include <gmock/gmock.h>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

constexpr std::size_t mebibyte = 1024 * 1024;
const std::vector<Identity> rsa = {rsa_identity()};

// --- Echo ----------------------------------------------------------------------------------------

TEST(ServerEcho, SendsEachRecordBackAsOneOfTheSameLength) {
  const Server server = our_server(rsa, {"--echo"});
  TlsClient client(server.port);
  client.handshake();
  const std::string data = test_bytes(16'384);
  const std::size_t sizes[] = {1, 2, 100, 16'383, 16'384, 1};
  for (const std::size_t size : sizes) client.write(data.substr(0, size));
  for (const std::size_t size : sizes) EXPECT_EQ(client.read_record(), data.substr(0, size));
}

TEST(ServerEcho, SplitsOnlyWhatTheClientsLimitForbids) {
  const Server server = our_server(rsa, {"--echo"});
  tls::ClientSettings settings = client_settings();
  settings.record_size_limit = 1000;
  TlsClient client(server.port, settings);
  client.handshake();
  const std::string data = test_bytes(2'500);
  client.write(data);
  client.close();
  EXPECT_EQ(client.read_all(), data);
}

/// The client reads nothing for as long as it can write: what comes must wait with the client and in
/// the network, not in the server.
TEST(ServerEcho, StopsReadingFromWhoDoesNotListen) {
  const Server server = our_server(rsa, {"--echo"});
  TlsClient client(server.port);
  client.handshake();
  const std::string record = test_bytes(16'384);
  std::string unsent;
  std::size_t written = 0;
  while (unsent.empty()) {
    ASSERT_LT(written, 256 * mebibyte) << "the server takes everything";
    ASSERT_EQ(client.connection().write(wire::as_bytes(record)), record.size());
    written += record.size();
    const View out = client.connection().to_send();
    const std::size_t taken = client.tcp().send_until_full(out);
    unsent = wire::as_text(out.subspan(taken));
    client.connection().sent(out.size());
  }
  // It all comes back in order, once somebody listens.
  std::size_t read = 0;
  while (read + record.size() < written) {
    ASSERT_EQ(client.read_record(), record);
    read += record.size();
    unsent.erase(0, client.tcp().send_until_full(wire::as_bytes(unsent)));
  }
  client.tcp().send(wire::as_bytes(unsent));
  EXPECT_EQ(client.read_record(), record);
  if (!sanitized) {
    EXPECT_LT(memory_of(server), 64 * mebibyte);
  }
}

class ServerEchoTransfer : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Of, ServerEchoTransfer,
                         testing::Values(0, 1, 16'384, 16'385, 64 * mebibyte),
                         [](const testing::TestParamInfo<std::size_t>& test) {
                           return std::to_string(test.param) + "_bytes";
                         });

TEST_P(ServerEchoTransfer, LosesNothingWhenTheClientClosesEarly) {
  const Server server = our_server(rsa, {"--echo"});
  const std::string data = test_bytes(GetParam());
  const Client client = run_client(server.port, {"--half-close", "--linger", "60"}, data);
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_TRUE(client.output == data) << client.output.size() << " of " << data.size() << " bytes";
}

// --- Printing ------------------------------------------------------------------------------------

TEST(ServerPrint, PrintsWhatItReceives) {
  const Server server = our_server(rsa, {"--count", "1"});
  const std::string data = test_bytes(3 * mebibyte);
  const Client client = run_client(server.port, {"--half-close", "--linger", "60"}, data);
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(server.process->wait(), 0);
  EXPECT_TRUE(server.process->output() == data);
}

TEST(ServerReply, AnswersTheFirstRecord) {
  const Server server =
      our_server(rsa, {"--count", "1", "--reply", "yes , you have client_socketect with server."});
  const Client client =
      run_client(server.port, {"--name", "test", "--send", "do i connect with server ?"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, "yes , you have client_socketect with server.");
  EXPECT_EQ(server.process->wait(), 0);
  EXPECT_EQ(server.process->output(), "do i connect with server ?");
}

TEST(ServerReply, AnswersPython) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = our_server(rsa, {"--count", "1", "--reply", "yes"});
  const Client client = run_program({"python3", "-c", R"(
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as plain:
  with context.wrap_socket(plain, server_hostname='test') as tls:
    tls.send(b'do i connect with server ?')
    print(tls.version(), tls.cipher()[0], tls.recv(1024).decode())
    tls.unwrap()
)",
                                     std::to_string(server.port), certificate_file("ca-rsa.pem")});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 yes\n");
  EXPECT_EQ(server.process->wait(), 0);
  EXPECT_EQ(server.process->output(), "do i connect with server ?");
}

TEST(ServerPrint, GoesOnWhenNobodyReadsWhatItPrints) {
  const Server server = our_server(rsa, {"--reply", "yes"});
  server.process->close_output();
  for (int i = 0; i < 2; ++i) {
    TlsClient client(server.port);
    client.handshake();
    client.write("hello");
    EXPECT_EQ(client.read_record(), "yes");
  }
  EXPECT_TRUE(server.process->wait_for("standard output takes no more"));
}

}  // namespace
}  // namespace glasstls::test
