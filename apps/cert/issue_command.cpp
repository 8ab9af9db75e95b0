#include "apps/cert/issue_command.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/cert/input_files.h"
#include "apps/cert/issuing.h"
#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "apps/options.h"
#include "platform/clock.h"
#include "platform/random.h"
#include "x509/encode.h"

namespace glasstls::apps {

namespace {

using x509::CertificateKind;

constexpr const char* examples =
    "  glasstls cert issue --ca ca-cert.pem --ca-key ca-key.pem --request server.csr \\\n"
    "      --name example.test --out server-cert.pem\n"
    "  glasstls cert issue --ca ca-cert.pem --ca-key ca-key.pem --request server.csr \\\n"
    "      --copy-extensions --out server-cert.pem --chain-out server-chain.pem\n"
    "  glasstls cert issue --ca ca-cert.pem --ca-key ca-key.pem --request sub-ca.csr \\\n"
    "      --purpose ca --out sub-ca-cert.pem\n";

struct Options {
  std::string ca, ca_key, request, passphrase_file;
  std::string subject;
  std::vector<std::string> names;
  CertificateKind kind = CertificateKind::server;
  bool copy_extensions = false;
  int days = 365;
  std::optional<std::uint32_t> path_length;
  std::string out = "-", chain_out;
  bool force = false;
};

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

CertificateKind kind_of(const std::string& purpose) {
  for (const CertificateKind kind :
       {CertificateKind::server, CertificateKind::client, CertificateKind::intermediate})
    if (purpose == name_of(kind)) return kind;
  throw CLI::ValidationError("--purpose", "'" + purpose + "' is none of server, client, ca");
}

std::vector<std::string> outputs_of(const Options& options) {
  if (options.chain_out.empty()) return {options.out};
  return {options.out, options.chain_out};
}

void show(const x509::CertificationRequest& request, const Copied& copied) {
  fmt::print(stderr, "request of {}: {}, signed by that key\n",
             request.subject().empty() ? "an empty subject" : x509::to_string(request.subject()),
             request.public_key().name);
  for (const RequestedExtension& extension : copied.all)
    fmt::print(stderr, "  requested {} ({})\n", extension.text, extension.fate);
}

std::vector<x509::GeneralName> names_for(const Options& options, const Copied& copied,
                                         const x509::Extensions& requested) {
  std::vector<x509::GeneralName> names =
      options.names.empty() ? copied.names : parse_general_names(options.names);
  if (options.kind != CertificateKind::server || names_a_host(names)) return names;
  std::string hint;
  if (requested.subject_alt_name && !options.copy_extensions)
    hint = fmt::format(", or --copy-extensions for those that are requested ({})",
                       to_string(*requested.subject_alt_name));
  refuse(
      "a server's certificate needs a DNS name or an IP address, and the common name does not "
      "count (RFC 9525, 6.3): "
      "give --name HOST" +
      hint);
}

/// No certificate outlives the one that signed it.
void set_validity(x509::CertificateSpec& spec, const x509::Certificate& ca, int days) {
  const Validity valid = validity(days);
  spec.not_before = std::max(valid.not_before, ca.not_before());
  spec.not_after = std::min(valid.not_after, ca.not_after());
  if (spec.not_after < valid.not_after)
    fmt::print(stderr, "note: valid until {} only, as its CA is\n",
               x509::to_string(spec.not_after));
}

x509::CertificateSpec spec_for(const Options& options, const x509::CertificationRequest& request,
                               const x509::Certificate& ca, Copied copied) {
  x509::CertificateSpec spec;
  spec.kind = options.kind;
  spec.subject = options.subject.empty() ? request.subject() : parse_subject(options.subject);
  spec.names = names_for(options, copied, request.requested_extensions());
  spec.more = std::move(copied.extensions);
  if (spec.subject == ca.subject())
    refuse(fmt::format("the request's subject is the CA's own, {}: give another with --subject",
                       x509::to_string(ca.subject())));
  if (spec.subject.empty() && spec.names.empty())
    refuse("the certificate would name nobody: give --subject or --name (RFC 5280, 4.1.2.6)");
  if (options.kind == CertificateKind::intermediate) {
    if (spec.subject.empty()) refuse("a CA needs a subject (RFC 5280, 4.1.2.6): give --subject");
    spec.path_length = path_length_below(ca, options.path_length);
    spec.more.push_back(tls_purposes());
  }
  set_validity(spec, ca, options.days);
  return spec;
}

/// The certificate and the CAs above it, but for a root: whoever trusts that one has it.
std::string chain_pem(const x509::Certificate& issued, const CertificateAuthority& authority) {
  std::string pem = certificate_pem(issued);
  const std::vector<x509::Certificate>& given = authority.certificates;
  const x509::Certificate* above = &given.front();
  for (std::size_t steps = 0; above != nullptr && steps < given.size(); ++steps) {
    if (above->is_self_issued()) break;
    pem += certificate_pem(*above);
    const auto next = std::find_if(given.begin(), given.end(), [&](const auto& one) {
      return one.is_ca() && one.subject() == above->issuer();
    });
    above = next == given.end() ? nullptr : &*next;
  }
  return pem;
}

ExitCode run_issue(const Options& options) {
  const std::vector<std::string> inputs{options.ca, options.ca_key, options.request,
                                        options.passphrase_file};
  check_outputs(outputs_of(options), inputs, options.force);
  if (options.path_length && options.kind != CertificateKind::intermediate)
    refuse("--path-length is for --purpose ca");
  const x509::Time now = platform::now();
  const CertificateAuthority authority =
      read_authority(options.ca, options.ca_key, options.passphrase_file, now);
  const x509::CertificationRequest request = read_request(options.request);
  check_request(request, options.request);
  Copied copied =
      copy_extensions(request, {options.kind, options.copy_extensions, !options.names.empty()});
  show(request, copied);

  const x509::CertificateSpec spec =
      spec_for(options, request, authority.certificate(), std::move(copied));
  const x509::Certificate issued =
      x509::issue(spec, *request.public_key().key, authority.issuer(), platform::system_random());
  check_issued(issued, authority.certificate(), options.kind, now);

  std::vector<OutputFile> files;
  files.push_back(public_file(options.out, certificate_pem(issued)));
  if (!options.chain_out.empty())
    files.push_back(public_file(options.chain_out, chain_pem(issued, authority)));
  write_outputs(files, options.force);
  fmt::print(stderr, "{} certificate {} by {}, valid until {}; names: {}\n", name_of(options.kind),
             x509::to_string(issued), x509::to_string(authority.certificate()),
             x509::to_string(issued.not_after()), to_string(spec.names));
  return ExitCode::done;
}

void add_options(CLI::App& command, Options& options) {
  add_file(command, "--ca", options.ca,
           "the CA's certificate; further ones, above it, go into --chain-out")
      ->required();
  add_file(command, "--ca-key", options.ca_key, "the CA's private key")->required();
  add_passphrase_file(command, options.passphrase_file);
  add_file(command, "--request", options.request, "the request, PEM or DER")->required();
  const auto take_purpose = [&options](const std::string& text) { options.kind = kind_of(text); };
  command
      .add_option_function<std::string>("--purpose", take_purpose, "what the certificate is for")
      ->option_text("server|client|ca (server)");
  add_names(command, options.names, "host name, IP address, e-mail or URI to vouch for");
  command.add_option("--subject", options.subject, "instead of the requested subject")
      ->type_name("NAME");
  command.add_flag("--copy-extensions", options.copy_extensions,
                   "take over what the request asks for, as far as it does no harm");
  add_days(command, options.days, "how long it is valid, but no longer than its CA");
  command
      .add_option("--path-length", options.path_length,
                  "of a CA: how many CAs may stand between it and a leaf; without it: 0")
      ->type_name("N")
      ->check(CLI::Range(0, 16));
  add_file(command, "--out", options.out, "the certificate; without it: standard output");
  add_file(command, "--chain-out", options.chain_out,
           "the certificate and the intermediates of --ca, as servers send them");
  add_force(command, options.force);
}

}  // namespace

void add_issue_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command = cert.add_subcommand("issue", "sign a request: make a certificate");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  add_options(*command, *options);
  command->callback([options, &run] { run = [options] { return run_issue(*options); }; });
}

}  // namespace glasstls::apps
