// Peers: our client and a scripted server, joined by a network that carries bytes in any pieces.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/scripted_server.h"
#include "tests/support/test_random.h"
#include "tls/connection.h"

namespace glasstls::test {

/// Moves all bytes that the client has to send to the server.
void to_server(tls::Connection& client, ScriptedServer& server);

/// Gives bytes to the client, at most `piece` at a time, and appends its events to `events`;
/// application data is joined in `data`, as it does not outlive its event. Stops early when the
/// client reads no more.
void to_client(tls::Connection& client, View bytes, std::size_t piece,
               std::vector<tls::Event>& events, Bytes& data);

/// What a test may vary about the client. The rest is fixed: seed, clock, roots.
struct ClientOptions {
  std::string name = "server.test";  // empty: none
  Change<tls::ClientSettings> settings;
  std::vector<std::shared_ptr<Observer>> observers;
  std::string seed = "client";
};

class Peers {
 public:
  using Step = std::function<void(ScriptedServer&)>;

  explicit Peers(Choices choices = {}, ClientOptions options = {});
  Peers(const Peers&) = delete;  // the client's Config refers to `random`
  Peers& operator=(const Peers&) = delete;

  /// Each step in turn; after each, bytes flow until both sides are quiet.
  void run(const std::vector<Step>& script);
  void pump();
  /// The whole handshake by the rules; throws if it does not complete.
  void complete_handshake();
  /// The network ends the stream towards the client.
  void end_of_stream();
  /// Gives these bytes to the client, and its answer to the server.
  void deliver(View bytes);

  /// The last event of that type, or nullptr.
  template <class E>
  const E* find() const {
    for (auto event = events.rbegin(); event != events.rend(); ++event)
      if (const E* found = std::get_if<E>(&*event)) return found;
    return nullptr;
  }
  template <class E>
  std::size_t count() const {
    std::size_t n = 0;
    for (const tls::Event& event : events) n += std::holds_alternative<E>(event) ? 1 : 0;
    return n;
  }
  bool completed() const { return find<tls::HandshakeCompleted>() != nullptr; }

  TestRandom random;
  tls::Connection client;
  ScriptedServer server;
  std::size_t piece = std::size_t{1} << 20;  // bytes that the network carries at a time
  std::vector<tls::Event> events;            // of the client, in order
  Bytes data;                                // received by the client
};

/// The steps of a server that follows the rules.
std::vector<Peers::Step> full_handshake();

/// A client's Config with the test's seed, clock and roots.
std::shared_ptr<const tls::Config> client_config(crypto::RandomSource& random,
                                                 const Change<tls::ClientSettings>& change = {});

}  // namespace glasstls::test
