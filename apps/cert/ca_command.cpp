#include "apps/cert/ca_command.h"

#include <cstdint>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/cert/key_source.h"
#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "apps/options.h"
#include "platform/random.h"
#include "x509/issue.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples =
    "  glasstls cert ca --subject CN=\"My CA\" --key-out ca-key.pem --out ca-cert.pem\n"
    "  glasstls cert ca --subject /O=Example/CN=CA --key ca-key.pem --days 365 --out ca-cert.pem\n";

struct Options {
  std::string subject;
  KeySource key;
  std::string out = "-";
  int days = 3650;
  std::optional<std::uint32_t> path_length;
  bool force = false;
};

x509::CertificateSpec spec_of(const Options& options) {
  const Validity valid = validity(options.days);
  x509::CertificateSpec spec;
  spec.kind = x509::CertificateKind::root;
  spec.subject = parse_subject(options.subject);
  if (spec.subject.empty())
    throw CommandError(ExitCode::usage, "a CA needs a subject: its certificates name it as issuer");
  spec.not_before = valid.not_before;
  spec.not_after = valid.not_after;
  spec.path_length = options.path_length;
  return spec;
}

ExitCode run_ca(const Options& options) {
  const x509::CertificateSpec spec = spec_of(options);
  check_outputs(outputs_of(options.key, options.out), inputs_of(options.key), options.force);
  const crypto::PrivateKey key = obtain_key(options.key);
  const x509::Certificate certificate = x509::self_sign(spec, key, platform::system_random());

  std::vector<OutputFile> files;
  add_key_file(files, options.key, key);
  files.push_back(public_file(options.out, certificate_pem(certificate)));
  write_outputs(files, options.force);
  fmt::print(stderr, "CA {}: {}, valid until {}\n", x509::to_string(certificate.subject()),
             certificate.public_key().name, x509::to_string(certificate.not_after()));
  return ExitCode::done;
}

}  // namespace

void add_ca_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command = cert.add_subcommand("ca", "make a self-signed CA certificate");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  command->add_option("--subject", options->subject, "CN=My CA,O=Example or /O=Example/CN=My CA")
      ->type_name("NAME")
      ->required();
  add_key_source(*command, options->key);
  add_file(*command, "--out", options->out, "the certificate; without it: standard output");
  add_days(*command, options->days, "how long it is valid");
  command
      ->add_option("--path-length", options->path_length,
                   "how many CAs may stand between this one and a leaf; without it: any number")
      ->type_name("N")
      ->check(CLI::Range(0, 16));
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_ca(*options); }; });
}

}  // namespace glasstls::apps
