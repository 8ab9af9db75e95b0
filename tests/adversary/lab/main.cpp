// glasstls-lab: glasstls client and server, which can misbehave in named ways. For teaching and for
// tests; never installed.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>

#include "apps/client_command.h"
#include "apps/error.h"
#include "apps/exit_code.h"
#include "apps/server_command.h"
#include "glasstls/version.h"
#include "tests/adversary/lab/fault_options.h"

namespace {

using glasstls::adversary::FaultOptions;
using glasstls::adversary::Side;
using glasstls::apps::ExitCode;

constexpr const char* examples =
    R"(glasstls-lab: a TLS 1.2 client and server that misbehave on purpose

Examples:
  glasstls-lab client --fault list
  glasstls-lab client 127.0.0.1:4433 --fault bad-finished
  glasstls-lab server --fault early-ccs --listen 7777
  glasstls-lab client 127.0.0.1:7777 --insecure        (as glasstls would)
)";

constexpr const char* exit_codes = R"(
Exit codes with --fault: 0 the other side bore the fault, or closed by the rules; 2 usage; 3 no
connection; 4 what came back cannot be read; 5 the other side sent a fatal alert; 8 it closed
without a word, or said nothing; 9 it lacks what the fault needs. Without: those of glasstls.)";

ExitCode run_program(int argc, char** argv) {
  CLI::App program(examples, "glasstls-lab");
  program.footer(exit_codes);
  program.set_version_flag("--version", "glasstls-lab " GLASSTLS_VERSION);
  program.require_subcommand(1);
  std::function<ExitCode()> run;
  glasstls::apps::add_client_command(program, run);
  glasstls::apps::add_server_command(program, run);
  const FaultOptions client(*program.get_subcommand("client"), Side::client);
  const FaultOptions server(*program.get_subcommand("server"), Side::server);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
  }
  for (const FaultOptions* options : {&client, &server})
    if (options->chosen()) return options->run();
  client.check_ordinary();
  server.check_ordinary();
  return run();
}

}  // namespace

int main(int argc, char** argv) {
  ExitCode code = ExitCode::internal_error;
  try {
    code = run_program(argc, argv);
  } catch (const glasstls::apps::CommandError& error) {
    std::fprintf(stderr, "glasstls-lab: %s\n", error.what());
    code = error.code;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "glasstls-lab: internal error: %s\n", error.what());
  }
  return static_cast<int>(code);
}
