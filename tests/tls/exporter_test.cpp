// Key material for other protocols, and names for the connection. RFC 5705; RFC 5929; RFC 9266.
#include <gtest/gtest.h>
#include <optional>
#include <string>

#include "crypto/hash.h"
#include "crypto/hmac.h"
#include "handshake/session_store.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Pair;

/// Both sides connected.
struct Connected {
  explicit Connected(bool extended_master_secret = true,
                     std::shared_ptr<handshake::SessionCache> sessions = {},
                     const std::string& seed = "client")
      : pair(
            [&] {
              test::ClientOptions client;
              client.seed = seed;
              client.settings = [=](ClientSettings& s) {
                s.offer_extended_master_secret = extended_master_secret;
                s.sessions = sessions;
                s.offer_tickets = false;
              };
              return client;
            }(),
            [&] {
              test::ServerOptions server;
              server.settings = [=](ServerSettings& s) { s.sessions = sessions; };
              return server;
            }()) {
    pair.complete_handshake();
  }

  Bytes client(std::string_view label, std::optional<View> context, std::size_t length) const {
    return pair.client.connection.export_keying_material(label, context, length);
  }
  Bytes server(std::string_view label, std::optional<View> context, std::size_t length) const {
    return pair.server.connection.export_keying_material(label, context, length);
  }
  std::optional<Bytes> client(ChannelBinding type) const {
    return pair.client.connection.channel_binding(type);
  }
  std::optional<Bytes> server(ChannelBinding type) const {
    return pair.server.connection.channel_binding(type);
  }

  Pair pair;
};

TEST(Exporter, GivesBothSidesTheSame) {
  for (const bool extended_master_secret : {true, false}) {
    const Connected both(extended_master_secret);
    for (const std::size_t length : {0U, 1U, 32U, 1000U}) {
      const Bytes context{1, 2, 3};
      EXPECT_EQ(both.client("EXPERIMENTAL test", {}, length).size(), length);
      EXPECT_EQ(both.client("EXPERIMENTAL test", {}, length),
                both.server("EXPERIMENTAL test", {}, length));
      EXPECT_EQ(both.client("EXPERIMENTAL test", context, length),
                both.server("EXPERIMENTAL test", context, length));
    }
  }
}

/// PRF(master_secret, label, client_random + server_random [+ length + context]) by HMAC alone.
Bytes by_hand(const test::ScriptedPeer& peer, crypto::HashAlgorithm algorithm,
              std::string_view label, const std::optional<Bytes>& context, std::size_t length) {
  Bytes seed = wire::copy(wire::as_bytes(label));
  wire::append(seed, peer.client_random());
  wire::append(seed, peer.server_random());
  if (context) {
    wire::append(seed, Bytes{static_cast<std::uint8_t>(context->size() >> 8),
                             static_cast<std::uint8_t>(context->size())});
    wire::append(seed, *context);
  }
  const auto hmac = [&](View message) {
    return wire::copy(crypto::hmac(algorithm, peer.master_secret(), message).view());
  };
  Bytes out;
  for (Bytes a = hmac(seed); out.size() < length; a = hmac(a)) {
    Bytes message = a;
    wire::append(message, seed);
    wire::append(out, hmac(message));
  }
  out.resize(length);
  return out;
}

TEST(Exporter, GivesWhatTheRfcSays) {
  using crypto::CipherSuite;
  using crypto::HashAlgorithm;
  for (const auto& [suite, algorithm] :
       {std::pair{CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, HashAlgorithm::sha256},
        std::pair{CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, HashAlgorithm::sha384}}) {
    test::Choices choices;
    choices.suite = suite;
    test::Peers peers(choices);
    peers.complete_handshake();
    for (const std::optional<Bytes>& context :
         {std::optional<Bytes>(), std::optional(Bytes()), std::optional(Bytes(300, 7))}) {
      const std::optional<View> view = context ? std::optional<View>(*context) : std::nullopt;
      EXPECT_EQ(peers.client.export_keying_material("EXPERIMENTAL test", view, 100),
                by_hand(peers.server, algorithm, "EXPERIMENTAL test", context, 100));
    }
  }
}

