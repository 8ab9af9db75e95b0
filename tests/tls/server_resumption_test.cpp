// Sessions that our server resumes, by ticket and by session ID; and those that it does not, which
// means a full handshake and no alert. RFC 5246, 7.3, figure 2; RFC 5077; RFC 7627, 5.3.
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using handshake::HandshakeType;
using handshake::Resumption;
using test::ScriptedClient;
using test::ScriptedSession;
using test::ServerPeers;

constexpr std::int64_t hour = 3600;

/// A server's memory over several connections, and a client with sessions of one kind.
class ServerResumption : public testing::TestWithParam<Resumption> {
 protected:
  bool by_ticket() const { return GetParam() == Resumption::ticket; }

  test::ServerOptions options() {
    test::ServerOptions made;
    made.seed = "server " + std::to_string(++connections);  // for session IDs that differ
    made.settings = [this](ServerSettings& s) {
      s.ticket_keys = keys;
      s.sessions = cache;
      s.now = [this] { return now; };
      if (settings) settings(s);
    };
    return made;
  }

  test::ClientChoices choices() const {
    test::ClientChoices made;
    made.tickets = by_ticket();
    return made;
  }
  test::ClientChoices offering(const ScriptedSession& session) const {
    test::ClientChoices made = choices();
    made.session = session;
    made.seed = "again";
    return made;
  }

  /// A full handshake, and what the client remembers of it.
  ScriptedSession first(const test::ClientChoices& client) {
    ServerPeers peers(client, options());
    peers.complete_handshake();
    EXPECT_EQ(peers.agreement().resumed, Resumption::none);
    EXPECT_TRUE(peers.agreement().session_stored);
    return peers.client.session();
  }
  ScriptedSession first() { return first(choices()); }

  void expect_resumed(const test::ClientChoices& client) {
    ServerPeers peers(client, options());
    peers.complete_handshake();
    EXPECT_EQ(peers.agreement().resumed, GetParam());
    EXPECT_TRUE(peers.client.resumed());
    EXPECT_TRUE(peers.client.peer_finished_is_right());
    EXPECT_TRUE(peers.client.server_chain().empty());
  }

  void expect_full(const test::ClientChoices& client, std::string_view remark) {
    ServerPeers peers(client, options());
    peers.complete_handshake();
    EXPECT_EQ(peers.agreement().resumed, Resumption::none);
    EXPECT_EQ(peers.agreement().session_remark, remark);
    EXPECT_TRUE(peers.client.peer_finished_is_right());
    EXPECT_FALSE(peers.client.server_chain().empty());
    EXPECT_TRUE(peers.client.alerts().empty());
  }

  /// What the server says of a session that it cannot find.
  std::string_view unknown() const {
    return by_ticket() ? "the ticket is none of ours, or its key is gone"
                       : "the session_id is not known";
  }
  static Bytes& name_of_session(ScriptedSession& session, bool ticket) {
    return ticket ? session.ticket : session.session_id;
  }

  x509::Time now = test::in_validity();
  std::shared_ptr<handshake::TicketKeys> keys = std::make_shared<handshake::TicketKeys>();
  std::shared_ptr<handshake::SessionCache> cache = std::make_shared<handshake::SessionCache>(100);
  test::Change<ServerSettings> settings;
  int connections = 0;
};

INSTANTIATE_TEST_SUITE_P(By, ServerResumption,
                         testing::Values(Resumption::ticket, Resumption::session_id),
                         [](const auto& test) { return std::string(name_of(test.param)); });

// --- The short handshake

TEST_P(ServerResumption, IsTheShortHandshakeThatTheRfcDraws) {
  const ScriptedSession session = first();
  ServerPeers peers(offering(session), options());
  peers.hello();
  using enum HandshakeType;
  EXPECT_EQ(peers.client.messages(), (std::vector{server_hello, finished}));
  EXPECT_TRUE(peers.client.peer_finished_is_right());
  EXPECT_FALSE(peers.completed());  // not before the client's Finished
  EXPECT_EQ(peers.server.write(Bytes{1}), 0U);

  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  EXPECT_EQ(peers.agreement().resumed, GetParam());
  EXPECT_EQ(peers.agreement().cipher_suite, session.suite);
  EXPECT_EQ(peers.agreement().group, crypto::NamedGroup::x25519);  // of the first handshake
  peers.run({[](ScriptedClient& client) { client.data(wire::as_bytes("again")); }});
  EXPECT_EQ(wire::as_text(peers.data), "again");
}

