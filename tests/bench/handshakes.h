// Handshakes of our own two sides, as an onlooker's bytes.
#pragma once

#include <memory>
#include <string>

#include "bench/peers/judge.h"
#include "tests/support/peers.h"

namespace glasstls::test {

/// What a test may vary of a handshake: by default RSA, x25519, without sessions.
struct Varied {
  std::string key = "rsa";
  crypto::CipherSuite suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  crypto::NamedGroup group = crypto::NamedGroup::x25519;
  std::shared_ptr<handshake::SessionCache> sessions{};  // of the client
  std::shared_ptr<handshake::TicketKeys> ticket_keys{};
  std::string client_seed = "client";  // the same seed, the same ephemeral key
  std::string server_seed = "server";
};

inline bench::Wire handshake(const Varied& varied = {}) {
  ClientOptions client;
  client.seed = varied.client_seed;
  client.settings = [&](tls::ClientSettings& settings) {
    settings.cipher_suites = {varied.suite};
    settings.groups = {varied.group};
    settings.sessions = varied.sessions;
  };
  ServerOptions server;
  server.seed = varied.server_seed;
  server.identities = {varied.key};
  server.settings = [&](tls::ServerSettings& settings) {
    settings.ticket_keys = varied.ticket_keys;
  };
  Pair pair(client, server);
  pair.complete_handshake();
  return {pair.client.sent, pair.server.sent};
}

}  // namespace glasstls::test
