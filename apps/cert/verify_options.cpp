#include "apps/cert/verify_options.h"

#include <cstddef>

#include "apps/error.h"
#include "apps/options.h"

namespace glasstls::apps {

namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& what) {
  throw CommandError(ExitCode::usage, "'" + std::string(text) + "' is not " + what);
}

/// Whether digits are where the pattern has a 0, and everything else is as it stands.
bool fits(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

void add_sources(CLI::App& command, VerifyOptions& options) {
  command
      .add_option("leaf", options.leaf,
                  "the certificate to judge, PEM or DER (\"-\" is standard input); certificates "
                  "behind the first count as --untrusted")
      ->required()
      ->type_name("LEAF.pem");
  command
      .add_option("--ca", options.ca,
                  "trust the certificates of this file or folder (may repeat); without it: "
                  "SSL_CERT_FILE, SSL_CERT_DIR, the system's store")
      ->type_name("FILE|DIR")
      ->allow_extra_args(false)
      ->check(not_empty());
  command.add_flag("--system-roots", options.system_roots,
                   "trust the system's store, besides --ca");
  command
      .add_option("--untrusted", options.untrusted,
                  "certificates that may stand between, as a server sends them (may repeat)")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->check(not_empty());
  command.add_option("--crl", options.crl, "revocation lists, PEM or DER (may repeat)")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->check(not_empty());
  command.add_flag("--require-crl", options.require_crl,
                   "refuse a certificate without a current list of its issuer");
}

void add_inputs(CLI::App& command, VerifyOptions& options) {
  command.add_option("--at", options.at, "judge as of this time (UTC) instead of now")
      ->type_name("2024-01-01T00:00:00Z")
      ->check(not_empty());
  command.add_option("--purpose", options.purpose, "what it is for: server, client or any")
      ->option_text("PURPOSE (server)");
  command.add_option("--name", options.name, "the DNS name or IP address it must have")
      ->type_name("NAME")
      ->check(not_empty());
  command.add_option("--policy", options.policies, "a policy that is acceptable (may repeat)")
      ->type_name("OID")
      ->allow_extra_args(false);
  command.add_flag("--require-explicit-policy", options.require_explicit_policy,
                   "refuse a path without an acceptable policy");
  command.add_flag("--inhibit-policy-mapping", options.inhibit_policy_mapping,
                   "let no CA map policies");
  command.add_flag("--inhibit-any-policy", options.inhibit_any_policy,
                   "let anyPolicy stand for none");
}

}  // namespace

void add_verify_options(CLI::App& command, VerifyOptions& options) {
  add_sources(command, options);
  add_inputs(command, options);
  command.add_flag("--strict", options.strict,
                   "refuse also what is a remark otherwise: every MUST of RFC 5280 and of the "
                   "browsers' profile");
  command.add_flag("--explain", options.explain, "show every path that was tried and every check");
  command.add_flag("--json", options.json, "print one JSON document");
}

x509::Time parse_moment(std::string_view text) {
  const bool whole = fits(text, "0000-00-00T00:00:00Z");
  if (!whole && !fits(text, "0000-00-00")) refuse(text, "a time in UTC like 2024-01-01T00:00:00Z");
  const auto part = [text](std::size_t begin, std::size_t size) {
    int value = 0;
    for (std::size_t i = begin; i < begin + size && i < text.size(); ++i)
      value = value * 10 + (text[i] - '0');
    return value;
  };
  const auto time =
      x509::time_from(part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2));
  if (!time) refuse(text, "a time that exists");
  return *time;
}

x509::Purpose parse_purpose(std::string_view text) {
  for (const x509::Purpose purpose :
       {x509::Purpose::server, x509::Purpose::client, x509::Purpose::any})
    if (name_of(purpose) == text) return purpose;
  refuse(text, "a purpose; known are: server, client, any");
}

x509::Oid parse_policy(std::string_view text) {
  const auto policy = x509::parse_oid(text);
  if (!policy) refuse(text, "an object identifier like 2.23.140.1.2.1");
  return *policy;
}

}  // namespace glasstls::apps
