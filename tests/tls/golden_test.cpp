// Whole connections from fixed seeds, byte for byte in both directions. tests/golden holds what
// they were when last judged right; a change of any byte shows here.
#include <gtest/gtest.h>
#include <string>

#include "handshake/codec.h"
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

TEST(Golden, IsTheSameEveryTime) { EXPECT_EQ(play({}), play({})); }

}  // namespace
}  // namespace glasstls::tls
