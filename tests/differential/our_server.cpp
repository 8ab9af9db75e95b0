#include <cstddef>
#include <string_view>
#include <utility>

#include "handshake/codec.h"
#include "tests/differential/explained.h"
#include "tests/differential/hello_outcome.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"

namespace glasstls::differential {

namespace {

std::string reason_of(std::string_view section, std::string_view field, std::string_view what) {
  return std::string(section) + ": " + std::string(field) + ": " + without_numbers(what);
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
