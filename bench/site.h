// Site: our client and our server in one process, joined by memory. What both sides share between
// handshakes is made once; each handshake has fresh ephemeral keys, and the client verifies chain and
// name.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "crypto/groups.h"
#include "tls/connection.h"

namespace glasstls::bench {

/// What kind of handshake.
struct Kind {
  std::string name;  // "full, RSA-2048, x25519"
  std::string key;   // an identity of tests/support: "rsa", "p256"
  crypto::NamedGroup group;
  bool resume;  // after the first, by ticket
};

struct Site {
  explicit Site(const Kind& kind);

  std::shared_ptr<const tls::Config> client, server;
  x509::ServerName name;
};

/// One side of a connection.
struct Side {
  std::optional<tls::Connection> connection;
  bool resumed = false;  // known when the handshake is complete
};

/// All that one side has to send is given to the other; false if there is nothing. `timed` is called
/// with what is the receiver's work, and must do it.
template <class Timed>
bool carry(Side& from, Side& to, Timed&& timed) {
  const View bytes = from.connection->to_send();
  if (bytes.empty()) return false;
  timed([&] {
    const MutableView space = to.connection->receive_buffer();
    std::copy(bytes.begin(), bytes.end(), space.begin());
    to.connection->received(bytes.size());
    while (const auto event = to.connection->next_event())
      if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&*event))
        to.resumed = completed->agreement.resumed != handshake::Resumption::none;
  });
  from.connection->sent(bytes.size());
  return true;
}

/// std::runtime_error unless the handshake is complete at both ends, and of the kind that was meant.
void expect_complete(const Side& client, const Side& server, bool resumed);

/// A whole handshake; each side's work is handed to its own function, which must do it.
template <class TimedClient, class TimedServer>
void shake_hands(const Site& site, Side& client, Side& server, bool resumed,
                 TimedClient&& timed_client, TimedServer&& timed_server) {
  timed_client([&] { client.connection.emplace(site.client, site.name); });
  timed_server([&] { server.connection.emplace(tls::Connection::server(site.server)); });
  while (carry(client, server, timed_server) || carry(server, client, timed_client)) {
  }
  expect_complete(client, server, resumed);
}

/// The same, untimed.
void shake_hands(const Site& site, Side& client, Side& server, bool resumed);

}  // namespace glasstls::bench
