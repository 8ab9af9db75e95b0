#include "tests/adversary/stage.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tests/adversary/narration.h"
#include "tests/support/data_files.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::adversary {

using handshake::HandshakeType;

namespace {

/// Comes back the same from a server that echoes and from one that turns each line around.
constexpr std::string_view palindrome = "rotator";

}  // namespace

// --- Both sides

Stage::Stage(Network& network, Narrator narrator)
    : network_(network), narrator_(std::move(narrator)) {}

void Stage::connect() {
  transport_.reset();  // the last connection ends before the next begins
  transport_ = network_.next();
  told_messages_ = 0;
}

void Stage::flush() {
  const Bytes bytes = peer().take();
  if (bytes.empty()) return;
  const auto& sent = peer().sent_messages();
  tell("sends " + describe_sent(bytes, std::span(sent).subspan(told_messages_)));
  told_messages_ = sent.size();
  transport().send(bytes);
}

void Stage::end_with(Answer answer) {
  tell("gets  " + text_of(answer));
  throw Ended{answer};
}

void Stage::read(View bytes) {
  const std::size_t messages = peer().messages().size();
  const std::size_t alerts = peer().alerts().size();
  const std::size_t data = peer().received_data().size();
  try {
    peer().receive(bytes);
  } catch (const std::logic_error&) {  // of a double that is asked for what it does not speak
    end_with({Answer::Kind::accepts, {}});
  } catch (const std::exception&) {
    end_with({Answer::Kind::unreadable, {}});
  }
  tell_arrived(messages, alerts, data);
}

void Stage::tell_arrived(std::size_t messages, std::size_t alerts, std::size_t data) {
  const test::ScriptedPeer& double_ = peer();
  for (const HandshakeType hello : {HandshakeType::client_hello, HandshakeType::server_hello})
    if (std::count(double_.messages().begin(), double_.messages().end(), hello) > 1)
      end_with({Answer::Kind::renegotiates, {}});
  const std::string line = describe_received(std::span(double_.messages()).subspan(messages),
                                             double_.received_data().size() - data);
  if (!line.empty()) tell("gets  " + line);
  for (const tls::Alert& alert : std::span(double_.alerts()).subspan(alerts)) {
    if (alert.level == AlertLevel::fatal) end_with({Answer::Kind::alert, alert.description});
    if (alert.description == AlertDescription::close_notify)
      end_with({Answer::Kind::closes, alert.description});
    tell("gets  warning " + std::string(wire::name_of(alert.description)));
    if (alert.description != AlertDescription::unrecognized_name) warning_ = alert.description;
  }
}

void Stage::await(const std::function<bool()>& holds) {
  flush();
  while (!holds()) {
    const Arrival arrival = transport().receive();
    if (arrival.kind == Arrival::Kind::end) end_with({Answer::Kind::closes, {}});
    if (arrival.kind == Arrival::Kind::nothing) end_with({Answer::Kind::silence, {}});
    read(arrival.bytes);
  }
}

void Stage::await_end() {
  await([] { return false; });
}

void Stage::end_sending() {
  flush();
  tell("ends the stream, without close_notify");
  transport().end_sending();
}

void Stage::hear_out() {
  try {
    await_end();
  } catch (const Ended& ended) {
    if (ended.answer.kind == Answer::Kind::alert) throw;
  }
}

void Stage::part() {
  peer().close_notify();
  flush();
  transport().end_sending();
}

// --- The client

void ClientStage::open(test::ClientChoices choices) {
  connect();
  client_ = std::make_unique<test::ScriptedClient>(std::move(choices));
  tell("connects");
}

void ClientStage::begin() {
  if (!connected()) open();
}

void ClientStage::greet(const test::Change<handshake::ClientHello>& change) {
  begin();
  client().hello(change);
  await([this] {
    return client().has(HandshakeType::server_hello_done) || client().has(HandshakeType::finished);
  });
}

void ClientStage::await_finished() {
  await([this] { return client().has(HandshakeType::finished); });
}

void ClientStage::finish() {
  client().second_flight();
  await_finished();
}

void ClientStage::complete() {
  if (!connected() || client().messages().empty()) greet();
  finish();
}

void ClientStage::converse() {
  const std::size_t before = client().received_data().size();
  client().data(wire::as_bytes(std::string(palindrome) + "\n"));
  await([&] {
    const View heard = View(client().received_data()).subspan(before);
    return wire::as_text(heard).find(palindrome) != std::string_view::npos;
  });
}

// --- The server

void ServerStage::open(test::Choices choices) {
  connect();
  server_ = std::make_unique<test::ScriptedServer>(std::move(choices));
  await([this] { return server().has(HandshakeType::client_hello); });
}

void ServerStage::begin() {
  if (!connected()) open();
}

void ServerStage::await_client() {
  await([this] { return server().has(HandshakeType::finished); });
}

void ServerStage::finish() {
  server().second_flight();
  flush();
}

void ServerStage::complete() {
  begin();
  server().first_flight();
  await_client();
  finish();
  hear();
}

void ServerStage::hear() {
  const std::size_t before = server().received_data().size();
  flush();
  transport().prompt();
  await([&] { return server().received_data().size() > before; });
}

void ServerStage::converse() {
  server().data(wire::as_bytes("Hello?\n"));
  hear();
}

// --- Credentials

std::shared_ptr<const handshake::Credential> client_credential() {
  const auto made = std::make_shared<handshake::Credential>();
  const std::string pem = test::read_data("data/x509/client-ec256.pem");
  for (const x509::PemBlock& block : x509::parse_pem(pem).blocks)
    made->chain.push_back(x509::Certificate::parse(block.der).value());
  const std::string key = test::read_data("data/x509/server-ec256-key.pem");
  auto parsed = x509::parse_private_key(wire::as_bytes(key));
  made->key = std::make_shared<const crypto::PrivateKey>(*std::move(parsed));
  return made;
}

}  // namespace glasstls::adversary
