// Hostile peers: a double that a script drives, and the connection of ours that it is after.
#pragma once

#include <functional>
#include <utility>

#include "tests/bounds/victim.h"
#include "tests/support/peers.h"
#include "tests/support/test_random.h"

namespace glasstls::bounds {

/// A client that means a server of ours no good.
class HostileClient {
 public:
  explicit HostileClient(test::ClientChoices choices = {}, const test::ServerOptions& options = {})
      : client(std::move(choices)),
        random_(options.seed),
        config_(test::server_config(random_, options)),
        server([this] { return tls::Connection::server(config_); }) {}

  /// The step's bytes go to the server, and its answer comes back.
  void does(const std::function<void(test::ScriptedClient&)>& step) {
    step(client);
    server.give(client.take());
    client.receive(server.take());
  }

  test::ScriptedClient client;

 private:
  test::TestRandom random_;
  std::shared_ptr<const tls::Config> config_;

 public:
  Victim server;
};

/// A server that means a client of ours no good.
class HostileServer {
 public:
  explicit HostileServer(test::Choices choices = {}, const test::ClientOptions& options = {})
      : server(std::move(choices)),
        config_(test::client_config(random_, options.settings)),
        client([&] { return tls::Connection(config_, x509::ServerName::parse(options.name)); }) {
    server.receive(client.take());
  }

  /// The step's bytes go to the client, and its answer comes back.
  void does(const std::function<void(test::ScriptedServer&)>& step) {
    step(server);
    client.give(server.take());
    server.receive(client.take());
  }

  test::ScriptedServer server;

 private:
  test::TestRandom random_{"client"};
  std::shared_ptr<const tls::Config> config_;

 public:
  Victim client;
};

}  // namespace glasstls::bounds
