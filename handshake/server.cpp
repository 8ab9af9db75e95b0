#include "handshake/server.h"

#include <algorithm>
#include <utility>

#include "crypto/signature.h"
#include "handshake/exporter.h"
#include "handshake/listed.h"

namespace glasstls::handshake {

using crypto::RandomPurpose;
using server::Established;
using server::WaitCertificateVerify;
using server::WaitChangeCipherSpec;
using server::WaitClientCertificate;
using server::WaitClientHello;
using server::WaitClientKeyExchange;
using server::WaitFinished;
using server::WaitResumedChangeCipherSpec;
using server::WaitResumedFinished;
using server::WaitSignature;

namespace {

/// A client's leaf that can prove anything to us: 7.4.6 and RFC 8422, 5.5.
void check_client_leaf(const x509::Certificate& leaf, const CertificateRequest& request,
                       const ServerPolicy& policy) {
  const x509::SubjectPublicKey& subject = leaf.public_key();
  if (!subject.key)
    throw ProtocolError(AlertDescription::unsupported_certificate,
                        "the client's key (" + subject.name + ") cannot be used: " + subject.reason,
                        "RFC 5246, 7.4.6");
  require(contains(request.certificate_types, type_for(subject.key->type())),
          AlertDescription::unsupported_certificate,
          "the client's certificate is of a type that was not asked for", "RFC 5246, 7.4.6",
          "certificate_list");
  const auto group = subject.key->group();
  require(!group || contains(policy.groups, *group), AlertDescription::illegal_parameter,
          "the client's key is on a curve that our settings leave out", "RFC 8422, 5.5",
          "certificate_list");
  const auto& usage = leaf.extensions().key_usage;
  require(!usage || usage->has(x509::KeyUsageBit::digitalSignature),
          AlertDescription::unsupported_certificate,
          "the keyUsage of the client's certificate does not allow signatures", "RFC 5246, 7.4.6",
          "certificate_list");
}

/// What nobody asks for any more: a hostile list would lie in memory as long as the handshake.
void forget_lists(ClientHello& offer) {
  offer.cipher_suites = {};
  offer.extensions.reset();
}

}  // namespace

// 7.4.1.2 and 7.4.1.3.
OneOf<WaitSignature, WaitResumedChangeCipherSpec> ServerFlow::on(WaitClientHello,
                                                                 const ClientHello& message) {
  check_client_hello(message, policy_);
  exchange().channel().version_negotiated();
  const std::string server_name = requested_server_name(message);
  Found found = find_session(message, server_name);
  Hello hello = begin_hello(message, server_name);
  if (found.session) return resume(std::move(hello), std::move(found));
  hello.session_remark = std::move(found.remark);
  return start_full(std::move(hello));
}

/// A ticket goes before a session ID, which is a fresh one then (RFC 5077, 3.4).
ServerFlow::Found ServerFlow::find_session(const ClientHello& message,
                                           const std::string& server_name) const {
  Found found;
  const auto* ticket = message.find<SessionTicket>();
  if (policy_.ticket_keys && ticket != nullptr && !ticket->ticket.empty()) {
    auto opened = policy_.ticket_keys->open(ticket->ticket, now());
    if (!opened) {
      found.remark = "the ticket is none of ours, or its key is gone";
      return found;
    }
    found.session = std::make_shared<const Session>(std::move(opened->session));
    found.how = Resumption::ticket;
    found.renew_ticket = opened->renew;
  } else if (policy_.sessions && !message.session_id.empty()) {
    found.session = policy_.sessions->find(message.session_id);
    found.how = Resumption::session_id;
    if (!found.session) found.remark = "the session_id is not known";
  }
  if (!found.session) return found;
  Acceptance acceptance = accepts(*found.session, message, policy_, server_name, now());
  if (!acceptance.accepted) {
    found.session.reset();
    found.remark = std::move(acceptance.reason);
  }
  return found;
}

/// What does not depend on whether a session is resumed. Extensions answer the client's, and only
/// those (7.4.1.4).
Hello ServerFlow::begin_hello(const ClientHello& message, std::string server_name) const {
  Hello hello;
  hello.offer = message;
  hello.server_name = std::move(server_name);
  hello.secure_renegotiation = offers_secure_renegotiation(message);
  hello.extended_master_secret =
      policy_.support_extended_master_secret && message.find<ExtendedMasterSecret>() != nullptr;
  hello.application_protocol = choose_application_protocol(message, policy_.application_protocols);
  if (const auto* limit = message.find<RecordSizeLimit>())
    hello.peer_record_size_limit = limit->record_size_limit;
  policy_.random->stream(RandomPurpose::hello_random).fill(hello.answer.random);

  ServerExtensions extensions;
  if (hello.secure_renegotiation) extensions.add(RenegotiationInfo{});
  if (hello.extended_master_secret) extensions.add(ExtendedMasterSecret{});
  if (message.find<ECPointFormats>() != nullptr)
    extensions.add(ECPointFormats{{ECPointFormat::uncompressed}});
  if (hello.peer_record_size_limit != 0) extensions.add(RecordSizeLimit{policy_.record_size_limit});
  if (!hello.application_protocol.empty())
    extensions.add(ProtocolNameList{{{wire::copy(wire::as_bytes(hello.application_protocol))}}});
  hello.answer.extensions = std::move(extensions);
  return hello;
}

void ServerFlow::send_hello(Hello& hello) {
  hello.answer.cipher_suite = hello.suite->id;
  if (hello.ticket_follows) hello.answer.extensions->add(SessionTicketAcknowledged{});
  if (hello.answer.extensions->list.empty()) hello.answer.extensions.reset();
  exchange().send(hello.answer);
  exchange().transcript().set_hash(hello.suite->prf_hash);
  const bool limited = hello.peer_record_size_limit != 0;
  exchange().channel().limit_records(hello.peer_record_size_limit,
                                     limited ? policy_.record_size_limit : std::uint16_t{0});
}

// --- A session is resumed: figure 2.

WaitResumedChangeCipherSpec ServerFlow::resume(Hello hello, Found found) {
  resumed_ = found.how;
  if (found.how == Resumption::session_id) session_id_ = hello.offer.session_id;
  hello.suite = crypto::find(found.session->cipher_suite);
  hello.answer.session_id = hello.offer.session_id;
  hello.ticket_follows = found.renew_ticket;
  send_hello(hello);
  forget_lists(hello.offer);
  exchange().transcript().stop_keeping();

  Boxed<Keys> keys(Keys{.hello = std::move(hello), .resumed = std::move(found.session)});
  resume_keys(*keys);
  if (keys->hello->ticket_follows) send_ticket(*keys);
  send_finished(*keys);
  return {std::move(keys)};
}

WaitResumedFinished ServerFlow::on(WaitResumedChangeCipherSpec state, const ChangeCipherSpec&) {
  return {std::move(state.keys)};
}

Established ServerFlow::on(WaitResumedFinished state, const Finished& message) {
  check_finished(*state.keys, message);
  return establish(std::move(state.keys));
}

// --- A full handshake: figure 1.

WaitSignature ServerFlow::start_full(Hello hello) {
  Choice choice = choose(hello.offer, policy_, *policy_.credentials->get(), hello.server_name);
  const Credential& credential = *choice.credential;
  hello.suite = choice.suite;
  hello.eliminations = std::move(choice.eliminations);
  hello.ticket_follows = policy_.ticket_keys && hello.offer.find<SessionTicket>() != nullptr;
  if (!hello.ticket_follows && policy_.sessions) {  // with a ticket an ID would be of no use
    session_id_.resize(32);
    policy_.random->stream(RandomPurpose::session_id).fill(session_id_);
    hello.answer.session_id = session_id_;
  }
  if (choice.server_name_used) hello.answer.extensions->add(ServerNameAcknowledged{});
  const auto* status = hello.offer.find<CertificateStatusRequest>();
  hello.status_may_follow = status != nullptr &&
                            status->status_type == CertificateStatusType::ocsp &&
                            !credential.ocsp_response.empty();
  if (hello.status_may_follow) hello.answer.extensions->add(StatusRequestAcknowledged{});
  if (hello.offer.find<SignedCertificateTimestampRequest>() != nullptr &&
      !credential.signed_certificate_timestamps.empty())
    hello.answer.extensions->add(
        SignedCertificateTimestamps{credential.signed_certificate_timestamps});
  send_hello(hello);
  forget_lists(hello.offer);
  if (policy_.client_authentication == ClientAuthentication::none)
    exchange().transcript().stop_keeping();  // no CertificateVerify will come
  send_certificate(hello, credential);

  auto own = crypto::EphemeralKey::generate(choice.group,
                                            policy_.random->stream(RandomPurpose::ephemeral_key));
  ServerKeyExchange message;
  message.params.namedcurve = choice.group;
  message.params.public_key.point = wire::copy(own.public_key());
  message.params_bytes = wire::encode(message.params);
  message.signed_params.algorithm = choice.scheme;
  SignatureRequest request;
  request.id = 1;
  request.scheme = choice.scheme;
  request.content = signed_content(hello, message);
  Keys keys{std::move(hello)};
  keys.group = choice.group;
  keys.signature_scheme = choice.scheme;
  keys.server_end_point = server_end_point_of(credential.leaf());
  request.credential = std::move(choice.credential);
  return {{std::move(keys), std::move(own)}, std::move(message), std::move(request)};
}

void ServerFlow::send_certificate(const Hello& hello, const Credential& credential) {
  Certificate certificate;
  for (const x509::Certificate& one : credential.chain)
    certificate.certificate_list.push_back({wire::copy(one.der())});
  exchange().send(certificate);
  if (hello.status_may_follow)
    exchange().send(CertificateStatus{CertificateStatusType::ocsp, credential.ocsp_response});
}

// 7.4.3 to 7.4.5. RFC 8422, 5.4: the signature covers both randoms and our ephemeral public key.
OneOf<WaitClientCertificate, WaitClientKeyExchange> ServerFlow::on(WaitSignature state,
                                                                   const Signature& answer) {
  check_signature(state.request, answer);
  state.message.signed_params.signature = answer.bytes;
  exchange().send(state.message);
  const bool asks = policy_.client_authentication != ClientAuthentication::none;
  if (asks) exchange().send(make_certificate_request());
  exchange().send(ServerHelloDone{});
  state.share.keys->client_certificate_requested = asks;
  if (asks) return WaitClientCertificate{std::move(state.share)};
  return WaitClientKeyExchange{std::move(state.share)};
}

// 7.4.4: what we can verify.
CertificateRequest ServerFlow::make_certificate_request() const {
  CertificateRequest request;
  request.supported_signature_algorithms = policy_.signature_schemes;
  const auto& schemes = policy_.signature_schemes;
  for (const auto type : {ClientCertificateType::rsa_sign, ClientCertificateType::ecdsa_sign})
    if (std::any_of(schemes.begin(), schemes.end(), [type](crypto::SignatureScheme scheme) {
          return type_for(crypto::find(scheme)->key_type) == type;
        }))
      request.certificate_types.push_back(type);
  for (const Bytes& name : policy_.certificate_authorities)
    request.certificate_authorities.push_back({name});
  return request;
}

// 7.4.6.
WaitClientKeyExchange ServerFlow::on(WaitClientCertificate state, const Certificate& message) {
  if (message.certificate_list.empty()) {
    require(policy_.client_authentication != ClientAuthentication::required,
            AlertDescription::handshake_failure,
            "the client has no certificate, and our settings require one", "RFC 5246, 7.4.6",
            "certificate_list");
    return {std::move(state.share)};
  }
  JudgedChain& peer = state.share.keys->peer;
  peer = judge(message, policy_.verification, x509::Purpose::client, std::nullopt);
  check_client_leaf(peer.certificates.front(), make_certificate_request(), policy_);
  return {std::move(state.share)};
}

// 7.4.7; RFC 8422, 5.7.
OneOf<WaitCertificateVerify, WaitChangeCipherSpec> ServerFlow::on(
    WaitClientKeyExchange state, const ClientKeyExchange& message) {
  Boxed<Keys> keys = std::move(state.share.keys);
  derive_keys(*keys, key_schedule(*keys->hello).agree(*state.share.own, message.ecdh_Yc.point));
  if (!keys->peer.certificates.empty()) return WaitCertificateVerify{std::move(keys)};
  exchange().transcript().stop_keeping();
  return WaitChangeCipherSpec{std::move(keys)};
}

// 7.4.8: the owner of the certificate signed all messages before this one.
WaitChangeCipherSpec ServerFlow::on(WaitCertificateVerify state, const CertificateVerify& message) {
  const DigitallySigned& signed_messages = message.handshake_messages;
  const crypto::PublicKey& key = *state.keys->peer.certificates.front().public_key().key;
  require(contains(policy_.signature_schemes, signed_messages.algorithm),
          AlertDescription::illegal_parameter,
          "the client signed with a scheme that was not offered", "RFC 5246, 7.4.8", "algorithm");
  require(crypto::find(signed_messages.algorithm)->key_type == key.type(),
          AlertDescription::illegal_parameter, "the signature scheme does not fit the client's key",
          "RFC 5246, 7.4.8", "algorithm");
  require(crypto::verify(key, signed_messages.algorithm, exchange().transcript().kept_before_last(),
                         signed_messages.signature),
          AlertDescription::decrypt_error, "the client's signature over the handshake is wrong",
          "RFC 5246, 7.4.8", "signature");
  exchange().transcript().stop_keeping();
  state.keys->client_signature_scheme = signed_messages.algorithm;
  return {std::move(state.keys)};
}

WaitFinished ServerFlow::on(WaitChangeCipherSpec state, const ChangeCipherSpec&) {
  return {std::move(state.keys)};
}

// 7.4.9: the client's verify_data covers everything before it.
Established ServerFlow::on(WaitFinished state, const Finished& message) {
  check_finished(*state.keys, message);
  if (state.keys->hello->ticket_follows) send_ticket(*state.keys);
  send_finished(*state.keys);
  return establish(std::move(state.keys));
}

// --- Sessions

/// RFC 5077, 3.3: having said that it comes, we send an empty one where the session is too large.
void ServerFlow::send_ticket(const Keys& keys) {
  Session session = make_session(keys, keys.hello->server_name, policy_.session_context, now());
  if (!keys.resumed) session.expires.seconds += policy_.session_lifetime.count();
  NewSessionTicket message;
  message.ticket = policy_.ticket_keys->seal(session, now(), *policy_.random);
  if (!message.ticket.empty()) {
    const std::int64_t left = session.expires.seconds - now().seconds;
    message.ticket_lifetime_hint = static_cast<std::uint32_t>(std::max<std::int64_t>(left, 1));
  }
  ticket_sent_ = !message.ticket.empty();
  exchange().send(message);
}

Established ServerFlow::establish(Boxed<Keys> keys) {
  if (!keys->resumed && !session_id_.empty()) {
    Session session = make_session(*keys, keys->hello->server_name, policy_.session_context, now());
    session.expires.seconds += policy_.session_lifetime.count();
    session.session_id = session_id_;
    policy_.sessions->put(session_id_, std::make_shared<const Session>(std::move(session)));
  }
  Established established;
  established.agreement = make_agreement(*keys);
  established.agreement.resumed = resumed_;
  established.agreement.ticket_issued = ticket_sent_;
  established.agreement.session_stored = ticket_sent_ || keys->resumed || !session_id_.empty();
  established.exporting = make_exporting(*keys);
  return established;
}

void ServerFlow::forget_session() {
  if (policy_.sessions && !session_id_.empty()) policy_.sessions->remove(session_id_);
}

// --- Server

void Server::receive(RawMessage message) { state_ = advance(flow_, std::move(state_), message); }

void Server::receive(const ChangeCipherSpec& message) {
  state_ = advance(flow_, std::move(state_), message);
}

void Server::receive(const Signature& answer) {
  state_ = advance(flow_, std::move(state_), answer);
}

const SignatureRequest* Server::signature_request() const {
  return handshake::signature_request(state_);
}

Agreement Server::take_agreement() {
  return std::exchange(std::get<Established>(state_).agreement, {});
}

const Exporting& Server::exporting() const { return std::get<Established>(state_).exporting; }

}  // namespace glasstls::handshake
