// Peers: our client and a scripted server, or our server and a scripted client, joined by a network
// that carries bytes in any pieces.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/scripted_client.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_random.h"
#include "tests/support/told.h"
#include "tls/connection.h"

namespace glasstls::test {

/// Moves all bytes that our side has to send to the double.
void to_peer(tls::Connection& ours, ScriptedPeer& theirs);

/// Gives bytes to our side, at most `piece` at a time, and adds to `told` what came of it. Stops
/// early when our side reads no more.
void to_us(tls::Connection& ours, View bytes, std::size_t piece, Told& told);

/// What a test may vary about our client. The rest is fixed: seed, clock, roots.
struct ClientOptions {
  std::string name = "server.test";  // empty: none
  Change<tls::ClientSettings> settings{};
  std::vector<std::shared_ptr<Observer>> observers{};
  std::string seed = "client";
};

/// What a test may vary about our server. The rest is fixed: seed, clock, credentials.
struct ServerOptions {
  std::vector<std::string> identities{"rsa", "p256"};  // see identity(); empty: `settings` says
  Change<tls::ServerSettings> settings{};
  std::vector<std::shared_ptr<Observer>> observers{};
  std::string seed = "server";
};

/// Configs with the test's seed, clock, roots and credentials.
std::shared_ptr<const tls::Config> client_config(crypto::RandomSource& random,
                                                 const Change<tls::ClientSettings>& change = {});
std::shared_ptr<const tls::Config> server_config(crypto::RandomSource& random,
                                                 const ServerOptions& options = {});
tls::Connection make_client(crypto::RandomSource& random, ClientOptions options = {});
tls::Connection make_server(crypto::RandomSource& random, ServerOptions options = {});

/// One connection of ours, a double, and the network between them.
class Wired : public Told {
 public:
  Wired(const Wired&) = delete;  // the connection's Config refers to `random`
  Wired& operator=(const Wired&) = delete;

  /// Bytes flow until both sides are quiet.
  void pump();
  /// Gives these bytes to our side, and its answer to the double.
  void deliver(View bytes);
  /// The network ends the stream towards our side.
  void end_of_stream();

  TestRandom random;  // of our side
  tls::Connection ours;
  ScriptedPeer& theirs;
  std::size_t piece = std::size_t{1} << 20;  // bytes that the network carries at a time

 protected:
  Wired(std::string_view seed,
        const std::function<tls::Connection(crypto::RandomSource&)>& make_ours,
        ScriptedPeer& double_)
      : random(seed), ours(make_ours(random)), theirs(double_) {}
  ~Wired() = default;
};

/// Our client and a scripted server.
class Peers : public Wired {
 public:
  using Step = std::function<void(ScriptedServer&)>;

  explicit Peers(Choices choices = {}, ClientOptions options = {});

  /// Each step in turn; after each, bytes flow until both sides are quiet.
  void run(const std::vector<Step>& script);
  /// The whole handshake by the rules; throws if it does not complete.
  void complete_handshake();

  tls::Connection& client = ours;
  ScriptedServer server;
};

/// The steps of a server that follows the rules.
std::vector<Peers::Step> full_handshake();

/// Our server and a scripted client.
class ServerPeers : public Wired {
 public:
  using Step = std::function<void(ScriptedClient&)>;

  explicit ServerPeers(ClientChoices choices = {}, ServerOptions options = {});

  /// Each step in turn; after each, bytes flow until both sides are quiet.
  void run(const std::vector<Step>& script);
  /// The client's hello, and what comes of it.
  void hello(const Change<handshake::ClientHello>& change = {});
  /// The whole handshake by the rules, full or short; throws if it does not complete.
  void complete_handshake(const Change<handshake::ClientHello>& change = {});

  tls::Connection& server = ours;
  ScriptedClient client;
};

/// One of two connections of ours that talk to each other.
struct End : Told {
  explicit End(tls::Connection made) : connection(std::move(made)) {}

  tls::Connection connection;
  Bytes sent;  // all bytes that it gave to the network
};

/// Our client and our server.
class Pair {
 public:
  explicit Pair(ClientOptions client_options = {}, ServerOptions server_options = {});
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  /// Bytes flow until both sides are quiet.
  void pump();
  /// Throws if the handshake does not complete on both sides.
  void complete_handshake();

  TestRandom client_random, server_random;
  End client, server;
  std::size_t piece = std::size_t{1} << 20;  // bytes that the network carries at a time

 private:
  void carry(End& from, End& to) const;
};

}  // namespace glasstls::test
