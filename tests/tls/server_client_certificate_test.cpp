// Mutual TLS at our server: what it asks for, whom it believes, and what our own client answers.
// RFC 5246, 7.4.4, 7.4.6 and 7.4.8; RFC 8422, 5.5.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/asking.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::SignatureScheme;
using handshake::ClientCertificateType;
using handshake::HandshakeType;
using test::Pair;
using test::ScriptedClient;
using test::ServerPeers;
using enum ClientAuthentication;

const std::vector<SignatureScheme> rsa_schemes{SignatureScheme::rsa_pss_rsae_sha256,
                                               SignatureScheme::rsa_pkcs1_sha256};
const std::vector<SignatureScheme> ecdsa_schemes{SignatureScheme::ecdsa_secp384r1_sha384,
                                                 SignatureScheme::ecdsa_secp256r1_sha256};

test::Change<ServerSettings> speaking(const std::vector<SignatureScheme>& schemes) {
  return [schemes](ServerSettings& s) { s.signature_schemes = schemes; };
}

// --- What is asked

handshake::CertificateRequest request_of(const test::Change<ServerSettings>& change) {
  const test::Lab lab;
  ServerPeers peers({}, asking(lab, requested, change));
  peers.hello();
  return peers.client.certificate_request();
}

TEST(CertificateRequest, ComesBehindTheServersParametersIfItIsToBeSent) {
  for (const auto mode : {requested, required}) {
    const test::Lab lab;
    ServerPeers peers({}, asking(lab, mode));
    peers.hello();
    EXPECT_EQ(peers.client.messages(),
              (std::vector{HandshakeType::server_hello, HandshakeType::certificate,
                           HandshakeType::server_key_exchange, HandshakeType::certificate_request,
                           HandshakeType::server_hello_done}));
  }
}

TEST(CertificateRequest, ListsTheSchemesThatTheServerVerifiesInItsOrder) {
  std::vector<SignatureScheme> all;
  for (const crypto::SchemeParameters& scheme : crypto::all_schemes()) all.push_back(scheme.id);
  EXPECT_EQ(request_of({}).supported_signature_algorithms, all);
  EXPECT_EQ(request_of(speaking(ecdsa_schemes)).supported_signature_algorithms, ecdsa_schemes);
}

TEST(CertificateRequest, ListsTheTypesOfKeysThatTheSchemesFit) {
  using enum ClientCertificateType;
  EXPECT_EQ(request_of({}).certificate_types, (std::vector{rsa_sign, ecdsa_sign}));
  EXPECT_EQ(request_of(speaking(rsa_schemes)).certificate_types, std::vector{rsa_sign});
  EXPECT_EQ(request_of(speaking(ecdsa_schemes)).certificate_types, std::vector{ecdsa_sign});
  const auto ed25519 = [](ServerSettings& s) {
    s.signature_schemes = {SignatureScheme::ed25519};
    s.credentials = test::credentials({"ed25519"});
  };
  EXPECT_EQ(request_of(ed25519).certificate_types, std::vector{ecdsa_sign});
}

TEST(CertificateRequest, NamesTheAuthoritiesOfTheSettings) {
  EXPECT_TRUE(request_of({}).certificate_authorities.empty());
  const std::vector<Bytes> names{test::Lab("One").name(), test::Lab("Two").name()};
  const auto named = request_of([&](ServerSettings& s) {
                       s.certificate_authorities = names;
                     }).certificate_authorities;
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0].der, names[0]);
  EXPECT_EQ(named[1].der, names[1]);
}

// --- Who is believed

struct KeyAndScheme {
  std::string key;
  SignatureScheme scheme{};
};

class ClientProof : public testing::TestWithParam<KeyAndScheme> {};

TEST_P(ClientProof, IsAccepted) {
  test::Lab lab;
  for (const auto mode : {requested, required}) {
    ServerPeers peers(showing(lab.client(GetParam().key), GetParam().scheme), asking(lab, mode));
    peers.complete_handshake();
    const handshake::Agreement& agreement = peers.agreement();
    EXPECT_TRUE(agreement.client_certificate_requested);
    EXPECT_EQ(agreement.client_signature_scheme, GetParam().scheme);
    ASSERT_EQ(agreement.peer_chain.size(), 1U);
    EXPECT_EQ(x509::to_string(agreement.peer_chain[0].subject()), "CN=alice");
    ASSERT_TRUE(agreement.verdict);
    EXPECT_TRUE(agreement.verdict->trusted);
  }
}

