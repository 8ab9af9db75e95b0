// A client's certificate that is none, or not its own. RFC 5246, 7.4.6 and 7.4.8.
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using crypto::SignatureScheme;
using handshake::Certificate;
using handshake::CertificateVerify;
using enum AlertDescription;

void greet_with_certificate(ClientStage& stage) {
  test::ClientChoices choices;
  choices.credential = client_credential();
  stage.open(choices);
  stage.greet();
}

void end_flight(ClientStage& stage) {
  stage.client().change_cipher_spec();
  stage.client().finished();
  stage.await_finished();
}

ClientScript proof(test::Change<CertificateVerify> change) {
  return [=](ClientStage& stage) {
    greet_with_certificate(stage);
    stage.client().certificate();
    stage.client().key_exchange();
    stage.client().certificate_verify(change);
    end_flight(stage);
  };
}

ClientScript certificate(test::Change<Certificate> change) {
  return [=](ClientStage& stage) {
    greet_with_certificate(stage);
    stage.client().certificate(change);
    stage.client().key_exchange();
    stage.client().certificate_verify();
    end_flight(stage);
  };
}

void without_proof(ClientStage& stage) {
  greet_with_certificate(stage);
  stage.client().certificate();
  stage.client().key_exchange();
  end_flight(stage);
}

void without_message(ClientStage& stage) {
  stage.greet();
  stage.client().key_exchange();
  end_flight(stage);
}

/// Signed by the right key, and over something else than this handshake.
void replayed_proof(CertificateVerify& message) {
  test::TestRandom random("another handshake");
  message.handshake_messages.signature = client_credential()->key->sign(
      message.handshake_messages.algorithm, wire::as_bytes("another handshake"), random);
}

void unasked(ClientStage& stage) {
  greet_with_certificate(stage);
  stage.client().certificate();
  stage.client().key_exchange();
  end_flight(stage);
}

}  // namespace

std::vector<Fault> client_certificate_faults() {
  const Needs needs = Needs::client_certificate;
  return {
      {"client-certificate", "shows a certificate and proves that it is its own", "RFC 5246, 7.4.8",
       borne(), proof({}), needs},
      {"bad-signature", "changes a bit of its CertificateVerify", "RFC 5246, 7.4.8",
       refused(decrypt_error),
       proof([](CertificateVerify& m) { m.handshake_messages.signature.back() ^= 1; }), needs},
      {"replayed-signature", "signs something else than this handshake", "RFC 5246, 7.4.8",
       refused(decrypt_error), proof(replayed_proof), needs},
      {"wrong-scheme", "signs with ECDSA and says that it is RSA", "RFC 5246, 7.4.8",
       refused(illegal_parameter), proof([](CertificateVerify& m) {
         m.handshake_messages.algorithm = SignatureScheme::rsa_pss_rsae_sha256;
       }),
       needs},
      {"sha1-scheme", "says that it signs with SHA-1, which was not asked for", "RFC 9155, 5",
       refused(illegal_parameter), proof([](CertificateVerify& m) {
         m.handshake_messages.algorithm = SignatureScheme{0x0203};
       }),
       needs},
      {"missing-signature", "shows a certificate and leaves out CertificateVerify",
       "RFC 5246, 7.4.8", refused(unexpected_message), without_proof, needs},
      {"missing-certificate", "leaves out the Certificate message that it was asked for",
       "RFC 5246, 7.4.6", refused(unexpected_message), without_message, needs},
      {"garbage-certificate", "shows a certificate that is no DER", "RFC 5246, 7.4.2",
       refused(decode_error),
       certificate([](Certificate& m) { m.certificate_list[0].der = Bytes(50, 0x5a); }), needs},
      {"unasked-certificate", "shows a certificate that nobody asked for", "RFC 5246, 7.4.6",
       refused(unexpected_message), unasked},
  };
}

}  // namespace glasstls::adversary
