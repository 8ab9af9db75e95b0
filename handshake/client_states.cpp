#include "handshake/client_states.h"

namespace glasstls::handshake {

std::string reason_for(const WaitServerHello&) { return {}; }

std::string reason_for(const WaitCertificate& state) {
  std::string reason = "TLS 1.2, " + std::string(state.hello.suite->name);
  reason += state.hello.extended_master_secret ? ", extended_master_secret"
                                               : ", no extended_master_secret";
  if (state.hello.sentinel == DowngradeSentinel::tls12)
    reason += "; the random ends in DOWNGRD 01: the server could do TLS 1.3";
  return reason;
}

std::string reason_for(const WaitServerKeyExchange& state) {
  if (!state.peer.verdict) return "the certificate was not verified: verification is switched off";
  return state.peer.verdict->summary;
}

std::string reason_for(const WaitCertificateRequestOrDone& state) {
  return "the signature over both randoms and the parameters is good (" +
         std::string(name_of(state.share.signature_scheme)) + "), the group is " +
         std::string(name_of(state.share.group));
}

std::string reason_for(const WaitServerHelloDone&) {
  return "the server asks for a client certificate; we have none to offer";
}

std::string reason_for(const WaitChangeCipherSpec&) {
  return "our Finished is sent, under our new keys";
}

std::string reason_for(const WaitFinished&) {
  return "the server's records are protected from here on";
}

std::string reason_for(const Established&) {
  return "the server's verify_data is what we computed: both saw the same handshake";
}

}  // namespace glasstls::handshake
