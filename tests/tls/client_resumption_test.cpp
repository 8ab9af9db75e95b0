// Sessions that our client keeps, offers and resumes; and those that it does not. RFC 5246, 7.3,
// figure 2, 7.2.2 and F.1.4; RFC 5077, 3.3 and 3.4; RFC 7627, 5.3.
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using handshake::Resumption;
using handshake::ServerHello;
using handshake::SessionTicket;
using test::Peers;
using test::ScriptedServer;
using test::ScriptedSession;

constexpr std::int64_t hour = 3600;

/// A client's memory over several connections, and a server that gives it sessions of one kind.
class ClientResumption : public testing::TestWithParam<Resumption> {
 protected:
  bool by_ticket() const { return GetParam() == Resumption::ticket; }

  test::ClientOptions options(const test::Change<ClientSettings>& more = {}) {
    test::ClientOptions made;
    made.seed = "client " + std::to_string(++connections);
    made.settings = [this, more](ClientSettings& s) {
      s.sessions = store;
      s.now = [this] { return now; };
      if (more) more(s);
    };
    return made;
  }

  test::Choices choices() const {
    test::Choices made;
    if (by_ticket())
      made.ticket = Bytes(100, 0x71);
    else
      made.session_id = Bytes(32, 0x1d);
    return made;
  }

  /// A full handshake, and what the server remembers of it.
  ScriptedSession first(const test::Choices& server) {
    Peers peers(server, options());
    peers.complete_handshake();
    EXPECT_FALSE(peers.agreement().session_offered);
    EXPECT_TRUE(peers.agreement().session_stored);
    return peers.server.session();
  }
  ScriptedSession first() { return first(choices()); }

  /// Whether the hello of a client of these settings offers the session, and what it says if not.
  bool offers(test::ClientOptions client) {
    const Peers peers({}, std::move(client));
    const ClientHello& hello = peers.server.client_hello();
    const auto* ticket = hello.find<SessionTicket>();
    EXPECT_EQ(by_ticket() && !hello.session_id.empty(),
              ticket != nullptr && !ticket->ticket.empty());
    return !hello.session_id.empty();
  }
  bool offers(const test::Change<ClientSettings>& more = {}) { return offers(options(more)); }

  x509::Time now = test::in_validity();
  std::shared_ptr<handshake::SessionCache> store = std::make_shared<handshake::SessionCache>(10);
  int connections = 0;
};

INSTANTIATE_TEST_SUITE_P(By, ClientResumption,
                         testing::Values(Resumption::ticket, Resumption::session_id),
                         [](const auto& test) { return std::string(name_of(test.param)); });

// --- What a server may do with it

// RFC 5077, 3.4: with a ticket goes a session_id of its own, so that its echo tells the outcome.
TEST_P(ClientResumption, OffersTheSession) {
  const ScriptedSession session = first();
  const Peers peers({}, options());
  const ClientHello& hello = peers.server.client_hello();
  EXPECT_EQ(hello.session_id.size(), 32U);
  EXPECT_EQ(hello.session_id == session.session_id, !by_ticket());
  EXPECT_EQ(hello.find<SessionTicket>()->ticket, session.ticket);
  const Peers again({}, options());
  EXPECT_EQ(again.server.client_hello().session_id == hello.session_id, !by_ticket());
}

TEST_P(ClientResumption, IsTheShortHandshake) {
  const ScriptedSession session = first();
  Peers peers(choices(), options());
  peers.run({[&](ScriptedServer& s) { s.resuming_hello(session); },
             [](ScriptedServer& s) { s.second_flight(); }});
  const auto& agreement = peers.agreement();
  EXPECT_EQ(agreement.resumed, GetParam());
  EXPECT_TRUE(agreement.session_offered);
  EXPECT_TRUE(agreement.session_stored);
  EXPECT_FALSE(agreement.verdict);         // nothing was verified now ...
  EXPECT_TRUE(agreement.session_verdict);  // ... but then
  ASSERT_EQ(agreement.peer_chain.size(), 1U);
  EXPECT_EQ(agreement.peer_chain[0], test::credential("rsa")->leaf());
  EXPECT_TRUE(peers.server.peer_finished_is_right());
  peers.run({[](ScriptedServer& s) { s.data(wire::as_bytes("again")); }});
  EXPECT_EQ(wire::as_text(peers.data), "again");
}

