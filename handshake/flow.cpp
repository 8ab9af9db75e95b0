#include "handshake/flow.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "crypto/constant_time.h"
#include "crypto/signature.h"

namespace glasstls::handshake {

KeySchedule Flow::key_schedule(const Hello& hello) const {
  return KeySchedule(*hello.suite, hello.offer.random, hello.answer.random, exchange_.observer());
}

void Flow::derive_keys(Keys& keys, const crypto::PremasterSecret& premaster) {
  const KeySchedule schedule = key_schedule(*keys.hello);
  keys.master_secret =
      keys.hello->extended_master_secret
          ? schedule.derive_extended_master_secret(premaster, exchange_.transcript().hash())
          : schedule.derive_master_secret(premaster);
  set_pending(keys);
}

void Flow::resume_keys(Keys& keys) {
  keys.master_secret = crypto::MasterSecret::copy_of(keys.resumed->master_secret.reveal());
  key_schedule(*keys.hello).tell_resumed(keys.master_secret);
  set_pending(keys);
}

void Flow::set_pending(const Keys& keys) {
  const ConnectionKeys traffic = key_schedule(*keys.hello).derive_keys(keys.master_secret);
  if (side_ == Side::client)
    exchange_.channel().set_pending(traffic.client_write, traffic.server_write);
  else
    exchange_.channel().set_pending(traffic.server_write, traffic.client_write);
}

void Flow::send_finished(Keys& keys) {
  exchange_.send_change_cipher_spec();
  const Derivation& own = side_ == Side::client ? client_finished : server_finished;
  const VerifyData verify_data =
      key_schedule(*keys.hello)
          .derive_verify_data(own, keys.master_secret, exchange_.transcript().hash());
  exchange_.send(Finished{verify_data});
  const bool first = (side_ == Side::client) == (keys.resumed == nullptr);
  if (first) keys.tls_unique = verify_data;
}

void Flow::check_finished(Keys& keys, const Finished& message) {
  const Derivation& peers = side_ == Side::client ? server_finished : client_finished;
  const VerifyData expected =
      key_schedule(*keys.hello)
          .derive_verify_data(peers, keys.master_secret, exchange_.transcript().hash_before_last());
  require(crypto::equal(message.verify_data, expected), AlertDescription::decrypt_error,
          "the peer's verify_data is wrong: it saw another handshake, or has another secret",
          "RFC 5246, 7.4.9", "verify_data");
  const bool first = (side_ == Side::server) == (keys.resumed == nullptr);
  if (first) keys.tls_unique = expected;
}

void Flow::check_signature(const SignatureRequest& request, const Signature& answer) {
  if (answer.id != request.id)
    throw std::logic_error("a signature came that was not asked for: another id");
  if (answer.bytes.empty()) throw std::runtime_error("the signature could not be made");
  if (!crypto::verify(request.credential->public_key(), request.scheme, request.content,
                      answer.bytes))
    throw std::runtime_error("the signature that was made is wrong, and was not sent");
}

Session Flow::make_session(const Keys& keys, const std::string& server_name, const Bytes& context,
                           x509::Time now) {
  Session session;
  session.cipher_suite = keys.hello->suite->id;
  session.extended_master_secret = keys.hello->extended_master_secret;
  session.master_secret = crypto::MasterSecret::copy_of(keys.master_secret.reveal());
  session.server_name = server_name;
  session.context = context;
  session.established = now;
  session.expires = now;
  const auto take_over = [&session](const auto& known) {
    session.group = known.group;
    session.signature_scheme = known.signature_scheme;
    session.server_end_point = known.server_end_point;
    session.ocsp_response = known.ocsp_response;
    session.signed_certificate_timestamps = known.signed_certificate_timestamps;
  };
  if (const Session* old = keys.resumed.get()) {
    take_over(*old);
    session.peer_chain = old->peer_chain;
    session.verdict = old->verdict;
    session.valid_from = old->valid_from;
    session.valid_until = old->valid_until;
    session.established = old->established;
    session.expires = old->expires;
    return session;
  }
  take_over(keys);
  session.peer_chain = keys.peer.certificates;
  if (keys.peer.verdict) {
    session.verdict = keys.peer.verdict->summary;
    for (const x509::Certificate& certificate : keys.peer.verdict->path().certificates) {
      session.valid_from =
          std::max(session.valid_from.value_or(certificate.not_before()), certificate.not_before());
      session.valid_until =
          std::min(session.valid_until.value_or(certificate.not_after()), certificate.not_after());
    }
  }
  return session;
}

Agreement Flow::make_agreement(Keys& keys) {
  Hello& hello = *keys.hello;
  Agreement agreement;
  agreement.cipher_suite = hello.suite->id;
  agreement.extended_master_secret = hello.extended_master_secret;
  agreement.secure_renegotiation = hello.secure_renegotiation;
  agreement.sentinel = hello.sentinel;
  agreement.server_name = std::move(hello.server_name);
  agreement.application_protocol = std::move(hello.application_protocol);
  agreement.peer_record_size_limit = hello.peer_record_size_limit;
  agreement.eliminations = std::move(hello.eliminations);
  agreement.session_remark = std::move(hello.session_remark);
  if (const Session* session = keys.resumed.get()) {
    agreement.group = session->group;
    agreement.signature_scheme = session->signature_scheme;
    agreement.peer_chain = session->peer_chain;
    agreement.session_verdict = session->verdict;
    agreement.ocsp_response = session->ocsp_response;
    agreement.signed_certificate_timestamps = session->signed_certificate_timestamps;
    return agreement;
  }
  agreement.group = keys.group;
  agreement.signature_scheme = keys.signature_scheme;
  agreement.peer_chain = std::move(keys.peer.certificates);
  agreement.verdict = std::move(keys.peer.verdict);
  agreement.ocsp_response = std::move(keys.ocsp_response);
  agreement.signed_certificate_timestamps = std::move(keys.signed_certificate_timestamps);
  agreement.client_certificate_requested = keys.client_certificate_requested;
  agreement.client_signature_scheme = keys.client_signature_scheme;
  return agreement;
}

Exporting Flow::make_exporting(Keys& keys) {
  Exporting exporting;
  exporting.suite = keys.hello->suite;
  exporting.client_random = keys.hello->offer.random;
  exporting.server_random = keys.hello->answer.random;
  exporting.master_secret = std::move(keys.master_secret);
  exporting.extended_master_secret = keys.hello->extended_master_secret;
  exporting.tls_unique = keys.tls_unique;
  if (keys.resumed)
    exporting.server_end_point = keys.resumed->server_end_point;
  else
    exporting.server_end_point = std::move(keys.server_end_point);
  return exporting;
}

}  // namespace glasstls::handshake