TEST(Exporter, GivesOthersOfEachConnection) {
  test::ClientOptions other;
  other.seed = "another client";
  test::Peers first, second({}, other);
  first.complete_handshake();
  second.complete_handshake();
  EXPECT_NE(first.client.export_keying_material("a", {}, 32),
            second.client.export_keying_material("a", {}, 32));
}

TEST(Exporter, GivesBothSidesTheSameAfterAShortHandshakeToo) {
  const auto sessions = std::make_shared<handshake::SessionCache>(4);
  const Connected first(true, sessions);
  const Connected second(true, sessions, "another client");
  ASSERT_EQ(second.pair.server.agreement().resumed, handshake::Resumption::session_id);
  EXPECT_EQ(second.client("a", {}, 32), second.server("a", {}, 32));
  EXPECT_NE(second.client("a", {}, 32), first.client("a", {}, 32));  // other randoms
}

// The protocol inside may need them at its very end.
TEST(Exporter, StillGivesThemOnceBothSidesHaveClosed) {
  Connected both;
  const Bytes before = both.client("a", {}, 32);
  both.pair.client.connection.close();
  both.pair.pump();
  ASSERT_EQ(both.pair.server.count<PeerClosed>(), 1U);
  ASSERT_EQ(both.pair.client.count<PeerClosed>(), 1U);
  EXPECT_EQ(both.client("a", {}, 32), before);
  EXPECT_EQ(both.server("a", {}, 32), before);
}

// RFC 5705, 4: "no context" and an empty one differ.
TEST(Exporter, GivesOthersForEachLabelAndContext) {
  const Connected both;
  const Bytes one{1};
  const std::vector<Bytes> all{both.client("a", {}, 32), both.client("b", {}, 32),
                               both.client("a", View(), 32), both.client("a", one, 32)};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(all[i], all[j]) << i << " " << j;
}

TEST(Exporter, RefusesTheLabelsOfTlsItself) {
  const Connected both;
  for (const char* label : {"client finished", "server finished", "master secret",
                            "extended master secret", "key expansion"})
    EXPECT_THROW(both.client(label, {}, 32), std::invalid_argument) << label;
  EXPECT_NO_THROW(both.client("client finished ", {}, 32));  // another one
}

TEST(Exporter, RefusesAContextWhoseLengthCannotBeSaid) {
  const Connected both;
  EXPECT_NO_THROW(both.client("a", Bytes(0xffff), 32));
  EXPECT_THROW(both.client("a", Bytes(0x10000), 32), std::invalid_argument);
}

TEST(Exporter, HasNothingBeforeTheHandshakeIsComplete) {
  Pair pair;
  const auto refused = [](const Connection& connection) {
    EXPECT_THROW(connection.export_keying_material("a", {}, 32), std::logic_error);
    EXPECT_THROW(connection.channel_binding(ChannelBinding::tls_unique), std::logic_error);
  };
  refused(pair.client.connection);
  refused(pair.server.connection);

  test::Peers peers;
  peers.run({[](test::ScriptedServer& server) { server.first_flight(); }});
  refused(peers.client);
  peers.run({[](test::ScriptedServer& server) { server.second_flight(); }});
  EXPECT_NO_THROW(peers.client.export_keying_material("a", {}, 32));
  peers.run({[](test::ScriptedServer& server) {
    server.alert(AlertLevel::fatal, AlertDescription::internal_error);
  }});
  refused(peers.client);  // the secret is gone
}

// --- Channel bindings

