#include "x509/request.h"

#include <fmt/format.h>

#include "inspect/certificate.h"
#include "inspect/explainer.h"

namespace glasstls::inspect {

namespace {

void say_request(Explainer& explainer, const x509::CertificationRequest& request) {
  explainer.say_name("subject", request.subject(), "who asks for a certificate", "RFC 2986, 4.1");
  explainer.say_key("subjectPKInfo", request.public_key());
  const std::size_t count = request.requested_extensions().all.size();
  explainer.say(0, "extensionRequest", std::to_string(count),
                count == 0 ? "no extension is asked for"
                           : "extensions asked for: the CA decides whether to grant them",
                "RFC 2985, 5.4.2");
  say_extensions(explainer, request.requested_extensions(), request.der(), 1);
  const std::string& reason = request.signature_algorithm().reason;
  const bool good = request.is_signed_by_its_key();
  const std::string doubt =
      reason.empty() ? "does not fit the key: it proves nothing" : "not checked: " + reason;
  explainer.say(0, "signature", request.signature_algorithm().name,
                good ? "good: whoever asks holds the private key" : doubt, "RFC 2986, 4.2",
                explainer.range_of("signature"));
  if (!good)
    explainer.remark("the signature does not prove that whoever asks holds the private key",
                     "RFC 2986, 4.2", explainer.range_of("signature"));
  explainer.say(0, "fingerprints", {}, "SHA-256, to compare with what others see");
  explainer.say_fingerprint("request", request.der(), "of all bytes");
}

}  // namespace

Explanation explain_request(View der) {
  Explanation out;
  out.kind = ObjectKind::request;
  out.der = wire::copy(der);
  Explainer explainer(out);
  const auto parsed = x509::CertificationRequest::parse(out.der, explainer.sink());
  if (parsed) {
    out.title = to_string(parsed->subject());
    say_request(explainer, *parsed);
  } else {
    out.error = parsed.error();
  }
  explainer.finish();
  return out;
}

}  // namespace glasstls::inspect
