// Whole connections: what no case thought of lies between the primitives.
#include <memory>

#include "tests/constant_time/cases.h"
#include "tests/constant_time/secrecy.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"
#include "tls/connection.h"

namespace glasstls::constant_time {
namespace {

/// Secret bytes for keys, public ones for all else.
class MixedRandom final : public crypto::RandomSource {
 public:
  explicit MixedRandom(std::string_view seed) : public_(seed) {}
  void fill(MutableView out) override { public_.fill(out); }
  crypto::RandomSource& stream(crypto::RandomPurpose purpose) override {
    if (purpose == crypto::RandomPurpose::ephemeral_key) return secret_;
    return *this;
  }

 private:
  test::TestRandom public_;
  SecretRandom secret_{public_};
};

std::shared_ptr<handshake::TicketKeys> secret_ticket_keys() {
  std::vector<handshake::TicketKey> keys;
  keys.push_back({{}, crypto::SecretBytes::copy_of(Bytes(32, 0x71))});
  classify(keys[0].secret.reveal());
  return std::make_shared<handshake::TicketKeys>(std::move(keys), 0);
}

/// Two sides and the network between them, which everybody sees.
class Link {
 public:
  Link(crypto::RandomSource& client_random, crypto::RandomSource& server_random,
       const test::ClientOptions& client_options, const test::ServerOptions& server_options)
      : client_(test::make_client(client_random, client_options)),
        server_(test::make_server(server_random, server_options)) {}

  /// Until both are quiet.
  void run() {
    test::to_us(client_.connection, {}, piece, client_);
    test::to_us(server_.connection, {}, piece, server_);
    while (!client_.connection.to_send().empty() || !server_.connection.to_send().empty()) {
      carry(client_, server_);
      carry(server_, client_);
    }
  }

  /// Something for the server to read, which nobody else may know.
  void send_secretly(View text) {
    classify(text);
    expect(client_.connection.write(text) == text.size(), "the client takes no data");
    run();
    expect_secret(server_.data);
    expect(server_.data.size() == text.size(), "the server got something else");
  }

  test::End& client() { return client_; }

 private:
  static constexpr std::size_t piece = std::size_t{1} << 20;

  static void carry(test::End& from, test::End& to) {
    const Bytes bytes = wire::copy(from.connection.to_send());
    from.connection.sent(bytes.size());
    declassify(bytes);
    test::to_us(to.connection, bytes, piece, to);
  }

  test::End client_, server_;
};

// A full handshake, then one that resumes its session; data that nobody may know in both.
void connections(crypto::CipherSuite suite, handshake::Resumption by) {
  const auto known = std::make_shared<handshake::SessionCache>(1);
  test::ClientOptions client;
  client.settings = [&](tls::ClientSettings& settings) {
    settings.cipher_suites = {suite};
    settings.groups = {crypto::NamedGroup::x25519};
    settings.sessions = known;
  };
  const auto remembered = std::make_shared<handshake::SessionCache>(1);
  const auto ticket_keys = secret_ticket_keys();
  test::ServerOptions server;
  server.identities = {"ed25519"};
  server.settings = [&](tls::ServerSettings& settings) {
    if (by == handshake::Resumption::ticket)
      settings.ticket_keys = ticket_keys;
    else
      settings.sessions = remembered;
  };
  MixedRandom client_random("constant time: client"), server_random("constant time: server");
  for (const auto expected : {handshake::Resumption::none, by}) {
    Link link(client_random, server_random, client, server);
    link.run();
    expect(link.client().agreement().resumed == expected, "another kind of handshake");
    link.send_secretly(Bytes(300, 0x5e));
  }
}

}  // namespace

std::vector<Case> connection_cases() {
  using enum crypto::CipherSuite;
  using handshake::Resumption;
  static const char* secret =
      "the ephemeral keys of both sides, and so all that follows; the ticket key; the data";
  static const char* sent =
      "all that is sent; all verdicts; messages of the handshake, once opened, for they are read";
  return {
      {"ConnectionsAes256GcmTicket", secret, sent,
       [] { connections(TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Resumption::ticket); }, true},
      {"ConnectionsChaCha20SessionId", secret, sent,
       [] { connections(TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, Resumption::session_id); }},
  };
}

}  // namespace glasstls::constant_time
