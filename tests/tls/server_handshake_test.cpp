// Full handshakes of our server that succeed: with a scripted client and with our own, over all
// that they can agree on, and however the bytes arrive.
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
using test::Pair;
using test::ScriptedClient;
using test::ServerPeers;

/// All that two peers can agree on, one of each.
struct Terms {
  CipherSuite suite{};
  NamedGroup group{};
  SignatureScheme scheme{};
  std::string identity;
  bool extended_master_secret = true;

  std::string text() const {
    return std::string(name_of(suite)) + " " + std::string(name_of(group)) + " " +
           std::string(name_of(scheme)) + " " + identity +
           (extended_master_secret ? " EMS" : " no EMS");
  }
};

/// A client that can do just that. The leaf's curve must be among its groups too.
test::ClientChoices client_of(const Terms& terms) {
  test::ClientChoices choices;
  choices.suites = {terms.suite};
  choices.groups = {terms.group};
  const auto curve = test::identity(terms.identity).key.public_key().group();
  if (curve && *curve != terms.group) choices.groups.push_back(*curve);
  choices.schemes = {terms.scheme};
  choices.extended_master_secret = terms.extended_master_secret;
  return choices;
}

/// A server with one certificate and one group.
test::ServerOptions server_of(const Terms& terms) {
  test::ServerOptions options;
  options.identities = {terms.identity};
  options.settings = [group = terms.group](ServerSettings& s) { s.groups = {group}; };
  return options;
}

void expect_terms(const handshake::Agreement& agreement, const Terms& terms) {
  EXPECT_EQ(agreement.version, ProtocolVersion::tls12);
  EXPECT_EQ(agreement.cipher_suite, terms.suite);
  EXPECT_EQ(agreement.group, terms.group);
  EXPECT_EQ(agreement.signature_scheme, terms.scheme);
  EXPECT_EQ(agreement.extended_master_secret, terms.extended_master_secret);
  EXPECT_TRUE(agreement.secure_renegotiation);
  EXPECT_EQ(agreement.resumed, handshake::Resumption::none);
  EXPECT_EQ(agreement.server_name, "server.test");
}

void expect_handshake_with_scripted_client(const Terms& terms) {
  ServerPeers peers(client_of(terms), server_of(terms));
  peers.complete_handshake();
  EXPECT_EQ(peers.client.server_hello().cipher_suite, terms.suite);
  EXPECT_EQ(peers.client.server_key_exchange().params.namedcurve, terms.group);
  EXPECT_EQ(peers.client.server_key_exchange().signed_params.algorithm, terms.scheme);
  EXPECT_TRUE(peers.client.server_signature_is_right());
  EXPECT_TRUE(peers.client.peer_finished_is_right());
  ASSERT_EQ(peers.client.server_chain().size(), 1U);
  EXPECT_TRUE(
      wire::equal(peers.client.server_chain()[0].der(), test::identity(terms.identity).chain[0]));
  expect_terms(peers.agreement(), terms);
  EXPECT_TRUE(peers.agreement().peer_chain.empty());
  EXPECT_FALSE(peers.agreement().verdict);

  peers.run({[](ScriptedClient& client) { client.data(wire::as_bytes("client_socket")); }});
  EXPECT_EQ(wire::as_text(peers.data), "client_socket");
  EXPECT_EQ(peers.server.write(wire::as_bytes("yes")), 3U);
  peers.pump();
  EXPECT_EQ(wire::as_text(peers.client.received_data()), "yes");
}

