#include "tests/support/peers.h"

#include <algorithm>
#include <stdexcept>

namespace glasstls::test {

namespace {

void collect(tls::Connection& ours, Told& told) {
  while (auto event = ours.next_event()) {
    if (const auto* received = std::get_if<tls::ApplicationData>(&*event))
      wire::append(told.data, received->data);
    told.events.push_back(*std::move(event));
  }
}

Bytes take(tls::Connection& ours) {
  Bytes bytes = wire::copy(ours.to_send());
  ours.sent(bytes.size());
  return bytes;
}

}  // namespace

void to_peer(tls::Connection& ours, ScriptedPeer& theirs) {
  while (!ours.to_send().empty()) theirs.receive(take(ours));
}

void to_us(tls::Connection& ours, View bytes, std::size_t piece, Told& told) {
  collect(ours, told);
  while (!bytes.empty()) {
    const MutableView space = ours.receive_buffer();
    if (space.empty()) return;
    const std::size_t size = std::min({bytes.size(), piece, space.size()});
    std::copy_n(bytes.begin(), size, space.begin());
    ours.received(size);
    bytes = bytes.subspan(size);
    collect(ours, told);
  }
}

// --- Configs

std::shared_ptr<const tls::Config> client_config(crypto::RandomSource& random,
                                                 const Change<tls::ClientSettings>& change) {
  tls::ClientSettings settings;
  settings.random = &random;
  settings.now = in_validity;
  settings.roots = roots();
  if (change) change(settings);
  return std::make_shared<const tls::Config>(std::move(settings));
}

std::shared_ptr<const tls::Config> server_config(crypto::RandomSource& random,
                                                 const ServerOptions& options) {
  tls::ServerSettings settings;
  settings.random = &random;
  settings.now = in_validity;
  if (!options.identities.empty()) settings.credentials = credentials(options.identities);
  if (options.settings) options.settings(settings);
  return std::make_shared<const tls::Config>(std::move(settings));
}

tls::Connection make_client(crypto::RandomSource& random, ClientOptions options) {
  return tls::Connection(client_config(random, options.settings),
                         x509::ServerName::parse(options.name), std::move(options.observers));
}

tls::Connection make_server(crypto::RandomSource& random, ServerOptions options) {
  auto config = server_config(random, options);
  return tls::Connection::server(std::move(config), std::move(options.observers));
}

// --- Wired

void Wired::pump() {
  to_peer(ours, theirs);
  for (Bytes bytes = theirs.take(); !bytes.empty(); bytes = theirs.take()) deliver(bytes);
  deliver({});
}

void Wired::deliver(View bytes) {
  to_us(ours, bytes, piece, *this);
  to_peer(ours, theirs);
}

void Wired::end_of_stream() {
  ours.end_of_stream();
  deliver({});
}

// --- Our client

Peers::Peers(Choices choices, ClientOptions options)
    : Wired(
          options.seed,
          [&](crypto::RandomSource& source) { return make_client(source, std::move(options)); },
          server),
      server(std::move(choices)) {
  pump();
}

void Peers::run(const std::vector<Step>& script) {
  for (const Step& step : script) {
    step(server);
    pump();
  }
}

void Peers::complete_handshake() {
  run(full_handshake());
  static_cast<void>(agreement());
}

std::vector<Peers::Step> full_handshake() {
  return {[](ScriptedServer& server) { server.first_flight(); },
          [](ScriptedServer& server) { server.second_flight(); }};
}

// --- Our server

ServerPeers::ServerPeers(ClientChoices choices, ServerOptions options)
    : Wired(
          options.seed,
          [&](crypto::RandomSource& source) { return make_server(source, std::move(options)); },
          client),
      client(std::move(choices)) {}

void ServerPeers::run(const std::vector<Step>& script) {
  for (const Step& step : script) {
    step(client);
    pump();
  }
}

void ServerPeers::hello(const Change<handshake::ClientHello>& change) {
  run({[&](ScriptedClient& double_) { double_.hello(change); }});
}

void ServerPeers::complete_handshake(const Change<handshake::ClientHello>& change) {
  hello(change);
  if (find<tls::Failed>() == nullptr)
    run({[](ScriptedClient& double_) { double_.second_flight(); }});
  static_cast<void>(agreement());
}

// --- Both

Pair::Pair(ClientOptions client_options, ServerOptions server_options)
    : client_random(client_options.seed),
      server_random(server_options.seed),
      client(make_client(client_random, std::move(client_options))),
      server(make_server(server_random, std::move(server_options))) {}

void Pair::carry(End& from, End& to) const {
  const Bytes bytes = take(from.connection);
  wire::append(from.sent, bytes);
  to_us(to.connection, bytes, piece, to);
}

void Pair::pump() {
  to_us(client.connection, {}, piece, client);
  to_us(server.connection, {}, piece, server);
  while (!client.connection.to_send().empty() || !server.connection.to_send().empty()) {
    carry(client, server);
    carry(server, client);
  }
}

void Pair::complete_handshake() {
  pump();
  static_cast<void>(client.agreement());
  static_cast<void>(server.agreement());
}

}  // namespace glasstls::test