// RFC 5077, 3.4: with a ticket the session_id is the client's own, and only tells it what happened.
TEST_P(ServerResumption, EchoesTheSessionId) {
  const ScriptedSession session = first();
  Bytes offered;
  ServerPeers peers(offering(session), options());
  peers.hello([&](ClientHello& hello) { offered = hello.session_id; });
  EXPECT_EQ(offered.size(), 32U);
  EXPECT_EQ(offered == session.session_id, !by_ticket());
  EXPECT_EQ(peers.client.server_hello().session_id, offered);
}

TEST_P(ServerResumption, WorksAgainAndAgain) {
  const ScriptedSession session = first();
  for (int i = 0; i < 3; ++i) expect_resumed(offering(session));
}

TEST_P(ServerResumption, WorksOfAConnectionThatWasCutRightAfterItsHandshake) {
  ServerPeers peers(choices(), options());
  peers.complete_handshake();
  peers.end_of_stream();
  EXPECT_EQ(peers.find<Failed>()->cause, Failed::Cause::truncated);
  expect_resumed(offering(peers.client.session()));
}

TEST_P(ServerResumption, OfAWrongFinishedIsDecryptError) {
  ServerPeers peers(offering(first()), options());
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.change_cipher_spec();
    client.finished([](handshake::Finished& finished) { finished.verify_data[0] ^= 1; });
  }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                         .message = "Finished",
                         .section = "RFC 5246, 7.4.9"});
}

// --- Sessions that are not to be had

TEST_P(ServerResumption, DoesNotHappenIfAnyByteIsForged) {
  const ScriptedSession session = first();
  ScriptedSession forged = session;
  Bytes& name = name_of_session(forged, by_ticket());
  ASSERT_GE(name.size(), 32U);
  for (std::size_t i = 0; i < name.size(); ++i) {
    name[i] ^= 0x10;
    expect_full(offering(forged), unknown());
    name[i] ^= 0x10;
  }
  expect_resumed(offering(forged));
}

TEST_P(ServerResumption, DoesNotHappenIfItIsCutOrMadeLonger) {
  const ScriptedSession session = first();
  ScriptedSession other = session;
  Bytes& name = name_of_session(other, by_ticket());
  for (std::size_t size = name.size() - 1; size > 0; --size) {
    name.resize(size);
    expect_full(offering(other), unknown());
  }
  if (!by_ticket()) return;  // a session_id of 33 bytes is a decode_error
  other.ticket = session.ticket;
  other.ticket.push_back(0);
  expect_full(offering(other), unknown());
}

TEST_P(ServerResumption, DoesNotHappenOnAServerThatDoesNotKnowIt) {
  const ScriptedSession session = first();
  keys = std::make_shared<handshake::TicketKeys>();
  cache = std::make_shared<handshake::SessionCache>(100);
  expect_full(offering(session), unknown());
}

TEST_P(ServerResumption, DoesNotHappenOnAServerThatKeepsNone) {
  const ScriptedSession session = first();
  keys = nullptr;
  cache = nullptr;
  expect_full(offering(session), "");
}

TEST_P(ServerResumption, HappensUntilTheSessionExpires) {
  const ScriptedSession session = first();
  now.seconds += 2 * hour - 1;
  expect_resumed(offering(session));
  now.seconds += 1;
  expect_full(offering(session), "the session has expired, or the client's certificates have");
}

