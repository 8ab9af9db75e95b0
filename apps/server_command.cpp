#include "apps/server_command.h"

#include "apps/cert/making.h"
#include "apps/endpoint.h"
#include "apps/error.h"
#include "apps/key_log_file.h"
#include "apps/make_config.h"
#include "apps/options.h"
#include "apps/server/held_signals.h"
#include "apps/server/lab_certificate.h"
#include "apps/server/options.h"
#include "apps/server/server.h"
#include "apps/terminal.h"
#include "inspect/printable.h"
#include "platform/clock.h"
#include "x509/certificate.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples = R"(  glasstls server --http
  glasstls server --listen 0 --cert server-chain.pem --key server-key.pem --echo
  glasstls server --reply 'yes' --lab lab --require-client-cert --explain
  glasstls server --http --json --threads 4 > connections.jsonl
)";

constexpr const char* footer = R"(
Stays in the foreground. SIGTERM, SIGINT and SIGHUP end it in order: it accepts no more, and gives
connections 5 seconds to come to their end; a second signal does not.

Exit codes: 0 ended by a signal, or after --count connections, whatever became of them;
1 internal error; 2 usage or a bad input file; 3 cannot listen on that address.)";

void check(const ServerOptions& options) {
  if (options.certificates.size() != options.keys.size())
    throw CommandError(ExitCode::usage, "each --cert needs its --key, in the same order");
  if (options.seed.given() && options.threads > 1)
    throw CommandError(ExitCode::usage,
                       "--seed needs one thread: with --threads the order of things is by chance");
  check(options.report);
}

Serving serving_of(const ServerOptions& options, const LabCertificate* lab,
                   std::shared_ptr<const SeededRun> seeded) {
  Serving serving;
  tls::ServerSettings settings = settings_of(options, lab);
  if (seeded && settings.ticket_keys && options.ticket_keys.empty())
    settings.ticket_keys = seeded->ticket_keys();
  serving.config = make_config(std::move(settings));
  serving.seeded = std::move(seeded);
  if (!options.key_log.empty()) serving.key_log = open_key_log(options.key_log);
  if (options.echo) serving.speech = Speech::echo;
  if (options.http) serving.speech = Speech::http;
  serving.reply = options.reply;
  serving.handshake_timeout = milliseconds(options.timeout);
  serving.request_timeout = milliseconds(options.timeout);
  serving.idle_timeout = milliseconds(options.idle_timeout);
  return serving;
}

/// What explanations are made with: clients' certificates are judged as the connections do.
inspect::DocumentOptions checks_of(const tls::Config& config) {
  inspect::DocumentOptions checks;
  const handshake::ServerPolicy& policy = config.server();
  if (policy.verification.verify) checks.client_roots = policy.verification.roots;
  checks.ticket_keys = policy.ticket_keys;
  return checks;
}

/// What will not work as it is probably meant.
std::vector<std::string> notes_on(const ServerOptions& options, const Serving& serving) {
  std::vector<std::string> notes;
  const handshake::ServerPolicy& policy = serving.config->server();
  const x509::Time now = serving.seeded ? serving.seeded->start() : platform::now();
  for (const auto& credential : *policy.credentials->get()) {
    const x509::Certificate& leaf = credential->leaf();
    if (now < leaf.not_before() || leaf.not_after() < now)
      notes.push_back("clients will refuse the certificate of " +
                      inspect::printable(x509::to_string(leaf)) + ", which is valid from " +
                      x509::to_string(leaf.not_before()) + " to " +
                      x509::to_string(leaf.not_after()));
  }
  if (options.http)
    for (const std::string& protocol : policy.application_protocols)
      if (!protocol.starts_with("http/1."))
        notes.push_back("--http speaks HTTP/1 only: clients that agree on " + protocol +
                        " will get no page");
  return notes;
}

ExitCode run_server(const ServerOptions& options) {
  check(options);
  hold_signals();                 // or a temporary lab, which holds keys, would outlive us
  std::signal(SIGPIPE, SIG_IGN);  // of standard output: a reader that goes away is not our end
  const auto address = parse_listen_address(options.listen);
  const auto seeded = seeded_run(options.seed, Side::server);
  if (seeded) std::fprintf(stderr, "%s\n", seeded_warning);
  std::optional<LabCertificate> lab;
  if (options.certificates.empty())
    lab.emplace(options.lab, address.address(),
                seeded ? LabCertificate::Kind::published : LabCertificate::Kind::fresh);
  const Serving serving = serving_of(options, lab ? &*lab : nullptr, seeded);
  Explanation explanation(options.report, checks_of(*serving.config), platform::now_nanoseconds);

  ServerReport report(explanation);
  Server server(address,
                {options.threads, options.count, options.max_handshakes, options.max_connections},
                serving, report);
  for (const std::string& note : notes_on(options, serving)) report.say("note: " + note + "\n");
  if (lab) report.say(lab->how_to_connect(server.address(), serving.speech, options.asks_client()));
  report.say("listening on " + text_of(server.address()) + "\n");
  {
    const SignalsLetThrough through;
    server.run();
  }
  print_output(explanation.finish());
  return ExitCode::done;
}

CLI::Option* add_files(CLI::App& command, const std::string& name, std::vector<std::string>& files,
                       const std::string& text) {
  return command.add_option(name, files, text)
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->check(not_empty());
}

CLI::Option* add_list(CLI::App& command, const std::string& name, std::string& list,
                      const std::string& text) {
  return command.add_option(name, list, text)->type_name("A,B,...")->check(not_empty());
}

