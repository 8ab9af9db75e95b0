// What our server keeps of a session, in its tickets and in its store, and for how long. RFC 5077,
// 3.3 and 4; RFC 5246, 7.2.2 and F.1.4.
#include <gtest/gtest.h>
#include <map>
#include <memory>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using handshake::Resumption;
using test::ScriptedClient;
using test::ScriptedSession;
using test::ServerPeers;

constexpr std::int64_t hour = 3600;

test::ServerOptions keeping(std::shared_ptr<handshake::SessionStore> store,
                            const x509::Time* now = nullptr) {
  test::ServerOptions options;
  options.settings = [store, now](ServerSettings& s) {
    s.sessions = store;
    if (now != nullptr) s.now = [now] { return *now; };
  };
  return options;
}

test::ClientChoices offering(const ScriptedSession& session) {
  test::ClientChoices choices;
  choices.session = session;
  choices.tickets = !session.ticket.empty();
  choices.seed = "again";
  return choices;
}

/// With another seed: a full handshake gets another session ID.
test::ServerOptions later(test::ServerOptions options) {
  options.seed = "later";
  return options;
}

Resumption resumed_of(const test::ClientChoices& client, const test::ServerOptions& options) {
  ServerPeers peers(client, later(options));
  peers.complete_handshake();
  return peers.agreement().resumed;
}

// --- Tickets

/// A server whose ticket keys serve a minute each.
struct Ticketing {
  Ticketing() {
    options.settings = [this](ServerSettings& s) {
      s.ticket_keys = keys;
      s.sessions = cache;
      s.now = [this] { return now; };
      s.session_lifetime = lifetime;
    };
    choices.tickets = true;
  }

  x509::Time now = test::in_validity();
  std::chrono::seconds lifetime = std::chrono::hours(2);
  std::shared_ptr<handshake::TicketKeys> keys =
      std::make_shared<handshake::TicketKeys>(std::chrono::minutes(1));
  std::shared_ptr<handshake::SessionCache> cache;  // null: no session IDs
  test::ServerOptions options;
  test::ClientChoices choices;
};

TEST(ServerTicket, ComesBeforeChangeCipherSpecAndTellsItsLifetime) {
  for (const std::int64_t hours : {1, 24}) {
    Ticketing server;
    server.lifetime = std::chrono::hours(hours);
    ServerPeers peers(server.choices, server.options);
    peers.complete_handshake();
    using enum HandshakeType;
    EXPECT_EQ(peers.client.messages().end()[-2], new_session_ticket);
    EXPECT_EQ(peers.client.protected_sizes(), std::vector<std::size_t>{16});  // Finished alone
    EXPECT_EQ(peers.client.new_session_ticket()->ticket_lifetime_hint, hours * hour);
    EXPECT_TRUE(peers.agreement().ticket_issued);
    EXPECT_TRUE(peers.client.server_hello().session_id.empty());  // it would be of no use
  }
}

TEST(ServerTicket, IsNotGivenUnasked) {
  Ticketing server;
  server.choices.tickets = false;
  ServerPeers peers(server.choices, server.options);
  peers.complete_handshake();
  EXPECT_FALSE(peers.client.has(HandshakeType::new_session_ticket));
  EXPECT_EQ(peers.client.server_hello().find<handshake::SessionTicketAcknowledged>(), nullptr);
  EXPECT_FALSE(peers.agreement().session_stored);
}

// In the short handshake too the new one comes before ChangeCipherSpec, and lives no longer.
TEST(ServerTicket, IsRenewedUnderANewKeyForWhatIsLeftOfItsLife) {
  Ticketing server;
  ServerPeers peers(server.choices, server.options);
  peers.complete_handshake();
  server.now.seconds += 61;

  ServerPeers again(offering(peers.client.session()), server.options);
  again.complete_handshake();
  EXPECT_EQ(again.agreement().resumed, Resumption::ticket);
  using enum HandshakeType;
  EXPECT_EQ(again.client.messages(), (std::vector{server_hello, new_session_ticket, finished}));
  EXPECT_EQ(again.client.protected_sizes(), std::vector<std::size_t>{16});
  EXPECT_EQ(again.client.new_session_ticket()->ticket_lifetime_hint, 2 * hour - 61);

  const ScriptedSession renewed = again.client.session();
  EXPECT_NE(renewed.ticket, peers.client.session().ticket);
  server.now.seconds += 2 * hour - 62;  // a second before its end
  EXPECT_EQ(resumed_of(offering(renewed), server.options), Resumption::ticket);
  server.now.seconds += 1;
  EXPECT_EQ(resumed_of(offering(renewed), server.options), Resumption::none);
}

