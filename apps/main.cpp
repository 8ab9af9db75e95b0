// glasstls: TLS 1.2 that you can see through. One file per subcommand.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <functional>
#include <string>
#include <unistd.h>

#include "apps/bench/bench_command.h"
#include "apps/cert/cert_command.h"
#include "apps/client_command.h"
#include "apps/error.h"
#include "apps/exit_code.h"
#include "apps/explain/explain_command.h"
#include "apps/server_command.h"
#include "apps/unknown_subcommand.h"
#include "glasstls/version.h"
#include "inspect/printable.h"

namespace {

using glasstls::apps::ExitCode;
using glasstls::apps::unknown_subcommand;

constexpr const char* examples = R"(glasstls: TLS 1.2 that you can see through

Examples:
  glasstls client example.com --send $'GET / HTTP/1.0\r\n\r\n'
  glasstls client 127.0.0.1:7777 --name test --ca ca-cert.pem --explain
  glasstls client localhost:4433 --ca ca-cert.pem < request > answer
  glasstls server --http
  glasstls explain example.com
  glasstls explain capture.pcapng --keylog keys.log
  glasstls cert lab lab --name example.test
  glasstls bench localhost:4433 --ca ca-cert.pem --connections 1000
)";

constexpr const char* exit_codes = R"(
Exit codes: 0 done; 1 internal error; 2 usage or a bad input file; 3 no connection, or
no place to listen; 4 the peer does not speak TLS; 5 the peer sent a fatal alert; 6 the
peer broke the protocol; 7 certificate or name not trusted; 8 timed out or truncated;
9 what was asked for was not held: a handshake that should have been resumed was not.)";

int code(ExitCode exit_code) { return static_cast<int>(exit_code); }

/// A closed standard stream would be the next file that is opened: a key log, a socket. Input ends at once
/// then, and output fails as it should.
void fill_closed_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) == -1) static_cast<void>(::open("/dev/null", O_RDONLY));
}

int run_program(int argc, char** argv) {
  CLI::App program(examples, "glasstls");
  program.footer(exit_codes);
  program.set_version_flag("--version", "glasstls " GLASSTLS_VERSION);
  program.require_subcommand(1);
  std::function<ExitCode()> run;
  glasstls::apps::add_client_command(program, run);
  glasstls::apps::add_server_command(program, run);
  glasstls::apps::add_explain_command(program, run);
  glasstls::apps::add_cert_command(program, run);
  glasstls::apps::add_bench_command(program, run);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == 0;
    const std::string unknown = asked_for_help ? "" : unknown_subcommand(program);
    if (unknown.empty())
      program.exit(error);
    else
      std::fprintf(stderr, "glasstls: %s\nRun with --help for more information.\n",
                   glasstls::inspect::printable(unknown).c_str());
    return code(asked_for_help ? ExitCode::done : ExitCode::usage);
  }
  return code(run());
}

}  // namespace

int main(int argc, char** argv) {
  fill_closed_streams();
  try {
    return run_program(argc, argv);
  } catch (const glasstls::apps::CommandError& error) {
    std::fprintf(stderr, "glasstls: %s\n", error.what());
    return code(error.code);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "glasstls: internal error: %s\n", error.what());
    return code(ExitCode::internal_error);
  }
}
