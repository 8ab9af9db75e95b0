// A server's certificate that is none, and a request for the client's that makes no sense.
// RFC 5246, 7.4.2 and 7.4.4.
#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using handshake::Certificate;
using handshake::CertificateRequest;
using handshake::HandshakeType;
using enum AlertDescription;

ServerScript certificate(test::Change<Certificate> change) {
  return [=](ServerStage& stage) {
    stage.begin();
    stage.server().hello();
    stage.server().certificate(change);
    stage.server().key_exchange();
    stage.server().done();
    stage.await_client();
    stage.finish();
  };
}

ServerScript request(test::Change<CertificateRequest> change = {}) {
  return [=](ServerStage& stage) {
    stage.begin();
    stage.server().hello();
    stage.server().certificate();
    stage.server().key_exchange();
    stage.server().certificate_request(change);
    stage.server().done();
    stage.await_client();
    stage.finish();
  };
}

/// The same with its encoding spoilt.
ServerScript spoilt_request(std::function<void(Bytes&)> change) {
  return [send = request(), change](ServerStage& stage) {
    stage.begin();
    spoil(stage.server(), HandshakeType::certificate_request, change);
    send(stage);
  };
}

void without_schemes(Bytes& body) {
  const std::size_t at =
      position_of(HandshakeType::certificate_request, body, "supported_signature_algorithms");
  const std::size_t size = std::size_t{body[at]} << 8 | body[at + 1];
  const auto begin = body.begin() + static_cast<std::ptrdiff_t>(at + 2);
  body.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
  body[at] = body[at + 1] = 0;
}

/// Values that nobody knows, in both lists, as RFC 8701, 4 has them in TLS 1.3.
void grease(CertificateRequest& m) {
  m.certificate_types.insert(m.certificate_types.begin(), handshake::ClientCertificateType{0x3a});
  m.supported_signature_algorithms.insert(m.supported_signature_algorithms.begin(),
                                          crypto::SignatureScheme{0x3a3a});
}

/// A stapled response that nobody asked for.
void unasked_status(ServerStage& stage) {
  stage.begin();
  stage.server().hello();
  stage.server().certificate();
  stage.server().certificate_status(Bytes(20, 0x30));
  stage.server().key_exchange();
  stage.server().done();
  stage.await_client();
  stage.finish();
}

}  // namespace

std::vector<Fault> server_certificate_faults() {
  return {
      {"empty-certificate", "sends a Certificate without any certificate", "RFC 5246, 7.4.2",
       refused(decode_error), certificate([](Certificate& m) { m.certificate_list.clear(); })},
      {"garbage-certificate", "sends a certificate that is no DER", "RFC 5246, 7.4.2",
       refused(decode_error),
       certificate([](Certificate& m) { m.certificate_list[0].der = Bytes(50, 0x5a); })},
      {"certificate-request", "asks a client for its certificate that need not have one",
       "RFC 5246, 7.4.4", borne(), request()},
      {"grease-in-request", "asks for a certificate, with values that nobody knows in its lists",
       "RFC 5246, 7.4.4", borne(), request(grease)},
      {"request-without-schemes", "asks for a certificate, and accepts no signature of it",
       "RFC 5246, 7.4.4", refused(decode_error), spoilt_request(without_schemes)},
      {"unasked-status", "staples an OCSP response that nobody asked for", "RFC 6066, 8",
       refused(unexpected_message), unasked_status},
  };
}

}  // namespace glasstls::adversary