// RFC 5077, 3.4: a client need not send a session_id with its ticket.
TEST(ServerTicket, IsTakenWithoutASessionId) {
  Ticketing server;
  ServerPeers peers(server.choices, server.options);
  peers.complete_handshake();
  ServerPeers again(offering(peers.client.session()), server.options);
  again.complete_handshake([](handshake::ClientHello& hello) { hello.session_id.clear(); });
  EXPECT_EQ(again.agreement().resumed, Resumption::ticket);
  EXPECT_TRUE(again.client.server_hello().session_id.empty());
}

TEST(ServerTicket, GoesBeforeASessionId) {
  Ticketing server;
  server.cache = std::make_shared<handshake::SessionCache>(10);
  ServerPeers by_id({}, server.options);
  by_id.complete_handshake();
  ServerPeers by_ticket(server.choices, server.options);
  by_ticket.complete_handshake();

  ScriptedSession both = by_ticket.client.session();
  ServerPeers again(offering(both), server.options);
  again.complete_handshake(
      [&](handshake::ClientHello& hello) { hello.session_id = by_id.client.session().session_id; });
  EXPECT_EQ(again.agreement().resumed, Resumption::ticket);
}

// RFC 5077, 3.4: the session_id beside a ticket is the client's own, and names nothing.
TEST(ServerTicket, ThatIsBadIsNotMadeGoodByASessionId) {
  Ticketing server;
  server.cache = std::make_shared<handshake::SessionCache>(10);
  ServerPeers by_id({}, server.options);
  by_id.complete_handshake();
  ScriptedSession both = by_id.client.session();
  both.ticket = Bytes(150, 0x71);
  ServerPeers again(offering(both), later(server.options));
  again.complete_handshake(
      [&](handshake::ClientHello& hello) { hello.session_id = by_id.client.session().session_id; });
  EXPECT_EQ(again.agreement().resumed, Resumption::none);
}

// --- The store

TEST(ServerStore, IsBounded) {
  const auto cache = std::make_shared<handshake::SessionCache>(2);
  std::vector<ScriptedSession> sessions;
  for (const char* seed : {"one", "two", "three"}) {
    test::ServerOptions options = keeping(cache);
    options.seed = seed;
    ServerPeers peers({}, options);
    peers.complete_handshake();
    sessions.push_back(peers.client.session());
  }
  EXPECT_EQ(cache->size(), 2U);
  EXPECT_EQ(resumed_of(offering(sessions[0]), keeping(cache)), Resumption::none);
  EXPECT_EQ(resumed_of(offering(sessions[2]), keeping(cache)), Resumption::session_id);
}

// RFC 5246, 7.2.2: whoever sends or gets a fatal alert must forget the session.
TEST(ServerStore, ForgetsASessionWhoseConnectionGotAFatalAlert) {
  const auto cache = std::make_shared<handshake::SessionCache>(10);
  ServerPeers sent({}, keeping(cache));
  sent.complete_handshake();
  sent.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::fatal, AlertDescription::internal_error);
  }});
  EXPECT_EQ(cache->size(), 0U);

  ServerPeers first({}, keeping(cache));
  first.complete_handshake();
  ServerPeers resumed(offering(first.client.session()), keeping(cache));
  resumed.complete_handshake();
  EXPECT_EQ(cache->size(), 1U);
  resumed.run({[](ScriptedClient& client) { client.record(ContentType{99}, Bytes{1}); }});
  EXPECT_EQ(resumed.find<Failed>()->alert, AlertDescription::unexpected_message);
  EXPECT_EQ(cache->size(), 0U);
}

