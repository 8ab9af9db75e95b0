// glasstls server: resumption and clients' certificates, with peers that know both.
#include <gmock/gmock.h>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/tls_client.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<Identity> rsa = {rsa_identity()};

Words s_client(const Server& server, const Words& more) {
  Words words = {"openssl",
                 "s_client",
                 "-tls1_2",
                 "-connect",
                 "127.0.0.1:" + std::to_string(server.port),
                 "-CAfile",
                 certificate_file("ca-rsa.pem"),
                 "-verify_return_error"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// How each of s_client's six connections came about, as our server saw it: the first is full.
std::vector<std::string> six_connections(const Words& server_options, const Words& client_options) {
  Words options = {"--count", "6", "--json"};
  options.insert(options.end(), server_options.begin(), server_options.end());
  const Server server = our_server(rsa, options);
  Words words = s_client(server, {"-reconnect"});
  words.insert(words.end(), client_options.begin(), client_options.end());
  const Client client = run_program(words);
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  std::vector<std::string> how;
  for (const auto& line : json_lines(*server.process))
    how.push_back(line["agreement"]["resumed"].get<std::string>());
  return how;
}

std::vector<std::string> then_five(const std::string& how) {
  return {"none", how, how, how, how, how};
}

TEST(ServerSessions, AreResumedByTicket) {
  GLASSTLS_NEEDS("openssl", "openssl");
  EXPECT_EQ(six_connections({}, {}), then_five("ticket"));
}

TEST(ServerSessions, AreResumedBySessionIdWithoutTickets) {
  GLASSTLS_NEEDS("openssl", "openssl");
  EXPECT_EQ(six_connections({"--no-tickets"}, {}), then_five("session_id"));
  EXPECT_EQ(six_connections({}, {"-no_ticket"}), then_five("session_id"));
}

TEST(ServerSessions, AreNotResumedIfNeitherIsWanted) {
  GLASSTLS_NEEDS("openssl", "openssl");
  EXPECT_EQ(six_connections({"--no-tickets", "--no-sessions"}, {}), then_five("none"));
}

/// Two servers with the same ticket keys, as behind a load balancer.
void expect_shared(const Words& ticket_keys) {
  const TemporaryFolder folder;
  const Server first = our_server(rsa, ticket_keys);
  const Server second = our_server(rsa, ticket_keys);
  const Client full = run_program(s_client(first, {"-sess_out", folder.file("session")}));
  EXPECT_THAT(full.output, HasSubstr("New, TLSv1.2")) << full.all;
  const Client resumed = run_program(s_client(second, {"-sess_in", folder.file("session")}));
  EXPECT_THAT(resumed.output, HasSubstr("Reused, TLSv1.2")) << resumed.all;
}

TEST(ServerSessions, AreSharedByServersWithTheSameTicketKeys) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string raw = folder.write("nginx.key", test_bytes(48));
  expect_shared({"--ticket-keys", raw});
  const std::string old = folder.write("old.key", test_bytes(128).substr(48));
  expect_shared({"--ticket-keys", raw, "--ticket-keys", old});
  const Client base64 = run_program({"openssl", "base64", "-A", "-in", old});
  expect_shared({"--ticket-keys", folder.write("haproxy.keys", base64.output + "\n")});
}

TEST(ServerSessions, AreNotSharedByServersWithoutThem) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const Server first = our_server(rsa, {});
  const Server second = our_server(rsa, {});
  run_program(s_client(first, {"-sess_out", folder.file("session")}));
  const Client full = run_program(s_client(second, {"-sess_in", folder.file("session")}));
  EXPECT_THAT(full.output, HasSubstr("New, TLSv1.2")) << full.all;
}

TEST(ServerSessions, SurviveAConnectionThatIsClosedRightAfterTheHandshake) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = our_server(rsa, {"--echo", "--threads", "2"});
  const Client client = run_program({"python3", "-c", R"(
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
session = None
for i in range(3):
  with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as plain:
    tls = context.wrap_socket(plain, server_hostname='test', session=session)
    print(tls.session_reused)
    session = tls.session
)",
                                     std::to_string(server.port), certificate_file("ca-rsa.pem")});
  EXPECT_EQ(client.output, "False\nTrue\nTrue\n") << client.all;
}

// --- Clients' certificates -----------------------------------------------------------------------

