// Whole connections from fixed seeds, byte for byte in both directions. tests/golden holds what
// they were when last judged right; a change of any byte shows here.
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

#include "handshake/codec.h"
#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/data_files.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::Peers;

/// Writes down records: a comment that says what it is, then who sent it and its bytes.
class Script {
 public:
  explicit Script(std::string title) : text_("# " + std::move(title) + "\n") {}

  void write(std::string_view sender, View bytes, bool& is_protected) {
    while (!bytes.empty()) {
      const auto header = record::parse_header(bytes, {false, is_protected});
      const View record = bytes.first(record::header_length + header.length);
      text_ += "\n# " + what(header.type, record.subspan(record::header_length), is_protected);
      text_ += "\n" + std::string(sender) + " " + wire::hex(record) + "\n";
      if (header.type == ContentType::change_cipher_spec) is_protected = true;
      bytes = bytes.subspan(record.size());
    }
  }

  const std::string& text() const { return text_; }

 private:
  static std::string what(ContentType type, View fragment, bool is_protected) {
    if (is_protected) return std::string(name_of(type)) + ", protected";
    if (type != ContentType::handshake) return std::string(name_of(type));
    return std::string(handshake::spec_of(handshake::HandshakeType(fragment[0])).name);
  }

  std::string text_;
};

std::string play(test::Choices choices) {
  Script script(std::string(name_of(choices.suite)) + ", " + std::string(name_of(choices.group)) +
                ", " + std::string(name_of(choices.scheme)) +
                "; randomness from the seeds \"client\" and \"" + choices.seed + "\"");
  test::TestRandom random("client");
  Connection client(test::client_config(random), x509::ServerName::parse("server.test"));
  test::ScriptedServer server(std::move(choices));
  test::Told told;
  bool client_protects = false;
  bool server_protects = false;
  const auto flow = [&] {
    script.write("client", client.to_send(), client_protects);
    test::to_peer(client, server);
    const Bytes bytes = server.take();
    script.write("server", bytes, server_protects);
    test::to_us(client, bytes, bytes.size(), told);
  };

  flow();  // ClientHello
  server.first_flight();
  flow();
  flow();  // the client's second flight
  server.second_flight();
  flow();
  EXPECT_TRUE(client.writable());
  EXPECT_EQ(client.write(wire::as_bytes("do i connect with server ?")), 26U);
  flow();
  server.data(wire::as_bytes("yes"));
  flow();
  client.close();
  flow();
  server.close_notify();
  flow();
  EXPECT_EQ(wire::as_text(told.data), "yes");
  EXPECT_TRUE(!told.events.empty() && std::holds_alternative<PeerClosed>(told.events.back()));
  return script.text();
}

TEST(Golden, Aes256GcmWithX25519) {
  EXPECT_EQ(test::compare_with_golden("golden/aes_256_gcm_x25519.txt", play({})), "");
}

TEST(Golden, ChaCha20Poly1305WithSecp256r1) {
  test::Choices choices;
  choices.suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256;
  choices.group = crypto::NamedGroup::secp256r1;
  choices.scheme = crypto::SignatureScheme::rsa_pkcs1_sha256;
  choices.extended_master_secret = false;
  EXPECT_EQ(test::compare_with_golden("golden/chacha20_poly1305_secp256r1.txt", play(choices)), "");
}

/// Our client and our server talk, and what they say is written down.
std::string play(test::Pair& pair, std::string title) {
  Script script(std::move(title));
  struct Way {
    std::string_view sender;
    test::End& from;
    test::End& to;
    bool is_protected = false;
  };
  Way ways[] = {{"client", pair.client, pair.server}, {"server", pair.server, pair.client}};
  const auto flow = [&] {
    for (bool moved = true; std::exchange(moved, false);)
      for (Way& way : ways) {
        const Bytes bytes = wire::copy(way.from.connection.to_send());
        if (bytes.empty()) continue;
        script.write(way.sender, bytes, way.is_protected);
        way.from.connection.sent(bytes.size());
        test::to_us(way.to.connection, bytes, bytes.size(), way.to);
        moved = true;
      }
  };
  flow();
  EXPECT_EQ(pair.client.connection.write(wire::as_bytes("do i connect with server ?")), 26U);
  flow();
  EXPECT_EQ(pair.server.connection.write(wire::as_bytes("yes")), 3U);
  flow();
  pair.client.connection.close();
  flow();
  EXPECT_EQ(wire::as_text(pair.client.data), "yes");
  EXPECT_EQ(wire::as_text(pair.server.data), "do i connect with server ?");
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(pair.client.events.back()));
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(pair.server.events.back()));
  return script.text();
}

/// All that our two sides can agree on, and what they remember of it.
struct Everything {
  explicit Everything(bool tickets) {
    client.settings = [this, tickets](ClientSettings& s) {
      s.sessions = client_sessions;
      s.offer_tickets = tickets;
      s.credentials = {test::credential("p256")};
      s.application_protocols = {"h2", "http/1.1"};
      s.request_ocsp_response = true;
      s.request_signed_certificate_timestamps = true;
      s.record_size_limit = 1024;
    };
    server.identities = {};
    server.settings = [this](ServerSettings& s) {
      const auto credential = test::credential("rsa");
      credential->ocsp_response = Bytes(20, 0x0c);
      credential->signed_certificate_timestamps = Bytes(30, 0x5c);
      s.credentials =
          std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
      s.ticket_keys = keys;
      s.sessions = server_sessions;
      s.application_protocols = {"http/1.1"};
      s.client_authentication = handshake::ClientAuthentication::required;
      s.verify_client = false;
    };
  }

  std::shared_ptr<handshake::TicketKeys> keys = std::make_shared<handshake::TicketKeys>();
  std::shared_ptr<handshake::SessionCache> client_sessions =
      std::make_shared<handshake::SessionCache>(1);
  std::shared_ptr<handshake::SessionCache> server_sessions =
      std::make_shared<handshake::SessionCache>(1);
  test::ClientOptions client;
  test::ServerOptions server;
};

/// The first connection and the second.
std::pair<std::string, std::string> play_twice(bool tickets) {
  Everything everything(tickets);
  test::Pair first(everything.client, everything.server);
  std::string full =
      play(first, "our client and our server, all extensions, both with certificates");
  everything.client.seed = "client again";
  everything.server.seed = "server again";
  test::Pair second(everything.client, everything.server);
  std::string resumed = play(second, "the session of the first connection is resumed");
  EXPECT_EQ(second.server.agreement().resumed,
            tickets ? handshake::Resumption::ticket : handshake::Resumption::session_id);
  return {full, resumed};
}

TEST(Golden, OurTwoSidesWithATicket) {
  const auto [full, resumed] = play_twice(true);
  EXPECT_EQ(test::compare_with_golden("golden/mutual_with_ticket.txt", full), "");
  EXPECT_EQ(test::compare_with_golden("golden/resumed_by_ticket.txt", resumed), "");
}

TEST(Golden, OurTwoSidesWithASessionId) {
  const auto [full, resumed] = play_twice(false);
  EXPECT_EQ(test::compare_with_golden("golden/mutual_with_session_id.txt", full), "");
  EXPECT_EQ(test::compare_with_golden("golden/resumed_by_session_id.txt", resumed), "");
}

TEST(Golden, IsTheSameEveryTime) { EXPECT_EQ(play({}), play({})); }

}  // namespace
}  // namespace glasstls::tls
