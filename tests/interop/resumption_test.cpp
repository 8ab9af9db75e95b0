// Our client resumes what real servers let it resume, and only what it may. RFC 5246, 7.3; RFC 5077.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <sys/stat.h>

#include "tests/interop/free_port.h"
#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* by_ticket = "resumed by ticket";
constexpr const char* by_session_id = "resumed by session ID";

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// Takes any number of connections, and answers each line with its mirror image up to "CLOSE".
Server mirror(const Words& options = {}, const Identity& identity = rsa_identity()) {
  return patient_openssl_server(identity, joined({"-rev", "-tls1_2"}, options));
}

const Words conversation = {"--send", "abc\nCLOSE\n", "--linger", "60"};

Client talk(const Server& server, const Words& options) {
  const Client client = run_client(server.port, joined(conversation, options));
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  return client;
}

// --- Again and again ----------------------------------------------------------------------------

struct Case {
  std::string name;
  Identity (*identity)();
  Words server, client;
  std::string how;  // empty: not at all
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }
std::string name_of_case(const testing::TestParamInfo<Case>& test) { return test.param.name; }

class OpenSslResumption : public testing::TestWithParam<Case> {};

TEST_P(OpenSslResumption, HappensOnEachFurtherConnection) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Case& test = GetParam();
  const Server server = mirror(test.server, test.identity());
  const Client client = talk(server, joined({"--reconnect", "2"}, test.client));
  EXPECT_EQ(client.output, "cba\ncba\ncba\n") << client.all;
  EXPECT_TRUE(client.says("connected again (2 of 2) to ")) << client.all;
  if (test.how.empty()) {
    EXPECT_FALSE(client.says("resumed by")) << client.all;
    EXPECT_TRUE(client.says("neither a ticket nor a session ID")) << client.all;
    EXPECT_TRUE(client.says("of 2 further connections 0 were resumed")) << client.all;
    return;
  }
  EXPECT_TRUE(client.says(test.how)) << client.all;
  EXPECT_TRUE(client.says("verified when the session was made: the trust anchor")) << client.all;
  EXPECT_TRUE(client.says("of 2 further connections 2 were resumed")) << client.all;
}

INSTANTIATE_TEST_SUITE_P(
    By, OpenSslResumption,
    testing::Values(Case{"ticket", rsa_identity, {}, {}, by_ticket},
                    Case{"session_id", rsa_identity, {"-no_ticket"}, {}, by_session_id},
                    Case{"session_id_of_a_server_with_tickets",
                         rsa_identity,
                         {},
                         {"--no-tickets"},
                         by_session_id},
                    Case{"nothing", rsa_identity, {"-no_ticket", "-no_cache"}, {}, ""},
                    Case{"ticket_with_ecdsa", p256_identity, {}, {}, by_ticket},
                    Case{"ticket_with_ed25519", ed25519_identity, {}, {}, by_ticket},
                    Case{"ticket_with_chacha20",
                         rsa_identity,
                         {"-cipher", "ECDHE-RSA-CHACHA20-POLY1305"},
                         {},
                         by_ticket},
                    Case{"ticket_with_aes_128",
                         rsa_identity,
                         {"-cipher", "ECDHE-RSA-AES128-GCM-SHA256"},
                         {},
                         by_ticket},
                    Case{"ticket_without_extended_master_secret",
                         rsa_identity,
                         {},
                         {"--no-extended-master-secret"},
                         by_ticket},
                    Case{"session_id_without_extended_master_secret",
                         rsa_identity,
                         {"-no_ticket"},
                         {"--no-extended-master-secret"},
                         by_session_id},
                    Case{
                        "ticket_with_false_start", rsa_identity, {}, {"--false-start"}, by_ticket}),
    name_of_case);

class GnuTlsResumption : public testing::TestWithParam<Case> {};

