// Explanation: what a run's connections are explained with. Recordings to be filled, and the outputs
// made of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "apps/live_recording.h"
#include "apps/report_options.h"
#include "inspect/document.h"
#include "inspect/make_document.h"
#include "inspect/terminal.h"
#include "wire/side.h"

namespace glasstls::apps {

/// How the options want a terminal's text.
inspect::TerminalOptions terminal_options(const ReportOptions& options);

/// A connection that is being explained: how much of it has been told.
struct ExplainedConnection {
  std::shared_ptr<LiveRecording> recording;
  std::size_t told_events = 0;
};

/// Thread-safe but for what is said of single connections.
class Explanation {
 public:
  /// Connections beyond are not kept for pages, JSON and scripts; the first one is scripted.
  static constexpr std::size_t most_documents = 20;

  /// `checks`: what the documents' checks are made with. `now`: nanoseconds since the epoch. Creates
  /// the capture file; CommandError(usage) if it cannot.
  Explanation(ReportOptions options, inspect::DocumentOptions checks,
              std::function<std::int64_t()> now);

  const ReportOptions& options() const { return options_; }
  /// The recording of a connection; null if no option asks for one.
  std::shared_ptr<LiveRecording> record(Side own, std::uint64_t number) const;

  /// What has happened since the last call, for standard error; with `ended`, the checks and the
  /// outcome too. Empty without --explain.
  std::string news(ExplainedConnection& connection, bool ended) const;

  /// A connection has ended: keeps its document for the other outputs.
  void keep(const LiveRecording& recording);
  void keep(const inspect::Recording& recording);
  /// With all that was asked for.
  const std::vector<inspect::Document>& documents() const { return documents_; }
  /// With secrets only if they were asked for.
  std::vector<inspect::Document> documents_for_json() const;

  /// Writes the page, and returns the script for standard output (empty: none was asked for).
  /// CommandError (usage) where there can be none.
  std::string finish() const;

 private:
  void write_page() const;
  inspect::Document document_of(const inspect::Recording& recording) const;

  ReportOptions options_;
  inspect::DocumentOptions checks_;
  std::function<std::int64_t()> now_;
  std::shared_ptr<inspect::capture::CaptureWriter> capture_;
  std::mutex mutex_;
  std::vector<inspect::Document> documents_;
  std::uint64_t left_out_ = 0;
};

}  // namespace glasstls::apps
