// Tickets: forged, seen on the wire, under a key that anybody knows (CVE-2020-13777), and under one
// that was stolen (Springall, Durumeric and Halderman, 2016).
#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

#include "handshake/ticket_keys.h"
#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

using handshake::Resumption;
using handshake::TicketKey;
using handshake::TicketKeys;

constexpr std::int64_t hour = 3600;

/// A server with these ticket keys and a clock of the test's.
struct Ticketing {
  explicit Ticketing(std::shared_ptr<TicketKeys> with) : keys(std::move(with)) {}

  test::ServerOptions options(const std::string& seed) {
    test::ServerOptions made;
    made.seed = seed;
    made.settings = [this](ServerSettings& s) {
      s.ticket_keys = keys;
      s.now = [this] { return now; };
    };
    return made;
  }
  /// The session of a full handshake.
  test::ScriptedSession first(const std::string& seed = "first") {
    test::ClientChoices choices;
    choices.tickets = true;
    test::ServerPeers peers(choices, options(seed));
    peers.complete_handshake();
    EXPECT_FALSE(peers.client.session().ticket.empty());
    return peers.client.session();
  }
  /// What comes of it. A server that does not take it up serves all the same, without an alert.
  Resumption offered(const test::ScriptedSession& session) {
    test::ClientChoices choices;
    choices.tickets = true;
    choices.session = session;
    choices.seed = "again";
    test::ServerPeers peers(choices, options("second"));
    peers.complete_handshake();
    EXPECT_TRUE(peers.client.alerts().empty());
    return peers.agreement().resumed;
  }

  x509::Time now = test::in_validity();
  std::shared_ptr<TicketKeys> keys;
};

/// A key whose name and secret are this byte over and over.
std::vector<TicketKey> known_key(std::uint8_t byte) {
  std::vector<TicketKey> keys(1);
  keys[0].key_name.fill(byte);
  keys[0].secret = crypto::SecretBytes::copy_of(Bytes(32, byte));
  return keys;
}

TEST(Attacks, ForgedTicketIsAFullHandshake) {
  Ticketing server(std::make_shared<TicketKeys>());
  const test::ScriptedSession good = server.first();
  ASSERT_EQ(server.offered(good), Resumption::ticket);
  for (std::size_t at = 0; at < good.ticket.size(); ++at) {
    test::ScriptedSession forged = good;
    forged.ticket[at] ^= 1;
    EXPECT_EQ(server.offered(forged), Resumption::none) << "byte " << at;
  }
  for (const std::size_t size : {1U, 63U, 64U, 4096U}) {
    test::ScriptedSession forged = good;
    forged.ticket = Bytes(size, 0x71);
    EXPECT_EQ(server.offered(forged), Resumption::none) << size << " bytes";
  }
}

// GnuTLS sealed tickets under a key of zeros until the first rotation. The attacker does so, too.
TEST(Attacks, TicketUnderAKeyOfZerosIsAFullHandshake) {
  Ticketing attacker(std::make_shared<TicketKeys>(known_key(0), 0));
  const test::ScriptedSession forged = attacker.first();
  Ticketing fresh(std::make_shared<TicketKeys>());
  EXPECT_EQ(fresh.offered(forged), Resumption::none);
  static_cast<void>(fresh.first());  // from now on it has a key
  EXPECT_EQ(fresh.offered(forged), Resumption::none);
}

// Who has seen a ticket pass by can send it, and has no master secret for what follows.
TEST(Attacks, TicketSeenOnTheWireIsOfNoUseWithoutItsSecret) {
  Ticketing server(std::make_shared<TicketKeys>());
  test::ScriptedSession seen = server.first();
  seen.master_secret = Bytes(48, 0x5a);
  test::ClientChoices choices;
  choices.tickets = true;
  choices.session = seen;
  choices.seed = "thief";
  test::ServerPeers thief(choices, server.options("second"));
  thief.client.hello();
  test::to_us(thief.server, thief.client.take(), thief.piece, thief);
  const Bytes flight = wire::copy(thief.server.to_send());
  thief.server.sent(flight.size());
  EXPECT_EQ(thief.find<Failed>(), nullptr);
  // The thief cannot read the server's Finished, and what he answers does not open.
  EXPECT_THROW(thief.client.receive(flight), ProtocolError);
  thief.client.change_cipher_spec();
  thief.client.finished();
  test::to_us(thief.server, thief.client.take(), thief.piece, thief);
  ASSERT_NE(thief.find<Failed>(), nullptr);
  EXPECT_EQ(thief.find<Failed>()->alert, AlertDescription::bad_record_mac);
  EXPECT_EQ(thief.find<Failed>()->state, "WaitResumedFinished");
  EXPECT_FALSE(thief.completed());
}

