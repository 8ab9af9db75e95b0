// glasstls server from the outside: where it listens, who it is, how it ends.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <string>
#include <thread>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<Identity> rsa = {rsa_identity()};

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The path that stands behind a text, up to a blank or a line end.
std::string word_behind(const std::string& text, const std::string& mark) {
  const std::size_t begin = text.find(mark);
  if (begin == std::string::npos) return {};
  const std::string rest = text.substr(begin + mark.size());
  return rest.substr(0, rest.find_first_of(" \n;"));
}

void expect_refused(const Words& options, int code, const std::string& text) {
  Words words = {"server", "--listen", "127.0.0.1:0"};
  words.insert(words.end(), options.begin(), options.end());
  const Client refused = run_glasstls(words);
  EXPECT_EQ(refused.exit_code, code) << refused.all;
  EXPECT_TRUE(refused.says(text)) << text << "\n" << refused.all;
}

Words with_identity(const Words& more) {
  const Identity identity = rsa_identity();
  Words words = {"--cert", identity.certificate, "--key", identity.key};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// --- Listening -----------------------------------------------------------------------------------

TEST(ServerCommand, ServesAsSoonAsItSaysThatItListens) {
  const Server server = our_server(rsa, {"--echo"});
  TlsClient client(server.port);
  client.handshake();
  client.write("hello");
  EXPECT_EQ(client.read_record(), "hello");
}

TEST(ServerCommand, SaysWhyItCannotListen) {
  const Server server = our_server(rsa, {});
  const Client second = run_glasstls([&] {
    Words words = {"server", "--listen", std::to_string(server.port)};
    const Words more = with_identity({});
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }());
  EXPECT_EQ(second.exit_code, 3) << second.all;
  EXPECT_TRUE(second.says("cannot listen on 127.0.0.1:" + std::to_string(server.port) +
                          ": Address already in use"))
      << second.all;
}

TEST(ServerCommand, EndsAfterSoManyConnections) {
  const Server server = our_server(rsa, {"--count", "2", "--echo"});
  for (int i = 0; i < 2; ++i) {
    TlsClient client(server.port);
    client.handshake();
    client.close();
    EXPECT_EQ(client.read_all(), "");
  }
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
}

TEST(ServerCommand, CountsConnectionsThatFail) {
  const Server server = our_server(rsa, {"--count", "1"});
  { const TcpClient client(server.port); }
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
}

// --- Its end -------------------------------------------------------------------------------------

class Signal : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Of, Signal, testing::Values(SIGTERM, SIGINT, SIGHUP));

TEST_P(Signal, ClosesWhatIsIdleInOrderAndEndsWithZero) {
  const Server server = our_server(rsa, {"--echo"});
  TlsClient client(server.port);
  client.handshake();
  client.write("hello");
  EXPECT_EQ(client.read_record(), "hello");
  server.process->signal(GetParam());
  EXPECT_EQ(client.read_all(), "");  // up to close_notify
  EXPECT_FALSE(client.failed());
  client.tcp().half_close();
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
}

// A temporary lab holds keys: nothing of it may stay, whenever the signals come.
TEST_P(Signal, LeavesNothingOfATemporaryLab) {
  const TemporaryFolder folder;
  const Words command = {"env", "TMPDIR=" + folder.path(), GLASSTLS_PROGRAM, "server", "--listen",
                         "0"};
  Process early(command);
  const auto lab_begins = [&] { return !std::filesystem::is_empty(folder.path()); };
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!lab_begins() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  early.signal(GetParam());
  EXPECT_EQ(early.wait(), 0) << early.describe();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));

  for (int i = 0; i < 10; ++i) {
    Process twice(command);
    ASSERT_TRUE(twice.wait_for("listening on"));
    twice.signal(GetParam());
    for (int j = 0; j < 1000 && lab_begins(); ++j) twice.signal(GetParam());
    EXPECT_EQ(twice.wait(), 0) << twice.describe();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  }
}

TEST(ServerCommand, EndsWithZeroWhenNobodyIsThere) {
  expect_orderly_stop(our_server(rsa, {"--threads", "3"}));
}

TEST(ServerCommand, LetsAHalfDoneRequestComeToItsEnd) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET / HTTP/1.1\r\n\r\n");
  EXPECT_THAT(client.read_record(), HasSubstr("200 OK"));
  client.write("GET /last ");
  TlsClient idle(server.port);
  idle.handshake();
  server.process->signal(SIGTERM);
  EXPECT_EQ(idle.read_all(), "");  // so the signal has come
  client.write("HTTP/1.1\r\n\r\n");
  EXPECT_THAT(client.read_all(), HasSubstr("GET /last HTTP/1.1"));
}

