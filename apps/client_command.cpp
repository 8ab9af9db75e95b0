#include "apps/client_command.h"

#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "apps/address.h"
#include "apps/client_options.h"
#include "apps/client_report.h"
#include "apps/client_session.h"
#include "apps/credential_files.h"
#include "apps/error.h"
#include "apps/key_log_file.h"
#include "apps/make_config.h"
#include "apps/names.h"
#include "apps/options.h"
#include "apps/roots.h"
#include "apps/session_file.h"
#include "handshake/session_store.h"
#include "platform/clock.h"
#include "tls/config.h"
#include "tls/connection.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples = R"(  glasstls client example.com --send $'GET / HTTP/1.0\r\n\r\n'
  glasstls client 127.0.0.1:7777 --name test --ca ca-cert.pem --explain
  glasstls client localhost:4433 --ca ca-cert.pem < request > answer
  glasstls client localhost:4433 --ca ca-cert.pem --cert me.pem --key me-key.pem --alpn http/1.1
  glasstls client example.com --send '' --reconnect 3
)";

/// Options that mean something only together.
void check(const ClientOptions& options) {
  const auto refuse = [](const char* reason) { throw CommandError(ExitCode::usage, reason); };
  check(options.report);
  if (options.certificate_files.size() != options.key_files.size())
    refuse("each --cert needs its --key, and each --key its --cert");
  if (!options.session_out.empty()) check_session_output(options.session_out);
}

tls::ClientSettings settings_of(const ClientOptions& options) {
  tls::ClientSettings settings;
  settings.cipher_suites = parse_suites(options.suites);
  settings.groups = parse_groups(options.groups);
  settings.signature_schemes = parse_schemes(options.schemes);
  settings.application_protocols = parse_protocols(options.application_protocols);
  settings.offer_extended_master_secret = !options.no_extended_master_secret;
  settings.require_extended_master_secret = options.require_extended_master_secret;
  settings.request_ocsp_response = options.status;
  settings.record_size_limit = options.record_size_limit;
  settings.false_start = options.false_start;
  settings.offer_tickets = !options.no_tickets;
  settings.verify_peer = !options.insecure;
  if (settings.verify_peer) settings.roots = load_roots(options.ca_files);
  for (std::size_t i = 0; i < options.certificate_files.size(); ++i)
    settings.credentials.push_back(load_credential(options.certificate_files[i],
                                                   options.key_files[i], options.passphrase_file));
  return settings;
}

SessionOptions session_options(const ClientOptions& options, const Address& address) {
  SessionOptions session;
  session.address = address;
  session.send = options.send;
  session.linger = milliseconds(options.linger);
  session.timeout = milliseconds(options.timeout);
  session.half_close = options.half_close;
  session.full_portions = options.seed.given();
  for (const std::string& text : options.exports) session.exports.push_back(parse_export(text));
  return session;
}

/// Without --send there is nothing more to say: standard input was sent the first time.
SessionOptions reconnection_options(SessionOptions session) {
  if (session.send) return session;
  session.send.emplace();
  session.half_close = true;
  return session;
}

ClientReportOptions report_options(const ClientOptions& options) {
  ClientReportOptions report;
  report.wants_protocol = !options.application_protocols.empty();
  report.wants_status = options.status;
  report.wants_session = options.keeps_sessions();
  report.reconnections = options.reconnect;
  return report;
}

void say(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

/// The connections of one run, and the sessions that they share.
class ClientRun {
 public:
  explicit ClientRun(const ClientOptions& options)
      : options_(options),
        address_(parse_address(options.address, "443")),
        name_(name_to_verify(options.name, address_)),
        session_options_(session_options(options, address_)),
        settings_(settings_of(options)),
        explanation_(options.report, checks(), platform::now_nanoseconds),
        report_(report_options(options), explanation_, address_.host + ":" + address_.port,
                name_.text()),
        seeded_(seeded_run(options.seed, Side::client)) {
    if (options.keeps_sessions()) {
      sessions_ = std::make_shared<handshake::SessionCache>(max_kept_sessions);
      settings_.sessions = sessions_;
    }
    if (!options.session_in.empty()) read_sessions(options.session_in, *sessions_);
    config_ = make_config(settings_);
    if (!options.key_log.empty()) key_log_ = open_key_log(options.key_log);
  }

  ExitCode run() {
    warn();
    ExitCode code = connect(session_options_);
    for (unsigned i = 0; i < options_.reconnect && code == ExitCode::done; ++i)
      code = connect(reconnection_options(session_options_));
    report_.finish();
    if (!options_.session_out.empty() && connected_) write();
    return code;
  }

 private:
  void warn() const {
    if (seeded_) say(seeded_warning);
    if (options_.insecure)
      say("WARNING: --insecure: the server's certificate is NOT verified; anybody may be at the "
          "other end");
    if (!sessions_) return;
    const auto reason = why_none_fits(*sessions_, name_.text(), config_->client().session_context);
    if (reason) say("note: " + *reason);
  }

  /// What the explanation judges with: the same as the connection.
  inspect::DocumentOptions checks() const {
    inspect::DocumentOptions checks;
    checks.roots = settings_.roots;
    checks.name = name_;
    return checks;
  }

  ExitCode connect(SessionOptions options) {
    std::vector<std::shared_ptr<Observer>> observers;
    const auto recording = report_.begin();
    if (recording) {
      observers = recording->observers();
      options.tap = recording;
    }
    if (key_log_) observers.push_back(key_log_);
    ClientSession session(std::move(options),
                          make_connection(std::move(observers), recording.get()), report_);
    const SessionResult result = session.run();
    connected_ = connected_ || !result.remote.empty();
    report_.ended(result);
    return result.code;
  }

  tls::Connection make_connection(std::vector<std::shared_ptr<Observer>> observers,
                                  LiveRecording* recording) {
    if (!seeded_) return {config_, name_, std::move(observers)};
    SeededConnection seeded = seeded_->connection(*config_, ++connections_);
    now_ = [clock = seeded.clock] { return clock->now(); };
    if (recording != nullptr) recording->run_by(seeded.clock);
    observers.insert(observers.begin(), std::move(seeded.clock));
    return {std::move(seeded.config), name_, std::move(observers)};
  }

  /// What a server took back or did not know any more is not there any more either.
  void write() const {
    const std::size_t count = write_sessions(options_.session_out, *sessions_, now_());
    say(fmt::format("note: {}: {} session{} written", options_.session_out, count,
                    count == 1 ? "" : "s"));
  }

  const ClientOptions& options_;
  Address address_;
  x509::ServerName name_;
  SessionOptions session_options_;
  tls::ClientSettings settings_;
  Explanation explanation_;
  ClientReport report_;
  std::shared_ptr<handshake::SessionCache> sessions_;  // null: none are kept
  std::shared_ptr<const tls::Config> config_;
  std::shared_ptr<const SeededRun> seeded_;          // null: randomness and time are the system's
  std::function<x509::Time()> now_ = platform::now;  // of the last connection
  std::uint64_t connections_ = 0;
  std::shared_ptr<Observer> key_log_;
  bool connected_ = false;
};

}  // namespace

ExitCode run_client(const ClientOptions& options) {
  check(options);
  return ClientRun(options).run();
}

void add_client_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* command =
      program.add_subcommand("client", "connect to a TLS 1.2 server, verify it, exchange data");
  auto options = std::make_shared<ClientOptions>();
  set_examples(*command, examples);
  add_client_options(*command, *options);
  command->callback([options, &run] { run = [options] { return run_client(*options); }; });
}

}  // namespace glasstls::apps
