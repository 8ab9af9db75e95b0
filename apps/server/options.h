// The options of `glasstls server`, and what follows from them for TLS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/report_options.h"
#include "apps/seed_option.h"
#include "apps/server/lab_certificate.h"
#include "tls/config.h"

namespace glasstls::apps {

struct ServerOptions {
  std::string listen = "7777";
  std::vector<std::string> certificates, keys;          // files, in pairs
  std::string passphrase_file;                          // of encrypted keys
  std::string lab;                                      // a folder; empty: a temporary one
  std::vector<std::string> ocsp_responses, timestamps;  // files, in the order of the certificates

  bool http = false;
  bool echo = false;
  std::string reply;

  bool request_client_certificate = false;
  bool require_client_certificate = false;
  std::vector<std::string> client_cas;  // files

  std::string protocols, suites, groups, schemes;
  bool prefer_client_order = false;
  bool strict_server_name = false;
  bool require_extended_master_secret = false;
  std::uint16_t record_size_limit = 0;

  bool no_tickets = false;
  std::vector<std::string> ticket_keys;  // files
  bool no_sessions = false;

  SeedOptions seed;
  std::string key_log;
  ReportOptions report;
  std::uint64_t count = 0;
  std::size_t threads = 1;
  std::size_t max_handshakes = 1024;
  std::size_t max_connections = SIZE_MAX;
  double timeout = 10;
  double idle_timeout = 0;

  bool asks_client() const { return request_client_certificate || require_client_certificate; }
};

/// Null for none. CommandError (usage).
std::shared_ptr<handshake::TicketKeys> read_ticket_keys(const std::vector<std::string>& paths);

/// Reads all files. `lab` is null if certificates were given. CommandError (usage).
tls::ServerSettings settings_of(const ServerOptions& options, const LabCertificate* lab);

}  // namespace glasstls::apps