TEST(ServerCommand, EndsAtOnceWithASecondSignal) {
  const Server server = our_server(rsa, {"--http"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET / HTTP/1.1\r\n\r\n");
  client.read_record();
  client.write("GET ");
  TlsClient idle(server.port);
  idle.handshake();
  server.process->signal(SIGTERM);
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_EQ(server.process->stop(SIGTERM), 0) << server.process->describe();
}

// --- Who it is -----------------------------------------------------------------------------------

TEST(LabCertificate, IsMadeAndExplainedAndGoesAway) {
  const Server server = our_server({"--http"});
  const std::string said = server.process->error();
  const std::string ca = word_behind(said, "its CA is ");
  ASSERT_TRUE(std::filesystem::exists(ca)) << said;
  const auto folder = std::filesystem::path(ca).parent_path();
  EXPECT_EQ(std::filesystem::status(folder).permissions(), std::filesystem::perms::owner_all);
  const std::string port = std::to_string(server.port);
  for (const char* line :
       {"  glasstls client 127.0.0.1:", "  openssl s_client -connect 127.0.0.1:"})
    EXPECT_THAT(said, HasSubstr(line + port)) << said;
  EXPECT_THAT(said, HasSubstr("  curl --cacert " + ca + " https://127.0.0.1:" + port + "/\n"));

  const Client client =
      run_glasstls({"client", "127.0.0.1:" + port, "--ca", ca, "--send", "GET / HTTP/1.0\r\n\r\n"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.output, HasSubstr("200 OK"));
  expect_orderly_stop(server);
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(LabCertificate, StaysInAFolderAndIsUsedAgain) {
  const TemporaryFolder folder;
  const std::string lab = folder.file("lab");
  {
    const Server server = our_server({"--lab", lab});
    EXPECT_THAT(server.process->error(), HasSubstr("lab certificate made for test, localhost"));
    expect_orderly_stop(server);
  }
  const std::string ca = content(lab + "/ca-cert.pem");
  EXPECT_THAT(ca, HasSubstr("BEGIN CERTIFICATE"));
  const Server server = our_server({"--lab", lab, "--count", "1"});
  EXPECT_THAT(server.process->error(), HasSubstr("lab certificate found"));
  EXPECT_EQ(content(lab + "/ca-cert.pem"), ca);
  const Client client = run_glasstls({"client", "localhost:" + std::to_string(server.port), "--ca",
                                      lab + "/ca-cert.pem", "--send", ""});
  EXPECT_EQ(client.exit_code, 0) << client.all;
}

// --- What will not work as it is probably meant

TEST(ServerCommand, SaysThatClientsWillRefuseACertificateThatHasExpired) {
  const Server old = our_server({"--cert", certificate_file("expired.pem"), "--key",
                                 certificate_file("server-ec256-key.pem")});
  EXPECT_THAT(
      old.process->error(),
      HasSubstr("note: clients will refuse the certificate of CN=test, which is valid from"));
  const Server good = our_server(rsa, {});
  EXPECT_THAT(good.process->error(), Not(HasSubstr("note:")));
}

TEST(ServerCommand, SaysThatItHasNoPageForHttp2) {
  const Server server = our_server(rsa, {"--http", "--alpn", "h2,http/1.1"});
  EXPECT_THAT(server.process->error(), HasSubstr("clients that agree on h2 will get no page"));
  EXPECT_THAT(server.process->error(), Not(HasSubstr("agree on http/1.1")));
}

TEST(ServerCommand, SaysWhichConnectionsItsEndCutOff) {
  const Server server = our_server(rsa, {"--http", "--json"});
  TlsClient client(server.port);
  client.handshake();
  client.write("GET / HTTP/1.1\r\n\r\n");
  EXPECT_THAT(client.read_record(), HasSubstr("200 OK"));
  client.write("GET /half ");
  TlsClient idle(server.port);
  idle.handshake();
  server.process->signal(SIGTERM);
  EXPECT_EQ(idle.read_all(), "");  // so the signal has come
  server.process->signal(SIGTERM);
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  const std::string cut_off = "the server was stopped before this connection had come to its end";
  EXPECT_THAT(server.process->error(), HasSubstr(cut_off));
  std::size_t stopped = 0;
  for (const auto& line : json_lines(*server.process)) {
    EXPECT_EQ(line["outcome"] == "stopped", line["error"] == cut_off) << line;
    if (line["outcome"] == "stopped") ++stopped;
  }
  EXPECT_GE(stopped, 1U);
}

TEST(ServerLab, OfOtherNamesIsReachedByOneOfThem) {
  const TemporaryFolder folder;
  const std::string lab = folder.file("lab");
  ASSERT_EQ(run_glasstls({"cert", "lab", lab, "--name", "example.test"}).exit_code, 0);
  const Server server = our_server({"--lab", lab, "--http", "--count", "1"});
  EXPECT_THAT(server.process->error(), HasSubstr(" --name example.test --ca "));
  EXPECT_THAT(server.process->error(), HasSubstr(" -servername example.test "));
  EXPECT_THAT(server.process->error(), HasSubstr(" https://example.test:"));
  const Client client =
      run_glasstls({"client", "127.0.0.1:" + std::to_string(server.port), "--name", "example.test",
                    "--ca", lab + "/ca-cert.pem", "--send", ""});
  EXPECT_EQ(client.exit_code, 0) << client.all;
}

TEST(ServerLab, ThatIsNotWholeIsRefusedWithWhatIsMissing) {
  const TemporaryFolder folder;
  const std::string lab = folder.file("lab");
  ASSERT_EQ(run_glasstls({"cert", "lab", lab}).exit_code, 0);
  std::filesystem::remove(lab + "/server-key.pem");
  expect_refused({"--lab", lab}, 2, "server-key.pem is missing");
}

TEST(ServerCommand, ShowsTheCertificateThatTheClientCanVerify) {
  const Server server = our_server({rsa_identity(), p256_identity()}, {});
  for (const auto& [schemes, expected] :
       {std::pair{"rsa_pss_rsae_sha256", "RSA"}, std::pair{"ecdsa_secp256r1_sha256", "ECDSA"}}) {
    const Client client = run_client(server.port, {"--sigalgs", schemes, "--send", "x"});
    EXPECT_EQ(client.exit_code, 0) << client.all;
    EXPECT_TRUE(client.says(std::string("TLS_ECDHE_") + expected)) << client.all;
  }
}

// --- Refusals ------------------------------------------------------------------------------------

TEST(ServerCommand, RefusesOptionsThatDoNotGoTogether) {
  const Identity identity = rsa_identity();
  expect_refused({"--cert", identity.certificate}, 2, "each --cert needs its --key");
  expect_refused(with_identity({"--http", "--echo"}), 2, "--http excludes --echo");
  expect_refused(with_identity({"--reply", "x", "--echo"}), 2, "--echo excludes --reply");
  expect_refused(with_identity({"--lab", "lab"}), 2, "--cert excludes --lab");
  expect_refused(with_identity({"--secrets"}), 2, "--secrets shows nothing without --explain");
  expect_refused(with_identity({"--client-ca", identity.certificate}), 2,
                 "--client-ca means nothing without --request-client-cert");
  expect_refused(with_identity({"--require-client-cert"}), 2, "give --client-ca FILE");
  expect_refused(with_identity({"--no-tickets", "--ticket-keys", "x"}), 2, "excludes");
}

TEST(ServerCommand, RefusesValuesThatAreNone) {
  const Client nowhere = run_glasstls({"server", "--listen", "x"});
  EXPECT_EQ(nowhere.exit_code, 2) << nowhere.all;
  EXPECT_TRUE(nowhere.says("'x' is not [ADDR:]PORT")) << nowhere.all;
  expect_refused(with_identity({"--threads", "0"}), 2, "'0' is not a number from 1 to 256");
  expect_refused(with_identity({"--record-size-limit", "63"}), 2, "'63' is not a number from 64");
  expect_refused(with_identity({"--timeout", "nan"}), 2, "'nan' is not a number of seconds");
  expect_refused(with_identity({"--count", "0"}), 2, "'0' is not a number from 1");
  expect_refused(with_identity({"--suites", "RC4"}), 2, "'RC4' is not a cipher suite");
}

TEST(ServerCommand, RefusesFilesThatAreNotOfTheirKind) {
  const TemporaryFolder folder;
  const std::string text = folder.write("text", "hello\n");
  const Identity identity = rsa_identity();
  expect_refused({"--cert", folder.file("none"), "--key", identity.key}, 2, "No such file");
  expect_refused({"--cert", text, "--key", identity.key}, 2, "text");
  expect_refused({"--cert", identity.certificate, "--key", text}, 2, "text");
  expect_refused({"--cert", identity.certificate, "--key", p256_identity().key}, 2, "key");
  expect_refused(with_identity({"--ticket-keys", text}), 2, text);
  expect_refused(with_identity({"--ocsp", text}), 2, "is not an OCSP response in DER");
  expect_refused(with_identity({"--sct", text}), 2, "is not a SignedCertificateTimestampList");
  expect_refused(with_identity({"--keylog", folder.file("none/keys")}), 2, "none/keys");
}

TEST(ServerCommand, ExplainsItselfBeginningWithExamples) {
  const Client help = run_glasstls({"server", "--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_EQ(help.output.find("Examples:\n  glasstls server --http\n"), 0U) << help.output;
  EXPECT_THAT(help.output, HasSubstr("3 cannot listen on that address"));
}

}  // namespace
}  // namespace glasstls::test