TEST(ServerStore, HasNoSessionOfAHandshakeThatFailed) {
  const auto cache = std::make_shared<handshake::SessionCache>(10);
  ServerPeers peers({}, keeping(cache));
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.key_exchange();
    client.change_cipher_spec();
    client.finished([](handshake::Finished& finished) { finished.verify_data[0] ^= 1; });
  }});
  EXPECT_EQ(peers.find<Failed>()->alert, AlertDescription::decrypt_error);
  EXPECT_EQ(cache->size(), 0U);
}

/// A store elsewhere: it has bytes, not sessions.
class Elsewhere final : public handshake::SessionStore {
 public:
  std::shared_ptr<const handshake::Session> find(const Bytes& key) override {
    const auto found = kept_.find(key);
    if (found == kept_.end()) return nullptr;
    auto session = handshake::decode_session(found->second);
    if (!session) return nullptr;
    return std::make_shared<const handshake::Session>(*std::move(session));
  }
  void put(const Bytes& key, std::shared_ptr<const handshake::Session> session) override {
    kept_[key] = wire::copy(handshake::encode_session(*session).reveal());
  }
  void remove(const Bytes& key) noexcept override { kept_.erase(key); }

 private:
  std::map<Bytes, Bytes> kept_;
};

TEST(ServerStore, MayBeAnyThatKeepsBytes) {
  const auto store = std::make_shared<Elsewhere>();
  ServerPeers peers({}, keeping(store));
  peers.complete_handshake();
  EXPECT_EQ(resumed_of(offering(peers.client.session()), keeping(store)), Resumption::session_id);
}

// --- Clients with certificates

struct Mutual {
  explicit Mutual(test::Wanted wanted = {}) : credential(lab.issue(wanted)) {
    const auto plain = keeping(cache, &now);
    options.settings = [this, plain](ServerSettings& s) {
      plain.settings(s);
      s.roots = lab.roots();
      s.client_authentication = handshake::ClientAuthentication::required;
    };
    choices.credential = credential;
  }

  test::Lab lab;
  x509::Time now = test::in_validity();
  std::shared_ptr<handshake::SessionCache> cache = std::make_shared<handshake::SessionCache>(10);
  std::shared_ptr<const handshake::Credential> credential;
  test::ServerOptions options;
  test::ClientChoices choices;
};

TEST(ServerMutualSession, KnowsTheClientWithoutAskingAgain) {
  Mutual server;
  ServerPeers peers(server.choices, server.options);
  peers.complete_handshake();
  ServerPeers again(offering(peers.client.session()), server.options);
  again.complete_handshake();
  EXPECT_EQ(again.agreement().resumed, Resumption::session_id);
  EXPECT_FALSE(again.agreement().client_certificate_requested);
  ASSERT_EQ(again.agreement().peer_chain.size(), 1U);
  EXPECT_EQ(again.agreement().peer_chain[0], server.credential->leaf());
  EXPECT_EQ(again.agreement().session_verdict, peers.agreement().verdict->summary);
}

TEST(ServerMutualSession, EndsWhenTheClientsCertificateDoes) {
  test::Wanted wanted;
  wanted.last_year = 2031;
  Mutual server(wanted);
  server.now = test::start_of(2031);
  server.now.seconds -= hour;
  ServerPeers peers(server.choices, server.options);
  peers.complete_handshake();
  EXPECT_EQ(resumed_of(offering(peers.client.session()), server.options), Resumption::session_id);

  server.now.seconds += hour + 1;
  test::ClientChoices late = offering(peers.client.session());
  late.credential = server.credential;
  ServerPeers again(late, later(server.options));
  again.hello();
  ASSERT_EQ(again.find<Failed>(), nullptr);  // a full handshake ...
  again.run({[](ScriptedClient& client) { client.second_flight(); }});
  expect_refused(again, {.alert = AlertDescription::certificate_expired,  // ... that fails
                         .cause = Failed::Cause::certificate});
}

}  // namespace
}  // namespace glasstls::tls