const Words asking = {"--client-ca", certificate_file("ca-ec.pem")};
const Words with_certificate = {"-cert", certificate_file("client-ec256.pem"), "-key",
                                certificate_file("server-ec256-key.pem")};

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST(ServerClientCertificate, IsShownAndVerified) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(
      rsa, joined(asking, {"--require-client-cert", "--http", "--count", "1", "--json"}));
  Process client(joined(s_client(server, {"-quiet"}), with_certificate));
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.wait(), 0) << client.describe();
  EXPECT_THAT(client.output(), HasSubstr("client certificate</th><td>CN=client</td>"));
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  EXPECT_THAT(server.process->error(), HasSubstr(", client CN=client\n"));
  const auto agreement = json_lines(*server.process).at(0)["agreement"];
  EXPECT_EQ(agreement["peer_chain"][0]["subject"], "CN=client");
  EXPECT_EQ(agreement["verdict"]["trusted"], true);
}

TEST(ServerClientCertificate, MayBeMissingIfItIsOnlyRequested) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(rsa, joined(asking, {"--request-client-cert"}));
  const Client client = run_program(s_client(server, {}));
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.output, HasSubstr("Acceptable client certificate CA names"));
}

TEST(ServerClientCertificate, IsMissedIfItIsRequired) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(rsa, joined(asking, {"--require-client-cert"}));
  const Client client = run_program(s_client(server, {}));
  EXPECT_NE(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.error, HasSubstr("handshake failure")) << client.all;
  EXPECT_TRUE(server.process->wait_for("handshake_failure, sent")) << server.process->describe();
}

TEST(ServerClientCertificate, IsRefusedIfItIsOfAnotherCa) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server =
      our_server(rsa, {"--require-client-cert", "--client-ca", certificate_file("ca-rsa.pem")});
  const Client client = run_program(joined(s_client(server, {}), with_certificate));
  EXPECT_NE(client.exit_code, 0) << client.all;
  EXPECT_THAT(client.error, HasSubstr("unknown ca")) << client.all;
  EXPECT_TRUE(server.process->wait_for("unknown_ca, sent")) << server.process->describe();
}

TEST(ServerClientCertificate, ComesWithTheLab) {
  GLASSTLS_NEEDS("curl", "curl");
  const TemporaryFolder folder;
  const std::string lab = folder.file("lab");
  const Server server = our_server({"--lab", lab, "--require-client-cert", "--http"});
  const std::string& said = server.process->error();
  EXPECT_THAT(said, HasSubstr("--cert " + lab + "/client-cert.pem --key " + lab));
  const Client client =
      run_program({"curl", "--silent", "--show-error", "--cacert", lab + "/ca-cert.pem", "--cert",
                   lab + "/client-cert.pem", "--key", lab + "/client-key.pem",
                   "https://127.0.0.1:" + std::to_string(server.port) + "/"});
  EXPECT_THAT(client.output, HasSubstr("CN=client")) << client.all;
}

// --- What is sent along with the certificate -----------------------------------------------------

TEST(ServerStapling, SendsTheResponseOfAFile) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const Identity identity = rsa_identity();
  const Client made = run_program({"sh", "-c",
                                   "cd \"$1\" && touch index && openssl ocsp -index index -CA "
                                   "\"$2\" -rsigner \"$2\" -rkey \"$3\" "
                                   "-issuer \"$2\" -cert \"$4\" -ndays 1 -respout response",
                                   "sh", folder.path(), certificate_file("ca-rsa.pem"),
                                   certificate_file("ca-rsa-key.pem"), identity.certificate});
  ASSERT_EQ(made.exit_code, 0) << made.all;
  const Server server = our_server(rsa, {"--ocsp", folder.file("response")});
  const Client client = run_program(s_client(server, {"-status"}));
  EXPECT_THAT(client.output, HasSubstr("OCSP Response Status: successful (0x0)")) << client.all;
  const Client not_asked = run_program(s_client(server, {}));
  EXPECT_THAT(not_asked.output, Not(HasSubstr("OCSP"))) << not_asked.all;
}

TEST(ServerAlpn, ChoosesInItsOrderAndRefusesWhatDoesNotFit) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = our_server(rsa, {"--alpn", "one,two"});
  const Client both = run_program(s_client(server, {"-alpn", "two,one"}));
  EXPECT_THAT(both.output, HasSubstr("ALPN protocol: one")) << both.all;
  const Client none = run_program(s_client(server, {"-alpn", "three"}));
  EXPECT_THAT(none.error, HasSubstr("no application protocol")) << none.all;
}

TEST(ServerName, IsRefusedIfItIsUnknownAndThatWasAskedFor) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server strict = our_server(rsa, {"--strict-sni"});
  const Client other = run_program(s_client(strict, {"-servername", "other.example"}));
  EXPECT_THAT(other.error, HasSubstr("unrecognized name")) << other.all;
  const Client known = run_program(s_client(strict, {"-servername", "localhost"}));
  EXPECT_EQ(known.exit_code, 0) << known.all;
}

}  // namespace
}  // namespace glasstls::test