TEST_P(GnuTlsResumption, HappensOnEachFurtherConnection) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Case& test = GetParam();
  const Server server = gnutls_server(
      test.identity(),
      joined({"--http", "--disable-client-cert", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2"},
             test.server));
  const Client client =
      run_client(server.port,
                 joined({"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60", "--reconnect", "2"},
                        test.client));
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_TRUE(client.says(test.how)) << client.all;
  EXPECT_TRUE(client.says("of 2 further connections 2 were resumed")) << client.all;
}

INSTANTIATE_TEST_SUITE_P(
    By, GnuTlsResumption,
    testing::Values(Case{"ticket", rsa_identity, {}, {}, by_ticket},
                    Case{"session_id", rsa_identity, {"--noticket"}, {}, by_session_id},
                    Case{"session_id_of_a_server_with_tickets",
                         p256_identity,
                         {},
                         {"--no-tickets"},
                         by_session_id}),
    name_of_case);

TEST(Reconnecting, SendsStandardInputTheFirstTimeOnly) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = mirror();
  const Client client =
      run_client(server.port, {"--reconnect", "2", "--linger", "60"}, "abc\nCLOSE\n");
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, "cba\n");
  EXPECT_TRUE(client.says("of 2 further connections 2 were resumed")) << client.all;
}

TEST(Reconnecting, EndsWithTheFirstConnectionThatFails) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity(), {"-rev"});  // takes one
  const Client client = run_client(server.port, joined(conversation, {"--reconnect", "5"}));
  EXPECT_NE(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("of 1 further connections 0 were resumed")) << client.all;
}

TEST(Reconnecting, IsTheSecondPartOfTheDocument) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror(), {"--reconnect", "1", "--json"});
  const auto json = nlohmann::json::parse(client.output);
  EXPECT_EQ(json.at("connection").at("agreement").at("resumed"), "none");
  EXPECT_EQ(json.at("connection").at("agreement").at("session_stored"), true);
  ASSERT_EQ(json.at("reconnections").size(), 1U);
  const auto& again = json["reconnections"][0];
  const auto& agreed = again.at("connection").at("agreement");
  EXPECT_EQ(agreed.at("resumed"), "ticket");
  EXPECT_EQ(agreed.at("session_offered"), true);
  EXPECT_THAT(agreed.at("session_verdict"), HasSubstr("vouches for"));
  EXPECT_EQ(again.at("outcome").at("exit_code"), 0);
  for (const auto& message : again.at("document").at("messages"))
    EXPECT_NE(message.at("name"), "Certificate");
}

TEST(Reconnecting, IsExplainedEachTime) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror(), {"--reconnect", "1", "--explain"});
  EXPECT_TRUE(client.says("it resumes the session of our ticket")) << client.all;
}

// --- Session files --------------------------------------------------------------------------------

TEST(SessionFile, BringsASessionToAnotherRun) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  const Client first = talk(server, {"--session-out", file});
  EXPECT_TRUE(first.says("note: " + file + ": 1 session written")) << first.all;
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);

  // Used again and again, each time with the ticket that is the last.
  for (int i = 0; i < 2; ++i) {
    const Client next = talk(server, {"--session-in", file, "--session-out", file});
    EXPECT_TRUE(next.says(by_ticket)) << next.all;
    EXPECT_TRUE(next.says("1 session written")) << next.all;
  }
}

TEST(SessionFile, BringsASessionById) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const Server server = mirror({"-no_ticket"});
  talk(server, {"--session-out", folder.file("sessions")});
  const Client next = talk(server, {"--session-in", folder.file("sessions")});
  EXPECT_TRUE(next.says(by_session_id)) << next.all;
}

TEST(SessionFile, KeepsTheSessionsOfSeveralServers) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  talk(server, {"--session-out", file});
  const Client second =
      talk(server, {"--name", "localhost", "--session-in", file, "--session-out", file});
  EXPECT_TRUE(second.says("none of those kept is for localhost")) << second.all;
  EXPECT_TRUE(second.says("2 sessions written")) << second.all;
  for (const Words& name : {Words{}, Words{"--name", "localhost"}}) {
    const Client client = talk(server, joined(name, {"--session-in", file}));
    EXPECT_TRUE(client.says(by_ticket)) << client.all;
  }
}

