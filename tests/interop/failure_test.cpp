// Failures as users meet them: the exit code, and the words that tell what happened.
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/interop/free_port.h"
#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

/// It fails with this code, says each of these, and data goes nowhere.
void expect_failure(const Client& client, int code, const std::vector<std::string>& words) {
  EXPECT_EQ(client.exit_code, code) << client.all;
  for (const std::string& word : words)
    EXPECT_TRUE(client.says(word)) << word << "\n" << client.all;
  EXPECT_EQ(client.output, "") << client.all;
}

const Words some_text = {"--send", "hello\n"};

Words trusting(const std::string& ca, std::uint16_t port, const Words& more = {}) {
  Words words = {"client", "127.0.0.1:" + std::to_string(port),
                 "--ca",   certificate_file(ca),
                 "--send", "hello\n"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// --- 7: not trusted -----------------------------------------------------------------------------

TEST(NotTrusted, IsACertificateOfAnUnknownIssuer) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity());
  expect_failure(run_glasstls(trusting("ca-ec.pem", server.port)), 7,
                 {"unknown_ca, sent", "RFC 5280", "--ca"});
}

TEST(NotTrusted, IsACertificateForAnotherName) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity());
  Words words = some_text;
  words.insert(words.end(), {"--name", "other.example"});
  expect_failure(run_client(server.port, words), 7,
                 {"bad_certificate, sent", "other.example", "--name"});
}

TEST(NotTrusted, IsAnExpiredCertificate) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(expired_identity());
  expect_failure(run_client(server.port, some_text), 7,
                 {"certificate_expired, sent", "2025-06-01"});
}

TEST(NotTrusted, IsASelfSignedCertificate) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Identity identity{certificate_file("self-signed.pem"),
                          certificate_file("server-ec256-key.pem")};
  const Server server = openssl_server(identity);
  expect_failure(run_client(server.port, some_text), 7, {"unknown_ca, sent"});
}

TEST(Insecure, BelievesAnybodyAndSaysSoLoudly) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(expired_identity(), {"-rev"});
  const Client client =
      run_glasstls({"client", "127.0.0.1:" + std::to_string(server.port), "--insecure", "--name",
                    "other.example", "--send", "hello\nCLOSE\n", "--linger", "60"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, "olleh\n");
  EXPECT_TRUE(client.says("WARNING: --insecure")) << client.all;
  EXPECT_TRUE(client.says("NOT verified")) << client.all;
  EXPECT_FALSE(client.says("verified:")) << client.all;
}

// --- Standard streams that are not as usual -------------------------------------------------------

/// Runs the program as a shell would with these redirections.
Process redirected(std::uint16_t port, const std::string& redirections,
                   const std::string& options) {
  return Process({"/bin/sh", "-c",
                  std::string(GLASSTLS_PROGRAM) + " client 127.0.0.1:" + std::to_string(port) +
                      " --insecure --name test " + options + " " + redirections});
}

TEST(StandardStreams, ThatAreClosedAreNotTakenByAKeyLog) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity(), {"-rev"});
  const TemporaryFolder folder;
  const std::string key_log = folder.file("keys.log");
  Process client = redirected(server.port, ">&-", "--send 'hello\nCLOSE\n' --keylog " + key_log);
  EXPECT_EQ(client.wait(), 1) << client.describe();
  std::ifstream lines(key_log);
  for (std::string line; std::getline(lines, line);)
    EXPECT_EQ(line.rfind("CLIENT_RANDOM ", 0), 0U) << line;
}

TEST(StandardStreams, OfInputThatCannotBeReadAreAnError) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity(), {"-rev"});
  Process client = redirected(server.port, "</", "");
  EXPECT_EQ(client.wait(), 2) << client.describe();
  EXPECT_NE(client.error().find("standard input: "), std::string::npos) << client.describe();
}

