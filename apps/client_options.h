// The options of `glasstls client`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/report_options.h"
#include "apps/seed_option.h"

namespace glasstls::apps {

/// As typed; the defaults are those of the command line.
struct ClientOptions {
  std::string address;
  std::vector<std::string> ca_files;
  std::string name;
  bool insecure = false;
  std::vector<std::string> certificate_files, key_files;
  std::string passphrase_file;

  std::optional<std::string> send;
  double linger = 1;    // seconds
  double timeout = 10;  // seconds
  bool half_close = false;

  std::string suites, groups, schemes;
  std::string application_protocols;
  bool status = false;
  std::uint16_t record_size_limit = 0;
  bool no_extended_master_secret = false;
  bool require_extended_master_secret = false;
  bool false_start = false;

  std::string session_in, session_out;
  bool no_tickets = false;
  unsigned reconnect = 0;

  SeedOptions seed;

  std::vector<std::string> exports;
  std::string key_log;
  ReportOptions report;

  /// Whether sessions are to be kept and offered.
  bool keeps_sessions() const {
    return !session_in.empty() || !session_out.empty() || reconnect > 0;
  }
};

void add_client_options(CLI::App& command, ClientOptions& options);
/// Those that shape a handshake, for `glasstls explain`.
void add_live_options(CLI::App& command, ClientOptions& options);

}  // namespace glasstls::apps