// --- The server's ticket key is stolen.

// What it gives, in so many words: the master secret of every session whose ticket the thief has
// recorded. This is the price of tickets (RFC 5077, 5.5), and no test can wish it away.
TEST(Attacks, StolenTicketKeyGivesTheSecretsOfItsTickets) {
  Ticketing server(std::make_shared<TicketKeys>(known_key(0x42), 0));
  const test::ScriptedSession session = server.first();
  TicketKeys thief(known_key(0x42), 0);
  const auto opened = thief.open(session.ticket, server.now);
  ASSERT_TRUE(opened);
  EXPECT_EQ(wire::hex(opened->session.master_secret.reveal()), wire::hex(session.master_secret));
}

// What it does not give: a session whose ticket is under another key, and one that had no ticket:
// then nothing was sent that the key opens.
TEST(Attacks, StolenTicketKeyGivesNothingOfOtherConnections) {
  TicketKeys thief(known_key(0x42), 0);
  Ticketing others(std::make_shared<TicketKeys>(known_key(0x43), 0));
  const test::ScriptedSession session = others.first();
  EXPECT_FALSE(thief.open(session.ticket, others.now));
  test::ScriptedSession renamed = session;  // the key's name is no secret
  std::fill_n(renamed.ticket.begin(), 16, std::uint8_t{0x42});
  EXPECT_FALSE(thief.open(renamed.ticket, others.now));

  Ticketing stolen(std::make_shared<TicketKeys>(known_key(0x42), 0));
  test::ServerPeers without({}, stolen.options("without"));
  without.complete_handshake();
  EXPECT_TRUE(without.client.session().ticket.empty());
  EXPECT_FALSE(without.client.has(handshake::HandshakeType::new_session_ticket));
}

// Keys of our own: 12 hours in use, 24 more to open with, and then nobody has them, so that a thief
// who comes later finds nothing that opens what he has recorded.
TEST(Attacks, StolenTicketKeysAreForgottenInTime) {
  Ticketing server(std::make_shared<TicketKeys>());
  const test::ScriptedSession recorded = server.first();
  const auto opens = [&] { return server.keys->open(recorded.ticket, server.now).has_value(); };
  server.now.seconds += 12 * hour;
  const test::ScriptedSession next = server.first("next");  // under a new key
  EXPECT_NE(wire::hex(View(next.ticket).first(16)), wire::hex(View(recorded.ticket).first(16)));
  EXPECT_TRUE(opens());
  server.now.seconds += 24 * hour - 1;
  EXPECT_TRUE(opens());
  server.now.seconds += 1;
  EXPECT_FALSE(opens());
  server.now.seconds -= 20 * hour;  // nor by a clock that goes back
  EXPECT_FALSE(opens());
}

// Given keys rotate by set(), at once: the answer to a theft that was noticed.
TEST(Attacks, StolenTicketKeyIsOfNoUseOnceItIsReplaced) {
  Ticketing server(std::make_shared<TicketKeys>(known_key(0x42), 0));
  const test::ScriptedSession session = server.first();
  EXPECT_EQ(server.offered(session), Resumption::ticket);
  server.keys->set(known_key(0x43), 0);
  EXPECT_EQ(server.offered(session), Resumption::none);
}

// A ticket that was taken up does not live longer by it: two hours after the full handshake the
// session is over, however often it was renewed, and fresh keys are agreed on.
TEST(Attacks, StolenTicketKeyServesNoLongerThanItsSession) {
  Ticketing server(std::make_shared<TicketKeys>());
  const test::ScriptedSession session = server.first();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(server.offered(session), Resumption::ticket);
    server.now.seconds += hour;
  }
  EXPECT_EQ(server.offered(session), Resumption::none);
}

}  // namespace
}  // namespace glasstls::tls