TEST(StandardStreams, OfInputThatIsClosedAreEmpty) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity(), {"-rev"});
  Process client = redirected(server.port, "<&-", "--linger 0.1");
  EXPECT_EQ(client.wait(), 0) << client.describe();
}

// --- 4: not TLS ---------------------------------------------------------------------------------

struct Greeting {
  std::string mode, text, protocol;
};

TEST(PlainTextPeer, IsRecognisedByItsFirstBytes) {
  GLASSTLS_NEEDS("python3", "python3");
  for (const Greeting& greeting : std::vector<Greeting>{
           {"answer", R"(HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n)", "HTTP"},
           {"greet", R"(SSH-2.0-OpenSSH_9.2p1\r\n)", "SSH"},
           {"greet", R"(220 mail.example ESMTP\r\n)", "SMTP"},
           {"greet", R"(hello stranger\n)", "plain text"}}) {
    const Server server = python_server("plain_server.py", {greeting.mode, greeting.text});
    expect_failure(run_client(server.port, some_text), 4,
                   {"does not speak TLS", greeting.protocol, "plain-text port"});
  }
}

// --- 8: time and truncation ----------------------------------------------------------------------

TEST(TimeLimit, EndsTheWaitForASilentPeer) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("plain_server.py", {"silent"});
  Words words = some_text;
  words.insert(words.end(), {"--timeout", "1"});
  expect_failure(run_client(server.port, words), 8, {"timed out", "handshake", "1 s"});
}

TEST(Truncation, DuringTheHandshakeIsTold) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("plain_server.py", {"close"});
  expect_failure(run_client(server.port, some_text), 8,
                 {"ended during the handshake", "WaitServerHello", "RFC 5246, 7.2.1"});
}

TEST(Truncation, AfterTheHandshakeIsTold) {
  GLASSTLS_NEEDS("python3", "python3");
  const Identity identity = rsa_identity();
  const Server server =
      python_server("python_transfer.py", {identity.certificate, identity.key, "abort"});
  const Client client = run_client(server.port, {"--send", "", "--linger", "60"});
  expect_failure(client, 8, {"without close_notify", "RFC 5246, 7.2.1"});
}

// --- 3: no connection ----------------------------------------------------------------------------

TEST(NoConnection, IsAPortThatNobodyListensOn) {
  expect_failure(run_client(free_port(), some_text), 3, {"127.0.0.1", "refused"});
}

TEST(NoConnection, IsANameThatDoesNotExist) {
  expect_failure(
      run_glasstls({"client", "no-such-host.invalid:443", "--ca", certificate_file("ca-rsa.pem")}),
      3, {"no-such-host.invalid", "cannot be resolved"});
}

// --- 5: the peer's fatal alert -------------------------------------------------------------------

TEST(PeerAlert, IsTheAnswerOfAServerThatSharesNothingWithUs) {
  GLASSTLS_NEEDS("openssl", "openssl");
  for (const Words& options :
       std::vector<Words>{{"-cipher", "AES128-SHA", "-tls1_2"}, {"-groups", "P-521"}}) {
    const Server server = openssl_server(rsa_identity(), options);
    expect_failure(run_client(server.port, some_text), 5,
                   {"handshake_failure, received", "WaitServerHello", "--suites"});
  }
}

TEST(PeerAlert, IsTheAnswerOfAServerOfOtherVersions) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server newer = openssl_server(rsa_identity(), {"-tls1_3"});
  expect_failure(run_client(newer.port, some_text), 5,
                 {"protocol_version, received", "does not speak TLS 1.2"});
  // An older one could speak none of our suites in its version.
  const Server older = openssl_server(rsa_identity(), {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
  expect_failure(run_client(older.port, some_text), 5, {"handshake_failure, received"});
}

TEST(PeerAlert, IsTheAnswerOfAServerThatInsistsOnAClientCertificate) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity(), {"-Verify", "1"});
  expect_failure(run_client(server.port, some_text), 5,
                 {"handshake_failure, received", "client certificate"});
}

