// A capture, explained.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/exit_code.h"
#include "apps/report_options.h"

namespace glasstls::apps {

/// As typed.
struct CaptureOptions {
  std::string file;
  std::vector<std::string> key_logs, ticket_keys;  // files
  std::vector<std::uint64_t> connections;          // empty, and no hosts: all
  std::vector<std::string> hosts;
  std::vector<std::string> ca_files;
  std::string name;  // of the server; empty: the server_name that was sent
  std::string at;    // empty: the capture's time
  ReportOptions report;
};

/// CommandError (usage) for files that cannot be read and selections that nothing meets.
ExitCode explain_capture(const CaptureOptions& options);

}  // namespace glasstls::apps