/// The second server does not know the first one's tickets.
TEST(SessionFile, LeadsToAFullHandshakeIfTheServerDoesNotKnowTheSession) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  for (const Words& options : {Words{}, Words{"-no_ticket"}}) {
    talk(mirror(options), {"--session-out", file});
    const Server other = mirror(options);
    const Client client = talk(other, {"--session-in", file, "--session-out", file});
    EXPECT_TRUE(client.says("a session was offered, but the server wanted a full handshake"))
        << client.all;
    EXPECT_TRUE(client.says("verified: ")) << client.all;
    const Client next = talk(other, {"--session-in", file});  // which gave a session of its own
    EXPECT_TRUE(next.says("resumed by")) << next.all;
  }
}

TEST(SessionFile, MadeWithoutVerificationIsNotOfferedWithIt) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  talk(server, {"--insecure", "--session-out", file});
  const Client verifying = talk(server, {"--session-in", file});
  EXPECT_FALSE(verifying.says("resumed by")) << verifying.all;
  EXPECT_TRUE(verifying.says("is not offered: it was made under another trust")) << verifying.all;
  EXPECT_TRUE(verifying.says("verified: ")) << verifying.all;

  const Client believing = talk(server, {"--insecure", "--session-in", file});
  EXPECT_TRUE(believing.says(by_ticket)) << believing.all;
  EXPECT_FALSE(believing.says("vouches for")) << believing.all;
}

TEST(SessionFile, MadeUnderOtherRootsIsNotOffered) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  talk(server, {"--session-out", file});
  const Client client =
      talk(server, {"--ca", certificate_file("intermediate.pem"), "--session-in", file});
  EXPECT_FALSE(client.says("resumed by")) << client.all;
  EXPECT_TRUE(client.says("is not offered: it was made under another trust")) << client.all;
}

TEST(SessionFile, MadeWithAnotherCertificateOfOursIsNotOffered) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  talk(server, {"--session-out", file});
  const Client client =
      talk(server, {"--cert", certificate_file("client-ec256.pem"), "--key",
                    certificate_file("server-ec256-key.pem"), "--session-in", file});
  EXPECT_FALSE(client.says("resumed by")) << client.all;
  EXPECT_TRUE(client.says("or with another certificate of ours")) << client.all;
}

TEST(SessionFile, IsNotOfferedIfItsSuiteIsNot) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server = mirror();
  talk(server, {"--session-out", file});
  const Client client =
      talk(server, {"--suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "--session-in", file});
  EXPECT_FALSE(client.says("resumed by")) << client.all;
  EXPECT_TRUE(client.says("a session is kept but not offered: its cipher suite is not offered"))
      << client.all;
}

/// It is on disk with the master secret in clear; if that is damaged, both sides notice.
TEST(SessionFile, ThatIsDamagedIsRefusedWithItsLine) {
  const TemporaryFolder folder;
  const std::string file = folder.write("sessions", "glasstls sessions 1\n\nsession AAAA 00\n");
  const Client client = run_glasstls({"client", "localhost:1", "--insecure", "--session-in", file});
  EXPECT_EQ(client.exit_code, 2) << client.all;
  EXPECT_TRUE(client.says(file + ", line 3: is cut or damaged")) << client.all;
}

TEST(SessionFile, IsNotWrittenOverAnotherKindOfFile) {
  const TemporaryFolder folder;
  const std::string file = folder.write("precious", "precious\n");
  const Client client =
      run_glasstls({"client", "localhost:1", "--insecure", "--session-out", file});
  EXPECT_EQ(client.exit_code, 2) << client.all;
  EXPECT_TRUE(client.says("it is not overwritten")) << client.all;
}

TEST(SessionFile, IsLeftAsItWasIfThereIsNoConnection) {
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Client client = run_client(free_port(), {"--session-out", file});
  EXPECT_EQ(client.exit_code, 3) << client.all;
  struct stat status {};
  EXPECT_NE(::stat(file.c_str(), &status), 0);
}

}  // namespace
}  // namespace glasstls::test