/// GnuTLS 3.7 calls the empty Certificate a decode_error, whoever sends it.
TEST(PeerAlert, IsTheAnswerOfAGnuTlsServerThatInsistsOnAClientCertificate) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Server server = gnutls_server(rsa_identity(), {"--echo", "--require-client-cert"});
  expect_failure(run_client(server.port, some_text), 5, {", received", "WaitChangeCipherSpec"});
  ASSERT_TRUE(server.process->wait_for("No certificate was found")) << server.process->describe();
}

// --- 2: usage ------------------------------------------------------------------------------------

class Usage : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::string ca = certificate_file("ca-rsa.pem");
};

TEST_F(Usage, RefusesBadAddresses) {
  for (const char* address : {"localhost:0", "localhost:65536", "localhost:port", ":443", "[::1"})
    expect_failure(run_glasstls({"client", address, "--ca", ca}), 2, {"HOST[:PORT]"});
}

TEST_F(Usage, RefusesUnknownNamesAndTellsTheKnownOnes) {
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--suites", "RC4-MD5"}), 2,
                 {"RC4-MD5", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"});
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--groups", "P-521"}), 2,
                 {"P-521", "x25519"});
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--sigalgs", "rsa_pkcs1_md5"}), 2,
                 {"rsa_pkcs1_md5", "rsa_pss_rsae_sha256"});
}

TEST_F(Usage, RefusesACaFileThatIsMissing) {
  expect_failure(run_glasstls({"client", "localhost", "--ca", folder.file("missing.pem")}), 2,
                 {"missing.pem"});
}

TEST_F(Usage, RefusesACaFileThatIsNone) {
  const std::string file = folder.write("notes.pem", "these are my notes\n");
  expect_failure(run_glasstls({"client", "localhost", "--ca", file}), 2,
                 {"notes.pem", "no certificate"});
}

TEST_F(Usage, RefusesAnEmptyCaFile) {
  expect_failure(run_glasstls({"client", "localhost", "--ca", folder.write("empty.pem", "")}), 2,
                 {"empty.pem", "is empty"});
}

TEST_F(Usage, RefusesAKeyLogThatCannotBeOpened) {
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--keylog",
                               folder.file("missing/keys.log")}),
                 2, {"keys.log"});
}

TEST_F(Usage, RefusesNonsenseOnTheCommandLine) {
  expect_failure(run_glasstls({}), 2, {});
  expect_failure(run_glasstls({"dance"}), 2, {});
  expect_failure(run_glasstls({"client"}), 2, {});
  for (const char* seconds : {"soon", "nan", "-1", "1s", ""})
    expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--timeout", seconds}), 2, {});
  for (const char* option : {"--name", "--suites", "--groups", "--sigalgs", "--keylog"})
    expect_failure(run_glasstls({"client", "localhost", "--ca", ca, option, ""}), 2, {option});
  expect_failure(run_glasstls({"client", "https://localhost/", "--ca", ca}), 2, {"URL"});
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--secrets"}), 2, {"--explain"});
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--no-extended-master-secret",
                               "--require-extended-master-secret"}),
                 2, {"extended-master-secret"});
}

TEST_F(Usage, RefusesSettingsThatCannotWork) {
  expect_failure(run_glasstls({"client", "localhost", "--ca", ca, "--suites",
                               "ECDHE-ECDSA-AES128-GCM-SHA256", "--sigalgs", "rsa_pkcs1_sha256"}),
                 2, {"no signature scheme is offered", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
}

TEST_F(Usage, HelpBeginsWithExamplesAndIsNoFailure) {
  const Client client = run_glasstls({"--help"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_NE(client.output.find("Examples:"), std::string::npos) << client.all;
  EXPECT_LT(client.output.find("Examples:"), 80U) << client.all;
}

}  // namespace
}  // namespace glasstls::test
