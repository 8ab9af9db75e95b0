// The rules of path validation by name, section and alert: the tables behind verify.h.
#include "x509/verify.h"

namespace glasstls::x509 {

namespace {

struct Entry {
  Rule rule;
  std::string_view name;
  std::string_view section;
  AlertDescription alert;
};

constexpr Entry rules[] = {
    {Rule::chain_present, "certificate sent", "RFC 5246, 7.4.2", AlertDescription::bad_certificate},
    {Rule::path_to_anchor, "path to a trust anchor", "RFC 5280, 6.1", AlertDescription::unknown_ca},
    {Rule::work_bound, "bounded work", "RFC 5280, 6", AlertDescription::certificate_unknown},
    {Rule::encoding, "encoding", "X.690, 10", AlertDescription::bad_certificate},
    {Rule::version, "version", "RFC 5280, 4.1.2.1", AlertDescription::bad_certificate},
    {Rule::serial_number, "serial number", "RFC 5280, 4.1.2.2", AlertDescription::bad_certificate},
    {Rule::validity, "validity", "RFC 5280, 4.1.2.5", AlertDescription::certificate_expired},
    {Rule::public_key, "public key", "RFC 5280, 4.1.2.7",
     AlertDescription::unsupported_certificate},
    {Rule::signature_algorithm, "signature algorithm", "RFC 5280, 4.1.1.2",
     AlertDescription::bad_certificate},
    {Rule::signature, "signature", "RFC 5280, 6.1.3 (a) (1)", AlertDescription::bad_certificate},
    {Rule::name_chaining, "name chaining", "RFC 5280, 6.1.3 (a) (4)", AlertDescription::unknown_ca},
    {Rule::revocation, "revocation", "RFC 5280, 6.3", AlertDescription::certificate_unknown},
    {Rule::key_identifiers, "key identifiers", "RFC 5280, 4.2.1.1",
     AlertDescription::bad_certificate},
    {Rule::basic_constraints, "basicConstraints", "RFC 5280, 6.1.4 (k)",
     AlertDescription::unknown_ca},
    {Rule::path_length, "pathLenConstraint", "RFC 5280, 6.1.4 (m)", AlertDescription::unknown_ca},
    {Rule::key_usage, "keyUsage", "RFC 5280, 4.2.1.3", AlertDescription::unsupported_certificate},
    {Rule::extended_key_usage, "extKeyUsage", "RFC 5280, 4.2.1.12",
     AlertDescription::unsupported_certificate},
    {Rule::name_constraints, "nameConstraints", "RFC 5280, 6.1.3 (b) and (c)",
     AlertDescription::bad_certificate},
    {Rule::policy, "policies", "RFC 5280, 6.1.3 (d)", AlertDescription::certificate_unknown},
    {Rule::critical_extensions, "critical extensions", "RFC 5280, 6.1.4 (o)",
     AlertDescription::unsupported_certificate},
    {Rule::criticality, "criticality", "RFC 5280, 4.2", AlertDescription::bad_certificate},
    {Rule::subject, "subject", "RFC 5280, 4.1.2.6", AlertDescription::bad_certificate},
    {Rule::server_name, "name", "RFC 9525, 6", AlertDescription::bad_certificate},
};

const Entry& entry_of(Rule rule) {
  for (const Entry& entry : rules) {
    if (entry.rule == rule) return entry;
  }
  return rules[0];
}

}  // namespace

std::string_view name_of(Rule rule) { return entry_of(rule).name; }
std::string_view section_of(Rule rule) { return entry_of(rule).section; }
AlertDescription alert_of(Rule rule) { return entry_of(rule).alert; }

std::string_view name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::server: return "server";
    case Purpose::client: return "client";
    case Purpose::any: break;
  }
  return "any";
}

std::string_view name_of(Profile profile) {
  return profile == Profile::strict ? "strict" : "standard";
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed: return "passed";
    case Outcome::remark: return "remark";
    case Outcome::failed: break;
  }
  return "failed";
}

}  // namespace glasstls::x509
