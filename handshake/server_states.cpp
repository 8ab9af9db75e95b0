#include "handshake/server_states.h"

#include "x509/certificate.h"

namespace glasstls::handshake::server {

namespace {

std::string verdict_of(const JudgedChain& chain) {
  if (chain.certificates.empty()) return "the client has no certificate";
  if (!chain.verdict) return "the client's certificate was not verified, as our settings say";
  return chain.verdict->summary;
}

}  // namespace

std::string reason_for(const WaitClientHello&) { return {}; }

std::string reason_for(const WaitSignature& state) {
  const Hello& hello = *state.share.keys->hello;
  std::string reason = terms_of(hello) + ", " + std::string(name_of(state.share.keys->group)) +
                       ", the certificate of " + x509::to_string(state.request.credential->leaf()) +
                       " with " + std::string(name_of(state.request.scheme));
  if (!hello.session_remark.empty()) reason += "; not resumed: " + hello.session_remark;
  for (const std::string& elimination : hello.eliminations) reason += "; not " + elimination;
  return reason;
}

std::string reason_for(const WaitClientCertificate&) {
  return "our parameters are signed; the client is asked for a certificate";
}

std::string reason_for(const WaitClientKeyExchange& state) {
  if (!state.share.keys->client_certificate_requested) return "our parameters are signed";
  return verdict_of(state.share.keys->peer);
}

std::string reason_for(const WaitCertificateVerify&) {
  return "the client showed a certificate, and must prove that its key is its own";
}

std::string reason_for(const WaitChangeCipherSpec& state) {
  if (!state.keys->client_signature_scheme) return "both have the master secret now";
  return "the client's signature over all messages is good (" +
         std::string(name_of(*state.keys->client_signature_scheme)) + ")";
}

std::string reason_for(const WaitFinished&) {
  return "the client's records are protected from here on";
}

std::string reason_for(const WaitResumedChangeCipherSpec& state) {
  return terms_of(*state.keys->hello) +
         "; the client's session is resumed; our Finished is sent, under our new keys";
}

std::string reason_for(const WaitResumedFinished&) {
  return "the client's records are protected from here on";
}

std::string reason_for(const Established& state) {
  std::string reason = "the client's verify_data is what we computed: both saw the same handshake";
  if (state.agreement.session_stored) reason += "; it can be resumed";
  return reason;
}

}  // namespace glasstls::handshake::server
