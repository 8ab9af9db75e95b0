#include "apps/explain/explain_command.h"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "apps/client_command.h"
#include "apps/client_options.h"
#include "apps/error.h"
#include "apps/explain/explain_capture.h"
#include "apps/options.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples = R"(  glasstls explain example.com
  glasstls explain localhost:4433 --ca ca-cert.pem --html handshake.html
  glasstls explain capture.pcapng --keylog keys.log --level bytes | less -R
  glasstls explain capture.pcapng --keylog keys.log --connection 3 --html page.html
  glasstls explain example.com --check-with openssl > check.sh && sh check.sh
)";

constexpr const char* footer = R"(
What is explained is shown with its secrets: whoever has them can read the connection. --redact
leaves them out.

Exit codes: 0 explained; 2 usage, or a file that is no capture or holds no such connection;
of a live handshake also those of `glasstls client`.)";

struct ExplainOptions {
  ClientOptions client;  // of a live handshake; `address` is the target, `report` is for both
  CaptureOptions capture;
};

/// A name with a slash, or with a capture's ending, is no host.
bool is_file(const std::string& target) {
  std::error_code ignored;
  return target == "-" || std::filesystem::exists(target, ignored) ||
         target.find('/') != std::string::npos || target.ends_with(".pcap") ||
         target.ends_with(".pcapng") || target.ends_with(".cap");
}

void refuse_if(bool condition, const char* reason) {
  if (condition) throw CommandError(ExitCode::usage, reason);
}

ExitCode explain_live(ExplainOptions options) {
  const CaptureOptions& capture = options.capture;
  refuse_if(!capture.key_logs.empty(),
            "--keylog opens a capture; the secrets of a live handshake are known");
  refuse_if(!capture.connections.empty() || !capture.hosts.empty() || !capture.ticket_keys.empty(),
            "--connection, --host and --ticket-keys are for captures");
  ClientOptions& client = options.client;
  client.seed.at = capture.at;
  refuse_if(!client.seed.at.empty() && !client.seed.given(),
            "--at without --seed is for captures: a live handshake is judged now");
  if (!client.send) client.send.emplace();
  return run_client(client);
}

ExitCode run_explain(ExplainOptions options) {
  ReportOptions& report = options.client.report;
  report.explain = !report.json && report.check_with.empty();
  report.secrets = !report.redact && (report.explain || report.json);
  report.explains_on_standard_output = report.explain;
  check(report);
  if (!is_file(options.client.address)) return explain_live(std::move(options));
  refuse_if(options.client.seed.given(), "--seed is for live handshakes");
  refuse_if(!report.capture.empty(), "--capture is for live handshakes: here there is one");
  options.capture.file = options.client.address;
  options.capture.ca_files = options.client.ca_files;
  options.capture.name = options.client.name;
  options.capture.report = report;
  return explain_capture(options.capture);
}

void add_target(CLI::App& command, ExplainOptions& options) {
  command
      .add_option("target", options.client.address,
                  "a server to connect to (port 443 if not given), or a capture: a pcap or pcapng "
                  "file")
      ->required()
      ->type_name("HOST[:PORT]|CAPTURE");
}

void add_capture_options(CLI::App& command, CaptureOptions& options) {
  const auto add = [&command](const char* name, auto& value, const char* type,
                              const char* description) {
    command.add_option(name, value, description)
        ->type_name(type)
        ->allow_extra_args(false)
        ->check(not_empty());
  };
  add("--keylog", options.key_logs, "FILE",
      "secrets that open the capture's records (SSLKEYLOGFILE; may repeat); those in the capture "
      "are read too");
  add("--ticket-keys", options.ticket_keys, "FILE",
      "the server's ticket keys, to open tickets (may repeat)");
  command
      .add_option("--connection", options.connections,
                  "only this connection of the capture (may repeat)")
      ->type_name("N")
      ->allow_extra_args(false)
      ->check(number_within(1, 1'000'000'000));
  add("--host", options.hosts, "NAME", "only connections with this server_name (may repeat)");
  command
      .add_option("--at", options.at,
                  "when certificates are judged (UTC), if not at the capture's time; with --seed: "
                  "when the run begins")
      ->type_name("TIME")
      ->check(not_empty());
}

}  // namespace

void add_explain_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* command = program.add_subcommand(
      "explain", "explain a live handshake, or a capture and its key log, byte by byte");
  auto options = std::make_shared<ExplainOptions>();
  set_examples(*command, examples);
  command->footer(footer);
  add_target(*command, *options);
  add_capture_options(*command, options->capture);
  add_live_options(*command, options->client);
  command->add_flag("--json", options->client.report.json, "print the explanation as JSON");
  add_explanation_options(*command, options->client.report);
  command->callback([options, &run] { run = [options] { return run_explain(*options); }; });
}

}  // namespace glasstls::apps
