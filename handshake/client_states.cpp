#include "handshake/client_states.h"

namespace glasstls::handshake::client {

namespace {

std::string resumed(const Keys& keys) {
  return terms_of(*keys.hello) + "; the server echoes our session_id: it resumes the session" +
         (keys.resumed->ticket.empty() ? "" : " of our ticket");
}

std::string verdict_of(const Peer& peer) {
  if (!peer.chain.verdict) return "the certificate was not verified: verification is switched off";
  return peer.chain.verdict->summary;
}

}  // namespace

std::string reason_for(const WaitServerHello& state) { return state.remark; }

std::string reason_for(const WaitCertificate& state) {
  return terms_of(*state.hello) +
         (state.session_was_declined ? "; the session that we offered is not resumed" : "");
}

std::string reason_for(const WaitCertificateStatusOrKeyExchange& state) {
  return verdict_of(state.peer) + "; a stapled status may follow";
}

std::string reason_for(const WaitServerKeyExchange& state) {
  if (state.peer.ocsp_response.empty()) return verdict_of(state.peer);
  return "a stapled status of " + std::to_string(state.peer.ocsp_response.size()) +
         " bytes is kept for the application, and not judged here";
}

std::string reason_for(const WaitCertificateRequestOrDone& state) {
  return "the signature over both randoms and the parameters is good (" +
         std::string(name_of(state.share.signature_scheme)) + "), the group is " +
         std::string(name_of(state.share.group));
}

std::string reason_for(const WaitServerHelloDone& state) {
  const ClientAnswer& answer = state.answer;
  std::string reason = "the server asks for a client certificate; ";
  if (answer.credential)
    reason += "ours is " + x509::to_string(answer.credential->leaf()) + ", to sign with " +
              std::string(name_of(answer.scheme));
  else
    reason += "we have none to offer";
  for (const std::string& elimination : state.peer.hello->eliminations)
    reason += "; not " + elimination;
  return reason;
}

std::string reason_for(const WaitSignature& state) {
  return "our key must sign all messages so far, with " +
         std::string(name_of(state.request.scheme));
}

std::string reason_for(const WaitNewSessionTicket&) {
  return "our Finished is sent, under our new keys; the server has promised a ticket";
}

std::string reason_for(const WaitChangeCipherSpec& state) {
  if (state.ticket.ticket.empty()) return "our Finished is sent, under our new keys";
  return "a ticket of " + std::to_string(state.ticket.ticket.size()) + " bytes, lifetime hint " +
         std::to_string(state.ticket.ticket_lifetime_hint) + " s";
}

std::string reason_for(const WaitFinished&) {
  return "the server's records are protected from here on";
}

std::string reason_for(const WaitResumedNewSessionTicket& state) {
  return resumed(*state.keys) + ", and will send a new ticket";
}

std::string reason_for(const WaitResumedChangeCipherSpec& state) {
  if (state.ticket.ticket.empty()) return resumed(*state.keys);
  return "a new ticket for the session, of " + std::to_string(state.ticket.ticket.size()) +
         " bytes";
}

std::string reason_for(const WaitResumedFinished&) {
  return "the server's records are protected from here on";
}

std::string reason_for(const Established& state) {
  std::string reason = "the server's verify_data is what we computed: both saw the same handshake";
  if (state.agreement.session_stored) reason += "; the session is kept";
  return reason;
}

}  // namespace glasstls::handshake::client
