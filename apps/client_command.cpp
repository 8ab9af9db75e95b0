#include "apps/client_command.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/address.h"
#include "apps/client_report.h"
#include "apps/client_session.h"
#include "apps/error.h"
#include "apps/key_log_file.h"
#include "apps/names.h"
#include "apps/roots.h"
#include "tls/config.h"
#include "tls/connection.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples = R"(Examples:
  glasstls client example.com --send $'GET / HTTP/1.0\r\n\r\n'
  glasstls client 127.0.0.1:7777 --name test --ca ca-cert.pem --explain
  glasstls client localhost:4433 --ca ca-cert.pem < request > answer

)";

/// Help that begins with examples.
class HelpWithExamples : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override {
    return examples + CLI::Formatter::make_description(app);
  }
};

/// A number of seconds; unlike CLI::Range it refuses NaN.
CLI::Validator seconds_within(double least, double most) {
  const auto check = [least, most](std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool good = !text.empty() && *end == '\0' && value >= least && value <= most;
    return good ? std::string()
                : fmt::format("'{}' is not a number of seconds from {} to {}", text, least, most);
  };
  return CLI::Validator(check, "");
}

CLI::Validator not_empty() {
  return CLI::Validator([](std::string& text) { return text.empty() ? "must not be empty" : ""; },
                        "");
}

struct ClientOptions {
  std::string address;
  std::vector<std::string> ca_files;
  std::string name;
  bool insecure = false;
  std::optional<std::string> send;
  double linger = 1;
  double timeout = 10;
  bool half_close = false;
  std::string suites, groups, schemes;
  bool no_extended_master_secret = false;
  bool require_extended_master_secret = false;
  std::string key_log;
  ReportOptions report;
};

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

x509::ServerName server_name(const ClientOptions& options, const Address& address) {
  const std::string& text = options.name.empty() ? address.host : options.name;
  auto name = x509::ServerName::parse(text);
  if (!name)
    throw CommandError(ExitCode::usage, "'" + text + "' is neither a DNS name nor an IP address" +
                                            (options.name.empty() ? "; give --name" : ""));
  return *std::move(name);
}

std::shared_ptr<const tls::Config> make_config(const ClientOptions& options) {
  tls::ClientSettings settings;
  settings.cipher_suites = parse_suites(options.suites);
  settings.groups = parse_groups(options.groups);
  settings.signature_schemes = parse_schemes(options.schemes);
  settings.offer_extended_master_secret = !options.no_extended_master_secret;
  settings.require_extended_master_secret = options.require_extended_master_secret;
  settings.verify_peer = !options.insecure;
  if (settings.verify_peer) settings.roots = load_roots(options.ca_files);
  try {
    return std::make_shared<const tls::Config>(std::move(settings));
  } catch (const std::invalid_argument& error) {  // options that do not go together
    std::string reason = error.what();
    constexpr std::string_view raiser = "Config: ";  // means nothing to who typed the options
    if (reason.starts_with(raiser)) reason.erase(0, raiser.size());
    throw CommandError(ExitCode::usage, reason);
  }
}

SessionOptions session_options(const ClientOptions& options, const Address& address) {
  SessionOptions session;
  session.address = address;
  session.send = options.send;
  session.linger = milliseconds(options.linger);
  session.timeout = milliseconds(options.timeout);
  session.half_close = options.half_close;
  return session;
}

ExitCode run_client(const ClientOptions& options) {
  if (options.report.secrets && !options.report.explain && !options.report.json)
    throw CommandError(ExitCode::usage, "--secrets shows nothing without --explain or --json");
  const Address address = parse_address(options.address, "443");
  const x509::ServerName name = server_name(options, address);
  const auto config = make_config(options);
  if (options.insecure)
    std::fputs(
        "WARNING: --insecure: the server's certificate is NOT verified; anybody may be at the "
        "other end\n",
        stderr);

  ClientReport report(options.report, address.host + ":" + address.port, name.text());
  std::vector<std::shared_ptr<Observer>> observers = report.observers();
  if (!options.key_log.empty()) observers.push_back(open_key_log(options.key_log));

  ClientSession session(
      session_options(options, address), tls::Connection(config, name, std::move(observers)),
      [&](View data) { report.data(data); },
      [&](const handshake::Agreement& agreement) { report.connected(agreement); });
  const SessionResult result = session.run();
  report.finished(result);
  return result.code;
}

void add_options(CLI::App& command, ClientOptions& options) {
  command.add_option("address", options.address, "the server; the port is 443 if not given")
      ->required()
      ->type_name("HOST[:PORT]");
  command
      .add_option("--ca", options.ca_files,
                  "trust the certificates of this PEM file (may repeat); without it: "
                  "SSL_CERT_FILE, SSL_CERT_DIR, the system's store")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--name", options.name,
                  "the name or address that the certificate must have; without it: HOST")
      ->type_name("NAME")
      ->check(not_empty());
  command.add_flag("--insecure", options.insecure,
                   "do not verify the certificate (for experiments only)");

  command.add_option("--send", options.send, "send this text instead of standard input")
      ->type_name("TEXT");
  command
      .add_option("--linger", options.linger, "seconds of silence to wait for after our last word")
      ->check(seconds_within(0, 86'400))
      ->option_text("SECONDS (1)");
  command.add_flag("--half-close", options.half_close,
                   "send close_notify at the end of input, at once");
  command
      .add_option(
          "--timeout", options.timeout,
          "seconds for connecting (looking up the name may take longer) and handshake, and for "
          "a peer that takes nothing")
      ->check(seconds_within(0.001, 86'400))
      ->option_text("SECONDS (10)");

  command.add_option("--suites", options.suites, "cipher suites to offer, in order")
      ->type_name("A,B,...")
      ->check(not_empty());
  command.add_option("--groups", options.groups, "groups to offer, in order")
      ->type_name("A,B,...")
      ->check(not_empty());
  command.add_option("--sigalgs", options.schemes, "signature schemes to offer, in order")
      ->type_name("A,B,...")
      ->check(not_empty());
  auto* none = command.add_flag("--no-extended-master-secret", options.no_extended_master_secret,
                                "do not offer extended_master_secret");
  command
      .add_flag("--require-extended-master-secret", options.require_extended_master_secret,
                "refuse a server without it")
      ->excludes(none);

  command
      .add_option("--keylog", options.key_log,
                  "append the master secret to this file, for Wireshark")
      ->type_name("FILE")
      ->check(not_empty());
  command.add_flag("--explain", options.report.explain,
                   "show every message, secret and step on standard error");
  command.add_flag("--secrets", options.report.secrets,
                   "with --explain or --json: show the values of secrets too");
  command.add_flag("--json", options.report.json,
                   "print one JSON document on standard output instead of the received data");
}

}  // namespace

void add_client_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* command =
      program.add_subcommand("client", "connect to a TLS 1.2 server, verify it, exchange data");
  auto options = std::make_shared<ClientOptions>();
  command->formatter(std::make_shared<HelpWithExamples>());
  add_options(*command, *options);
  command->callback([options, &run] { run = [options] { return run_client(*options); }; });
}

}  // namespace glasstls::apps
