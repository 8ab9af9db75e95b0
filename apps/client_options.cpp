#include "apps/client_options.h"

#include "apps/options.h"

namespace glasstls::apps {

namespace {

template <class Value>
CLI::Option* add_text(CLI::App& command, const char* name, Value& value, const char* type,
                      const char* description) {
  return command.add_option(name, value, description)
      ->type_name(type)
      ->check(not_empty())
      ->allow_extra_args(false);
}

void add_identities(CLI::App& command, ClientOptions& options) {
  command
      .add_option("--ca", options.ca_files,
                  "trust the certificates of this PEM file (may repeat); without it: "
                  "SSL_CERT_FILE, SSL_CERT_DIR, the system's store")
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_text(command, "--name", options.name, "NAME",
           "the name or address that the certificate must have; without it: HOST");
  command.add_flag("--insecure", options.insecure,
                   "do not verify the certificate (for experiments only)");
  add_text(command, "--cert", options.certificate_files, "FILE",
           "our certificate and those above it, leaf first, for a server that asks (may repeat: "
           "the first that suits the server is shown)");
  add_text(command, "--key", options.key_files, "FILE", "the private key of --cert");
  add_text(command, "--passphrase-file", options.passphrase_file, "FILE",
           "the passphrase of an encrypted --key is its first line; else GLASSTLS_PASSPHRASE");
}

void add_conversation(CLI::App& command, ClientOptions& options) {
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
}

void add_offer(CLI::App& command, ClientOptions& options) {
  add_text(command, "--suites", options.suites, "A,B,...", "cipher suites to offer, in order");
  add_text(command, "--groups", options.groups, "A,B,...", "groups to offer, in order");
  add_text(command, "--sigalgs", options.schemes, "A,B,...",
           "signature schemes to offer, in order");
  add_text(command, "--alpn", options.application_protocols, "A,B,...",
           "application protocols to offer, in order: http/1.1");
  command.add_flag("--status", options.status, "ask for a stapled OCSP response");
  command
      .add_option("--record-size-limit", options.record_size_limit,
                  "ask for records of at most so many bytes (64 to 16384)")
      ->type_name("BYTES")
      ->check(number_within(64, 16'384));
  auto* none = command.add_flag("--no-extended-master-secret", options.no_extended_master_secret,
                                "do not offer extended_master_secret");
  command
      .add_flag("--require-extended-master-secret", options.require_extended_master_secret,
                "refuse a server without it")
      ->excludes(none);
  command.add_flag("--false-start", options.false_start,
                   "send data before the server's Finished has come");
}

void add_sessions(CLI::App& command, ClientOptions& options) {
  add_text(command, "--session-in", options.session_in, "FILE",
           "offer the sessions of this file to resume them");
  add_text(command, "--session-out", options.session_out, "FILE",
           "write the sessions to this file (mode 0600: it holds secrets)");
  command.add_flag("--no-tickets", options.no_tickets, "resume by session ID only");
  command
      .add_option("--reconnect", options.reconnect,
                  "then connect so many times more, and show which were resumed and how; --send is "
                  "sent each time, standard input only the first")
      ->type_name("N")
      ->check(number_within(1, 1000));
}

void add_output(CLI::App& command, ClientOptions& options) {
  add_text(command, "--export", options.exports, "LABEL:LENGTH[:CONTEXT]",
           "show so many bytes of exported keying material (may repeat); the context is "
           "hexadecimal");
  add_text(command, "--keylog", options.key_log, "FILE",
           "append the master secret to this file, for Wireshark");
  command.add_flag("--explain", options.report.explain,
                   "show every message, secret and step on standard error");
  command.add_flag("--secrets", options.report.secrets,
                   "with --explain or --json: show the values of secrets too");
  command.add_flag("--json", options.report.json,
                   "print one JSON document on standard output instead of the received data");
  add_explanation_options(command, options.report);
}

}  // namespace

void add_client_options(CLI::App& command, ClientOptions& options) {
  command.add_option("address", options.address, "the server; the port is 443 if not given")
      ->required()
      ->type_name("HOST[:PORT]");
  add_identities(command, options);
  add_conversation(command, options);
  add_offer(command, options);
  add_sessions(command, options);
  add_seed_options(command, options.seed);
  add_output(command, options);
}

void add_live_options(CLI::App& command, ClientOptions& options) {
  add_identities(command, options);
  add_conversation(command, options);
  add_offer(command, options);
  add_sessions(command, options);
  add_seed(command, options.seed);
}

}  // namespace glasstls::apps
