// What our client asks of real servers by its options: ALPN, exported keys, a stapled response,
// small records, False Start.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Server mirror(const Words& options) {
  return openssl_server(rsa_identity(), joined({"-rev", "-tls1_2"}, options));
}

Client talk(const Server& server, const Words& options) {
  return run_client(server.port, joined({"--send", "abc\nCLOSE\n", "--linger", "60"}, options));
}

Client refused(const Words& options) {
  const Client client = run_glasstls(joined({"client", "localhost:1", "--insecure"}, options));
  EXPECT_EQ(client.exit_code, 2) << client.all;
  return client;
}

// --- ALPN: RFC 7301 -------------------------------------------------------------------------------

TEST(ClientAlpn, IsAgreedOn) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({"-alpn", "one,http/1.1"}), {"--alpn", "http/1.1,one"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("ALPN: one")) << client.all;  // the server's first
}

TEST(ClientAlpn, IsNotAgreedOnWithAServerThatHasNone) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({}), {"--alpn", "http/1.1"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("ALPN: the server chose none")) << client.all;
}

TEST(ClientAlpn, IsRefusedByAServerThatHasOthers) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({"-alpn", "one"}), {"--alpn", "two"});
  EXPECT_EQ(client.exit_code, 5) << client.all;
  EXPECT_TRUE(client.says("no_application_protocol, received")) << client.all;
}

TEST(ClientAlpn, IsNegotiatedAnewWhenASessionIsResumed) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  const std::string file = folder.file("sessions");
  const Server server =
      patient_openssl_server(rsa_identity(), {"-rev", "-tls1_2", "-alpn", "one,two"});
  EXPECT_TRUE(talk(server, {"--alpn", "one", "--session-out", file}).says("ALPN: one"));
  const Client other = talk(server, {"--alpn", "two", "--session-in", file});
  EXPECT_TRUE(other.says("resumed by ticket")) << other.all;
  EXPECT_TRUE(other.says("ALPN: two")) << other.all;
}

TEST(ClientAlpn, IsRefusedIfItMakesNoSense) {
  EXPECT_TRUE(refused({"--alpn", "a,,b"}).says("has 1 to 255 bytes"));
  EXPECT_TRUE(refused({"--alpn", std::string(256, 'a')}).says("has 1 to 255 bytes"));
  EXPECT_TRUE(refused({"--alpn", "a,b,a"}).says("listed twice: a"));
  EXPECT_TRUE(refused({"--alpn", ""}).says("must not be empty"));
}

// --- Exported keys: RFC 5705 ----------------------------------------------------------------------

/// What the server exported, in lower case.
std::string exported_by(const Server& server) {
  std::string line = server.process->wait_for_line("Keying material: ");
  for (char& c : line)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return line;
}

TEST(ClientExport, IsTheServersToo) {
  GLASSTLS_NEEDS("openssl", "openssl");
  for (const Words& options : {Words{}, Words{"--no-extended-master-secret"},
                               Words{"--suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}) {
    const Server server = openssl_server(
        rsa_identity(), {"-tls1_2", "-keymatexport", "EXPORTER-glass", "-keymatexportlen", "77"});
    const auto client = start_client(
        server.port,
        joined({"--send", "", "--half-close", "--export", "EXPORTER-glass:77"}, options));
    const std::string theirs = exported_by(server);
    EXPECT_EQ(theirs.size(), 154U) << server.process->describe();
    client->wait();
    EXPECT_THAT(client->error(), HasSubstr("exported EXPORTER-glass, 77 bytes: " + theirs + "\n"));
  }
}

TEST(ClientExport, IsAnotherOneWithAContext) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({}), {"--json", "--export", "EXPORTER-a:32", "--export",
                                          "EXPORTER-a:32:", "--export", "EXPORTER-a:32:00"});
  ASSERT_EQ(client.exit_code, 0) << client.all;
  const auto exports = nlohmann::json::parse(client.output).at("connection").at("exports");
  ASSERT_EQ(exports.size(), 3U);
  EXPECT_EQ(exports[0]["label"], "EXPORTER-a");
  EXPECT_TRUE(exports[0]["context"].is_null());
  EXPECT_EQ(exports[1]["context"], "");
  EXPECT_EQ(exports[2]["context"], "00");
  EXPECT_EQ(exports[0]["value"].get<std::string>().size(), 64U);
  EXPECT_NE(exports[0]["value"], exports[1]["value"]);
  EXPECT_NE(exports[1]["value"], exports[2]["value"]);
}

