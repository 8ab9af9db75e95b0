#include "handshake/client.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "crypto/signature.h"
#include "handshake/client_sessions.h"
#include "handshake/exporter.h"

namespace glasstls::handshake {

using client::Established;
using client::Peer;
using client::Share;
using client::WaitCertificate;
using client::WaitCertificateRequestOrDone;
using client::WaitCertificateStatusOrKeyExchange;
using client::WaitChangeCipherSpec;
using client::WaitFinished;
using client::WaitNewSessionTicket;
using client::WaitResumedChangeCipherSpec;
using client::WaitResumedFinished;
using client::WaitResumedNewSessionTicket;
using client::WaitServerHello;
using client::WaitServerHelloDone;
using client::WaitServerKeyExchange;
using client::WaitSignature;
using crypto::RandomPurpose;

WaitServerHello ClientFlow::start() {
  Random random{};
  Random session_id{};  // as long as one, too
  policy_.random->stream(RandomPurpose::hello_random).fill(random);
  OfferedSession offered = session_to_offer(policy_, name_);
  session_ = std::move(offered.session);
  if (session_) policy_.random->stream(RandomPurpose::session_id).fill(session_id);

  Offer offer = policy_.offer;
  offer.server_name = name_ ? name_->sni().value_or("") : "";
  offer.session = session_;
  ClientHello hello = make_client_hello(offer, random, session_id);
  exchange().send(hello);
  return {std::move(hello), std::move(offered.remark)};
}

// 7.4.1.3: everything the server chose must have been offered.
OneOf<WaitCertificate, WaitResumedNewSessionTicket, WaitResumedChangeCipherSpec> ClientFlow::on(
    WaitServerHello state, const ServerHello& message) {
  Hello hello =
      accept_server_hello(std::move(state.offer), message, policy_.require_extended_master_secret);
  hello.session_remark = std::move(state.remark);
  const bool resumed = resumes(hello, session_.get());
  exchange().channel().version_negotiated();
  const bool limited = hello.peer_record_size_limit != 0;  // else the server does not know of ours
  exchange().channel().limit_records(hello.peer_record_size_limit,
                                     limited ? policy_.offer.record_size_limit : std::uint16_t{0});
  exchange().transcript().set_hash(hello.suite->prf_hash);
  if (!resumed) return WaitCertificate{std::move(hello), session_ != nullptr};

  const bool ticket_follows = hello.ticket_follows;
  Boxed<Keys> keys(Keys{.hello = std::move(hello), .resumed = session_});
  resume_keys(*keys);
  exchange().transcript().stop_keeping();
  if (ticket_follows) return WaitResumedNewSessionTicket{std::move(keys)};
  return WaitResumedChangeCipherSpec{std::move(keys), {}};
}

// 7.4.2: the chain must lead to one of our roots, the leaf must be the server we meant and fit the
// suite.
OneOf<WaitCertificateStatusOrKeyExchange, WaitServerKeyExchange> ClientFlow::on(
    WaitCertificate state, const Certificate& message) {
  require(!message.certificate_list.empty(), AlertDescription::decode_error,
          "the server sent no certificate", "RFC 5246, 7.4.2", "certificate_list");
  Peer peer{std::move(state.hello),
            judge(message, policy_.verification, x509::Purpose::server, name_),
            {}};
  check_leaf(*peer.hello, peer.chain.certificates.front());
  if (peer.hello->status_may_follow) return WaitCertificateStatusOrKeyExchange{std::move(peer)};
  return WaitServerKeyExchange{std::move(peer)};
}

WaitServerKeyExchange ClientFlow::on(WaitCertificateStatusOrKeyExchange state,
                                     const CertificateStatus& message) {
  require(message.status_type == CertificateStatusType::ocsp, AlertDescription::illegal_parameter,
          "the status is of a type that was not asked for", "RFC 6066, 8", "status_type");
  state.peer.ocsp_response = message.response;
  return {std::move(state.peer)};
}

WaitCertificateRequestOrDone ClientFlow::on(WaitCertificateStatusOrKeyExchange state,
                                            const ServerKeyExchange& message) {
  return take_share(std::move(state.peer), message);
}

WaitCertificateRequestOrDone ClientFlow::on(WaitServerKeyExchange state,
                                            const ServerKeyExchange& message) {
  return take_share(std::move(state.peer), message);
}

// RFC 8422, 5.4: the owner of the certificate signed both randoms and its ephemeral public key. We
// answer with a key of our own at once, so that a bad point is refused in the message that brought
// it.
WaitCertificateRequestOrDone ClientFlow::take_share(Peer peer, const ServerKeyExchange& message) {
  const crypto::PublicKey& leaf_key = *peer.chain.certificates.front().public_key().key;
  check_server_key_exchange(*peer.hello, leaf_key, message);
  require(crypto::verify(leaf_key, message.signed_params.algorithm,
                         signed_content(*peer.hello, message), message.signed_params.signature),
          AlertDescription::decrypt_error, "the signature over the server's parameters is wrong",
          "RFC 8422, 5.4", "signature");

  const auto own = crypto::EphemeralKey::generate(
      message.params.namedcurve, policy_.random->stream(RandomPurpose::ephemeral_key));
  Share share;
  share.group = message.params.namedcurve;
  share.signature_scheme = message.signed_params.algorithm;
  share.ecdh_Yc = wire::copy(own.public_key());
  share.premaster_secret = key_schedule(*peer.hello).agree(own, message.params.public_key.point);
  return {std::move(peer), std::move(share)};
}

void ClientFlow::insist_on(ClientAnswer& answer) const {
  if (answer.credential || policy_.credentials.empty()) return;
  ProtocolError error(AlertDescription::handshake_failure,
                      "the server asks for a certificate, and for none of ours", "RFC 5246, 7.4.4");
  error.eliminations = std::move(answer.eliminations);
  throw error;
}

WaitServerHelloDone ClientFlow::on(WaitCertificateRequestOrDone state,
                                   const CertificateRequest& message) {
  ClientAnswer answer = answer_to(message, policy_.credentials, policy_.signing_schemes);
  if (policy_.insist_on_credentials) insist_on(answer);
  state.peer.hello->eliminations = std::move(answer.eliminations);
  return {std::move(state.peer), std::move(state.share), std::move(answer)};
}

OneOf<WaitNewSessionTicket, WaitChangeCipherSpec> ClientFlow::on(WaitCertificateRequestOrDone state,
                                                                 const ServerHelloDone&) {
  return finish_second_flight(send_key_exchange(std::move(state.peer), std::move(state.share)));
}

// 7.4.6: a client without a suitable certificate answers with an empty Certificate. 7.4.8: one that
// sends a certificate signs all messages so far.
OneOf<WaitSignature, WaitNewSessionTicket, WaitChangeCipherSpec> ClientFlow::on(
    WaitServerHelloDone state, const ServerHelloDone&) {
  Certificate certificate;
  if (state.answer.credential)
    for (const x509::Certificate& one : state.answer.credential->chain)
      certificate.certificate_list.push_back({wire::copy(one.der())});
  exchange().send(certificate);
  Boxed<Keys> keys = send_key_exchange(std::move(state.peer), std::move(state.share));
  keys->client_certificate_requested = true;
  if (!state.answer.credential)
    return detail::widen<OneOf<WaitSignature, WaitNewSessionTicket, WaitChangeCipherSpec>>(
        finish_second_flight(std::move(keys)));

  keys->client_signature_scheme = state.answer.scheme;
  SignatureRequest request;
  request.id = 1;
  request.scheme = state.answer.scheme;
  request.content = wire::copy(exchange().transcript().kept());
  request.credential = std::move(state.answer.credential);
  return WaitSignature{std::move(keys), std::move(request)};
}

OneOf<WaitNewSessionTicket, WaitChangeCipherSpec> ClientFlow::on(WaitSignature state,
                                                                 const Signature& answer) {
  check_signature(state.request, answer);
  exchange().send(CertificateVerify{{state.request.scheme, answer.bytes}});
  return finish_second_flight(std::move(state.keys));
}

// RFC 7627, 4: the session_hash covers all messages up to and including ClientKeyExchange.
Boxed<Keys> ClientFlow::send_key_exchange(Peer peer, Share share) {
  exchange().send(ClientKeyExchange{{std::move(share.ecdh_Yc)}});
  Keys keys{std::move(peer.hello)};
  keys.group = share.group;
  keys.signature_scheme = share.signature_scheme;
  keys.server_end_point = server_end_point_of(peer.chain.certificates.front());
  keys.peer = std::move(peer.chain);
  keys.ocsp_response = std::move(peer.ocsp_response);
  if (const auto* timestamps = keys.hello->answer.find<SignedCertificateTimestamps>())
    keys.signed_certificate_timestamps = timestamps->list;
  derive_keys(keys, share.premaster_secret);
  return keys;
}

OneOf<WaitNewSessionTicket, WaitChangeCipherSpec> ClientFlow::finish_second_flight(
    Boxed<Keys> keys) {
  exchange().transcript().stop_keeping();
  send_finished(*keys);
  if (keys->hello->ticket_follows) return WaitNewSessionTicket{std::move(keys)};
  return WaitChangeCipherSpec{std::move(keys), {}};
}

// RFC 5077, 3.3: comes if and only if the ServerHello said so, even an empty one.
WaitChangeCipherSpec ClientFlow::on(WaitNewSessionTicket state, const NewSessionTicket& message) {
  return {std::move(state.keys), message};
}

WaitFinished ClientFlow::on(WaitChangeCipherSpec state, const ChangeCipherSpec&) {
  return {std::move(state.keys), std::move(state.ticket)};
}

// 7.4.9: the server's verify_data covers everything before it, our Finished included.
Established ClientFlow::on(WaitFinished state, const Finished& message) {
  check_finished(*state.keys, message);
  return establish(std::move(state.keys), std::move(state.ticket));
}

WaitResumedChangeCipherSpec ClientFlow::on(WaitResumedNewSessionTicket state,
                                           const NewSessionTicket& message) {
  return {std::move(state.keys), message};
}

WaitResumedFinished ClientFlow::on(WaitResumedChangeCipherSpec state, const ChangeCipherSpec&) {
  return {std::move(state.keys), std::move(state.ticket)};
}

Established ClientFlow::on(WaitResumedFinished state, const Finished& message) {
  check_finished(*state.keys, message);
  send_finished(*state.keys);
  return establish(std::move(state.keys), std::move(state.ticket));
}

Established ClientFlow::establish(Boxed<Keys> keys, NewSessionTicket ticket) {
  const bool ticket_issued = !ticket.ticket.empty();
  const bool stored = keep_session(*keys, std::move(ticket));
  Established established;
  established.agreement = make_agreement(*keys);
  established.agreement.ticket_issued = ticket_issued;
  established.agreement.session_offered = !keys->hello->offer.session_id.empty();
  if (keys->resumed)
    established.agreement.resumed =
        keys->resumed->ticket.empty() ? Resumption::session_id : Resumption::ticket;
  established.agreement.session_stored = stored;
  established.exporting = make_exporting(*keys);
  return established;
}

/// Whether the store has a session of this handshake now: a new one, or, after a resumption that
/// brought no new ticket, still the old one.
bool ClientFlow::keep_session(const Keys& keys, NewSessionTicket ticket) {
  if (!policy_.sessions) return false;
  if (keys.resumed && ticket.ticket.empty()) return true;
  const Bytes& session_id = keys.hello->answer.session_id;
  if (ticket.ticket.empty() && session_id.empty()) {
    forget_session();  // one was offered, perhaps, and is not known to the server
    return false;
  }
  const x509::Time now = policy_.verification.now();
  Session session = make_session(keys, name_ ? name_->text() : "", policy_.session_context, now);
  const x509::Time longest = expiry(session.established, now, ticket.ticket_lifetime_hint);
  session.expires = keys.resumed ? std::min(session.expires, longest) : longest;
  session.ticket = std::move(ticket.ticket);
  if (session.ticket.empty()) session.session_id = session_id;
  session_ = std::make_shared<const Session>(std::move(session));
  keep(policy_, session_);
  return true;
}

void ClientFlow::forget_session() {
  if (session_) drop_session(policy_, *session_);
  session_.reset();
}

// --- Client

void Client::start() { state_ = flow_.start(); }

void Client::receive(RawMessage message) { state_ = advance(flow_, std::move(state_), message); }

void Client::receive(const ChangeCipherSpec& message) {
  state_ = advance(flow_, std::move(state_), message);
}

void Client::receive(const Signature& answer) {
  state_ = advance(flow_, std::move(state_), answer);
}

const SignatureRequest* Client::signature_request() const {
  return handshake::signature_request(state_);
}

// RFC 7918: our Finished is sent, and all suites that we speak are strong enough.
bool Client::may_send_early() const {
  return flow_.allows_false_start() && (std::holds_alternative<WaitNewSessionTicket>(state_) ||
                                        std::holds_alternative<WaitChangeCipherSpec>(state_) ||
                                        std::holds_alternative<WaitFinished>(state_));
}

Agreement Client::take_agreement() {
  return std::exchange(std::get<Established>(state_).agreement, {});
}

const Exporting& Client::exporting() const { return std::get<Established>(state_).exporting; }

}  // namespace glasstls::handshake
