// The shim's flags of names, ALPN, stapling, groups, suites, versions and exporters, against
// OpenSSL.
#include <algorithm>
#include <gtest/gtest.h>
#include <openssl/x509.h>

#include "tests/bogo/openssl_peer.h"

namespace glasstls::bogo {
namespace {

const Words server = Words{"-server"} + identity_flags("rsa");

// --- server_name

TEST(ShimClient, SendsAHostNameIfItIsGiven) {
  for (const bool named : {true, false}) {
    Play peer{openssl_server()};
    peer.talk = [&](SSL* ssl, int) {
      const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
      EXPECT_EQ(std::string(name != nullptr ? name : "none"), named ? "example.com" : "none");
      exchange_close_notify(ssl);
    };
    expect_success(play(named ? Words{"-host-name", "example.com"} : Words{}, peer));
  }
}

TEST(ShimServer, ChecksTheNameThatCame) {
  Play peer{openssl_client(), 2};
  peer.prepare = [](SSL* ssl, int) { SSL_set_tlsext_host_name(ssl, "example.com"); };
  const Words resume{"-resume-count", "1"};
  expect_success(play(server + resume + Words{"-expect-server-name", "example.com"}, peer));
  expect_failed_check(play(server + Words{"-expect-server-name", "example.org"}, peer),
                      "-expect-server-name");
}

// --- ALPN

const unsigned char both_protocols[] =
    "\x03"
    "foo"
    "\x03"
    "bar";

int select_bar(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in,
               unsigned int in_size, void*) {
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(in), in_size),
            reinterpret_cast<const char*>(both_protocols));
  *out = both_protocols + 5;
  *size = 3;
  return SSL_TLSEXT_ERR_OK;
}

TEST(ShimClient, AdvertisesProtocolsAndChecksTheChoice) {
  Play peer{openssl_server()};
  SSL_CTX_set_alpn_select_cb(peer.context.get(), select_bar, nullptr);
  const Words advertise{"-advertise-alpn",
                        "\x03"
                        "foo"
                        "\x03"
                        "bar"};
  expect_success(play(advertise + Words{"-expect-alpn", "bar"}, peer));
  expect_failed_check(play(advertise + Words{"-expect-alpn", "foo"}, peer), "-expect-alpn");
  expect_failed_check(play(advertise, peer), "-expect-alpn");
}

TEST(ShimServer, SelectsDeclinesOrRejectsProtocols) {
  std::string selected = "?";
  Play peer{openssl_client()};
  SSL_CTX_set_alpn_protos(peer.context.get(), both_protocols, 8);
  peer.talk = [&](SSL* ssl, int) {
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl, &name, &size);
    selected.assign(reinterpret_cast<const char*>(name), size);
    exchange_close_notify(ssl);
  };
  const Words advertised{"-expect-advertised-alpn",
                         "\x03"
                         "foo"
                         "\x03"
                         "bar"};
  expect_success(play(server + advertised + Words{"-select-alpn", "bar"}, peer));
  EXPECT_EQ(selected, "bar");
  expect_success(play(server + Words{"-decline-alpn"}, peer));
  EXPECT_EQ(selected, "");
  expect_failure(play(server + Words{"-reject-alpn"}, peer), "sent no_application_protocol");
  expect_failed_check(play(server + Words{"-expect-advertised-alpn",
                                          "\x03"
                                          "foo"},
                           peer),
                      "-expect-advertised-alpn");
}

// --- Stapling

int staple(SSL* ssl, void*) {
  auto* response = static_cast<unsigned char*>(OPENSSL_malloc(3));
  std::copy_n("abc", 3, response);
  SSL_set_tlsext_status_ocsp_resp(ssl, response, 3);
  return SSL_TLSEXT_ERR_OK;
}

