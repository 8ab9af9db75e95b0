// Key material for other protocols, and names for the connection. RFC 5705; RFC 5929; RFC 9266.
#include <gtest/gtest.h>
#include <optional>
#include <string>

#include "crypto/hash.h"
#include "handshake/session_store.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Pair;

/// Both sides connected.
struct Connected {
  explicit Connected(bool extended_master_secret = true,
                     std::shared_ptr<handshake::SessionCache> sessions = {})
      : pair(
            [&] {
              test::ClientOptions client;
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

// RFC 7627, 5.4 and RFC 9266, 4.2: they name nothing then.
TEST(ChannelBindings, ButTheServersAreNotToBeHadWithoutExtendedMasterSecret) {
  const Connected both(false);
  EXPECT_FALSE(both.client(ChannelBinding::tls_unique));
  EXPECT_FALSE(both.client(ChannelBinding::tls_exporter));
  EXPECT_THROW(both.client("EXPORTER-Channel-Binding", View(), 32), std::invalid_argument);
  EXPECT_TRUE(both.client(ChannelBinding::tls_server_end_point));
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