TEST_P(ServerResumption, DoesNotHappenUnderAnotherSuite) {
  test::ClientChoices other = offering(first());
  other.suites = {CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
  expect_full(other, "the session's cipher suite is not offered, or not ours any more");

  test::ClientChoices client = offering(first());
  settings = [](ServerSettings& s) {
    s.cipher_suites = {CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
  };
  expect_full(client, "the session's cipher suite is not offered, or not ours any more");
}

TEST_P(ServerResumption, DoesNotHappenUnderAnotherName) {
  for (const char* name : {"other.test", ""}) {
    test::ClientChoices other = offering(first());
    other.server_name = name;
    expect_full(other, "the session is of another server_name");
  }
}

TEST_P(ServerResumption, DoesNotHappenUnderOtherRulesForClients) {
  const ScriptedSession session = first();
  settings = [](ServerSettings& s) {
    s.client_authentication = handshake::ClientAuthentication::requested;
    s.roots = test::roots();
  };
  expect_full(offering(session), "the session was made under other rules for clients");
}

// A full handshake then, which refuses the name as any other would.
TEST_P(ServerResumption, DoesNotHappenForANameThatAStrictServerServesNoMore) {
  const ScriptedSession session = first();
  test::Lab lab;
  settings = [&](ServerSettings& s) {
    s.credentials = std::make_shared<handshake::Credentials>(
        handshake::Credentials::List{lab.server({"other.test"})});
    s.strict_server_name = true;
  };
  ServerPeers peers(offering(session), options());
  peers.hello();
  expect_refused(peers, {.alert = AlertDescription::unrecognized_name, .message = "ClientHello"});
}

// --- extended_master_secret: RFC 7627, 5.3

TEST_P(ServerResumption, NeedsExtendedMasterSecretInTheHelloOfASessionThatHasIt) {
  test::ClientChoices client = offering(first());
  client.extended_master_secret = false;
  ServerPeers peers(client, options());
  peers.hello();
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .message = "ClientHello",
                         .section = "RFC 7627, 5.3"});
}

// A session that cannot be resumed anyway is nobody's fault.
TEST_P(ServerResumption, MindsNoMissingExtendedMasterSecretOfASessionThatHasExpired) {
  test::ClientChoices client = offering(first());
  client.extended_master_secret = false;
  now.seconds += 2 * hour;
  expect_full(client, "the session has expired, or the client's certificates have");
}

TEST_P(ServerResumption, DoesNotHappenIfTheClockWasSetBack) {
  const ScriptedSession session = first();
  now.seconds -= 25 * hour;
  expect_full(offering(session), "the session has expired, or the client's certificates have");
}

TEST_P(ServerResumption, DoesNotHappenOfASessionWithoutExtendedMasterSecretIfTheHelloHasIt) {
  test::ClientChoices client = choices();
  client.extended_master_secret = false;
  const ScriptedSession session = first(client);
  expect_full(offering(session),
              "the session lacks extended_master_secret, which the client offers now");

  test::ClientChoices without = offering(session);
  without.extended_master_secret = false;
  expect_resumed(without);
}

TEST_P(ServerResumption, DoesNotHappenIfTheServerHasExtendedMasterSecretOffNow) {
  const ScriptedSession session = first();
  settings = [](ServerSettings& s) { s.support_extended_master_secret = false; };
  expect_full(offering(session),
              "the session has extended_master_secret, which our settings leave out");
}

// --- What is negotiated anew

TEST_P(ServerResumption, NegotiatesTheApplicationProtocolAnew) {
  settings = [](ServerSettings& s) { s.application_protocols = {"h2", "http/1.1"}; };
  const auto protocol = [](std::string_view name) {
    return test::with(handshake::ProtocolNameList{{{wire::copy(wire::as_bytes(name))}}});
  };
  ServerPeers peers(choices(), options());
  peers.complete_handshake(protocol("h2"));
  EXPECT_EQ(peers.agreement().application_protocol, "h2");

  const auto again = [&](const test::Change<ClientHello>& change) {
    ServerPeers resumed(offering(peers.client.session()), options());
    resumed.complete_handshake(change);
    EXPECT_EQ(resumed.agreement().resumed, GetParam());
    return resumed.agreement().application_protocol;
  };
  EXPECT_EQ(again(protocol("http/1.1")), "http/1.1");
  EXPECT_EQ(again({}), "");
}

}  // namespace
}  // namespace glasstls::tls