void expect_handshake_with_our_client(const Terms& terms) {
  const test::ClientChoices offer = client_of(terms);
  test::ClientOptions client;
  client.settings = [&](ClientSettings& s) {
    s.cipher_suites = offer.suites;
    s.groups = offer.groups;
    s.signature_schemes = offer.schemes;
    s.offer_extended_master_secret = offer.extended_master_secret;
  };
  Pair pair(client, server_of(terms));
  pair.complete_handshake();
  expect_terms(pair.client.agreement(), terms);
  expect_terms(pair.server.agreement(), terms);
  ASSERT_TRUE(pair.client.agreement().verdict);
  EXPECT_TRUE(pair.client.agreement().verdict->trusted);

  EXPECT_EQ(pair.client.connection.write(wire::as_bytes("do i connect")), 12U);
  EXPECT_EQ(pair.server.connection.write(wire::as_bytes("yes")), 3U);
  pair.pump();
  EXPECT_EQ(wire::as_text(pair.server.data), "do i connect");
  EXPECT_EQ(wire::as_text(pair.client.data), "yes");
}

/// Every group and scheme, with and without extended_master_secret, under one suite with one
/// certificate.
struct SuiteAndIdentity {
  CipherSuite suite{};
  std::string identity;
};
class EveryAgreement : public testing::TestWithParam<SuiteAndIdentity> {
 protected:
  static std::vector<Terms> all_terms() {
    std::vector<Terms> all;
    const auto key_type = test::identity(GetParam().identity).key.type();
    for (const crypto::SchemeParameters& scheme : crypto::all_schemes())
      if (scheme.key_type == key_type)
        for (const crypto::GroupParameters& group : crypto::all_groups())
          for (const bool extended : {true, false})
            all.push_back({GetParam().suite, group.id, scheme.id, GetParam().identity, extended});
    return all;
  }
};

TEST_P(EveryAgreement, IsReachedWithAScriptedClient) {
  for (const Terms& terms : all_terms()) {
    SCOPED_TRACE(terms.text());
    expect_handshake_with_scripted_client(terms);
  }
}

TEST_P(EveryAgreement, IsReachedWithOurClient) {
  for (const Terms& terms : all_terms()) {
    SCOPED_TRACE(terms.text());
    expect_handshake_with_our_client(terms);
  }
}