void add_identity(CLI::App& command, ServerOptions& options) {
  command
      .add_option("--listen", options.listen,
                  "where to listen; without ADDR on 127.0.0.1; port 0 lets the system choose")
      ->option_text("[ADDR:]PORT (7777)");
  auto* certificate = add_files(
      command, "--cert", options.certificates,
      "certificate with its chain, PEM or DER (may repeat, each with its --key: RSA and ECDSA "
      "side by side, several names); without any a lab certificate is made");
  add_files(command, "--key", options.keys, "its private key");
  add_passphrase_file(command, options.passphrase_file);
  command
      .add_option("--lab", options.lab,
                  "keep the lab certificate and its CA in this folder, and use them again")
      ->type_name("DIR")
      ->check(not_empty())
      ->excludes(certificate);
  add_files(command, "--ocsp", options.ocsp_responses,
            "staple this OCSP response, in DER (may repeat, in the order of --cert)");
  add_files(command, "--sct", options.timestamps,
            "send this SignedCertificateTimestampList, binary (may repeat, likewise)");
}

void add_speech(CLI::App& command, ServerOptions& options) {
  auto* http = command.add_flag("--http", options.http,
                                "answer HTTP requests with a page about the connection");
  auto* echo = command.add_flag("--echo", options.echo, "send each record's bytes back");
  command
      .add_option("--reply", options.reply,
                  "answer the first record with this text (what comes goes to standard output, as "
                  "it does without --http, --echo and --reply)")
      ->type_name("TEXT")
      ->check(not_empty())
      ->excludes(http)
      ->excludes(echo);
  http->excludes(echo);
}

void add_client_authentication(CLI::App& command, ServerOptions& options) {
  auto* request =
      command.add_flag("--request-client-cert", options.request_client_certificate,
                       "ask for a client certificate; a client without one is served all the same");
  command
      .add_flag("--require-client-cert", options.require_client_certificate,
                "refuse a client without a certificate")
      ->excludes(request);
  add_files(command, "--client-ca", options.client_cas,
            "CAs of clients' certificates (may repeat); without it the lab's");
}

void add_negotiation(CLI::App& command, ServerOptions& options) {
  add_list(command, "--alpn", options.protocols, "application protocols, in order of preference");
  add_list(command, "--suites", options.suites, "cipher suites, in order of preference");
  add_list(command, "--groups", options.groups, "groups, in order of preference");
  add_list(command, "--sigalgs", options.schemes, "signature schemes, in order of preference");
  command.add_flag("--prefer-client-order", options.prefer_client_order,
                   "let the client's order of suites and groups decide");
  command.add_flag("--strict-sni", options.strict_server_name,
                   "refuse a server_name that no certificate is for");
  command.add_flag("--require-extended-master-secret", options.require_extended_master_secret,
                   "refuse clients without it");
  command
      .add_option("--record-size-limit", options.record_size_limit,
                  "the largest record to receive, in bytes of plaintext")
      ->check(number_within(64, 16'384))
      ->option_text("N (16384)");
  auto* none = command.add_flag("--no-tickets", options.no_tickets, "no session tickets");
  add_files(command, "--ticket-keys", options.ticket_keys,
            "share ticket keys: nginx's file of 48 or 80 bytes, or HAProxy's lines of base64 (may "
            "repeat: the first file is the one to seal with, of its lines the last but one)")
      ->excludes(none);
  command.add_flag("--no-sessions", options.no_sessions, "no resumption by session ID");
}

void add_limits(CLI::App& command, ServerOptions& options) {
  command.add_option("--count", options.count, "end after so many connections")
      ->check(number_within(1, UINT64_MAX))
      ->type_name("N");
  command.add_option("--threads", options.threads, "event loops, each with a thread of its own")
      ->check(number_within(1, 256))
      ->option_text("N (1)");
  command
      .add_option("--timeout", options.timeout,
                  "seconds for a handshake, and with --http for a request's head, for silence in "
                  "its body, and for an answer that is not taken")
      ->check(seconds_within(0.001, 86'400))
      ->option_text("SECONDS (10)");
  command
      .add_option("--idle-timeout", options.idle_timeout,
                  "close a connection on which nothing came or went for so long; 0: never")
      ->check(seconds_within(0, 86'400))
      ->option_text("SECONDS (0)");
  command
      .add_option("--max-handshakes", options.max_handshakes,
                  "handshakes at once; beyond it new connections wait to be accepted")
      ->check(number_within(1, 1'000'000))
      ->option_text("N (1024)");
  command
      .add_option(
          "--max-connections", options.max_connections,
          "connections at once; beyond it new ones wait to be accepted (without it the limit "
          "on descriptors decides)")
      ->check(number_within(1, 1'000'000))
      ->option_text("N");
}

void add_report(CLI::App& command, ServerOptions& options) {
  command
      .add_option("--keylog", options.key_log,
                  "append the master secrets to this file, for Wireshark")
      ->type_name("FILE")
      ->check(not_empty());
  command.add_flag("--explain", options.report.explain,
                   "show every message, secret and step on standard error");
  command.add_flag("--secrets", options.report.secrets,
                   "with --explain: show the values of secrets too");
  command.add_flag(
      "--json", options.report.json,
      "print a line of JSON for each connection on standard output, when it has ended, "
      "instead of the received data");
  add_explanation_options(command, options.report);
}

}  // namespace

void add_server_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* command = program.add_subcommand("server", "serve TLS 1.2 clients");
  auto options = std::make_shared<ServerOptions>();
  set_examples(*command, examples);
  command->footer(footer);
  add_identity(*command, *options);
  add_speech(*command, *options);
  add_client_authentication(*command, *options);
  add_negotiation(*command, *options);
  add_limits(*command, *options);
  add_seed_options(*command, options->seed);
  add_report(*command, *options);
  command->callback([options, &run] { run = [options] { return run_server(*options); }; });
}

}  // namespace glasstls::apps
