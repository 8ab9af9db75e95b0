#include "apps/cert/verify_command.h"

#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "apps/cert/making.h"
#include "apps/cert/objects.h"
#include "apps/cert/verify_options.h"
#include "apps/error.h"
#include "apps/options.h"
#include "apps/roots.h"
#include "apps/terminal.h"
#include "inspect/guesses.h"
#include "inspect/json.h"
#include "inspect/printable.h"
#include "inspect/verdict.h"
#include "platform/clock.h"
#include "x509/crl.h"

namespace glasstls::apps {

namespace {

using Fault = inspect::VerdictReport::Fault;

constexpr const char* examples =
    "  glasstls cert verify --ca ca-cert.pem --name test server-chain.pem\n"
    "  glasstls cert verify --ca ca-cert.pem --purpose client --explain client-cert.pem\n"
    "  glasstls cert verify --ca roots/ --untrusted chain.pem --crl ca.crl --require-crl leaf.pem\n"
    "  glasstls cert verify --ca ca-cert.pem --at 2030-01-01T00:00:00Z --json leaf.pem\n";

/// What is judged, read from files.
struct Material {
  std::vector<x509::Certificate> chain;
  std::vector<x509::Unreadable> unreadable;
  std::vector<x509::CertificateList> crls;
  std::optional<Fault> fault;  // of the leaf or of a list: there is nothing to judge by
};

void complain(const std::string& text) {
  std::fputs(("glasstls: " + inspect::printable(text) + "\n").c_str(), stderr);
}

std::string text_of(const Fault& fault) {
  return fmt::format("{}: {} ({}, byte {})", fault.source, fault.error.what, fault.error.section,
                     fault.error.offset);
}

/// Those of one kind; a damaged PEM text and a file without any are CommandError (usage).
std::vector<FoundObject> objects_of(const std::string& path, ObjectLabel label,
                                    std::string_view noun) {
  FoundObjects found = find_objects(path);
  if (!found.faults.empty()) throw CommandError(ExitCode::usage, found.faults.front());
  std::vector<FoundObject> chosen;
  for (FoundObject& object : found.objects) {
    const bool der = object.label == ObjectLabel::any && object.der[0] == 0x30;
    if (der || object.label == label) chosen.push_back(std::move(object));
  }
  if (chosen.empty())
    throw CommandError(ExitCode::usage,
                       fmt::format("{} holds no {} (expected PEM or DER)", path, noun));
  return chosen;
}

/// The leaf must be readable; of the others those that are not can be done without.
void read_chain(const std::string& path, Material& material) {
  for (const FoundObject& object : objects_of(path, ObjectLabel::certificate, "certificate")) {
    auto parsed = x509::Certificate::parse(object.der);
    if (parsed) {
      material.chain.push_back(*std::move(parsed));
    } else if (material.chain.empty()) {
      material.fault = material.fault.value_or(Fault{object.source, parsed.error()});
    } else {
      complain(text_of({object.source, parsed.error()}) + ": left out");
      const std::size_t position = material.chain.size() + material.unreadable.size();
      material.unreadable.push_back({position, parsed.error()});
    }
  }
}

void read_lists(const std::string& path, Material& material) {
  for (const FoundObject& object :
       objects_of(path, ObjectLabel::revocation_list, "certificate revocation list")) {
    auto parsed = x509::CertificateList::parse(object.der);
    if (parsed)
      material.crls.push_back(*std::move(parsed));
    else if (!material.fault)
      material.fault = Fault{object.source, parsed.error()};
  }
}

Material read_material(const VerifyOptions& options) {
  Material material;
  read_chain(options.leaf, material);
  if (!material.fault)
    for (const std::string& path : options.untrusted) read_chain(path, material);
  for (const std::string& path : options.crl) read_lists(path, material);
  return material;
}

x509::VerifyRequest make_request(const VerifyOptions& options) {
  x509::VerifyRequest request;
  request.at = options.at.empty() ? platform::now() : parse_moment(options.at);
  request.purpose = parse_purpose(options.purpose);
  request.profile = options.strict ? x509::Profile::strict : x509::Profile::standard;
  request.require_crl = options.require_crl;
  for (const std::string& policy : options.policies)
    request.policies.acceptable.push_back(parse_policy(policy));
  request.policies.require_explicit = options.require_explicit_policy;
  request.policies.inhibit_mapping = options.inhibit_policy_mapping;
  request.policies.inhibit_any_policy = options.inhibit_any_policy;
  if (options.name.empty()) return request;
  request.name = x509::ServerName::parse(options.name);
  if (!request.name)
    throw CommandError(ExitCode::usage,
                       "'" + options.name + "' is neither a DNS name nor an IP address");
  return request;
}

void print_text(const inspect::VerdictReport& report, const VerifyOptions& options) {
  if (report.fault)
    return print_output("not trusted: " + inspect::printable(text_of(*report.fault)) + "\n");
  const inspect::VerdictFacts& verdict = *report.verdict;
  print_output(headline(verdict) + "\n" + (options.explain ? "" : remarks_of(verdict)));
  if (!report.likely_cause.empty())
    print_output(fmt::format("-- a guess --\n  cause   {}\n  try     {}\n", report.likely_cause,
                             report.advice));
  if (!options.explain) return;
  inspect::VerdictTextOptions text;
  text.color = wants_color(STDOUT_FILENO);
  text.utf8 = wants_utf8(STDOUT_FILENO);
  text.width = columns_of(STDOUT_FILENO);
  print_output("\n" + to_text(verdict, text));
}

ExitCode run_verify(const VerifyOptions& options) {
  x509::VerifyRequest request = make_request(options);
  const auto roots = load_roots(options.ca, options.system_roots);
  const Material material = read_material(options);
  request.chain = material.chain;
  request.unreadable = material.unreadable;
  request.crls = material.crls;
  request.roots = roots.get();

  inspect::VerdictReport report;
  report.certificate = options.leaf;
  report.purpose = name_of(request.purpose);
  report.profile = name_of(request.profile);
  if (request.name) report.name = request.name->text();
  report.at = to_string(request.at);
  report.fault = material.fault;
  if (!report.fault) {
    const x509::Verdict verdict = x509::verify(request);
    report.verdict = inspect::facts_of(verdict);
    report.likely_cause = inspect::guess(verdict).likely_cause;
    report.advice = inspect::guess(verdict).advice;
  }
  const bool trusted = report.verdict && report.verdict->trusted;
  const ExitCode code = trusted ? ExitCode::done : ExitCode::not_trusted;
  report.exit_code = static_cast<int>(code);
  if (options.json)
    print_output(inspect::to_json(report));
  else
    print_text(report, options);
  return code;
}

}  // namespace

void add_verify_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command =
      cert.add_subcommand("verify", "judge a certificate and its chain, and say why");
  set_examples(*command, examples);
  auto options = std::make_shared<VerifyOptions>();
  add_verify_options(*command, *options);
  command->callback([options, &run] { run = [options] { return run_verify(*options); }; });
}

}  // namespace glasstls::apps