std::vector<SuiteAndIdentity> every_suite_and_identity() {
  std::vector<SuiteAndIdentity> all;
  for (const crypto::SuiteParameters& suite : crypto::all_suites()) {
    if (suite.authentication == crypto::Authentication::rsa) {
      all.push_back({suite.id, "rsa"});
    } else {
      for (const char* identity : {"p256", "p384", "ed25519"}) all.push_back({suite.id, identity});
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(ServerHandshake, EveryAgreement,
                         testing::ValuesIn(every_suite_and_identity()), [](const auto& given) {
                           return std::string(name_of(given.param.suite)) + "_" +
                                  given.param.identity;
                         });

// --- What is sent

TEST(ServerFlight, IsWhatTheRfcDraws) {
  ServerPeers peers;
  EXPECT_TRUE(peers.server.to_send().empty());  // the client speaks first
  peers.hello();
  EXPECT_EQ(peers.client.messages(),
            (std::vector{HandshakeType::server_hello, HandshakeType::certificate,
                         HandshakeType::server_key_exchange, HandshakeType::server_hello_done}));
  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  EXPECT_EQ(peers.client.messages().size(), 5U);
  EXPECT_EQ(peers.client.messages().back(), HandshakeType::finished);
  const auto& versions = peers.client.record_versions();
  EXPECT_TRUE(std::all_of(versions.begin(), versions.end(),
                          [](auto version) { return version == ProtocolVersion::tls12; }));
  EXPECT_TRUE(peers.client.alerts().empty());
  ASSERT_EQ(peers.events.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
}

TEST(ServerHello, HoldsNothingThatTheClientDidNotAskFor) {
  ServerPeers peers;
  peers.complete_handshake([](handshake::ClientHello& hello) {
    std::erase_if(hello.extensions->list, [](const auto& extension) {
      return extension.type() != handshake::ExtensionType::signature_algorithms;
    });
  });
  const handshake::ServerHello& hello = peers.client.server_hello();
  EXPECT_TRUE(!hello.extensions || hello.extensions->list.empty());
  EXPECT_TRUE(hello.session_id.empty());
  EXPECT_EQ(hello.compression_method, handshake::CompressionMethod::null);
  EXPECT_EQ(hello.server_version, ProtocolVersion::tls12);
  EXPECT_FALSE(peers.agreement().secure_renegotiation);
  EXPECT_FALSE(peers.agreement().extended_master_secret);
  EXPECT_EQ(peers.agreement().server_name, "");
}

TEST(ServerHello, HasAnotherRandomEachTimeAndNoSentinel) {
  test::ServerOptions other;
  other.seed = "another server";
  ServerPeers first;
  ServerPeers second({}, other);
  first.hello();
  second.hello();
  EXPECT_NE(first.client.server_random(), second.client.server_random());
  EXPECT_EQ(handshake::downgrade_sentinel(first.client.server_random()),
            handshake::DowngradeSentinel::none);
}

TEST(ServerHandshake, WithoutExtendedMasterSecretIfThatIsSwitchedOff) {
  test::ServerOptions options;
  options.settings = [](ServerSettings& s) { s.support_extended_master_secret = false; };
  ServerPeers peers({}, options);
  peers.complete_handshake();
  EXPECT_FALSE(peers.agreement().extended_master_secret);
  EXPECT_EQ(peers.client.server_hello().find<handshake::ExtendedMasterSecret>(), nullptr);
}

// --- How it arrives

/// Everything of a connection that a test can compare.
std::string summary(const ServerPeers& peers) {
  std::string text = wire::hex(peers.client.master_secret()) + " " + wire::hex(peers.data);
  for (const Event& event : peers.events) text += " " + std::to_string(event.index());
  return text;
}

std::string play(ServerPeers& peers) {
  peers.complete_handshake();
  peers.run({[](ScriptedClient& c) { c.data(wire::as_bytes("hello")); },
             [](ScriptedClient& c) { c.close_notify(); }});
  return summary(peers);
}

std::string in_one_piece() {
  ServerPeers peers;
  return play(peers);
}

TEST(ServerDelivery, DoesNotMatterByHowManyBytesAtATime) {
  const std::string expected = in_one_piece();
  for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 100U}) {
    ServerPeers peers;
    peers.piece = piece;
    EXPECT_EQ(play(peers), expected) << piece;
  }
}

TEST(ServerDelivery, DoesNotMatterHowMessagesLieInRecords) {
  const std::string expected = in_one_piece();
  for (const std::size_t length : {1U, 2U, 3U, 4U, 5U, 17U}) {
    ServerPeers peers;
    peers.client.fragment_length = length;
    EXPECT_EQ(play(peers), expected) << length;
  }
}

TEST(ServerDelivery, TakesDataAndCloseRightBehindFinished) {
  ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.second_flight();
    client.data(wire::as_bytes("early"));
    client.close_notify();
  }});
  EXPECT_EQ(wire::as_text(peers.data), "early");
  ASSERT_EQ(peers.events.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<HandshakeCompleted>(peers.events[0]));
  EXPECT_TRUE(std::holds_alternative<ApplicationData>(peers.events[1]));
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(peers.events[2]));
}

TEST(ServerDelivery, BetweenOurTwoSidesDoesNotMatterByHowManyBytesAtATime) {
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
    Pair pair;
    pair.piece = piece;
    pair.complete_handshake();
    EXPECT_EQ(pair.client.connection.write(Bytes(40'000, 7)), 40'000U);
    pair.pump();
    EXPECT_EQ(pair.server.data, Bytes(40'000, 7)) << piece;
  }
}

TEST(ServerDelivery, LetsTheServerSpeakFirstOnceItIsDone) {
  ServerPeers peers;
  peers.hello();
  EXPECT_FALSE(peers.server.writable());
  EXPECT_EQ(peers.server.write(Bytes{1}), 0U);
  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  EXPECT_TRUE(peers.server.writable());
  EXPECT_EQ(peers.server.write(Bytes{1}), 1U);
  peers.pump();
  EXPECT_EQ(peers.client.received_data(), Bytes{1});
}

}  // namespace
}  // namespace glasstls::tls
