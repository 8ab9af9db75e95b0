// What our client agrees on with real servers, and that data then flows both ways.
#include <csignal>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

struct Case {
  std::string name;
  Identity (*identity)();
  Words server, client;
  std::string expected;  // in the line that tells what was agreed on
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

std::string name_of_case(const testing::TestParamInfo<Case>& test) { return test.param.name; }

/// With -rev the server answers each line with its mirror image, and closes at "CLOSE".
Words rev(Words options) {
  options.emplace_back("-rev");
  return options;
}

Words send_to_rev(Words options) {
  for (const char* word : {"--send", "do i connect with server ?\nCLOSE\n", "--linger", "60"})
    options.emplace_back(word);
  return options;
}

constexpr const char* mirrored = "? revres htiw tcennoc i od\n";

class OpenSslServer : public testing::TestWithParam<Case> {};

TEST_P(OpenSslServer, AgreesAndExchangesData) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Case& test = GetParam();
  const Server server = openssl_server(test.identity(), rev(test.server));
  const Client client = run_client(server.port, send_to_rev(test.client));
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_EQ(client.output, mirrored);
  EXPECT_TRUE(client.says(test.expected)) << client.all;
  EXPECT_TRUE(client.says("verified:")) << client.all;
}

constexpr const char* rsa_first = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
constexpr const char* ecdsa_first = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

/// The server speaks this suite only.
Case suite(const std::string& name, Identity (*identity)(), const char* in_openssl) {
  return {name, identity, {"-tls1_2", "-cipher", in_openssl}, {}, "TLS 1.2, " + name + ","};
}

INSTANTIATE_TEST_SUITE_P(
    Suite, OpenSslServer,
    testing::Values(suite(rsa_first, rsa_identity, "ECDHE-RSA-AES256-GCM-SHA384"),
                    suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", rsa_identity,
                          "ECDHE-RSA-AES128-GCM-SHA256"),
                    suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", rsa_identity,
                          "ECDHE-RSA-CHACHA20-POLY1305"),
                    suite(ecdsa_first, p256_identity, "ECDHE-ECDSA-AES256-GCM-SHA384"),
                    suite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", p256_identity,
                          "ECDHE-ECDSA-AES128-GCM-SHA256"),
                    suite("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", p256_identity,
                          "ECDHE-ECDSA-CHACHA20-POLY1305")),
    name_of_case);

/// One side insists, the other has its defaults.
Case group_of_server(const char* name) {
  return {std::string(name) + "_of_server",
          rsa_identity,
          {"-groups", name == std::string("x25519") ? "X25519" : name},
          {},
          std::string(", ") + name + ","};
}
Case group_of_client(const char* name) {
  return {std::string(name) + "_of_client",
          rsa_identity,
          {},
          {"--groups", name},
          std::string(", ") + name + ","};
}

INSTANTIATE_TEST_SUITE_P(Group, OpenSslServer,
                         testing::Values(group_of_server("x25519"), group_of_server("secp256r1"),
                                         group_of_server("secp384r1"), group_of_client("x25519"),
                                         group_of_client("secp256r1"),
                                         group_of_client("secp384r1")),
                         name_of_case);

Case scheme(const char* name, Identity (*identity)(), const char* of_server) {
  return {name, identity, {"-sigalgs", of_server}, {}, std::string(", ") + name};
}
/// The server has its defaults, the client one suite and these schemes.
Case scheme_of_client(const std::string& name, Identity (*identity)(), const std::string& suite,
                      const std::string& more = {}) {
  return {name + "_of_client",
          identity,
          {},
          {"--suites", suite, "--sigalgs", name + more},
          ", " + name};
}

