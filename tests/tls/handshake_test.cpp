// Handshakes that succeed, over every choice that a server has, and however the bytes arrive.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using handshake::HandshakeType;
using test::Choices;
using test::Peers;
using test::ScriptedServer;

Choices choices(CipherSuite suite, NamedGroup group, SignatureScheme scheme,
                std::string identity = "rsa", bool extended = true) {
  return {suite, group, scheme, std::move(identity), extended, "server"};
}

class EveryChoice : public testing::TestWithParam<Choices> {};

TEST_P(EveryChoice, CompletesAndCarriesDataBothWays) {
  Peers peers(GetParam());
  peers.complete_handshake();
  EXPECT_TRUE(peers.server.peer_finished_is_right());

  const handshake::Agreement& agreement = peers.find<HandshakeCompleted>()->agreement;
  EXPECT_EQ(agreement.version, ProtocolVersion::tls12);
  EXPECT_EQ(agreement.cipher_suite, GetParam().suite);
  EXPECT_EQ(agreement.group, GetParam().group);
  EXPECT_EQ(agreement.signature_scheme, GetParam().scheme);
  EXPECT_EQ(agreement.extended_master_secret, GetParam().extended_master_secret);
  EXPECT_TRUE(agreement.secure_renegotiation);
  ASSERT_EQ(agreement.peer_chain.size(), 1U);
  ASSERT_TRUE(agreement.verdict);
  EXPECT_TRUE(agreement.verdict->trusted);

  const View question = wire::as_bytes("do i connect with server ?");
  EXPECT_EQ(peers.client.write(question), question.size());
  peers.pump();
  EXPECT_TRUE(wire::equal(peers.server.received_data(), question));
  peers.run({[](ScriptedServer& server) { server.data(wire::as_bytes("yes")); }});
  EXPECT_EQ(wire::as_text(peers.data), "yes");
}

std::vector<Choices> every_choice() {
  using enum CipherSuite;
  std::vector<Choices> all;
  for (const auto suite :
       {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256})
    for (const auto group : {NamedGroup::x25519, NamedGroup::secp256r1, NamedGroup::secp384r1})
      all.push_back(choices(suite, group, SignatureScheme::rsa_pss_rsae_sha256));
  for (const auto scheme : {SignatureScheme::rsa_pkcs1_sha256, SignatureScheme::rsa_pkcs1_sha384,
                            SignatureScheme::rsa_pkcs1_sha512, SignatureScheme::rsa_pss_rsae_sha384,
                            SignatureScheme::rsa_pss_rsae_sha512})
    all.push_back(
        choices(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, NamedGroup::x25519, scheme, "rsa", false));
  for (const auto suite :
       {TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}) {
    all.push_back(
        choices(suite, NamedGroup::x25519, SignatureScheme::ecdsa_secp256r1_sha256, "p256"));
    // In TLS 1.2 a scheme does not bind the curve.
    all.push_back(choices(suite, NamedGroup::secp256r1, SignatureScheme::ecdsa_secp384r1_sha384,
                          "p256", false));
    all.push_back(
        choices(suite, NamedGroup::secp384r1, SignatureScheme::ecdsa_secp384r1_sha384, "p384"));
    all.push_back(choices(suite, NamedGroup::x25519, SignatureScheme::ed25519, "ed25519"));
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Handshake, EveryChoice, testing::ValuesIn(every_choice()),
                         [](const auto& choice) {
                           return std::string(name_of(choice.param.suite)) + "_" +
                                  std::string(name_of(choice.param.group)) + "_" +
                                  std::string(name_of(choice.param.scheme)) + "_" +
                                  choice.param.identity;
                         });

/// Everything of a handshake and some data that a test can compare.
std::string summary(const Peers& peers) {
  std::string text = wire::hex(peers.server.master_secret()) + " " + wire::hex(peers.data);
  for (const Event& event : peers.events) text += " " + std::to_string(event.index());
  return text;
}

std::string in_one_piece() {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) { s.data(wire::as_bytes("hello")); },
             [](ScriptedServer& s) { s.close_notify(); }});
  return summary(peers);
}

TEST(Delivery, DoesNotMatterByHowManyBytesAtATime) {
  const std::string expected = in_one_piece();
  for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 100U, 1000U}) {
    Peers peers;
    peers.piece = piece;
    peers.complete_handshake();
    peers.run({[](ScriptedServer& s) { s.data(wire::as_bytes("hello")); },
               [](ScriptedServer& s) { s.close_notify(); }});
    EXPECT_EQ(summary(peers), expected) << piece;
  }
}

