#include "inspect/verdict.h"

#include <fmt/format.h>

#include "crypto/hash.h"
#include "inspect/printable.h"

namespace glasstls::inspect {

namespace {

CheckFacts facts_of(const x509::Check& check) {
  CheckFacts facts;
  facts.rule = x509::name_of(check.rule);
  facts.outcome = x509::name_of(check.outcome);
  facts.certificate = check.certificate;
  if (check.range.length > 0) facts.range = ByteRange{check.range.offset, check.range.length};
  facts.detail = check.detail;
  facts.section = check.section;
  if (check.failed()) facts.alert = alert_name(check.alert);
  return facts;
}

PathCertificateFacts facts_of(const x509::Path& path, std::size_t index) {
  const x509::Certificate& certificate = path.certificates[index];
  PathCertificateFacts facts;
  facts.role = role_of(path, index);
  facts.subject = to_string(certificate);
  facts.issuer = to_string(certificate.issuer());
  facts.serial_number = wire::hex(certificate.serial_number());
  facts.not_after = to_string(certificate.not_after());
  facts.fingerprint =
      wire::hex(crypto::hash(crypto::HashAlgorithm::sha256, certificate.der()).view());
  return facts;
}

PathFacts facts_of(const x509::Path& path) {
  PathFacts facts;
  facts.anchored = path.anchored;
  facts.trusted = path.trusted();
  for (std::size_t i = 0; i < path.certificates.size(); ++i)
    facts.certificates.push_back(facts_of(path, i));
  for (const x509::Check& check : path.checks) facts.checks.push_back(facts_of(check));
  return facts;
}

/// "(RFC 5280, 4.1.2.5, bytes 94 to 108)"
std::string rule_and_place(const std::string& section, const std::optional<ByteRange>& range) {
  std::string text = section;
  if (range) text += (text.empty() ? "" : ", ") + to_string(*range);
  return text.empty() ? text : " (" + text + ")";
}

const CheckFacts* first_failure(const VerdictFacts& verdict) {
  for (const CheckFacts& check : verdict.checks)
    if (check.failed()) return &check;
  return nullptr;
}

}  // namespace

std::string alert_name(AlertDescription alert) {
  const std::string_view name = wire::name_of(alert);
  return name.empty() ? fmt::format("alert {}", static_cast<unsigned>(alert)) : std::string(name);
}

VerdictFacts facts_of(const x509::Verdict& verdict) {
  VerdictFacts facts;
  facts.trusted = verdict.trusted;
  facts.summary = verdict.summary;
  facts.section = verdict.section;
  if (!verdict.trusted) facts.alert = alert_name(verdict.alert);
  for (const x509::Path& path : verdict.paths) facts.paths.push_back(facts_of(path));
  facts.decisive = verdict.decisive;
  facts.signature_checks = verdict.signature_checks;
  if (verdict.decisive >= facts.paths.size()) return facts;
  const PathFacts& decisive = facts.paths[verdict.decisive];
  for (const PathCertificateFacts& certificate : decisive.certificates)
    facts.path.push_back(certificate.subject);
  facts.checks = decisive.checks;
  return facts;
}

std::string headline(const VerdictFacts& verdict) {
  if (verdict.trusted) return "trusted: " + printable(verdict.summary);
  const CheckFacts* failure = first_failure(verdict);
  return "not trusted: " +
         printable(verdict.summary +
                   rule_and_place(verdict.section, failure ? failure->range : std::nullopt));
}

std::string remarks_of(const VerdictFacts& verdict) {
  std::string text;
  for (const CheckFacts& check : verdict.checks) {
    if (check.outcome != "remark") continue;
    const bool placed = check.certificate && *check.certificate < verdict.path.size();
    const std::string who =
        placed ? verdict.paths[verdict.decisive].certificates[*check.certificate].role + ": " : "";
    text += "remark: " +
            printable(who + check.rule + ": " + check.detail +
                      rule_and_place(check.section, check.range)) +
            "\n";
  }
  return text;
}

}  // namespace glasstls::inspect