/// An ECDSA scheme does not bind the curve in TLS 1.2.
std::vector<KeyAndScheme> all_proofs() {
  std::vector<KeyAndScheme> all;
  for (const char* key : {"rsa", "p256", "p384", "ed25519"})
    for (const crypto::SchemeParameters& scheme : crypto::all_schemes())
      if (scheme.key_type == test::identity(key).key.type()) all.push_back({key, scheme.id});
  return all;
}

INSTANTIATE_TEST_SUITE_P(ClientCertificate, ClientProof, testing::ValuesIn(all_proofs()),
                         [](const auto& given) {
                           return given.param.key + "_" + std::string(name_of(given.param.scheme));
                         });

TEST(ClientCertificate, IsBelievedUnseenIfTheSettingsSaySo) {
  test::Lab lab, stranger("Stranger");
  ServerPeers peers(showing(stranger.client()), asking(lab, required, [](ServerSettings& s) {
                      s.verify_client = false;
                      s.roots = nullptr;
                    }));
  peers.complete_handshake();
  EXPECT_EQ(peers.agreement().peer_chain.size(), 1U);
  EXPECT_FALSE(peers.agreement().verdict);
  EXPECT_TRUE(peers.agreement().client_signature_scheme);  // the key is its own all the same
}

TEST(NoClientCertificate, IsServedIfOneIsOnlyRequested) {
  const test::Lab lab;
  ServerPeers peers({}, asking(lab, requested));
  peers.complete_handshake();
  EXPECT_TRUE(peers.agreement().client_certificate_requested);
  EXPECT_TRUE(peers.agreement().peer_chain.empty());
  EXPECT_FALSE(peers.agreement().verdict);
  EXPECT_FALSE(peers.agreement().client_signature_scheme);
}

TEST(NoClientCertificate, IsHandshakeFailureIfOneIsRequired) {
  for (const bool verify : {true, false}) {
    const test::Lab lab;
    ServerPeers peers({},
                      asking(lab, required, [&](ServerSettings& s) { s.verify_client = verify; }));
    peers.hello();
    peers.run({[](ScriptedClient& client) { client.second_flight(); }});
    expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                           .message = "Certificate",
                           .field = "certificate_list",
                           .offset = 4,
                           .section = "RFC 5246, 7.4.6",
                           .reason_part = "no certificate"});
  }
}

// --- Our client

test::ClientOptions having(std::vector<std::shared_ptr<const handshake::Credential>> credentials) {
  test::ClientOptions options;
  options.settings = [credentials](ClientSettings& s) { s.credentials = credentials; };
  return options;
}

/// The leaf that the server saw; nullptr: none.
const x509::Certificate* shown(Pair& pair) {
  pair.complete_handshake();
  const handshake::Agreement& at_server = pair.server.agreement();
  const handshake::Agreement& at_client = pair.client.agreement();
  EXPECT_TRUE(at_client.client_certificate_requested);
  EXPECT_EQ(at_client.client_signature_scheme, at_server.client_signature_scheme);
  EXPECT_EQ(at_server.client_signature_scheme.has_value(), !at_server.peer_chain.empty());
  return at_server.peer_chain.empty() ? nullptr : &at_server.peer_chain.front();
}

TEST(OurClient, ShowsTheFirstOfItsCertificatesThatFits) {
  test::Lab lab;
  const auto rsa = lab.client("rsa"), p256 = lab.client("p256"), ed25519 = lab.client("ed25519");
  const auto choice = [&](const std::vector<SignatureScheme>& schemes) {
    Pair pair(having({p256, rsa, ed25519}), asking(lab, required, speaking(schemes)));
    const x509::Certificate* leaf = shown(pair);
    return leaf == nullptr         ? "none"
           : *leaf == p256->leaf() ? "p256"
           : *leaf == rsa->leaf()  ? "rsa"
                                   : "ed25519";
  };
  EXPECT_STREQ(choice({}), "p256");
  EXPECT_STREQ(choice(rsa_schemes), "rsa");
  EXPECT_STREQ(choice({SignatureScheme::ed25519, SignatureScheme::rsa_pss_rsae_sha256}), "rsa");
}

