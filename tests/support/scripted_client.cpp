#include "tests/support/scripted_client.h"

#include <stdexcept>
#include <utility>

#include "crypto/signature.h"

namespace glasstls::test {

using handshake::HandshakeType;

namespace {

/// All values of a table of crypto/, in its order, unless others are given.
template <class T, class Table>
std::vector<T> or_all(std::vector<T> given, const Table& table) {
  if (given.empty())
    for (const auto& row : table) given.push_back(row.id);
  return given;
}

}  // namespace

ScriptedClient::ScriptedClient(ClientChoices choices)
    : ScriptedPeer(Side::client, choices.seed), choices_(std::move(choices)) {
  choices_.suites = or_all(std::move(choices_.suites), crypto::all_suites());
  choices_.groups = or_all(std::move(choices_.groups), crypto::all_groups());
  choices_.schemes = or_all(std::move(choices_.schemes), crypto::all_schemes());
}

// --- Receiving

void ScriptedClient::on_message(handshake::RawMessage message) {
  switch (message.type) {
    case HandshakeType::server_hello:
      return on_server_hello(handshake::decode<handshake::ServerHello>(message.bytes));
    case HandshakeType::certificate:
      return on_certificate(handshake::decode<handshake::Certificate>(message.bytes));
    case HandshakeType::certificate_status:
      certificate_status_ = handshake::decode<handshake::CertificateStatus>(message.bytes);
      return;
    case HandshakeType::server_key_exchange:
      return on_server_key_exchange(handshake::decode<handshake::ServerKeyExchange>(message.bytes));
    case HandshakeType::certificate_request:
      certificate_request_ = handshake::decode<handshake::CertificateRequest>(message.bytes);
      return;
    case HandshakeType::new_session_ticket:
      new_session_ticket_ = handshake::decode<handshake::NewSessionTicket>(message.bytes);
      ticket_ = new_session_ticket_->ticket;
      return;
    default: return;
  }
}

void ScriptedClient::on_server_hello(handshake::ServerHello message) {
  server_random_ = message.random;
  extended_master_secret_ = message.find<handshake::ExtendedMasterSecret>() != nullptr;
  set_suite(message.cipher_suite);
  session_id_ = message.session_id;
  server_hello_ = std::move(message);
  if (choices_.session && !session_id_.empty() && session_id_ == offered_session_id_)
    take_up_session();
}

void ScriptedClient::on_change_cipher_spec() {
  if (choices_.session && server_chain_.empty() && !resumed()) take_up_session();
}

void ScriptedClient::take_up_session() {
  if (ticket_.empty()) ticket_ = choices_.session->ticket;
  resume(*choices_.session);
}

void ScriptedClient::on_certificate(const handshake::Certificate& message) {
  for (const handshake::ASN1Cert& certificate : message.certificate_list)
    server_chain_.push_back(x509::Certificate::parse(certificate.der).value());
}

void ScriptedClient::on_server_key_exchange(handshake::ServerKeyExchange message) {
  Bytes content;
  wire::append(content, client_random_);
  wire::append(content, server_random_);
  wire::append(content, message.params_bytes);
  server_signature_is_right_ =
      crypto::verify(*server_chain_.at(0).public_key().key, message.signed_params.algorithm,
                     content, message.signed_params.signature);
  server_key_exchange_ = std::move(message);
}

// --- Steps

void ScriptedClient::add_extensions(handshake::ClientExtensions& extensions) const {
  if (!choices_.server_name.empty())
    extensions.add(handshake::ServerNameList{
        {{handshake::NameType::host_name, wire::copy(wire::as_bytes(choices_.server_name))}}});
  if (choices_.extended_master_secret) extensions.add(handshake::ExtendedMasterSecret{});
  extensions.add(handshake::RenegotiationInfo{});
  extensions.add(handshake::SupportedGroups{choices_.groups});
  extensions.add(handshake::ECPointFormats{{handshake::ECPointFormat::uncompressed}});
  extensions.add(handshake::SignatureAlgorithms{choices_.schemes});
  if (choices_.tickets)
    extensions.add(handshake::SessionTicket{choices_.session ? choices_.session->ticket : Bytes{}});
}

void ScriptedClient::hello(const Change<handshake::ClientHello>& change) {
  handshake::ClientHello message;
  random_.fill(message.random);
  message.cipher_suites = choices_.suites;
  message.compression_methods = {handshake::CompressionMethod::null};
  if (choices_.session) {
    message.session_id = choices_.session->session_id;
    if (choices_.tickets && !choices_.session->ticket.empty()) {
      message.session_id.resize(32);
      random_.fill(message.session_id);
    }
  }
  add_extensions(message.extensions.emplace());
  if (change) change(message);
  client_random_ = message.random;
  offered_session_id_ = message.session_id;
  send<handshake::ClientHello>(std::move(message), {});
}

void ScriptedClient::certificate(const Change<handshake::Certificate>& change) {
  handshake::Certificate message;
  if (choices_.credential)
    for (const x509::Certificate& certificate : choices_.credential->chain)
      message.certificate_list.push_back({wire::copy(certificate.der())});
  send(std::move(message), change);
}

void ScriptedClient::key_exchange(const Change<handshake::ClientKeyExchange>& change) {
  const handshake::ServerECDHParams& params = server_key_exchange().params;
  const auto own = crypto::EphemeralKey::generate(params.namedcurve, random_);
  send(handshake::ClientKeyExchange{{wire::copy(own.public_key())}}, change);
  agree(own, params.public_key.point);
}

void ScriptedClient::certificate_verify(const Change<handshake::CertificateVerify>& change) {
  if (!choices_.credential) throw std::logic_error("the double has nothing to prove");
  send(handshake::CertificateVerify{{choices_.scheme, choices_.credential->key->sign(
                                                          choices_.scheme, transcript(), random_)}},
       change);
}

void ScriptedClient::second_flight() {
  if (!resumed()) {
    if (certificate_request_) certificate();
    key_exchange();
    if (certificate_request_ && choices_.credential) certificate_verify();
  }
  change_cipher_spec();
  finished();
}

Change<handshake::ClientHello> without(handshake::ExtensionType type) {
  return [type](handshake::ClientHello& hello) {
    std::erase_if(hello.extensions->list,
                  [type](const auto& extension) { return extension.type() == type; });
  };
}

}  // namespace glasstls::test