TEST_P(ClientResumption, IsAFullHandshakeIfTheServerWantsOne) {
  first();
  test::Choices other = choices();
  if (by_ticket())
    other.ticket = Bytes(100, 0x72);
  else
    other.session_id = Bytes(32, 0x1e);
  Peers peers(other, options());
  peers.complete_handshake();
  EXPECT_TRUE(peers.agreement().session_offered);
  EXPECT_EQ(peers.agreement().resumed, Resumption::none);
  EXPECT_TRUE(peers.agreement().verdict);
  EXPECT_TRUE(peers.agreement().session_stored);

  Peers third(other, options());  // the new session has taken the old one's place
  third.run({[&](ScriptedServer& s) { s.resuming_hello(peers.server.session()); },
             [](ScriptedServer& s) { s.second_flight(); }});
  EXPECT_EQ(third.agreement().resumed, GetParam());
}

TEST_P(ClientResumption, WithAnotherSuiteIsIllegalParameter) {
  const ScriptedSession session = first();
  Peers peers(choices(), options());
  peers.run({[&](ScriptedServer& s) {
    s.resuming_hello(session, [](ServerHello& hello) {
      hello.cipher_suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    });
  }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerHello",
                         .field = "cipher_suite"});
}

TEST_P(ClientResumption, WithAnotherExtendedMasterSecretIsHandshakeFailure) {
  for (const bool had : {true, false}) {
    store = std::make_shared<handshake::SessionCache>(10);
    test::Choices server = choices();
    server.extended_master_secret = had;
    ScriptedSession session = first(server);
    session.extended_master_secret = !had;
    Peers peers(server, options());
    peers.run({[&](ScriptedServer& s) { s.resuming_hello(session); }});
    expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                           .message = "ServerHello",
                           .section = "RFC 7627, 5.3"});
    EXPECT_EQ(store->size(), 0U);  // RFC 5246, 7.2.2
  }
}

TEST_P(ClientResumption, OfAWrongFinishedIsDecryptError) {
  const ScriptedSession session = first();
  Peers peers(choices(), options());
  peers.run({[&](ScriptedServer& s) { s.resuming_hello(session); },
             [](ScriptedServer& s) {
               s.change_cipher_spec();
               s.finished([](handshake::Finished& finished) { finished.verify_data[0] ^= 1; });
             }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error, .message = "Finished"});
  EXPECT_EQ(store->size(), 0U);
}

// --- Whom it is offered to

TEST_P(ClientResumption, IsOfferedOnlyToTheSameName) {
  first();
  test::ClientOptions other = options();
  other.name = "other.test";
  EXPECT_FALSE(offers(std::move(other)));
  EXPECT_TRUE(offers());
}

TEST_P(ClientResumption, IsOfferedOnlyUnderTheSameTrust) {
  first();
  EXPECT_FALSE(offers([](ClientSettings& s) { s.roots = test::roots("other-ca"); }));
  EXPECT_FALSE(offers([](ClientSettings& s) { s.certificate_profile = x509::Profile::strict; }));
  EXPECT_FALSE(offers([](ClientSettings& s) { s.verify_peer = false; }));
  EXPECT_TRUE(offers());
}

/// A store that gives the last session to whoever asks.
class Careless final : public handshake::SessionStore {
 public:
  std::shared_ptr<const handshake::Session> find(const Bytes&) override { return last_; }
  void put(const Bytes&, std::shared_ptr<const handshake::Session> session) override {
    last_ = std::move(session);
  }
  void remove(const Bytes&) noexcept override { last_ = nullptr; }

 private:
  std::shared_ptr<const handshake::Session> last_;
};

TEST_P(ClientResumption, IsNotOfferedToOthersEvenIfTheStoreConfusesThem) {
  const auto careless = std::make_shared<Careless>();
  const auto with_it = [&](const test::Change<ClientSettings>& more = {}) {
    return options([careless, more](ClientSettings& s) {
      s.sessions = careless;
      if (more) more(s);
    });
  };
  Peers(choices(), with_it()).complete_handshake();
  test::ClientOptions other_name = with_it();
  other_name.name = "other.test";
  EXPECT_FALSE(offers(std::move(other_name)));
  EXPECT_FALSE(offers(with_it([](ClientSettings& s) { s.verify_peer = false; })));
  EXPECT_TRUE(offers(with_it()));
}