TEST(OurClient, SignsWithItsOwnSchemesApartFromThoseThatItVerifies) {
  test::Lab lab;
  test::ClientOptions client = having({lab.client("rsa")});
  client.settings = [set = client.settings](ClientSettings& s) {
    set(s);
    s.signature_schemes = {SignatureScheme::rsa_pss_rsae_sha256,
                           SignatureScheme::ecdsa_secp256r1_sha256};
    s.signing_schemes = {SignatureScheme::rsa_pkcs1_sha512};
  };
  Pair pair(client, asking(lab, required));
  ASSERT_NE(shown(pair), nullptr);
  EXPECT_EQ(pair.server.agreement().client_signature_scheme, SignatureScheme::rsa_pkcs1_sha512);
}

TEST(OurClient, PrefersACertificateOfANamedAuthority) {
  test::Lab one("One"), two("Two");
  const auto of_one = one.client(), of_two = two.client();
  const auto naming_two = [&](ServerSettings& s) { s.certificate_authorities = {two.name()}; };
  Pair pair(having({of_one, of_two}), asking(two, required, naming_two));
  const x509::Certificate* leaf = shown(pair);
  ASSERT_NE(leaf, nullptr);
  EXPECT_EQ(*leaf, of_two->leaf());
}

TEST(OurClient, ShowsNoneIfNoneFits) {
  test::Lab lab;
  Pair pair(having({lab.client("p256")}), asking(lab, requested, speaking(rsa_schemes)));
  EXPECT_EQ(shown(pair), nullptr);
  Pair nobody({}, asking(lab, requested));
  EXPECT_EQ(shown(nobody), nullptr);
}

TEST(OurClient, ThatInsistsOnACertificateEndsTheHandshakeIfNoneFits) {
  test::Lab lab;
  const auto insisting = [](test::ClientOptions options) {
    options.settings = [set = options.settings](ClientSettings& s) {
      if (set) set(s);
      s.insist_on_credentials = true;
    };
    return options;
  };
  Pair pair(insisting(having({lab.client("p256")})), asking(lab, requested, speaking(rsa_schemes)));
  pair.pump();
  const Failed* failed = pair.client.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->alert, AlertDescription::handshake_failure);
  EXPECT_EQ(failed->message, "CertificateRequest");
  EXPECT_FALSE(failed->eliminations.empty());
  EXPECT_FALSE(pair.server.completed());

  Pair fitting(insisting(having({lab.client("p256")})), asking(lab, requested));
  EXPECT_NE(shown(fitting), nullptr);
  Pair nobody(insisting({}), asking(lab, requested));  // nothing to insist on
  EXPECT_EQ(shown(nobody), nullptr);
}

void expect_client_told(Pair& pair, AlertDescription alert) {
  pair.pump();
  EXPECT_FALSE(pair.server.completed());
  EXPECT_FALSE(pair.client.completed());
  ASSERT_NE(pair.server.find<Failed>(), nullptr);
  EXPECT_EQ(pair.server.find<Failed>()->alert, alert);
  ASSERT_NE(pair.client.find<Failed>(), nullptr);
  EXPECT_EQ(pair.client.find<Failed>()->alert, alert);
  EXPECT_EQ(pair.client.find<Failed>()->cause, Failed::Cause::peer_alert);
}

TEST(OurClient, IsToldWhyItIsRefused) {
  test::Lab lab, stranger("Stranger");
  Pair nothing_fits(having({lab.client("p256")}), asking(lab, required, speaking(rsa_schemes)));
  expect_client_told(nothing_fits, AlertDescription::handshake_failure);
  Pair unknown(having({stranger.client()}), asking(lab, required));
  expect_client_told(unknown, AlertDescription::unknown_ca);
}

}  // namespace
}  // namespace glasstls::tls