TEST(ClientExport, IsRefusedForALabelOfTlsItself) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({}), {"--export", "key expansion:32"});
  EXPECT_EQ(client.exit_code, 2) << client.all;
  EXPECT_TRUE(client.says("is TLS's own")) << client.all;
  EXPECT_EQ(client.output, "");
}

TEST(ClientExport, IsRefusedWithoutALength) {
  EXPECT_TRUE(refused({"--export", "EXPORTER-a"}).says("expected LABEL:LENGTH"));
}

// --- The rest -------------------------------------------------------------------------------------

TEST(ClientStatus, IsAskedForAndItsSizeIsTold) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  Process maker({"sh", "-c",
                 "cd \"$1\" && touch index && openssl ocsp -index index -CA \"$2\" -rsigner "
                 "\"$2\" -rkey \"$3\" -issuer \"$2\" -cert \"$4\" -ndays 1 -respout response && "
                 "wc -c < response",
                 "sh", folder.path(), certificate_file("ca-rsa.pem"),
                 certificate_file("ca-rsa-key.pem"), rsa_identity().certificate});
  ASSERT_EQ(maker.wait(), 0) << maker.describe();
  const std::string size = std::to_string(std::stoul(maker.output()));
  const Words stapling = {"-status_file", folder.file("response")};
  const Client client = talk(mirror(stapling), {"--status"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("stapled OCSP response: " + size + " bytes, not judged")) << client.all;

  EXPECT_FALSE(talk(mirror(stapling), {}).says("stapled"));
  EXPECT_TRUE(talk(mirror({}), {"--status"}).says("stapled OCSP response: none came"));
}

TEST(ClientRecordSizeLimit, IsKeptByGnuTls) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Server server = gnutls_server(rsa_identity(), {"--echo", "--disable-client-cert"});
  const Client client =
      run_client(server.port, {"--send", std::string(5000, 'x') + "\n", "--half-close", "--linger",
                               "60", "--record-size-limit", "512", "--json"});
  ASSERT_EQ(client.exit_code, 0) << client.all;
  const auto json = nlohmann::json::parse(client.output);
  EXPECT_EQ(json["application_data"]["bytes_received"], 5001);
  std::size_t largest = 0;
  for (const auto& message : json["document"]["messages"])  // of each record of data there is one
    if (message["side"] == "server" && message["name"] == "ApplicationData")
      largest = std::max(largest, message["range"]["length"].get<std::size_t>());
  EXPECT_GT(largest, 0U);
  EXPECT_LE(largest, 512U);
}

TEST(ClientRecordSizeLimit, HasBounds) {
  for (const char* limit : {"63", "16385", "x", "-1", "99999999999"})
    EXPECT_TRUE(refused({"--record-size-limit", limit}).says("64")) << limit;
}

TEST(ClientFalseStart, SendsDataAndSaysSo) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(mirror({}), {"--false-start", "--json"});
  ASSERT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("False Start: ")) << client.all;
  const auto json = nlohmann::json::parse(client.output);
  EXPECT_EQ(json["connection"]["false_start"], true);
  EXPECT_EQ(json["application_data"]["bytes_received"], 4);
  // Our first data went out before their Finished came.
  bool data_sent = false;
  for (const auto& record : json["document"]["records"]) {
    if (record["type"]["name"] == "application_data") data_sent = true;
    if (record["type"]["name"] == "change_cipher_spec" && record["side"] == "server") break;
  }
  EXPECT_TRUE(data_sent);
}

TEST(ClientFalseStart, MayCloseAtOnce) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = run_client(
      mirror({}).port, {"--send", "abc\n", "--false-start", "--half-close", "--linger", "60"});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("connected to ")) << client.all;
}

TEST(ClientReconnect, HasBounds) {
  for (const char* count : {"0", "1001", "-1", "x"})
    EXPECT_TRUE(refused({"--reconnect", count}).says("1000")) << count;
}

}  // namespace
}  // namespace glasstls::test
