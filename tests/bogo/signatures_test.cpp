// The shim's flags of signature schemes, against OpenSSL.
#include <gtest/gtest.h>

#include "tests/bogo/openssl_peer.h"

namespace glasstls::bogo {
namespace {

constexpr const char* rsa_pkcs1_sha384 = "1281";
constexpr const char* rsa_pss_rsae_sha256 = "2052";
constexpr const char* rsa_pss_rsae_sha512 = "2054";
constexpr const char* ecdsa_secp256r1_sha256 = "1027";
constexpr const char* ed25519 = "2055";

Words server_with(const std::string& identity) {
  return Words{"-server"} + identity_flags(identity);
}

Play demanding(Context context) {
  demand_certificate(context.get());
  return {std::move(context)};
}

/// A handshake in which OpenSSL notes the type of the shim's signature and its hash.
struct Noted {
  int type = 0, hash = 0;

  Play note(Play play) {
    play.talk = [this](SSL* ssl, int) {
      SSL_get_peer_signature_type_nid(ssl, &type);
      SSL_get_peer_signature_nid(ssl, &hash);
      exchange_close_notify(ssl);
    };
    return play;
  }
};

TEST(ShimServer, SignsWithTheFirstOfItsPreferences) {
  Noted noted;
  const Play peer = noted.note({openssl_client()});
  expect_success(play(server_with("rsa") + Words{"-signing-prefs", rsa_pkcs1_sha384,
                                                 "-signing-prefs", rsa_pss_rsae_sha512},
                      peer));
  EXPECT_EQ(noted.type, EVP_PKEY_RSA);
  EXPECT_EQ(noted.hash, NID_sha384);
  expect_success(play(server_with("rsa") + Words{"-signing-prefs", rsa_pss_rsae_sha512}, peer));
  EXPECT_EQ(noted.type, EVP_PKEY_RSA_PSS);
  EXPECT_EQ(noted.hash, NID_sha512);
}

TEST(ShimServer, SignsWithEd25519) {
  Noted noted;
  expect_success(play(server_with("ed25519") + Words{"-signing-prefs", ed25519},
                      noted.note({openssl_client()})));
  EXPECT_EQ(noted.type, EVP_PKEY_ED25519);
}

TEST(ShimServer, WithoutACommonSchemeRefuses) {
  Play peer{openssl_client()};
  SSL_CTX_set1_sigalgs_list(peer.context.get(), "RSA+SHA256");
  expect_failure(play(server_with("rsa") + Words{"-signing-prefs", rsa_pss_rsae_sha256}, peer),
                 "sent handshake_failure");
}

TEST(ShimClient, SignsWithItsPreferencesWhateverItVerifies) {
  Noted noted;
  expect_success(play(identity_flags("rsa") + Words{"-signing-prefs", rsa_pkcs1_sha384,
                                                    "-verify-prefs", rsa_pss_rsae_sha256},
                      noted.note(demanding(openssl_server()))));
  EXPECT_EQ(noted.type, EVP_PKEY_RSA);
  EXPECT_EQ(noted.hash, NID_sha384);
}

TEST(ShimClient, OffersWhatItVerifiesAndChecksWhatWasTaken) {
  const Words prefs{"-verify-prefs", rsa_pss_rsae_sha512, "-verify-prefs", rsa_pkcs1_sha384};
  const Words expecting{"-expect-peer-signature-algorithm"};
  expect_success(play(prefs + expecting + Words{rsa_pss_rsae_sha512}, {openssl_server()}));
  expect_failed_check(play(prefs + expecting + Words{rsa_pkcs1_sha384}, {openssl_server()}),
                      "-expect-peer-signature-algorithm");
}

TEST(ShimClient, KnowsThePeersSchemeOfAResumedSession) {
  expect_success(play({"-verify-prefs", ecdsa_secp256r1_sha256, "-resume-count", "1",
                       "-expect-peer-signature-algorithm", ecdsa_secp256r1_sha256},
                      {openssl_server("p256"), 2}));
}

TEST(ShimServer, KnowsThePeersSchemeOfAResumedSession) {
  Context context = openssl_client();
  use_identity(context.get(), "p256");
  const Words flags{"-require-any-client-certificate",
                    "-verify-prefs",
                    ecdsa_secp256r1_sha256,
                    "-resume-count",
                    "1",
                    "-expect-peer-signature-algorithm",
                    ecdsa_secp256r1_sha256};
  expect_success(play(server_with("rsa") + flags, {std::move(context), 2}));
}

TEST(Shim, ChecksWhatThePeerVerifies) {
  Play client{openssl_client()};
  SSL_CTX_set1_sigalgs_list(client.context.get(), "RSA-PSS+SHA256:ECDSA+SHA256");
  const Words same{"-expect-peer-verify-pref", rsa_pss_rsae_sha256, "-expect-peer-verify-pref",
                   ecdsa_secp256r1_sha256};
  const Words less{"-expect-peer-verify-pref", rsa_pss_rsae_sha256};
  expect_success(play(server_with("rsa") + same, client));
  expect_failed_check(play(server_with("rsa") + less, client), "-expect-peer-verify-pref");

  Play server = demanding(openssl_server());
  SSL_CTX_set1_sigalgs_list(server.context.get(), "RSA-PSS+SHA256:ECDSA+SHA256");
  expect_success(play(identity_flags("rsa") + same, server));
  expect_failed_check(play(identity_flags("rsa") + less, server), "-expect-peer-verify-pref");
}

}  // namespace
}  // namespace glasstls::bogo
