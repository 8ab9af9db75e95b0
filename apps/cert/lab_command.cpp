#include "apps/cert/lab_command.h"

#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>

#include "apps/cert/lab.h"
#include "apps/cert/making.h"
#include "apps/options.h"
#include "apps/shell_word.h"
#include "x509/general_name.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples =
    "  glasstls cert lab lab\n"
    "  glasstls cert lab lab --name example.test --name 192.0.2.1 --key ec --intermediate\n";

void print_next_steps(const LabSpec& options, const x509::GeneralName& name) {
  const auto file = [&](const char* leaf) { return shell_word(options.file(leaf)); };
  const std::string text = name.kind == x509::GeneralNameKind::iPAddress
                               ? x509::to_string(name).substr(std::string_view("IP:").size())
                               : std::string(wire::as_text(name.value));
  const std::string host = shell_word(text.starts_with("*.") ? "any" + text.substr(1) : text);
  const std::string chain =
      options.intermediate ? " -cert_chain " + file("intermediate-cert.pem") : "";
  fmt::print(stderr,
             "try:\n"
             "  openssl s_server -accept 7777 -key {} -cert {}{}\n"
             "  glasstls client 127.0.0.1:7777 --name {} --ca {} --explain\n"
             "  glasstls cert show {}\n"
             "  glasstls cert verify --ca {} --name {} --untrusted {} {}\n",
             file("server-key.pem"), file("server-cert.pem"), chain, host, file("ca-cert.pem"),
             file("server-cert.pem"), file("ca-cert.pem"), host, file("server-chain.pem"),
             file("server-cert.pem"));
}

ExitCode run_lab(const LabSpec& options) {
  for (const std::string& path : make_lab(options)) fmt::print(stderr, "wrote {}\n", path);
  if (!options.intermediate && std::filesystem::exists(options.file("intermediate-cert.pem")))
    fmt::print(stderr, "note: {} is of an earlier lab, and leads nowhere now\n",
               options.file("intermediate-cert.pem"));
  print_next_steps(options, parse_general_names(options.names).front());
  return ExitCode::done;
}

}  // namespace

void add_lab_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command =
      cert.add_subcommand("lab", "make a CA, a server's and a client's certificate in one step");
  auto options = std::make_shared<LabSpec>();
  set_examples(*command, examples);
  command->add_option("folder", options->folder, "where the files go; made if it is missing")
      ->required()
      ->type_name("DIR");
  add_names(*command, options->names, "host name or IP address of the server")
      ->option_text("NAME (test, localhost, 127.0.0.1, ::1)");
  add_key_kind(*command, "--key", options->kind);
  command->add_flag("--intermediate", options->intermediate,
                    "let an intermediate CA sign the server's certificate");
  add_days(
      *command, options->days,
      "how long the server's and the client's certificates are valid; the CA's: ten years or more");
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_lab(*options); }; });
}

}  // namespace glasstls::apps
