// From a capture file to recordings of its TLS connections, and a row of each for a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inspect/capture/key_log.h"
#include "inspect/capture/read_streams.h"
#include "inspect/decode/connection_summary.h"
#include "inspect/recording.h"

namespace glasstls::inspect {

/// Which connections are to be recorded; with neither numbers nor hosts all.
struct CaptureSelection {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> hosts;           // server_name, as the client sent it
  std::size_t most = 20;                    // more are counted
  std::uint64_t application_data = 16'384;  // bytes kept per direction
};

/// One TLS connection of the capture.
struct CapturedConnection {
  std::uint64_t number = 0;    // from 1, in the order in which TLS begins
  std::string client, server;  // end points
  std::string prelude;         // "SMTP with STARTTLS"; empty: TLS began at once
  std::optional<std::int64_t> begin;
  ConnectionSummary summary;
};

struct DecodedCapture {
  /// Of so many the rows are kept; more are counted.
  static constexpr std::size_t most_rows = 100'000;

  std::vector<CapturedConnection> connections;
  std::vector<Recording> recordings;  // of those that were selected, in order
  std::uint64_t rows_left_out = 0;
  std::uint64_t recordings_left_out = 0;  // selected, but beyond `most`
  std::uint64_t not_tls = 0;              // TCP connections
  capture::CaptureSummary capture;
};

/// Reads the whole file in bounded memory. `log` may be null; `name` is the capture's, for the
/// recordings.
DecodedCapture decode_capture(capture::ByteSource& source, const capture::KeyLog* log,
                              const CaptureSelection& selection, const std::string& name);

}  // namespace glasstls::inspect
