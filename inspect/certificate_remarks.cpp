// Deviations that a certificate shows by itself.
#include <fmt/format.h>

#include "inspect/explainer.h"
#include "x509/certificate.h"
#include "x509/findings.h"
#include "x509/profile.h"

namespace glasstls::inspect {

namespace {

void remark_validity(Explainer& explainer, const x509::Certificate& certificate, x509::Time now) {
  const bool early = now < certificate.not_before();
  if (!early && now <= certificate.not_after()) return;
  explainer.remark(early ? "not valid yet" : "expired", "RFC 5280, 4.1.2.5",
                   explainer.range_of("validity"));
}

void remark_algorithms(Explainer& explainer, const x509::Certificate& certificate) {
  if (!certificate.public_key().reason.empty())
    explainer.remark("its key is refused: " + certificate.public_key().reason, "RFC 5280, 4.1.2.7",
                     explainer.range_of("subjectPublicKeyInfo"));
  if (!certificate.signature_algorithm().reason.empty())
    explainer.remark("its signature is refused, unless it is a trust anchor: " +
                         certificate.signature_algorithm().reason,
                     "RFC 5280, 4.1.1.2", explainer.range_of("signature"));
}

void remark_extensions(Explainer& explainer, const x509::Certificate& certificate) {
  for (const x509::Extension& extension : certificate.extensions().all)
    if (extension.critical && !is_processed(extension.oid))
      explainer.remark("the critical extension " + display(extension.oid) +
                           " is not understood here: the certificate is refused",
                       "RFC 5280, 4.2", Explainer::range_of(extension.whole, certificate.der()));
  const bool named = certificate.extensions().subject_alt_name.has_value();
  if (!named && !certificate.is_ca())
    explainer.remark("no subjectAltName: no client accepts it for a server of any name",
                     "RFC 9525, 6.4");
}

}  // namespace

void say_remarks(Explainer& explainer, const x509::Certificate& certificate, x509::Time now) {
  if (certificate.version() != 3)
    explainer.remark("not version 3: refused", "RFC 5280, 4.1.2.1", explainer.range_of("version"));
  if (!certificate.serial_is_proper())
    explainer.remark("the serial number is not positive, or has more than 20 bytes",
                     "RFC 5280, 4.1.2.2", explainer.range_of("serialNumber"));
  remark_validity(explainer, certificate, now);
  remark_algorithms(explainer, certificate);
  remark_extensions(explainer, certificate);
  x509::Findings findings({&certificate, 1}, x509::Profile::standard);
  check_alone(certificate, findings);
  for (const x509::Check& check : findings.checks()) {
    const bool placed = check.range.length > 0;
    explainer.remark(
        check.detail, check.section,
        placed ? std::optional(ByteRange{check.range.offset, check.range.length}) : std::nullopt);
  }
}

}  // namespace glasstls::inspect