TEST(ShimClient, ChecksTheStapledResponseOfAResumedSessionToo) {
  Play peer{openssl_server(), 2};
  SSL_CTX_set_tlsext_status_cb(peer.context.get(), staple);
  const Words ask{"-enable-ocsp-stapling", "-resume-count", "1"};
  expect_success(play(ask + Words{"-expect-ocsp-response", "YWJj"}, peer));
  expect_failed_check(play(ask + Words{"-expect-ocsp-response", "YWJk"}, peer),
                      "-expect-ocsp-response");
  expect_failed_check(play({"-expect-ocsp-response", "YWJj"}, peer), "-expect-ocsp-response");
}

TEST(ShimServer, StaplesWhatItIsGiven) {
  Play peer{openssl_client()};
  peer.prepare = [](SSL* ssl, int) { SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp); };
  peer.talk = [](SSL* ssl, int) {
    const unsigned char* response = nullptr;
    const long size = SSL_get_tlsext_status_ocsp_resp(ssl, &response);
    ASSERT_EQ(size, 3);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(response), 3), "abc");
    exchange_close_notify(ssl);
  };
  expect_success(play(server + Words{"-ocsp-response", "YWJj"}, peer));
}

// --- Groups, suites, versions

TEST(Shim, OffersItsCurvesInOrderAndChecksTheOneInUse) {
  const Words p384_first{"-curves", "24", "-curves", "29"};
  expect_success(play(server + p384_first + Words{"-expect-curve-id", "24"}, {openssl_client()}));
  expect_failed_check(
      play(server + p384_first + Words{"-expect-curve-id", "29"}, {openssl_client()}),
      "-expect-curve-id");
  expect_success(play({"-curves", "23", "-expect-curve-id", "23", "-resume-count", "1"},
                      {openssl_server(), 2}));
}

TEST(Shim, WithoutAesSpeaksChaCha20) {
  Play peer{openssl_server()};
  peer.talk = [](SSL* ssl, int) {
    EXPECT_STREQ(SSL_get_cipher_name(ssl), "ECDHE-RSA-CHACHA20-POLY1305");
    exchange_close_notify(ssl);
  };
  expect_success(play({"-cipher", "DEFAULT:!AES"}, peer));
}

TEST(Shim, ClampsVersions) {
  expect_success(play({"-max-version", "772", "-min-version", "771", "-no-tls13", "-no-tls1"},
                      {openssl_server()}));
}

// --- Exporters

TEST(Shim, WritesKeyingMaterialBeforeAnythingElse) {
  for (const bool use_context : {true, false})
    for (const std::size_t size : {1U, 1024U}) {
      Play peer{openssl_client()};
      peer.talk = [&](SSL* ssl, int) {
        std::string expected(size, '\0');
        SSL_export_keying_material(ssl, reinterpret_cast<unsigned char*>(expected.data()), size,
                                   "label", 5, nullptr, 0, use_context ? 1 : 0);
        EXPECT_EQ(read_exactly(ssl, size), expected);
        exchange_echo(ssl, "and then the echo");
        exchange_close_notify(ssl);
      };
      const Words export_flags{"-export-keying-material", std::to_string(size),
                               "-export-label",           "label",
                               "-export-context",         ""};
      expect_success(play(
          server + export_flags + (use_context ? Words{"-use-export-context"} : Words{}), peer));
    }
}

// --- The trace of messages

TEST(Shim, ChecksTheTraceOfMessages) {
  const std::string full =
      "read hs 1\nwrite hs 2\nwrite hs 11\nwrite hs 12\nwrite hs 14\nread hs 16\nread ccs\n"
      "read hs 20\nwrite hs 4\nwrite ccs\nwrite hs 20\nread alert 1 0\n";
  expect_success(play(server + Words{"-expect-msg-callback", full}, {openssl_client()}));
  expect_success(
      play(server + Words{"-expect-msg-callback", "a form of its own"}, {openssl_client()}));
  expect_failed_check(
      play(server + Words{"-expect-msg-callback", "read hs 1\nwrite hs 2\n"}, {openssl_client()}),
      "-expect-msg-callback");
}

}  // namespace
}  // namespace glasstls::bogo
