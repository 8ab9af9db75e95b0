#include <algorithm>
#include <fmt/format.h>

#include "inspect/certificate.h"
#include "inspect/explainer.h"
#include "inspect/oid_words.h"
#include "x509/crl.h"

namespace glasstls::inspect {

namespace {

using x509::CertificateList;

constexpr std::size_t most_entries = 1000;  // told in words; the bytes have them all

void say_dates(Explainer& explainer, const CertificateList& list, x509::Time now) {
  explainer.say(0, "thisUpdate", to_string(list.this_update()),
                now < list.this_update() ? "in the future: not current yet" : "when it was made",
                "RFC 5280, 5.1.2.4", explainer.range_of("thisUpdate"));
  const auto next = list.next_update();
  if (!next) {
    explainer.say(0, "nextUpdate", "none", "so nobody can tell whether it is current",
                  "RFC 5280, 5.1.2.5");
    explainer.remark("there is no nextUpdate", "RFC 5280, 5.1.2.5");
    return;
  }
  const std::string span = span_text(next->seconds - now.seconds);
  explainer.say(0, "nextUpdate", to_string(*next),
                now > *next ? "out of date for " + span : "current, for another " + span,
                "RFC 5280, 5.1.2.5", explainer.range_of("nextUpdate"));
}

void say_coverage(Explainer& explainer, const x509::IssuingDistributionPoint& point) {
  const auto say = [&](bool holds, const char* name, std::string_view meaning) {
    if (holds) explainer.say(2, name, "TRUE", meaning);
  };
  say(point.only_contains_user_certs, "onlyContainsUserCerts", "says nothing about CAs");
  say(point.only_contains_ca_certs, "onlyContainsCACerts", "says nothing about leaves");
  say(point.indirect_crl, "indirectCRL", "speaks for other issuers too");
  say(point.only_contains_attribute_certs, "onlyContainsAttributeCerts",
      "says nothing about certificates of keys");
}

void say_extensions(Explainer& explainer, const CertificateList& list) {
  if (list.extensions().empty()) return;
  explainer.say(0, "crlExtensions", std::to_string(list.extensions().size()), {}, "RFC 5280, 5.2",
                explainer.range_of("crlExtensions"));
  for (const x509::Extension& extension : list.extensions()) {
    const ExtensionWords words = words_for_extension(extension.oid);
    explainer.say(1, display(extension.oid), extension.critical ? "critical" : "not critical",
                  words.meaning, words.section, Explainer::range_of(extension.whole, list.der()));
    if (extension.oid == x509::oid::authorityKeyIdentifier && list.authority_key_identifier() &&
        list.authority_key_identifier()->key_identifier)
      explainer.say(2, "keyIdentifier", wire::hex(*list.authority_key_identifier()->key_identifier),
                    "the subjectKeyIdentifier of the issuer's certificate");
    if (extension.oid == x509::Oid{2, 5, 29, 20} && list.crl_number())
      explainer.say(2, "number", "0x" + wire::hex(*list.crl_number()));
    if (extension.oid == x509::Oid{2, 5, 29, 28} && list.issuing_distribution_point())
      say_coverage(explainer, *list.issuing_distribution_point());
  }
}

void say_entries(Explainer& explainer, const CertificateList& list) {
  const auto& revoked = list.revoked();
  explainer.say(0, "revokedCertificates", std::to_string(revoked.size()),
                revoked.empty() ? "nothing is revoked" : "must not be trusted any more",
                "RFC 5280, 5.1.2.6", explainer.range_of("revokedCertificates"));
  for (std::size_t i = 0; i < std::min(revoked.size(), most_entries); ++i) {
    std::string when = to_string(revoked[i].revocation_date);
    if (revoked[i].reason) when += ", " + x509::reason_text(*revoked[i].reason);
    explainer.say(1, "0x" + wire::hex(revoked[i].serial_number), std::move(when));
  }
  if (revoked.size() > most_entries)
    explainer.say(1, "...", fmt::format("{} more", revoked.size() - most_entries),
                  "see them with --bytes");
}

void say_list(Explainer& explainer, const CertificateList& list, x509::Time now) {
  explainer.say(
      0, "version", fmt::format("v{}", list.version()),
      list.version() == 2 ? "the version with extensions" : std::string_view("without extensions"),
      "RFC 5280, 5.1.2.1", explainer.range_of("version"));
  explainer.say(0, "signature", list.signature_algorithm().name,
                list.signature_algorithm().reason.empty()
                    ? "how the issuer signed; not checked here: that takes its certificate"
                    : "not accepted: " + list.signature_algorithm().reason,
                "RFC 5280, 5.1.2.2", explainer.range_of("signature"));
  explainer.say_name("issuer", list.issuer(), "whose certificates this list is about",
                     "RFC 5280, 5.1.2.3");
  say_dates(explainer, list, now);
  say_entries(explainer, list);
  say_extensions(explainer, list);
  explainer.say(0, "fingerprints", {}, "SHA-256, to compare with what others see");
  explainer.say_fingerprint("list", list.der(), "of all bytes");
}

}  // namespace

Explanation explain_revocation_list(View der, x509::Time now) {
  Explanation out;
  out.kind = ObjectKind::revocation_list;
  out.der = wire::copy(der);
  Explainer explainer(out);
  const auto parsed = CertificateList::parse(out.der, explainer.sink());
  if (parsed) {
    out.title = to_string(parsed->issuer());
    say_list(explainer, *parsed, now);
  } else {
    out.error = parsed.error();
  }
  explainer.finish();
  return out;
}

}  // namespace glasstls::inspect