INSTANTIATE_TEST_SUITE_P(
    Scheme, OpenSslServer,
    testing::Values(scheme("rsa_pkcs1_sha256", rsa_identity, "RSA+SHA256"),
                    scheme("rsa_pkcs1_sha384", rsa_identity, "RSA+SHA384"),
                    scheme("rsa_pkcs1_sha512", rsa_identity, "RSA+SHA512"),
                    scheme("rsa_pss_rsae_sha256", rsa_identity, "rsa_pss_rsae_sha256"),
                    scheme("rsa_pss_rsae_sha384", rsa_identity, "rsa_pss_rsae_sha384"),
                    scheme("rsa_pss_rsae_sha512", rsa_identity, "rsa_pss_rsae_sha512"),
                    scheme("ecdsa_secp256r1_sha256", p256_identity, "ECDSA+SHA256"),
                    scheme("ecdsa_secp384r1_sha384", p384_identity, "ECDSA+SHA384"),
                    scheme("ed25519", ed25519_identity, "ed25519"),
                    scheme_of_client("rsa_pkcs1_sha256", rsa_identity, rsa_first),
                    // The certificate itself is signed with the second.
                    scheme_of_client("rsa_pss_rsae_sha384", rsa_identity, rsa_first,
                                     ",rsa_pkcs1_sha256"),
                    scheme_of_client("ecdsa_secp256r1_sha256", p256_identity, ecdsa_first)),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Setting, OpenSslServer,
    testing::Values(
        Case{"extended_master_secret", rsa_identity, {"-tls1_2"}, {}, ", extended_master_secret"},
        Case{"required_extended_master_secret",
             rsa_identity,
             {},
             {"--require-extended-master-secret"},
             ", extended_master_secret"},
        Case{"optional_client_certificate", rsa_identity, {"-verify", "1"}, {}, rsa_first},
        Case{"no_tickets", rsa_identity, {"-no_ticket"}, {}, rsa_first},
        Case{"small_records", rsa_identity, {"-max_send_frag", "512"}, {}, rsa_first},
        Case{"longer_chain",
             [] {
               return Identity{certificate_file("server-chain.pem"),
                               certificate_file("server-ec256-key.pem")};
             },
             {"-cert_chain", certificate_file("server-chain.pem")},
             {},
             ecdsa_first}),
    name_of_case);

/// The agreement as --json tells it.
nlohmann::json agreement(const Server& server, Words options) {
  options.emplace_back("--json");
  const Client client = run_client(server.port, send_to_rev(std::move(options)));
  EXPECT_EQ(client.exit_code, 0) << client.all;
  return nlohmann::json::parse(client.output).at("connection").at("agreement");
}

TEST(OpenSslWithTls13, IsBroughtToTls12AndSaysThatItCouldMore) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const nlohmann::json agreed = agreement(openssl_server(rsa_identity(), {"-rev"}), {});
  EXPECT_EQ(agreed.at("version"), "TLS 1.2");
  EXPECT_EQ(agreed.at("downgrade_sentinel"), "tls12");
  EXPECT_EQ(agreed.at("secure_renegotiation"), true);
}

TEST(OpenSslWithoutTls13, SetsNoSentinel) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const nlohmann::json agreed = agreement(openssl_server(rsa_identity(), {"-rev", "-tls1_2"}), {});
  EXPECT_EQ(agreed.at("downgrade_sentinel"), "none");
}

TEST(ExtendedMasterSecret, IsNotUsedWhenTheClientDoesNotOfferIt) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const nlohmann::json agreed =
      agreement(openssl_server(rsa_identity(), {"-rev"}), {"--no-extended-master-secret"});
  EXPECT_EQ(agreed.at("extended_master_secret"), false);
}

/// The server's own words: -www answers a request with what was agreed on.
TEST(OpenSslServerPage, ConfirmsTheAgreement) {
  GLASSTLS_NEEDS("openssl", "openssl");
  for (const bool extended : {true, false}) {
    const Server server = openssl_server(rsa_identity(), {"-www"});
    Words options = {"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60"};
    if (!extended) options.emplace_back("--no-extended-master-secret");
    const Client client = run_client(server.port, options);
    EXPECT_EQ(client.exit_code, 0) << client.all;
    for (const std::string expected :
         {"New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384",
          "Secure Renegotiation IS supported", "Shared groups: x25519:secp256r1:secp384r1",
          extended ? "Extended master secret: yes" : "Extended master secret: no"})
      EXPECT_NE(client.output.find(expected), std::string::npos) << expected << client.all;
  }
}

// --- GnuTLS -----------------------------------------------------------------------------------

class GnuTlsServer : public testing::TestWithParam<Case> {};

TEST_P(GnuTlsServer, AgreesAndAnswersARequest) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Case& test = GetParam();
  Words options = test.server;
  options.insert(options.end(), {"--http", "--disable-client-cert"});
  const Server server = gnutls_server(test.identity(), options);
  Words words = test.client;
  words.insert(words.end(), {"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60"});
  const Client client = run_client(server.port, words);
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_NE(client.output.find("200 OK"), std::string::npos) << client.all;
  EXPECT_TRUE(client.says("TLS 1.2, " + test.expected)) << client.all;
}

Words priority(const std::string& text) { return {"--priority", text}; }

