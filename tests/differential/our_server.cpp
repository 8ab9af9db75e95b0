#include <cstddef>
#include <string_view>
#include <utility>

#include "handshake/codec.h"
#include "handshake/messages/client_hello.h"
#include "tests/differential/explained.h"
#include "tests/differential/hello_outcome.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"

namespace glasstls::differential {

namespace {

/// Fields and the list of extensions, whose insides are bytes.
using Framing = handshake::BasicClientHello<handshake::ExtensionList<handshake::ExtensionOf<>>>;

std::string reason_of(std::string_view section, std::string_view field, std::string_view what) {
  return std::string(section) + ": " + std::string(field) + ": " + without_numbers(what);
}

/// What its header says; nothing while it is not all there.
View first_message(View bytes) {
  constexpr std::size_t header = handshake::message_header_length;
  if (bytes.size() < header) return {};
  const std::size_t length = std::size_t{bytes[1]} << 16 | std::size_t{bytes[2]} << 8 | bytes[3];
  return bytes.size() - header < length ? View() : bytes.first(header + length);
}

void parse_framing(View message, HelloOutcome& outcome) {
  if (message.empty()) return;
  if (message[0] != static_cast<std::uint8_t>(handshake::HandshakeType::client_hello)) {
    outcome.not_parsed = "another message";
    return;
  }
  try {
    static_cast<void>(handshake::decode<Framing>(message));
    outcome.parsed = true;
  } catch (const ProtocolError& error) {
    outcome.not_parsed = reason_of(error.section, error.field, error.what());
  }
}

/// Its key is elsewhere, so that nothing is signed.
std::shared_ptr<const handshake::Credential> keyless(std::string_view name) {
  auto credential = test::credential(name);
  credential->key = nullptr;
  return credential;
}

}  // namespace

struct OurServer::State {
  test::TestRandom random{"our server"};
  std::shared_ptr<const tls::Config> config;
};

OurServer::OurServer() : state_(std::make_unique<State>()) {
  test::ServerOptions options;
  options.settings = [](tls::ServerSettings& settings) {
    settings.credentials = std::make_shared<handshake::Credentials>(
        handshake::Credentials::List{keyless("rsa"), keyless("p256")});
    settings.application_protocols = {"h2", "http/1.1"};
  };
  state_->config = test::server_config(state_->random, options);
}

OurServer::~OurServer() = default;

HelloOutcome OurServer::judge(View message) const {
  HelloOutcome outcome;
  parse_framing(first_message(message), outcome);
  tls::Connection server = tls::Connection::server(state_->config);
  test::Told told;
  test::to_us(server, in_records(message), std::size_t{1} << 20, told);
  read_answer(server.to_send(), outcome);
  if (const auto* failed = told.find<tls::Failed>(); failed && outcome.answer == Answer::refused)
    outcome.refusal = reason_of(failed->section, failed->field, failed->reason);
  return outcome;
}

}  // namespace glasstls::differential
