#include "inspect/report.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "inspect/guesses.h"
#include "inspect/printable.h"

namespace glasstls::inspect {

namespace {

using Cause = tls::Failed::Cause;

constexpr std::size_t page_width = 80;
constexpr std::size_t first_line_width = 68;  // a program's name stands before it
constexpr std::size_t label_width = 10;

std::string_view name_of(Cause cause) {
  switch (cause) {
    case Cause::protocol: return "protocol";
    case Cause::certificate: return "certificate";
    case Cause::peer_alert: return "peer_alert";
    case Cause::not_tls: return "not_tls";
    case Cause::truncated: return "truncated";
    case Cause::internal: return "internal";
  }
  return {};
}

std::string_view name_of(handshake::DowngradeSentinel sentinel) {
  switch (sentinel) {
    case handshake::DowngradeSentinel::none: return "none";
    case handshake::DowngradeSentinel::tls12: return "tls12";
    case handshake::DowngradeSentinel::tls11: return "tls11";
  }
  return {};
}

template <class Named>
std::string two_byte_name(Named value) {
  const std::string_view name = name_of(value);
  return name.empty() ? fmt::format("0x{:04x}", static_cast<unsigned>(value)) : std::string(name);
}

// --- In words

/// RFC 5246, 7.2.2: who raises one of these could not settle on anything with a peer that may well
/// have kept to all rules.
bool is_disagreement(std::string_view alert) {
  constexpr std::string_view all[] = {"handshake_failure", "protocol_version",
                                      "no_application_protocol", "unrecognized_name"};
  return std::find(std::begin(all), std::end(all), alert) != std::end(all);
}

std::string what_happened(const FailureFacts& facts, Cause cause) {
  switch (cause) {
    case Cause::protocol:
      return (is_disagreement(facts.alert) ? "no agreement with the peer: "
                                           : "the peer broke the protocol: ") +
             facts.reason;
    case Cause::certificate: return "the peer's certificate is not trusted: " + facts.reason;
    case Cause::internal: return "internal error: " + facts.reason;
    case Cause::peer_alert:
      return facts.alert.empty() ? facts.reason : facts.reason + ": " + facts.alert;
    case Cause::not_tls:
    case Cause::truncated: return facts.reason;
  }
  return facts.reason;
}

/// "ServerHello, field cipher_suite, byte 71, while in WaitServerHello"
std::string where(const FailureFacts& facts) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (!facts.message.empty()) add(facts.message);
  if (!facts.field.empty()) add("field " + facts.field);
  if (facts.offset) add(fmt::format("byte {}", *facts.offset));
  if (!facts.state.empty()) add("while in " + facts.state);
  return text;
}

/// "certificate 0 (CN=server.test): validity: expired: ... (RFC 5280, 4.1.2.5)"
std::string line_of(const CheckFacts& check, const std::vector<std::string>& path) {
  constexpr std::size_t name_width = 48;
  std::string which;
  if (check.certificate) {
    which = fmt::format("certificate {}", *check.certificate);
    if (*check.certificate < path.size())
      which += " (" + shorten(printable(path[*check.certificate]), name_width) + ")";
    which += ": ";
  }
  return fmt::format("{}{}: {} ({})", which, check.rule, check.detail, check.section);
}

/// A label and its text, broken into lines under each other.
void add_part(std::string& out, std::string_view label, std::string_view text) {
  bool first = true;
  for (const std::string& line : wrap(printable(text), page_width - label_width)) {
    out += fmt::format("\n  {:<{}}{}", first ? label : "", label_width - 2, line);
    first = false;
  }
}

void add_failed_checks(std::string& out, const VerdictFacts& verdict) {
  for (const CheckFacts& check : verdict.checks)
    if (check.failed()) add_part(out, "failed", line_of(check, verdict.path));
}

}  // namespace

AgreementFacts facts_of(const handshake::Agreement& agreement) {
  AgreementFacts facts;
  facts.version = two_byte_name(agreement.version);
  facts.cipher_suite = two_byte_name(agreement.cipher_suite);
  facts.group = two_byte_name(agreement.group);
  facts.signature_scheme = two_byte_name(agreement.signature_scheme);
  facts.extended_master_secret = agreement.extended_master_secret;
  facts.secure_renegotiation = agreement.secure_renegotiation;
  facts.downgrade_sentinel = name_of(agreement.sentinel);
  for (const x509::Certificate& certificate : agreement.peer_chain)
    facts.peer_chain.push_back({to_string(certificate.subject()), to_string(certificate.issuer()),
                                to_string(certificate.not_before()),
                                to_string(certificate.not_after())});
  if (agreement.verdict) facts.verdict = facts_of(*agreement.verdict);
  facts.session_verdict = agreement.session_verdict.value_or("");
  facts.resumed = name_of(agreement.resumed);
  facts.session_offered = agreement.session_offered;
  facts.session_remark = agreement.session_remark;
  facts.session_stored = agreement.session_stored;
  facts.ticket_issued = agreement.ticket_issued;
  facts.server_name = agreement.server_name;
  facts.application_protocol = agreement.application_protocol;
  facts.ocsp_response = agreement.ocsp_response;
  facts.signed_certificate_timestamps = agreement.signed_certificate_timestamps;
  facts.client_certificate_requested = agreement.client_certificate_requested;
  if (agreement.client_signature_scheme)
    facts.client_signature_scheme = two_byte_name(*agreement.client_signature_scheme);
  facts.peer_record_size_limit = agreement.peer_record_size_limit;
  facts.eliminations = agreement.eliminations;
  return facts;
}

FailureFacts facts_of(const tls::Failed& failed) {
  FailureFacts facts;
  facts.cause = name_of(failed.cause);
  if (failed.alert) facts.alert = alert_name(*failed.alert);
  facts.alert_received = failed.cause == Cause::peer_alert;
  facts.reason = failed.reason;
  facts.section = failed.section;
  facts.message = failed.message;
  facts.field = failed.field;
  facts.offset = failed.offset;
  facts.state = failed.state;
  if (failed.verdict) facts.verdict = facts_of(*failed.verdict);
  const Guess guessed = guess(failed);
  facts.likely_cause = guessed.likely_cause;
  facts.advice = guessed.advice;
  facts.eliminations = failed.eliminations;
  return facts;
}

std::string describe(const tls::Failed& failed) {
  const FailureFacts facts = facts_of(failed);
  std::string out;
  for (const std::string& line :
       wrap(printable(what_happened(facts, failed.cause)), first_line_width))
    out += (out.empty() ? "" : "\n  ") + line;

  add_part(out, "where", where(facts));
  add_part(out, "rule", facts.section);
  if (!facts.alert.empty())
    add_part(out, "alert", facts.alert + (facts.alert_received ? ", received" : ", sent"));
  if (facts.verdict) add_failed_checks(out, *facts.verdict);
  for (const std::string& elimination : facts.eliminations) add_part(out, "not", elimination);
  if (facts.likely_cause.empty()) return out;

  out += "\n  -- a guess --";
  add_part(out, "cause", facts.likely_cause);
  add_part(out, "try", facts.advice);
  return out;
}

}  // namespace glasstls::inspect
