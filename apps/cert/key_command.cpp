#include "apps/cert/key_command.h"

#include <memory>
#include <string>

#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/options.h"
#include "x509/private_key.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples =
    "  glasstls cert key --out ca-key.pem\n"
    "  glasstls cert key --type ec --out server-key.pem\n";

struct Options {
  std::string type = "rsa";
  std::string out = "-";
  bool force = false;
};

ExitCode run_key(const Options& options) {
  check_outputs({options.out}, {}, options.force);
  std::vector<OutputFile> files;
  files.push_back(secret_file(options.out, x509::private_key_pem(generate_key(options.type))));
  write_outputs(files, options.force);
  return ExitCode::done;
}

}  // namespace

void add_key_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command = cert.add_subcommand("key", "make a private key (PKCS #8, not encrypted)");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  add_key_kind(*command, "--type", options->type);
  add_file(*command, "--out", options->out, "the key; without it: standard output");
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_key(*options); }; });
}

}  // namespace glasstls::apps