TEST(Delivery, DoesNotMatterHowMessagesLieInRecords) {
  const std::string expected = in_one_piece();
  for (const std::size_t length : {1U, 2U, 3U, 4U, 5U, 17U, 500U}) {
    Peers peers;
    peers.server.fragment_length = length;
    peers.complete_handshake();
    peers.run({[](ScriptedServer& s) { s.data(wire::as_bytes("hello")); },
               [](ScriptedServer& s) { s.close_notify(); }});
    EXPECT_EQ(summary(peers), expected) << length;
  }
}

TEST(Delivery, TakesAWholeFlightInOneRecord) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.merge();
               server.first_flight();
               server.split();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
}

TEST(Delivery, TakesDataRightBehindFinished) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.second_flight();
               server.data(wire::as_bytes("early"));
               server.close_notify();
             }});
  EXPECT_EQ(wire::as_text(peers.data), "early");
  ASSERT_EQ(peers.events.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
  EXPECT_TRUE(std::holds_alternative<ApplicationData>(peers.events[1]));
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(peers.events[2]));
}

TEST(ClientFlight, IsWhatTheRfcDraws) {
  Peers peers;
  peers.complete_handshake();
  EXPECT_EQ(peers.server.messages(),
            (std::vector{HandshakeType::client_hello, HandshakeType::client_key_exchange,
                         HandshakeType::finished}));
  const auto& versions = peers.server.record_versions();
  EXPECT_EQ(versions.front(), ProtocolVersion::tls10);  // RFC 5246, E.1
  EXPECT_TRUE(std::all_of(versions.begin() + 1, versions.end(),
                          [](auto version) { return version == ProtocolVersion::tls12; }));
}

TEST(ClientFlight, AnswersACertificateRequestWithAnEmptyCertificate) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.hello();
               server.certificate();
               server.key_exchange();
               server.certificate_request();
               server.done();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
  EXPECT_TRUE(peers.server.client_certificate_was_empty());
  EXPECT_EQ(peers.server.messages(),
            (std::vector{HandshakeType::client_hello, HandshakeType::certificate,
                         HandshakeType::client_key_exchange, HandshakeType::finished}));
}

TEST(ClientHello, HasTheNameAndNoGrease) {
  Peers peers;
  const handshake::ClientHello& hello = peers.server.client_hello();
  const auto* names = hello.extensions->find<handshake::ServerNameList>();
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(wire::as_text(names->server_name_list.at(0).name), "server.test");
  for (const auto suite : hello.cipher_suites) EXPECT_NE(crypto::find(suite), nullptr);
  for (const auto& extension : hello.extensions->list)
    EXPECT_NE(name_of(extension.type()), "GREASE");
}

TEST(ClientHello, HasNoNameForAnAddress) {
  Peers peers({}, {.name = "192.0.2.1", .settings = {}, .observers = {}});
  EXPECT_FALSE(peers.server.client_hello().extensions->has(handshake::ExtensionType::server_name));
  peers.complete_handshake();  // the certificate has the address
}

TEST(ServerName, MayBeAcknowledged) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.hello([](handshake::ServerHello& hello) {
                 hello.extensions->add(handshake::ServerNameAcknowledged{});
               });
               server.certificate();
               server.key_exchange();
               server.done();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
}

TEST(OldServer, NeedNotSendAnyExtension) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.hello([](handshake::ServerHello& hello) { hello.extensions.reset(); });
               server.certificate();
               server.key_exchange();
               server.done();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  ASSERT_TRUE(peers.completed());
  EXPECT_FALSE(peers.find<HandshakeCompleted>()->agreement.secure_renegotiation);
  EXPECT_FALSE(peers.find<HandshakeCompleted>()->agreement.extended_master_secret);
}

TEST(NoVerification, BelievesAnybodyAndSaysSo) {
  test::ClientOptions options;
  options.name = "";
  options.settings = [](ClientSettings& settings) {
    settings.verify_peer = false;
    settings.roots = nullptr;
  };
  Peers peers({}, options);
  peers.complete_handshake();
  EXPECT_FALSE(peers.find<HandshakeCompleted>()->agreement.verdict);
}

}  // namespace
}  // namespace glasstls::tls
