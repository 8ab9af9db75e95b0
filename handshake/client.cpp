#include "handshake/client.h"

#include <string>
#include <utility>

#include "crypto/constant_time.h"
#include "crypto/signature.h"

namespace glasstls::handshake {

namespace {

ProtocolError malformed_leaf(const x509::Malformed& malformed) {
  ProtocolError error(AlertDescription::decode_error,
                      "certificate 0 is malformed: " + malformed.what, malformed.section);
  error.message = Certificate::spec.name;
  error.field = "ASN.1Cert";
  error.offset = malformed.offset;
  return error;
}

struct Chain {
  std::vector<x509::Certificate> certificates;  // leaf first
  std::vector<x509::Unreadable> unreadable;
};

/// The leaf must parse; another that does not is passed over, as some path may do without it.
/// Offsets count from the message's start.
Chain parse_chain(const Certificate& message) {
  Chain chain;
  std::size_t offset = message_header_length + 3;  // certificate_list's length
  for (const ASN1Cert& certificate : message.certificate_list) {
    offset += 3;  // ASN.1Cert's length
    auto parsed = x509::Certificate::parse(certificate.der, nullptr, offset);
    offset += certificate.der.size();
    if (parsed) {
      chain.certificates.push_back(*std::move(parsed));
    } else if (&certificate == &message.certificate_list.front()) {
      throw malformed_leaf(parsed.error());
    } else {
      const auto position =
          static_cast<std::size_t>(&certificate - message.certificate_list.data());
      chain.unreadable.push_back({position, parsed.error()});
    }
  }
  return chain;
}

}  // namespace

WaitServerHello ClientFlow::start() {
  Random random{};
  policy_.random->fill(random);
  Offer offer = policy_.offer;
  offer.server_name = name_ ? name_->sni().value_or("") : "";
  ClientHello hello = make_client_hello(offer, random);
  exchange_.send(hello);
  return {std::move(hello)};
}

// 7.4.1.3: everything the server chose must have been offered.
WaitCertificate ClientFlow::on(WaitServerHello state, const ServerHello& message) {
  Hello hello =
      accept_server_hello(std::move(state.offer), message, policy_.require_extended_master_secret);
  exchange_.channel().version_negotiated();
  exchange_.transcript().set_hash(hello.suite->prf_hash);
  return {std::move(hello)};
}

// 7.4.2: the chain must lead to one of our roots, the leaf must be the server we meant and fit the
// suite.
WaitServerKeyExchange ClientFlow::on(WaitCertificate state, const Certificate& message) {
  require(!message.certificate_list.empty(), AlertDescription::decode_error,
          "the server sent no certificate", "RFC 5246, 7.4.2", "certificate_list");
  Chain chain = parse_chain(message);
  Peer peer{std::move(state.hello), std::move(chain.certificates), std::nullopt};
  if (policy_.verify_certificate) {
    x509::VerifyRequest request;
    request.chain = peer.chain;
    request.unreadable = chain.unreadable;
    request.roots = policy_.roots.get();
    request.name = name_;
    request.at = policy_.now();
    request.profile = policy_.certificate_profile;
    request.crls = policy_.crls;
    request.require_crl = policy_.require_crl;
    peer.verdict = x509::verify(request);
    if (!peer.verdict->trusted) throw CertificateRefused(*std::move(peer.verdict));
  }
  check_leaf(peer.hello, peer.chain.front());
  return {std::move(peer)};
}

// RFC 8422, 5.4: the owner of the certificate signed both randoms and its ephemeral public key. We
// answer with a key of our own at once, so that a bad point is refused in the message that brought
// it.
WaitCertificateRequestOrDone ClientFlow::on(WaitServerKeyExchange state,
                                            const ServerKeyExchange& message) {
  const crypto::PublicKey& leaf_key = *state.peer.chain.front().public_key().key;
  check_server_key_exchange(state.peer.hello, leaf_key, message);
  require(
      crypto::verify(leaf_key, message.signed_params.algorithm,
                     signed_content(state.peer.hello, message), message.signed_params.signature),
      AlertDescription::decrypt_error, "the signature over the server's parameters is wrong",
      "RFC 8422, 5.4", "signature");

  const auto own = crypto::EphemeralKey::generate(message.params.namedcurve, *policy_.random);
  Share share;
  share.group = message.params.namedcurve;
  share.signature_scheme = message.signed_params.algorithm;
  share.ecdh_Yc = wire::copy(own.public_key());
  share.premaster_secret =
      key_schedule(state.peer.hello).agree(own, message.params.public_key.point);
  return {std::move(state.peer), std::move(share)};
}

// 7.4.6: a client without a suitable certificate answers with an empty Certificate.
WaitServerHelloDone ClientFlow::on(WaitCertificateRequestOrDone state, const CertificateRequest&) {
  return {std::move(state.peer), std::move(state.share)};
}

WaitChangeCipherSpec ClientFlow::on(WaitCertificateRequestOrDone state, const ServerHelloDone&) {
  return send_second_flight(std::move(state.peer), std::move(state.share));
}

WaitChangeCipherSpec ClientFlow::on(WaitServerHelloDone state, const ServerHelloDone&) {
  exchange_.send(Certificate{});
  return send_second_flight(std::move(state.peer), std::move(state.share));
}

KeySchedule ClientFlow::key_schedule(const Hello& hello) const {
  return KeySchedule(*hello.suite, hello.offer.random, hello.answer.random, exchange_.observer());
}

crypto::MasterSecret ClientFlow::derive_master_secret(const Hello& hello,
                                                      const KeySchedule& schedule,
                                                      const crypto::PremasterSecret& premaster) {
  if (!hello.extended_master_secret) return schedule.derive_master_secret(premaster);
  return schedule.derive_extended_master_secret(premaster, exchange_.transcript().hash());
}

// ClientKeyExchange, ChangeCipherSpec, Finished. RFC 7627, 4: the session_hash covers all messages
// up to and including ClientKeyExchange.
WaitChangeCipherSpec ClientFlow::send_second_flight(Peer peer, Share share) {
  exchange_.send(ClientKeyExchange{{std::move(share.ecdh_Yc)}});

  const KeySchedule schedule = key_schedule(peer.hello);
  Keys keys;
  keys.master_secret = derive_master_secret(peer.hello, schedule, share.premaster_secret);
  const ConnectionKeys traffic = schedule.derive_keys(keys.master_secret);
  exchange_.channel().set_pending(traffic.client_write, traffic.server_write);
  exchange_.transcript().stop_keeping();  // we send no CertificateVerify

  exchange_.send_change_cipher_spec();
  exchange_.send(Finished{schedule.derive_verify_data(client_finished, keys.master_secret,
                                                      exchange_.transcript().hash())});

  keys.group = share.group;
  keys.signature_scheme = share.signature_scheme;
  keys.peer = std::move(peer);
  return {std::move(keys)};
}

WaitFinished ClientFlow::on(WaitChangeCipherSpec state, const ChangeCipherSpec&) {
  return {std::move(state.keys)};
}

// 7.4.9: the server's verify_data covers everything before it, our Finished included.
Established ClientFlow::on(WaitFinished state, const Finished& message) {
  const VerifyData expected = key_schedule(state.keys.peer.hello)
                                  .derive_verify_data(server_finished, state.keys.master_secret,
                                                      exchange_.transcript().hash_before_last());
  require(crypto::equal(message.verify_data, expected), AlertDescription::decrypt_error,
          "the server's verify_data is wrong: it saw another handshake, or has another secret",
          "RFC 5246, 7.4.9", "verify_data");
  state.keys.master_secret = crypto::MasterSecret();  // wiped: nothing more derives from it
  return {std::move(state.keys)};
}

void Client::start() { state_ = flow_.start(); }

void Client::receive(RawMessage message) { state_ = advance(flow_, std::move(state_), message); }

void Client::receive(const ChangeCipherSpec& message) {
  state_ = advance(flow_, std::move(state_), message);
}

Agreement Client::agreement() const {
  const Keys& keys = std::get<Established>(state_).keys;
  const Hello& hello = keys.peer.hello;
  Agreement agreement;
  agreement.cipher_suite = hello.suite->id;
  agreement.group = keys.group;
  agreement.signature_scheme = keys.signature_scheme;
  agreement.extended_master_secret = hello.extended_master_secret;
  agreement.secure_renegotiation = hello.secure_renegotiation;
  agreement.sentinel = hello.sentinel;
  agreement.peer_chain = keys.peer.chain;
  agreement.verdict = keys.peer.verdict;
  return agreement;
}

}  // namespace glasstls::handshake
