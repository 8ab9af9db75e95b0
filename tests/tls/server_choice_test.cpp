// What our server chooses of what a client offers: suite, group, scheme and certificate; and that
// it says why, where nothing fits. RFC 5246, 7.4.1.3 and 7.4.2; RFC 8422, 4 and 5.1.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using enum crypto::CipherSuite;
using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using handshake::ExtensionType;
using test::ServerPeers;

test::ClientChoices offering(std::vector<CipherSuite> suites) {
  test::ClientChoices choices;
  choices.suites = std::move(suites);
  return choices;
}

test::ServerOptions server_with(std::vector<std::string> identities,
                                test::Change<ServerSettings> settings = {}) {
  test::ServerOptions options;
  options.identities = std::move(identities);
  options.settings = std::move(settings);
  return options;
}

CipherSuite chosen(std::vector<CipherSuite> suites, test::ServerOptions options = {}) {
  ServerPeers peers(offering(std::move(suites)), std::move(options));
  peers.complete_handshake();
  return peers.agreement().cipher_suite;
}

// --- Suites

const std::vector<CipherSuite> reversed{TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                        TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                        TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};

TEST(ServerChoice, OfSuitesFollowsItsOwnOrder) {
  EXPECT_EQ(chosen(reversed), TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_EQ(chosen(reversed, server_with({"rsa", "p256"},
                                         [](ServerSettings& s) {
                                           s.cipher_suites = {
                                               TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                               TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
                                         })),
            TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
}

TEST(ServerChoice, OfSuitesFollowsTheClientsOrderIfToldTo) {
  const auto options =
      server_with({"rsa", "p256"}, [](ServerSettings& s) { s.prefer_client_order = true; });
  EXPECT_EQ(chosen(reversed, options), TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  // Unknown ones, and ones that only another certificate could serve, are passed over.
  EXPECT_EQ(
      chosen({CipherSuite{0x1301}, CipherSuite{0x0a0a}, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
              TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384},
             server_with({"rsa"}, [](ServerSettings& s) { s.prefer_client_order = true; })),
      TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
}

// RFC 7905 says why: its sender has no hardware for AES.
TEST(ServerChoice, IsChaCha20IfTheClientPutsItFirst) {
  EXPECT_EQ(
      chosen({TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}),
      TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
  EXPECT_EQ(
      chosen({CipherSuite{0x1303}, CipherSuite{0x2a2a}, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
              TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}),
      TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
  EXPECT_EQ(
      chosen({TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
              TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384},
             server_with({"rsa"})),
      TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
}

TEST(ServerChoice, IsNotChaCha20IfTheClientPutsItLater) {
  EXPECT_EQ(
      chosen({TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
              TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}),
      TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
}

TEST(ServerChoice, OfASuiteThatItWasNotToldToSpeakIsNeverMade) {
  EXPECT_EQ(
      chosen({TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256},
             server_with({"rsa"},
                         [](ServerSettings& s) {
                           s.cipher_suites = {TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
                         })),
      TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
}

// --- Groups

NamedGroup chosen_group(std::vector<NamedGroup> groups, test::ServerOptions options) {
  test::ClientChoices choices;
  choices.groups = std::move(groups);
  ServerPeers peers(choices, std::move(options));
  peers.complete_handshake();
  return peers.agreement().group;
}

TEST(ServerChoice, OfGroupsFollowsItsOwnOrderOrTheClients) {
  const std::vector<NamedGroup> groups{NamedGroup{0x3a3a}, NamedGroup::secp384r1,
                                       NamedGroup::secp256r1, NamedGroup::x25519};
  EXPECT_EQ(chosen_group(groups, server_with({"rsa"})), NamedGroup::x25519);
  EXPECT_EQ(
      chosen_group(groups,
                   server_with({"rsa"}, [](ServerSettings& s) { s.prefer_client_order = true; })),
      NamedGroup::secp384r1);
}

TEST(ServerChoice, WithoutSupportedGroupsIsSecp256r1) {
  ServerPeers peers;
  peers.complete_handshake(test::without(ExtensionType::supported_groups));
  EXPECT_EQ(peers.agreement().group, NamedGroup::secp256r1);
}

// --- Certificates

std::string chosen_identity(test::ClientChoices choices, test::ServerOptions options) {
  const std::vector<std::string> identities = options.identities;
  ServerPeers peers(std::move(choices), std::move(options));
  peers.complete_handshake();
  EXPECT_TRUE(peers.client.server_signature_is_right());
  for (const std::string& name : identities)
    if (wire::equal(peers.client.server_chain().at(0).der(), test::identity(name).chain[0]))
      return name;
  return "none of them";
}

TEST(ServerChoice, OfCertificatesFollowsTheSuitesThatTheClientCanUse) {
  const auto both = server_with({"p256", "rsa"});
  EXPECT_EQ(chosen_identity(offering({TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}), both), "rsa");
  EXPECT_EQ(chosen_identity(offering({TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}), both), "p256");
  EXPECT_EQ(chosen_identity({}, both), "rsa");  // 0xC030 comes first
}

TEST(ServerChoice, OfCertificatesFollowsTheSchemesThatTheClientCanVerify) {
  const auto ecdsa_first = server_with({"rsa", "p256", "ed25519"}, [](ServerSettings& s) {
    s.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
  });
  test::ClientChoices choices;
  EXPECT_EQ(chosen_identity(choices, ecdsa_first), "p256");
  choices.schemes = {SignatureScheme::rsa_pss_rsae_sha256};
  EXPECT_EQ(chosen_identity(choices, ecdsa_first), "rsa");
  choices.schemes = {SignatureScheme::ed25519, SignatureScheme::rsa_pss_rsae_sha256};
  EXPECT_EQ(chosen_identity(choices, ecdsa_first), "ed25519");
}

TEST(ServerChoice, OfItsOwnSchemesIsApartFromThoseThatItVerifies) {
  ServerPeers peers({}, server_with({"rsa"}, [](ServerSettings& s) {
                      s.signature_schemes = {SignatureScheme::ed25519};
                      s.signing_schemes = {SignatureScheme::rsa_pkcs1_sha384,
                                           SignatureScheme::rsa_pss_rsae_sha256};
                    }));
  peers.complete_handshake();
  EXPECT_EQ(peers.agreement().signature_scheme, SignatureScheme::rsa_pkcs1_sha384);
}

// RFC 8422, 5.1: the client must be able to use the curve of the key. (An ECDSA scheme does not
// bind it in TLS 1.2.)
TEST(ServerChoice, OfCertificatesFollowsTheCurvesThatTheClientKnows) {
  const auto both = server_with({"p256", "p384", "rsa"}, [](ServerSettings& s) {
    s.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
  });
  test::ClientChoices choices;
  choices.groups = {NamedGroup::x25519, NamedGroup::secp384r1};
  EXPECT_EQ(chosen_identity(choices, both), "p384");
  choices.groups = {NamedGroup::x25519};
  EXPECT_EQ(chosen_identity(choices, both), "rsa");
  choices.groups = {NamedGroup::x25519, NamedGroup::secp384r1, NamedGroup::secp256r1};
  EXPECT_EQ(chosen_identity(choices, both), "p256");
}

/// A server with two RSA certificates: the first is signed with rsa_pkcs1_sha256, the other with
/// ecdsa_secp256r1_sha256. Tells which of the two a client gets.
std::size_t chosen_by_chain(test::ClientChoices choices,
                            const test::Change<handshake::ClientHello>& change = {}) {
  test::Lab lab;
  const auto by_rsa = test::credential("rsa");
  const auto by_ecdsa = lab.server({"server.test"}, "rsa");
  ServerPeers peers(std::move(choices), server_with({}, [&](ServerSettings& s) {
                      s.credentials = std::make_shared<handshake::Credentials>(
                          handshake::Credentials::List{by_rsa, by_ecdsa});
                    }));
  peers.complete_handshake(change);
  return peers.client.server_chain().at(0) == by_ecdsa->leaf() ? 1 : 0;
}

TEST(ServerChoice, OfCertificatesPrefersAChainThatTheClientCanVerify) {
  test::ClientChoices choices;
  EXPECT_EQ(chosen_by_chain(choices), 0U);
  choices.schemes = {SignatureScheme::rsa_pss_rsae_sha256, SignatureScheme::ecdsa_secp256r1_sha256};
  EXPECT_EQ(chosen_by_chain(choices), 1U);
  choices.schemes = {SignatureScheme::rsa_pss_rsae_sha256};  // none: the first is as good as any
  EXPECT_EQ(chosen_by_chain(choices), 0U);
}

// RFC 8446, 4.2.3: where it is sent, chains are judged by signature_algorithms_cert alone.
TEST(ServerChoice, OfCertificatesReadsSignatureAlgorithmsCert) {
  using handshake::SignatureAlgorithmsCert;
  EXPECT_EQ(chosen_by_chain(
                {}, test::with(SignatureAlgorithmsCert{{SignatureScheme::ecdsa_secp256r1_sha256}})),
            1U);
  EXPECT_EQ(chosen_by_chain(
                {}, test::with(SignatureAlgorithmsCert{{SignatureScheme::rsa_pkcs1_sha256,
                                                        SignatureScheme::ecdsa_secp256r1_sha256}})),
            0U);
  test::ClientChoices choices;
  choices.schemes = {SignatureScheme::rsa_pss_rsae_sha256, SignatureScheme::ecdsa_secp256r1_sha256};
  EXPECT_EQ(chosen_by_chain(
                choices, test::with(SignatureAlgorithmsCert{{SignatureScheme::rsa_pkcs1_sha256}})),
            0U);
}

TEST(ServerChoice, OfCertificatesMayChangeWhileTheServerRuns) {
  const auto held = test::credentials({"rsa"});
  const auto options = server_with({}, [&](ServerSettings& s) { s.credentials = held; });
  ServerPeers before({}, options);
  ServerPeers after({}, options);
  before.hello();
  held->set({test::credential("p256")});
  before.run({[](test::ScriptedClient& client) { client.second_flight(); }});
  EXPECT_TRUE(before.completed());
  after.complete_handshake();
  EXPECT_EQ(before.client.server_chain().at(0), test::credential("rsa")->leaf());
  EXPECT_EQ(after.client.server_chain().at(0), test::credential("p256")->leaf());
}

// --- Reasons

/// Refused with handshake_failure, and with a line for each thing that did not fit.
void expect_no_choice(ServerPeers& peers, std::string_view eliminated) {
  expect_refused(peers, {.alert = AlertDescription::handshake_failure, .message = "ClientHello"});
  std::string all;
  for (const std::string& line : peers.find<Failed>()->eliminations) all += line + "\n";
  EXPECT_NE(all.find(eliminated), std::string::npos) << all;
}

TEST(NoChoice, WithoutACommonSuiteIsHandshakeFailure) {
  for (const auto suite : {CipherSuite{0x1301}, CipherSuite{0x002f}, CipherSuite{0x0a0a},
                           TLS_EMPTY_RENEGOTIATION_INFO_SCSV}) {
    ServerPeers peers(offering({suite}));
    peers.hello();
    expect_no_choice(peers, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  }
  ServerPeers wrong_key(offering({TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}), server_with({"rsa"}));
  wrong_key.hello();
  expect_no_choice(wrong_key, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
}

TEST(NoChoice, WithoutACommonGroupIsHandshakeFailure) {
  for (const unsigned group : {25U, 30U, 0x3a3aU}) {
    test::ClientChoices choices;
    choices.groups = {NamedGroup(group)};
    ServerPeers peers(choices);
    peers.hello();
    expect_no_choice(peers, "x25519");
  }
}

TEST(NoChoice, WithoutSupportedGroupsAndSecp256r1IsHandshakeFailure) {
  ServerPeers peers(
      {}, server_with({"rsa"}, [](ServerSettings& s) { s.groups = {NamedGroup::x25519}; }));
  peers.hello(test::without(ExtensionType::supported_groups));
  expect_no_choice(peers, "x25519");
}

TEST(NoChoice, WithoutACommonSchemeIsHandshakeFailure) {
  for (const unsigned scheme : {0x0201U, 0x0203U, 0x0603U, 0x080bU, 0x3a3aU}) {
    test::ClientChoices choices;
    choices.schemes = {SignatureScheme(scheme)};
    ServerPeers peers(choices);
    peers.hello();
    expect_no_choice(peers, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  }
}

TEST(NoChoice, OfACurveThatTheClientDoesNotKnowIsHandshakeFailure) {
  test::ClientChoices choices;
  choices.groups = {NamedGroup::x25519, NamedGroup::secp256r1};
  ServerPeers peers(choices, server_with({"p384"}));
  peers.hello();
  expect_no_choice(peers, "secp384r1");
}

// RFC 9155, 2: what RFC 5246 let a server assume then is SHA-1.
TEST(NoChoice, WithoutSignatureAlgorithmsIsHandshakeFailure) {
  ServerPeers peers;
  peers.hello(test::without(ExtensionType::signature_algorithms));
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .message = "ClientHello",
                         .section = "RFC 9155, 2",
                         .reason_part = "signature_algorithms"});

  ServerPeers no_extensions;
  no_extensions.hello([](handshake::ClientHello& hello) { hello.extensions.reset(); });
  expect_refused(no_extensions,
                 {.alert = AlertDescription::handshake_failure, .section = "RFC 9155, 2"});
}

// A scheme that only the client knows, before the one that is chosen, in either order.
TEST(ServerChoice, OfSchemesPassesOverUnknownOnes) {
  for (const bool client_order : {false, true}) {
    test::ClientChoices choices;
    choices.schemes = {SignatureScheme{0x0603}, SignatureScheme{0x2a2a}, SignatureScheme{0x0201},
                       SignatureScheme::rsa_pkcs1_sha256};
    ServerPeers peers(choices, server_with({"rsa"}, [=](ServerSettings& s) {
                        s.prefer_client_order = client_order;
                      }));
    peers.complete_handshake();
    EXPECT_EQ(peers.agreement().signature_scheme, SignatureScheme::rsa_pkcs1_sha256);
  }
}

// What is told of a list must not grow with it: a hello may hold 32,000 schemes.
TEST(ServerChoice, TellsALongListOnlyOnce) {
  for (const bool client_order : {false, true}) {
    test::ClientChoices choices;
    choices.schemes.assign(20'000, SignatureScheme::rsa_pkcs1_sha512);
    choices.schemes.push_back(SignatureScheme::ecdsa_secp256r1_sha256);
    ServerPeers peers(choices, server_with({"rsa", "p256"}, [=](ServerSettings& s) {
                        s.prefer_client_order = client_order;
                        s.signature_schemes = {SignatureScheme::rsa_pkcs1_sha256,
                                               SignatureScheme::ecdsa_secp256r1_sha256};
                      }));
    peers.complete_handshake();
    std::size_t size = 0;
    for (const std::string& line : peers.agreement().eliminations) size += line.size();
    EXPECT_GT(size, 0U);
    EXPECT_LT(size, 4'000U);
  }
}

TEST(ServerChoice, SaysWhichSchemesGroupsAndCertificatesItPassedOver) {
  test::ClientChoices choices;
  choices.groups = {NamedGroup::secp256r1};
  choices.schemes = {SignatureScheme::rsa_pkcs1_sha256};
  ServerPeers peers(choices, server_with({"rsa"}));
  peers.complete_handshake();
  const auto& told = peers.agreement().eliminations;
  const std::vector<std::string> expected{"rsa_pss_rsae_sha256: the client does not offer it",
                                          "x25519: the client does not offer it"};
  for (const std::string& line : expected)
    EXPECT_NE(std::find(told.begin(), told.end(), line), told.end()) << line;

  test::Lab lab;
  const test::Change<ServerSettings> two_names = [&](ServerSettings& s) {
    s.credentials = std::make_shared<handshake::Credentials>(
        handshake::Credentials::List{lab.server({"a.test"}), lab.server({"server.test"})});
  };
  ServerPeers named({}, server_with({}, two_names));
  named.complete_handshake();
  EXPECT_EQ(named.agreement().eliminations.at(0),
            "1 of our certificates: not for the name that is asked for");
}

TEST(ServerChoice, SaysWhatItPassedOver) {
  ServerPeers peers(offering({TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}));
  peers.complete_handshake();
  std::string all;
  for (const std::string& line : peers.agreement().eliminations) all += line + "\n";
  EXPECT_NE(all.find("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), std::string::npos) << all;
}

}  // namespace
}  // namespace glasstls::tls
