#include "inspect/certificate.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "inspect/explainer.h"
#include "x509/certificate.h"

namespace glasstls::inspect {

namespace {

/// Big-endian; empty beyond 64 bits and for negative ones.
std::string decimal(View integer) {
  if (integer.empty() || integer.size() > 8 || integer[0] >= 0x80) return {};
  std::uint64_t value = 0;
  for (const std::uint8_t byte : integer) value = value << 8 | byte;
  return std::to_string(value);
}

void say_serial_number(Explainer& explainer, const x509::Certificate& certificate) {
  const View serial = certificate.serial_number();
  const std::string number = decimal(serial);
  explainer.say(0, "serialNumber",
                "0x" + wire::hex(serial) + (number.empty() ? "" : " = " + number),
                fmt::format("the issuer's number for this certificate, {} byte{}", serial.size(),
                            serial.size() == 1 ? "" : "s"),
                "RFC 5280, 4.1.2.2", explainer.range_of("serialNumber"));
}

std::string validity_now(const x509::Certificate& certificate, x509::Time now) {
  if (now < certificate.not_before())
    return "not valid yet: begins in " + span_text(certificate.not_before().seconds - now.seconds);
  if (now > certificate.not_after())
    return "expired " + span_text(now.seconds - certificate.not_after().seconds) + " ago";
  return "valid now, for another " + span_text(certificate.not_after().seconds - now.seconds);
}

void say_validity(Explainer& explainer, const x509::Certificate& certificate, x509::Time now) {
  constexpr std::string_view section = "RFC 5280, 4.1.2.5";
  // Both ends are included.
  const std::int64_t lifetime =
      certificate.not_after().seconds - certificate.not_before().seconds + 1;
  explainer.say(
      0, "validity", validity_now(certificate, now),
      lifetime > 0 ? "made for " + span_text(lifetime) : "never valid: it ends before it begins",
      section, explainer.range_of("validity"));
  explainer.say(1, "notBefore", to_string(certificate.not_before()), "first second", {},
                explainer.range_of("notBefore"));
  explainer.say(1, "notAfter", to_string(certificate.not_after()), "last second", {},
                explainer.range_of("notAfter"));
}

std::string_view version_words(int version) {
  if (version == 3) return "the version with extensions, the only one that is accepted today";
  return "without extensions: cannot say what the key may be used for, and is not accepted today";
}

std::string signature_words(const x509::SignatureAlgorithm& algorithm) {
  if (!algorithm.reason.empty()) return "not accepted: " + algorithm.reason;
  return "how the issuer signed";
}

void say_certificate(Explainer& explainer, const x509::Certificate& certificate, x509::Time now) {
  explainer.say(0, "version", fmt::format("v{}", certificate.version()),
                version_words(certificate.version()), "RFC 5280, 4.1.2.1",
                explainer.range_of("version"));
  say_serial_number(explainer, certificate);
  explainer.say(0, "signature", certificate.signature_algorithm().name,
                signature_words(certificate.signature_algorithm()), "RFC 5280, 4.1.2.3",
                explainer.range_of("signature"));
  explainer.say_name("issuer", certificate.issuer(),
                     certificate.is_self_issued()
                         ? "the same as the subject: a root, or a self-signed certificate"
                         : "who signed, and vouches for what is said here",
                     "RFC 5280, 4.1.2.4");
  say_validity(explainer, certificate, now);
  explainer.say_name("subject", certificate.subject(), "whose key this is", "RFC 5280, 4.1.2.6");
  explainer.say_key("subjectPublicKeyInfo", certificate.public_key());
  const std::size_t count = certificate.extensions().all.size();
  if (count > 0)
    explainer.say(0, "extensions", std::to_string(count), {}, "RFC 5280, 4.2",
                  explainer.range_of("extensions"));
  say_extensions(explainer, certificate.extensions(), certificate.der(), 1);
  explainer.say(0, "signatureValue", fmt::format("{} bytes", certificate.signature().size()),
                "made with the issuer's private key over all of the above", "RFC 5280, 4.1.1.3",
                explainer.range_of("signatureValue"));
  explainer.say(0, "fingerprints", {}, "SHA-256, to compare with what others see");
  explainer.say_fingerprint("certificate", certificate.der(), "of all bytes");
  explainer.say_fingerprint(
      "public key", certificate.spki(),
      "of subjectPublicKeyInfo: stays the same when a certificate is renewed");
}

}  // namespace

std::string_view name_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::certificate: return "certificate";
    case ObjectKind::request: return "certification request";
    case ObjectKind::revocation_list: return "certificate revocation list";
  }
  return {};
}

Explanation explain_certificate(View der, x509::Time now) {
  Explanation out;
  out.kind = ObjectKind::certificate;
  out.der = wire::copy(der);
  Explainer explainer(out);
  const auto parsed = x509::Certificate::parse(out.der, explainer.sink());
  if (parsed) {
    out.title = to_string(*parsed);
    say_certificate(explainer, *parsed, now);
    say_remarks(explainer, *parsed, now);
  } else {
    out.error = parsed.error();
  }
  explainer.finish();
  return out;
}

Explanation explain_any(View der, x509::Time now) {
  std::array<Explanation, 3> tried{explain_certificate(der, now), explain_request(der),
                                   explain_revocation_list(der, now)};
  std::size_t best = 0;
  for (std::size_t i = 1; i < tried.size() && tried[best].error; ++i)
    if (!tried[i].error || tried[i].error->offset > tried[best].error->offset) best = i;
  return std::move(tried[best]);
}

}  // namespace glasstls::inspect
