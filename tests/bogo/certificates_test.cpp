// The shim's flags of certificates and of its verification hook, against OpenSSL.
#include <gtest/gtest.h>
#include <openssl/x509.h>

#include "platform/files.h"
#include "tests/bogo/openssl_peer.h"
#include "x509/certificate.h"
#include "x509/pem.h"

namespace glasstls::bogo {
namespace {

const Words server = Words{"-server"} + identity_flags("rsa");
const Words resume{"-resume-count", "1"};

/// A client with a certificate, to which the server's requests are no secret.
Play client_with(const std::string& identity, int connections = 1) {
  Context context = openssl_client();
  use_identity(context.get(), identity);
  return {std::move(context), connections};
}

Play demanding_server(int connections = 1) {
  Context context = openssl_server();
  demand_certificate(context.get());
  return {std::move(context), connections};
}

// --- The hook

TEST(ShimClient, FailsIfItsHookSaysNo) {
  for (const bool custom : {true, false}) {
    int alert = 0;
    Play peer{openssl_server()};
    SSL_CTX_set_info_callback(peer.context.get(), [](const SSL* ssl, int where, int value) {
      if (where == SSL_CB_READ_ALERT) *static_cast<int*>(SSL_get_app_data(ssl)) = value & 0xff;
    });
    peer.prepare = [&](SSL* ssl, int) { SSL_set_app_data(ssl, &alert); };
    const Words no{"-verify-peer", "-verify-fail", "-expect-verify-result"};
    expect_failure(play(no + (custom ? Words{"-use-custom-verify-callback"} : Words{}), peer),
                   "verify-rejected");
    EXPECT_EQ(alert, custom ? SSL_AD_CERTIFICATE_UNKNOWN : SSL_AD_HANDSHAKE_FAILURE);
  }
}

TEST(ShimServer, FailsIfItsHookSaysNo) {
  for (const char* asking : {"-verify-peer", "-require-any-client-certificate"})
    expect_failure(play(server + Words{asking, "-verify-fail"}, client_with("p256")),
                   "verify-rejected");
}

TEST(ShimClient, WithoutVerifyPeerGoesOnAllTheSame) {
  expect_success(play({"-verify-fail", "-expect-verify-result"}, {openssl_server()}));
  expect_success(
      play(Words{"-verify-fail", "-expect-verify-result"} + resume, {openssl_server(), 2}));
}

TEST(Shim, DoesNotAskItsHookAboutAResumedSession) {
  const Words flags = Words{"-verify-peer", "-on-resume-verify-fail"} + resume;
  expect_success(play(flags + Words{"-on-initial-expect-verify-result"}, {openssl_server(), 2}));
  expect_success(play(server + flags, client_with("p256", 2)));
}

TEST(Shim, RemembersWhatTheHookSaidAboutTheSession) {
  expect_failed_check(play(Words{"-on-resume-verify-fail", "-expect-verify-result"} + resume,
                           {openssl_server(), 2}),
                      "-expect-verify-result");
}

// --- Clients' certificates

TEST(ShimServer, AsksAndGoesOnWithoutOneIfItOnlyVerifies) {
  expect_success(play(server + Words{"-verify-peer"}, {openssl_client()}));
  expect_success(play(server + Words{"-verify-peer"}, client_with("p384")));
}

TEST(ShimServer, ThatRequiresACertificateFailsWithoutOne) {
  expect_failure(play(server + Words{"-require-any-client-certificate"}, {openssl_client()}),
                 "sent handshake_failure");
  expect_success(play(server + Words{"-require-any-client-certificate"}, client_with("ed25519")));
}

TEST(ShimClient, ShowsItsCertificateIfItIsAsked) {
  expect_success(
      play(identity_flags("p256") + Words{"-use-old-client-cert-callback"}, demanding_server()));
  expect_failure(play({}, demanding_server()), "received handshake_failure");
}

TEST(ShimClient, InsistsOnTheCertificateThatItIsGiven) {
  Play peer = demanding_server();
  const unsigned char ecdsa_alone[] = {64};
  SSL_CTX_set1_client_certificate_types(peer.context.get(), ecdsa_alone, sizeof ecdsa_alone);
  expect_failure(play(identity_flags("rsa"), peer), "sent handshake_failure");
  SSL_CTX_set_verify(peer.context.get(), SSL_VERIFY_PEER, nullptr);  // a request
  expect_failure(play(identity_flags("rsa"), peer), "sent handshake_failure");
  expect_success(play({}, peer));
}

TEST(ShimClient, ChecksWhatTheServerAsksFor) {
  Play peer = demanding_server();
  const unsigned char types[] = {1, 64};
  SSL_CTX_set1_client_certificate_types(peer.context.get(), types, sizeof types);
  const auto asked = [&](const char* base64) {
    return play(identity_flags("rsa") + Words{"-expect-certificate-types", base64}, peer);
  };
  expect_success(asked("AUA="));
  expect_failed_check(asked("AQ=="), "-expect-certificate-types");
}

/// "CN=a" in DER.
constexpr const char* name_a =
    "300c310a3008060355040313"
    "0161";

TEST(ShimClient, ChecksTheAuthoritiesThatTheServerNames) {
  Play peer = demanding_server();
  const Words expecting{"-expect-client-ca-list"};
  const auto asked = [&](const char* list) {
    return play(identity_flags("rsa") + expecting + Words{list}, peer);
  };
  expect_success(asked("<EMPTY>"));
  X509_NAME* name = X509_NAME_new();
  X509_NAME_add_entry_by_txt(name, "CN", V_ASN1_PRINTABLESTRING,
                             reinterpret_cast<const unsigned char*>("a"), 1, -1, 0);
  auto* names = sk_X509_NAME_new_null();
  sk_X509_NAME_push(names, name);
  SSL_CTX_set_client_CA_list(peer.context.get(), names);
  expect_success(asked(name_a));
  expect_failed_check(asked("<NULL>"), "-expect-client-ca-list");
}

TEST(ShimServer, NamesTheAuthoritiesThatItIsGiven) {
  for (const bool named : {true, false}) {
    Play peer = client_with("rsa");
    peer.talk = [&](SSL* ssl, int) {
      const auto* names = SSL_get0_peer_CA_list(ssl);
      EXPECT_EQ(sk_X509_NAME_num(names), named ? 1 : 0);
      exchange_close_notify(ssl);
    };
    expect_success(play(
        server + Words{"-verify-peer", "-use-client-ca-list", named ? name_a : "<NULL>"}, peer));
  }
}

// --- The peer's chain

TEST(Shim, ChecksThePeersChainOfAResumedSessionToo) {
  const auto expecting = [](const std::string& identity) {
    return Words{"-expect-peer-cert-file", GLASSTLS_TEST_DATA "/data/tls/" + identity + ".pem"};
  };
  expect_success(play(expecting("rsa") + resume, {openssl_server("rsa"), 2}));
  expect_failed_check(play(expecting("p256"), {openssl_server("rsa")}), "-expect-peer-cert-file");
  expect_success(
      play(server + Words{"-verify-peer"} + expecting("p256") + resume, client_with("p256", 2)));
}

TEST(Shim, RefusesALongerCertificateMessageThanAllowed) {
  Play peer{openssl_server()};
  const auto content = platform::read_file(GLASSTLS_TEST_DATA "/data/tls/ca.pem");
  const Bytes ca = x509::parse_pem(wire::as_text(content.bytes())).blocks.at(0).der;
  for (int i = 0; i < 4; ++i) {
    const unsigned char* der = ca.data();
    SSL_CTX_add_extra_chain_cert(peer.context.get(),
                                 d2i_X509(nullptr, &der, static_cast<long>(ca.size())));
  }
  expect_success(play({"-max-cert-list", "16384"}, peer));
  expect_failure(play({"-max-cert-list", "2000"}, peer), "sent illegal_parameter");
}

TEST(Shim, FailsForFilesThatItCannotUse) {
  const std::string data = GLASSTLS_TEST_DATA "/data/tls/";
  const auto failing = [&](const Words& flags, const std::string& reason) {
    Stage stage(Words{"-server"} + flags);
    static_cast<void>(stage.accept());
    expect_failure(stage.end(), reason);
  };
  failing({}, "no certificate");
  failing({"-cert-file", data + "rsa.pem", "-key-file", data + "missing"}, "file");
  failing({"-cert-file", data + "rsa.pem", "-key-file", data + "rsa.pem"}, "key");
  failing({"-cert-file", data + "rsa.key", "-key-file", data + "rsa.key"}, "certificate");
  failing({"-cert-file", data + "rsa.pem", "-key-file", data + "p256.key"}, "dead");
}

}  // namespace
}  // namespace glasstls::bogo
