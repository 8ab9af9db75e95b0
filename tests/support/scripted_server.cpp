#include "tests/support/scripted_server.h"

#include <utility>

#include "crypto/signature.h"
#include "x509/certificate.h"

namespace glasstls::test {

using handshake::ExtensionType;
using handshake::HandshakeType;

ScriptedServer::ScriptedServer(Choices choices)
    : ScriptedPeer(Side::server, choices.seed),
      choices_(std::move(choices)),
      identity_(test::identity(choices_.identity)),
      ephemeral_(crypto::EphemeralKey::generate(choices_.group, random_)) {
  set_suite(choices_.suite);
  session_id_ = choices_.session_id;
}

// --- Receiving

void ScriptedServer::on_message(handshake::RawMessage message) {
  switch (message.type) {
    case HandshakeType::client_hello:
      client_hello_ = handshake::decode<handshake::ClientHello>(message.bytes);
      client_random_ = client_hello_->random;
      return;
    case HandshakeType::certificate:
      client_certificate_ = handshake::decode<handshake::Certificate>(message.bytes);
      return;
    case HandshakeType::client_key_exchange:
      return agree(ephemeral_,
                   handshake::decode<handshake::ClientKeyExchange>(message.bytes).ecdh_Yc.point);
    case HandshakeType::certificate_verify:
      return on_certificate_verify(handshake::decode<handshake::CertificateVerify>(message.bytes));
    default: return;
  }
}

void ScriptedServer::on_certificate_verify(handshake::CertificateVerify message) {
  const auto leaf = x509::Certificate::parse(client_certificate().certificate_list.at(0).der);
  const handshake::DigitallySigned& proof = message.handshake_messages;
  client_signature_is_right_ = leaf && crypto::verify(*leaf->public_key().key, proof.algorithm,
                                                      transcript_before_last(), proof.signature);
  certificate_verify_ = std::move(message);
}

bool ScriptedServer::client_offers(ExtensionType type) const {
  return client_hello().extensions && client_hello().extensions->has(type);
}

// --- Steps

void ScriptedServer::hello(const Change<handshake::ServerHello>& change) {
  handshake::ServerHello message;
  random_.fill(message.random);
  message.session_id = choices_.session_id;
  message.cipher_suite = choices_.suite;
  auto& extensions = message.extensions.emplace();
  if (choices_.extended_master_secret && client_offers(ExtensionType::extended_master_secret))
    extensions.add(handshake::ExtendedMasterSecret{});
  extensions.add(handshake::RenegotiationInfo{});
  if (choices_.ticket && client_offers(ExtensionType::session_ticket))
    extensions.add(handshake::SessionTicketAcknowledged{});
  send_hello(std::move(message), change);
}

void ScriptedServer::resuming_hello(const ScriptedSession& session,
                                    const Change<handshake::ServerHello>& change) {
  handshake::ServerHello message;
  random_.fill(message.random);
  message.session_id = client_hello().session_id;
  message.cipher_suite = session.suite;
  auto& extensions = message.extensions.emplace();
  if (session.extended_master_secret) extensions.add(handshake::ExtendedMasterSecret{});
  extensions.add(handshake::RenegotiationInfo{});
  send_hello(std::move(message), change);
  resume(session);
}

void ScriptedServer::send_hello(handshake::ServerHello message,
                                const Change<handshake::ServerHello>& change) {
  if (change) change(message);
  server_random_ = message.random;
  extended_master_secret_ = message.find<handshake::ExtendedMasterSecret>() != nullptr;
  ticket_promised_ = message.find<handshake::SessionTicketAcknowledged>() != nullptr;
  send<handshake::ServerHello>(std::move(message), {});
}

void ScriptedServer::certificate(const Change<handshake::Certificate>& change) {
  handshake::Certificate message;
  for (const Bytes& der : identity_.chain) message.certificate_list.push_back({der});
  send(std::move(message), change);
}

void ScriptedServer::certificate_status(View response) {
  send<handshake::CertificateStatus>({handshake::CertificateStatusType::ocsp, wire::copy(response)},
                                     {});
}

void ScriptedServer::key_exchange(const Change<handshake::ServerKeyExchange>& before,
                                  const Change<handshake::ServerKeyExchange>& after) {
  handshake::ServerKeyExchange message;
  message.params.namedcurve = choices_.group;
  message.params.public_key.point = wire::copy(ephemeral_.public_key());
  if (before) before(message);

  Bytes content;
  wire::append(content, client_random_);
  wire::append(content, server_random_);
  wire::append(content, wire::encode(message.params));
  message.signed_params.algorithm = choices_.scheme;
  message.signed_params.signature = identity_.key.sign(choices_.scheme, content, random_);
  send(std::move(message), after);
}

void ScriptedServer::certificate_request(const Change<handshake::CertificateRequest>& change) {
  using crypto::SignatureScheme;
  handshake::CertificateRequest message;
  message.certificate_types = {handshake::ClientCertificateType::rsa_sign,
                               handshake::ClientCertificateType::ecdsa_sign};
  message.supported_signature_algorithms = {SignatureScheme::rsa_pss_rsae_sha256,
                                            SignatureScheme::ecdsa_secp256r1_sha256};
  send(std::move(message), change);
}

void ScriptedServer::done() { send<handshake::ServerHelloDone>({}, {}); }

void ScriptedServer::new_session_ticket(const Change<handshake::NewSessionTicket>& change) {
  handshake::NewSessionTicket message{7200, choices_.ticket.value_or(Bytes{})};
  if (change) change(message);
  ticket_ = message.ticket;
  send<handshake::NewSessionTicket>(std::move(message), {});
}

void ScriptedServer::hello_request() {
  record(ContentType::handshake, handshake::encode(handshake::HelloRequest{}));
}

void ScriptedServer::first_flight() {
  hello();
  certificate();
  key_exchange();
  done();
}

void ScriptedServer::second_flight() {
  if (ticket_promised_) new_session_ticket();
  change_cipher_spec();
  finished();
}

}  // namespace glasstls::test
