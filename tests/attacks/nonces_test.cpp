// Nonce reuse under GCM (Böck and others, "Nonce-Disrespecting Adversaries", 2016): one pair of key
// and nonce that comes twice gives the authentication key away, and with it forgery.
#include <gtest/gtest.h>
#include <set>
#include <utility>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::Resumption;

/// All pairs of a key and a nonce that were ever sealed with.
class Ledger {
 public:
  /// What that side has sealed. For GCM the nonce is put together from the secret and the wire.
  void add(const Witness& saw, bool is_client) {
    const Bytes key = saw.value_of(is_client ? "client_write_key" : "server_write_key");
    const Bytes iv = saw.value_of(is_client ? "client_write_IV" : "server_write_IV");
    keys_.insert(key);
    for (const Witness::Sealed& record : saw.sealed) {
      Bytes nonce = record.nonce;
      if (iv.size() == 4) {  // RFC 5288, 3: salt and nonce_explicit
        nonce = iv;
        wire::append(nonce, View(record.wire).subspan(record::header_length, 8));
        EXPECT_EQ(nonce, record.nonce);
      }
      EXPECT_TRUE(pairs_.emplace(key, nonce).second) << wire::hex(nonce) << " came twice";
    }
  }
  std::size_t keys() const { return keys_.size(); }
  std::size_t records() const { return pairs_.size(); }

 private:
  std::set<Bytes> keys_;
  std::set<std::pair<Bytes, Bytes>> pairs_;
};

/// Our client and our server over many connections, with one Config each and one session at a time.
struct Long {
  explicit Long(CipherSuite suite, Resumption by)
      : client_config(test::client_config(client_random,
                                          [&](ClientSettings& s) {
                                            s.cipher_suites = {suite};
                                            s.sessions =
                                                std::make_shared<handshake::SessionCache>(1);
                                            s.offer_tickets = by == Resumption::ticket;
                                          })),
        server_config(test::server_config(server_random, {.settings = [&](ServerSettings& s) {
                                            s.ticket_keys =
                                                std::make_shared<handshake::TicketKeys>();
                                            s.sessions =
                                                std::make_shared<handshake::SessionCache>(1);
                                          }})) {}

  /// One connection with that many records in each direction, rests and all kinds of records.
  Resumption talk(std::size_t records, Ledger& ledger) {
    const auto client_saw = std::make_shared<Witness>(), server_saw = std::make_shared<Witness>();
    Victim client({client_config, x509::ServerName::parse("server.test"), {client_saw}},
                  client_saw);
    Victim server(Connection::server(server_config, {server_saw}), server_saw);
    const auto settle = [&] {
      for (Bytes bytes = client.says(); !bytes.empty(); bytes = client.says()) {
        server.hears(bytes);
        client.hears(server.says());
      }
      client.hears(server.says());
    };
    settle();
    for (std::size_t i = 0; i < records; ++i) {
      client.connection.write(wire::as_bytes("the same plaintext"));
      server.connection.write(wire::as_bytes("the same plaintext"));
      settle();
      if (i % 10 == 0) {  // the keyed ciphers are made anew, the sequence numbers go on
        client.connection.rest();
        server.connection.rest();
      }
    }
    client.connection.close();
    settle();
    ledger.add(*client_saw, true);
    ledger.add(*server_saw, false);
    return client.agreement().resumed;
  }

  test::TestRandom client_random{"client"}, server_random{"server"};
  std::shared_ptr<const Config> client_config, server_config;
};

TEST(Attacks, NonceReuseNeverHappensOverManyConnections) {
  Ledger ledger;
  std::size_t resumed = 0, connections = 0;
  for (const auto& suite : crypto::all_suites())
    for (const Resumption by : {Resumption::ticket, Resumption::session_id}) {
      Long ends(suite.id, by);
      for (int i = 0; i < 4; ++i, ++connections) {
        const Resumption how = ends.talk(50, ledger);
        EXPECT_EQ(how, i == 0 ? Resumption::none : by);
        resumed += how == Resumption::none ? 0 : 1;
      }
    }
  EXPECT_EQ(ledger.keys(), 2 * connections);  // one per direction, also where a session was resumed
  EXPECT_GT(ledger.records(), connections * 2 * 50);
  EXPECT_EQ(resumed, connections * 3 / 4);
}

// What is not a random number does not collide by chance: the explicit nonce counts records.
TEST(Attacks, NonceIsTheSequenceNumber) {
  Middle middle;
  middle.stand_aside();
  for (int i = 0; i < 300; ++i) {
    middle.client.connection.write(Bytes{1});
    middle.server.hears(middle.client.says());
  }
  const auto& sealed = middle.client.saw->sealed;
  ASSERT_EQ(sealed.size(), 301U);  // Finished, and the data
  for (std::size_t i = 0; i < sealed.size(); ++i)
    EXPECT_EQ(wire::hex(View(sealed[i].wire).subspan(record::header_length, 8)),
              wire::hex(Bytes{0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(i >> 8),
                              static_cast<std::uint8_t>(i)}));
}

// Tickets are sealed with GCM as well, under a zero nonce: each must have a key of its own.
TEST(Attacks, NonceReuseIsNotPossibleInTickets) {
  handshake::TicketKeys keys;
  handshake::Session session;
  session.cipher_suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
  session.master_secret = crypto::MasterSecret::copy_of(Bytes(48, 1));
  test::TestRandom random;
  std::set<Bytes> salts;
  std::set<Bytes> ciphertexts;  // of one session: the same key would make the same of it
  constexpr std::size_t tickets = 1000;
  for (std::size_t i = 0; i < tickets; ++i) {
    const Bytes ticket = keys.seal(session, test::in_validity(), random);
    salts.insert(wire::copy(View(ticket).subspan(16, 32)));
    ciphertexts.insert(wire::copy(View(ticket).subspan(48, ticket.size() - 48 - 16)));  // no tag
  }
  EXPECT_EQ(salts.size(), tickets);
  EXPECT_EQ(ciphertexts.size(), tickets);
}

// BEAST looked for the same plaintext by the same ciphertext, and knew the next record's IV.
TEST(Attacks, BeastFindsNoCiphertextTwice) {
  Middle middle;
  middle.stand_aside();
  std::set<Bytes> ciphertexts;
  for (int i = 0; i < 100; ++i) {
    middle.client.connection.write(Bytes(16, 'A'));
    const Bytes record = middle.client.says();
    ciphertexts.insert(wire::copy(View(record).subspan(record::header_length + 8, 16)));
  }
  EXPECT_EQ(ciphertexts.size(), 100U);
}

// Sweet32 and its like need many records under one key. A key of ours serves a bounded number of
// them, and the connection closes.
TEST(Attacks, Sweet32MeetsAKeyThatIsUsedUp) {
  EXPECT_LT(record::default_record_limit, std::uint64_t{1} << 25);  // RFC 8446, 5.5: 2^24.5
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.record_limit = 100; };
  Middle middle(options);
  middle.stand_aside();
  std::size_t written = 0;
  for (int i = 0; i < 200; ++i) {
    written += middle.client.connection.write(Bytes{1});
    middle.stand_aside();
  }
  EXPECT_EQ(middle.client.saw->sealed.size(), 100U);  // Finished, data, close_notify
  EXPECT_EQ(written, 98U);
  EXPECT_EQ(middle.server.count<PeerClosed>(), 1U);
}

}  // namespace
}  // namespace glasstls::tls
