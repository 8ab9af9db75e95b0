// Data in both directions: nothing is lost, added or changed.
#include <cstddef>
#include <gtest/gtest.h>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

// Around the largest fragment of a record (RFC 5246, 6.2.1), and many records.
class Transfer : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Of, Transfer, testing::Values(0, 1, 16'384, 16'385, 64 * mebibyte),
                         [](const testing::TestParamInfo<std::size_t>& test) {
                           return std::to_string(test.param) + "_bytes";
                         });

Words python_words(const std::string& mode, std::size_t size) {
  const Identity identity = rsa_identity();
  return {identity.certificate, identity.key, mode, std::to_string(size)};
}

TEST_P(Transfer, ToPythonArrivesWhole) {
  GLASSTLS_NEEDS("python3", "python3");
  const std::string data = test_bytes(GetParam());
  const Server server = python_server("python_transfer.py", python_words("sink", data.size()));
  const Client client = run_client(server.port, {"--linger", "60"}, data);
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(server.process->wait_for_line("sha256 "), sha256(data)) << server.process->describe();
}

TEST_P(Transfer, FromPythonArrivesWhole) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("python_transfer.py", python_words("source", GetParam()));
  const Client client = run_client(server.port, {"--linger", "60"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output.size(), GetParam());
  EXPECT_EQ(server.process->wait_for_line("sha256 "), sha256(client.output));
}

/// Both directions at once. The server sends back before it reads on, so that a client which did
/// not read while it writes would come to a standstill.
TEST_P(Transfer, ThroughAnEchoComesBackWhole) {
  GLASSTLS_NEEDS("python3", "python3");
  const std::string data = test_bytes(GetParam());
  const Server server = python_server("python_transfer.py", python_words("echo", 0));
  const Client client = run_client(server.port, {"--half-close", "--linger", "60"}, data);
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_TRUE(client.output == data) << client.output.size() << " of " << data.size() << " bytes";
}

TEST_P(Transfer, ToOpenSslArrivesWhole) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const std::string data = test_bytes(GetParam());
  const Server server = quiet_openssl_server(rsa_identity());
  const Client client =
      run_client_when_ready(server.port, {"--half-close", "--linger", "60"}, data);
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  EXPECT_TRUE(server.process->output() == data)
      << server.process->output().size() << " of " << data.size() << " bytes";
}

TEST_P(Transfer, FromOpenSslArrivesWhole) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const std::string data = test_bytes(GetParam());
  const TemporaryFolder folder;
  folder.write("data", data);
  const Server server = openssl_file_server(rsa_identity(), folder.path());
  const Client client =
      run_client(server.port, {"--send", "GET /data HTTP/1.0\r\n\r\n", "--linger", "60"});
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  const std::size_t begin = client.output.find("\r\n\r\n") + 4;
  EXPECT_EQ(client.output.size() - begin, data.size());
  EXPECT_TRUE(client.output.substr(begin) == data);
}

TEST(FirstProgram, IsAnsweredAndTheMissingCloseNotifyIsTold) {
  GLASSTLS_NEEDS("python3", "python3");
  const Identity identity = rsa_identity();
  const Server server = python_server("python_server.py", {identity.certificate, identity.key});
  const Client client =
      run_client(server.port, {"--send", "do i connect with server ?", "--linger", "60"});
  EXPECT_EQ(client.output, "yes , you have client_socketect with server.");
  EXPECT_EQ(client.exit_code, 8) << client.all;  // Python's close() sends none
  EXPECT_TRUE(client.says("without close_notify")) << client.all;
  EXPECT_EQ(server.process->wait_for_line("receive msg from client 127.0.0.1 : "),
            "do i connect with server ?");
}

TEST(FirstProgram, EndsCleanlyWhenItUnwraps) {
  GLASSTLS_NEEDS("python3", "python3");
  const Identity identity = rsa_identity();
  const Server server =
      python_server("python_server.py", {identity.certificate, identity.key, "unwrap"});
  const Client client =
      run_client(server.port, {"--send", "do i connect with server ?", "--linger", "60"});
  EXPECT_EQ(client.output, "yes , you have client_socketect with server.");
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
}

TEST(Linger, EndsAConversationWithASilentPeerByCloseNotify) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("python_transfer.py", python_words("echo", 0));
  const Client client = run_client(server.port, {"--send", "hello", "--linger", "2"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, "hello");
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();  // a ragged end would fail
}

}  // namespace
}  // namespace glasstls::test