TEST_P(ClientResumption, OfAnUnverifiedSessionIsNeverOfferedByAClientThatVerifies) {
  const auto unverified = [](ClientSettings& s) { s.verify_peer = false; };
  Peers peers(choices(), options(unverified));
  peers.complete_handshake();
  EXPECT_TRUE(peers.agreement().session_stored);
  EXPECT_FALSE(offers());
  EXPECT_TRUE(offers(unverified));
}

TEST_P(ClientResumption, IsOfferedOnlyAsTheSameClient) {
  first();
  test::Lab lab;
  EXPECT_FALSE(offers([&](ClientSettings& s) { s.credentials = {lab.client()}; }));
}

TEST_P(ClientResumption, IsOfferedOnlyWithWhatItNeeds) {
  first();
  EXPECT_FALSE(offers([](ClientSettings& s) {
    s.cipher_suites = {CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
  }));
  EXPECT_FALSE(offers([](ClientSettings& s) { s.offer_extended_master_secret = false; }));
  EXPECT_EQ(offers([](ClientSettings& s) { s.offer_tickets = false; }), !by_ticket());
}

TEST_P(ClientResumption, WithoutExtendedMasterSecretIsNotOfferedWhereThatIsRequired) {
  test::Choices server = choices();
  server.extended_master_secret = false;
  first(server);
  EXPECT_FALSE(offers([](ClientSettings& s) { s.require_extended_master_secret = true; }));
  EXPECT_TRUE(offers());
}

TEST_P(ClientResumption, SaysWhyASessionIsNotOffered) {
  first();
  now.seconds += 25 * hour;
  Peers peers({}, options());
  peers.complete_handshake();
  EXPECT_EQ(peers.agreement().session_remark,
            "a session is kept but not offered: it has expired, or the server's certificates have");
}

// --- For how long

TEST_P(ClientResumption, IsOfferedForADayOrAsLongAsTheTicketSays) {
  first();
  now.seconds += (by_ticket() ? 2 : 24) * hour - 1;
  EXPECT_TRUE(offers());
  now.seconds += 1;
  EXPECT_FALSE(offers());
}

TEST_P(ClientResumption, IsOfferedOnlyWhileTheServersCertificateIsValid) {
  test::Lab lab;
  const auto credential = lab.issue({.kind = x509::CertificateKind::server,
                                     .common_name = "server.test",
                                     .dns_names = {"server.test"},
                                     .last_year = 2031});
  now = test::start_of(2031);
  now.seconds -= hour;
  const auto client = [&] { return options([&](ClientSettings& s) { s.roots = lab.roots(); }); };
  test::ServerOptions server;
  server.settings = [&](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
    if (by_ticket())
      s.ticket_keys = std::make_shared<handshake::TicketKeys>();
    else
      s.sessions = std::make_shared<handshake::SessionCache>(1);
  };
  test::Pair pair(client(), server);
  pair.complete_handshake();
  EXPECT_TRUE(offers(client()));
  now.seconds += hour + 1;
  EXPECT_FALSE(offers(client()));
}

// RFC 5246, 7.2.2.
TEST_P(ClientResumption, IsOverAfterAFatalAlert) {
  const ScriptedSession session = first();
  Peers peers(choices(), options());
  peers.run(
      {[&](ScriptedServer& s) { s.resuming_hello(session); },
       [](ScriptedServer& s) { s.second_flight(); },
       [](ScriptedServer& s) { s.alert(AlertLevel::fatal, AlertDescription::internal_error); }});
  EXPECT_EQ(store->size(), 0U);
}

// A connection that neither made nor offered it has no say.
TEST_P(ClientResumption, IsNotOverBecauseAnotherConnectionFailed) {
  Peers before(choices(), options());  // it has nothing to offer yet
  first();
  before.run(
      {[](ScriptedServer& s) { s.alert(AlertLevel::fatal, AlertDescription::handshake_failure); }});
  EXPECT_EQ(before.find<Failed>()->alert, AlertDescription::handshake_failure);
  EXPECT_TRUE(offers());
}

// One that offered it has, unless a newer one has taken its place.
TEST_P(ClientResumption, IsNotOverBecauseOneThatOfferedAnOlderSessionFailed) {
  first();
  Peers before(choices(), options());
  test::Choices newer = choices();
  (by_ticket() ? *newer.ticket : newer.session_id)[0] ^= 1;
  Peers between(newer, options());
  between.complete_handshake();
  before.run(
      {[](ScriptedServer& s) { s.alert(AlertLevel::fatal, AlertDescription::handshake_failure); }});
  EXPECT_TRUE(offers());
}

// RFC 5246, 7.2.1: a connection that is cut off does not spoil its session.
TEST_P(ClientResumption, IsNotOverBecauseTheConnectionWasCutOff) {
  Peers peers(choices(), options());
  peers.complete_handshake();
  peers.end_of_stream();
  EXPECT_EQ(peers.find<Failed>()->cause, Failed::Cause::truncated);
  EXPECT_TRUE(offers());
}

// --- Tickets: RFC 5077, 3.3

class ClientTicket : public ClientResumption {
 protected:
  /// A full handshake that brings this ticket.
  ScriptedSession bring(Bytes ticket, std::uint32_t lifetime_hint) {
    test::Choices server;
    server.ticket = std::move(ticket);
    Peers peers(server, options());
    peers.run({[](ScriptedServer& s) { s.first_flight(); },
               [&](ScriptedServer& s) {
                 s.new_session_ticket([&](handshake::NewSessionTicket& message) {
                   message.ticket_lifetime_hint = lifetime_hint;
                 });
                 s.change_cipher_spec();
                 s.finished();
               }});
    stored = peers.agreement().session_stored;
    return peers.server.session();
  }
  bool stored = false;
};
INSTANTIATE_TEST_SUITE_P(Alone, ClientTicket, testing::Values(Resumption::ticket),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_P(ClientTicket, LivesAsLongAsTheServerSays) {
  bring(Bytes(50, 1), 600);
  EXPECT_TRUE(stored);
  now.seconds += 599;
  EXPECT_TRUE(offers());
  now.seconds += 1;
  EXPECT_FALSE(offers());
}

TEST_P(ClientTicket, OfUnsaidLifetimeLivesADay) {
  bring(Bytes(50, 1), 0);
  now.seconds += 24 * hour - 1;
  EXPECT_TRUE(offers());
}

TEST_P(ClientTicket, LivesADayAtMostWhateverTheServerSays) {
  bring(Bytes(50, 1), 0xffffffff);
  now.seconds += 24 * hour;
  EXPECT_FALSE(offers());
}

TEST_P(ClientTicket, ThatIsEmptyTakesTheOldOneAway) {
  bring({}, 0);
  EXPECT_FALSE(stored);
  EXPECT_EQ(store->size(), 0U);
  bring(Bytes(50, 1), 0);
  bring({}, 0);  // the first was offered, and a full handshake came of it
  EXPECT_EQ(store->size(), 0U);
}

TEST_P(ClientTicket, IsReplacedInAShortHandshakeButLivesNoLonger) {
  const ScriptedSession session = bring(Bytes(50, 1), 4 * hour);
  now.seconds += 3 * hour;
  test::Choices server;
  server.ticket = Bytes(100, 0x99);
  Peers peers(server, options());
  peers.run({[&](ScriptedServer& s) {
               s.resuming_hello(session, [](ServerHello& hello) {
                 hello.extensions->add(handshake::SessionTicketAcknowledged{});
               });
             },
             [](ScriptedServer& s) {
               s.new_session_ticket();
               s.change_cipher_spec();
               s.finished();
             }});
  EXPECT_EQ(peers.agreement().resumed, Resumption::ticket);
  {
    const Peers next({}, options());
    EXPECT_EQ(next.server.client_hello().find<SessionTicket>()->ticket, server.ticket);
  }
  now.seconds += hour;
  EXPECT_FALSE(offers());
}

TEST_P(ClientTicket, ThatWasPromisedMustCome) {
  test::Choices server;
  server.ticket = Bytes(50, 1);
  Peers peers(server, options());
  peers.run({[](ScriptedServer& s) { s.first_flight(); },
             [](ScriptedServer& s) { s.change_cipher_spec(); }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "expected NewSessionTicket"});
}

}  // namespace
}  // namespace glasstls::tls