INSTANTIATE_TEST_SUITE_P(
    Priority, GnuTlsServer,
    testing::Values(
        Case{"with_its_defaults", rsa_identity, {}, {}, rsa_first},
        Case{"tls12_only", rsa_identity, priority("NORMAL:-VERS-ALL:+VERS-TLS1.2"), {}, rsa_first},
        Case{"aes_128_gcm",
             rsa_identity,
             priority("NORMAL:-CIPHER-ALL:+AES-128-GCM"),
             {},
             "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        Case{"chacha20_poly1305",
             rsa_identity,
             priority("NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305"),
             {},
             "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
        Case{"ecdsa", p256_identity, {}, {}, ecdsa_first},
        Case{"ecdsa_aes_128_gcm",
             p256_identity,
             priority("NORMAL:-CIPHER-ALL:+AES-128-GCM"),
             {},
             "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"},
        Case{"ecdsa_chacha20_poly1305",
             p256_identity,
             priority("NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305"),
             {},
             "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"},
        Case{"ecdsa_p384", p384_identity, {}, {}, ecdsa_first},
        Case{"ed25519", ed25519_identity, {}, {}, ecdsa_first},
        Case{"secp384r1",
             rsa_identity,
             priority("NORMAL:-GROUP-ALL:+GROUP-SECP384R1"),
             {},
             std::string(rsa_first) + ", secp384r1"},
        Case{"secp256r1",
             rsa_identity,
             priority("NORMAL:-GROUP-ALL:+GROUP-SECP256R1"),
             {},
             std::string(rsa_first) + ", secp256r1"},
        Case{"rsa_pkcs1",
             rsa_identity,
             priority("NORMAL:-SIGN-ALL:+SIGN-RSA-SHA256"),
             {},
             std::string(rsa_first) + ", x25519, rsa_pkcs1_sha256"}),
    name_of_case);

TEST(GnuTlsWithTls13, IsBroughtToTls12AndSaysThatItCouldMore) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Server server = gnutls_server(rsa_identity(), {"--http"});  // and asks for a certificate
  const Client client =
      run_client(server.port, {"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60", "--json"});
  ASSERT_EQ(client.exit_code, 0) << client.all;
  const nlohmann::json agreed =
      nlohmann::json::parse(client.output).at("connection").at("agreement");
  EXPECT_EQ(agreed.at("version"), "TLS 1.2");
  EXPECT_EQ(agreed.at("downgrade_sentinel"), "tls12");
}

TEST(GnuTlsWithoutExtendedMasterSecret, IsAcceptedUnlessItIsRequired) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Server server =
      gnutls_server(rsa_identity(), {"--http", "--priority", "NORMAL:%NO_SESSION_HASH"});
  const Words request = {"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60"};
  const Client accepted = run_client(server.port, request);
  EXPECT_EQ(accepted.exit_code, 0) << accepted.all;
  EXPECT_FALSE(accepted.says("extended_master_secret")) << accepted.all;

  const Client refused = run_client(server.port, {"--require-extended-master-secret"});
  EXPECT_EQ(refused.exit_code, 6) << refused.all;
  EXPECT_TRUE(refused.says("handshake_failure, sent")) << refused.all;
  EXPECT_TRUE(refused.says("RFC 7627")) << refused.all;
}

// --- Renegotiation: RFC 5246, 7.4.1.1 ------------------------------------------------------------

/// OpenSSL takes our no_renegotiation warning for the end, and says so by a fatal alert.
TEST(HelloRequestOfOpenSsl, IsRefusedUponWhichTheServerGivesUp) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity());
  const auto client = start_client(server.port, {});
  ASSERT_TRUE(server.process->wait_for("CIPHER is")) << client->describe();
  ASSERT_TRUE(client->wait_for("connected to")) << client->describe();
  server.process->send("r\n");
  EXPECT_EQ(client->wait(), 5);
  for (const char* words :
       {"asked for a renegotiation, which was refused", "handshake_failure, received"})
    EXPECT_NE(client->error().find(words), std::string::npos) << client->describe();
  server.process->wait();
  EXPECT_NE(server.process->error().find("no renegotiation"), std::string::npos)
      << server.process->describe();
}

/// GnuTLS's program takes the warning for an error, and hangs up without close_notify.
TEST(HelloRequestOfGnuTls, IsRefusedUponWhichTheServerHangsUp) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const Server server = gnutls_server(rsa_identity(), {"--echo"});
  const Client client = run_client(server.port, {"--send", "**REHANDSHAKE**\n", "--linger", "60"});
  EXPECT_EQ(client.exit_code, 8) << client.all;
  EXPECT_TRUE(client.says("asked for a renegotiation, which was refused")) << client.all;
  server.process->stop(SIGTERM);
  EXPECT_NE(server.process->error().find("A TLS warning alert has been received"),
            std::string::npos)
      << server.process->describe();
}

}  // namespace
}  // namespace glasstls::test
