#include "apps/cert/request_command.h"

#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "apps/cert/key_source.h"
#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "apps/options.h"
#include "platform/random.h"
#include "x509/encode.h"
#include "x509/pem.h"
#include "x509/request.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples =
    "  glasstls cert request --name example.test --key-out server-key.pem --out server.csr\n"
    "  glasstls cert request --subject CN=test,O=Example --name test --name 127.0.0.1 \\\n"
    "      --key server-key.pem --out server.csr\n";

struct Options {
  std::string subject;
  std::vector<std::string> names;
  KeySource key;
  std::string out = "-";
  bool force = false;
};

/// Asks for the names; what the certificate may be used for is the issuer's to say.
std::vector<x509::NewExtension> extensions_for(const std::vector<x509::GeneralName>& names,
                                               const x509::Name& subject) {
  if (names.empty()) return {};
  return {{x509::oid::subjectAltName, subject.empty(), x509::encode(names)}};
}

ExitCode run_request(const Options& options) {
  const std::vector<x509::GeneralName> names = parse_general_names(options.names);
  if (options.subject.empty() && names.empty())
    throw CommandError(ExitCode::usage, "a request names somebody: give --subject, --name or both");
  const x509::Name subject =
      options.subject.empty() ? subject_of(names) : parse_subject(options.subject);
  check_outputs(outputs_of(options.key, options.out), inputs_of(options.key), options.force);
  const crypto::PrivateKey key = obtain_key(options.key);
  const x509::CertificationRequest request =
      x509::make_request(subject, extensions_for(names, subject), key, platform::system_random());

  std::vector<OutputFile> files;
  add_key_file(files, options.key, key);
  files.push_back(public_file(options.out, x509::to_pem("CERTIFICATE REQUEST", request.der())));
  write_outputs(files, options.force);
  fmt::print(stderr, "request for {}: {}; names: {}\n",
             subject.empty() ? "an empty subject" : x509::to_string(subject),
             request.public_key().name, to_string(names));
  return ExitCode::done;
}

}  // namespace

void add_request_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command = cert.add_subcommand("request", "make a certification request (PKCS #10)");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  command
      ->add_option("--subject", options->subject,
                   "CN=test,O=Example or /O=Example/CN=test; without it: the first --name")
      ->type_name("NAME");
  add_names(*command, options->names, "host name, IP address, e-mail or URI to ask for");
  add_key_source(*command, options->key);
  add_file(*command, "--out", options->out, "the request; without it: standard output");
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_request(*options); }; });
}

}  // namespace glasstls::apps
