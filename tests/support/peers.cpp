#include "tests/support/peers.h"

#include <algorithm>
#include <stdexcept>

namespace glasstls::test {

namespace {

void collect(tls::Connection& client, std::vector<tls::Event>& events, Bytes& data) {
  while (auto event = client.next_event()) {
    if (const auto* received = std::get_if<tls::ApplicationData>(&*event))
      wire::append(data, received->data);
    events.push_back(*std::move(event));
  }
}

}  // namespace

void to_server(tls::Connection& client, ScriptedServer& server) {
  while (!client.to_send().empty()) {
    const Bytes bytes = wire::copy(client.to_send());
    client.sent(bytes.size());
    server.receive(bytes);
  }
}

void to_client(tls::Connection& client, View bytes, std::size_t piece,
               std::vector<tls::Event>& events, Bytes& data) {
  collect(client, events, data);
  while (!bytes.empty()) {
    const MutableView space = client.receive_buffer();
    if (space.empty()) return;
    const std::size_t size = std::min({bytes.size(), piece, space.size()});
    std::copy_n(bytes.begin(), size, space.begin());
    client.received(size);
    bytes = bytes.subspan(size);
    collect(client, events, data);
  }
}

std::shared_ptr<const tls::Config> client_config(crypto::RandomSource& random,
                                                 const Change<tls::ClientSettings>& change) {
  tls::ClientSettings settings;
  settings.random = &random;
  settings.now = in_validity;
  settings.roots = roots();
  if (change) change(settings);
  return std::make_shared<const tls::Config>(std::move(settings));
}

Peers::Peers(Choices choices, ClientOptions options)
    : random(options.seed),
      client(client_config(random, options.settings), x509::ServerName::parse(options.name),
             std::move(options.observers)),
      server(std::move(choices)) {
  pump();
}

void Peers::pump() {
  to_server(client, server);
  for (Bytes bytes = server.take(); !bytes.empty(); bytes = server.take()) deliver(bytes);
  deliver({});
}

void Peers::deliver(View bytes) {
  to_client(client, bytes, piece, events, data);
  to_server(client, server);
}

void Peers::run(const std::vector<Step>& script) {
  for (const Step& step : script) {
    step(server);
    pump();
  }
}

void Peers::complete_handshake() {
  run(full_handshake());
  if (!completed()) throw std::runtime_error("the handshake did not complete");
}

void Peers::end_of_stream() {
  client.end_of_stream();
  deliver({});
}

std::vector<Peers::Step> full_handshake() {
  return {[](ScriptedServer& server) { server.first_flight(); },
          [](ScriptedServer& server) { server.second_flight(); }};
}

}  // namespace glasstls::test