TEST(ChannelBindings, AreTheSameOnBothSides) {
  const Connected both;
  for (const auto type : {ChannelBinding::tls_unique, ChannelBinding::tls_server_end_point,
                          ChannelBinding::tls_exporter}) {
    ASSERT_TRUE(both.client(type));
    EXPECT_EQ(both.client(type), both.server(type));
  }
  EXPECT_EQ(both.client(ChannelBinding::tls_unique)->size(), 12U);
  EXPECT_EQ(both.client(ChannelBinding::tls_exporter),
            both.client("EXPORTER-Channel-Binding", View(), 32));  // RFC 9266, 2
  const auto leaf = test::credential("rsa")->leaf();
  EXPECT_EQ(both.client(ChannelBinding::tls_server_end_point),
            wire::copy(crypto::hash(crypto::HashAlgorithm::sha256, leaf.der()).view()));
}

TEST(ChannelBindings, OfAnUnknownTypeAreNotThere) {
  const Connected both;
  EXPECT_FALSE(both.client(ChannelBinding{9}));
  EXPECT_FALSE(both.server(ChannelBinding{9}));
}

// RFC 7627, 5.4 and RFC 9266, 4.2: they name nothing then.
TEST(ChannelBindings, ButTheServersAreNotToBeHadWithoutExtendedMasterSecret) {
  const Connected both(false);
  for (const auto type : {ChannelBinding::tls_unique, ChannelBinding::tls_exporter}) {
    EXPECT_FALSE(both.client(type));
    EXPECT_FALSE(both.server(type));
  }
  for (const auto& context : {std::optional<View>(), std::optional(View())}) {
    EXPECT_THROW(both.client("EXPORTER-Channel-Binding", context, 32), std::invalid_argument);
    EXPECT_THROW(both.server("EXPORTER-Channel-Binding", context, 32), std::invalid_argument);
  }
  EXPECT_TRUE(both.client(ChannelBinding::tls_server_end_point));
  EXPECT_EQ(both.client(ChannelBinding::tls_server_end_point),
            both.server(ChannelBinding::tls_server_end_point));
}

// RFC 5929, 3.1: the first Finished, which is the client's in a full handshake, and the server's in
// a short one.
TEST(ChannelBindings, AreTheFirstFinished) {
  test::ServerPeers full;
  Bytes finished;
  full.hello();
  full.run({[&](test::ScriptedClient& client) {
    client.key_exchange();
    client.change_cipher_spec();
    client.finished(
        [&](handshake::Finished& message) { finished = wire::copy(message.verify_data); });
  }});
  EXPECT_EQ(full.server.channel_binding(ChannelBinding::tls_unique), finished);
}

TEST(ChannelBindings, AreTheServersFinishedInAShortHandshake) {
  test::ClientOptions options;
  options.settings = [store = std::make_shared<handshake::SessionCache>(1)](ClientSettings& s) {
    s.sessions = store;
  };
  test::Choices choices;
  choices.session_id = Bytes(32, 0x1d);
  test::Peers full(choices, options);
  full.complete_handshake();
  test::Peers peers(choices, options);
  Bytes finished;
  peers.run({[&](test::ScriptedServer& server) {
    server.resuming_hello(full.server.session());
    server.change_cipher_spec();
    server.finished(
        [&](handshake::Finished& message) { finished = wire::copy(message.verify_data); });
  }});
  ASSERT_TRUE(peers.completed());
  EXPECT_EQ(peers.client.channel_binding(ChannelBinding::tls_unique), finished);
  EXPECT_NE(peers.client.channel_binding(ChannelBinding::tls_unique),
            full.client.channel_binding(ChannelBinding::tls_unique));
}

TEST(ChannelBindings, AreThereInAShortHandshakeToo) {
  const auto sessions = std::make_shared<handshake::SessionCache>(4);
  const Connected first(true, sessions);
  const Connected second(true, sessions);
  EXPECT_EQ(second.pair.server.agreement().resumed, handshake::Resumption::session_id);
  for (const auto type : {ChannelBinding::tls_unique, ChannelBinding::tls_server_end_point,
                          ChannelBinding::tls_exporter}) {
    ASSERT_TRUE(second.client(type));
    EXPECT_EQ(second.client(type), second.server(type));
  }
  EXPECT_EQ(second.client(ChannelBinding::tls_server_end_point),
            first.client(ChannelBinding::tls_server_end_point));
}

}  // namespace
}  // namespace glasstls::tls
