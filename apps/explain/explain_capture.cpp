#include "apps/explain/explain_capture.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include "apps/cert/verify_options.h"
#include "apps/error.h"
#include "apps/explanation.h"
#include "apps/roots.h"
#include "apps/server/options.h"
#include "apps/terminal.h"
#include "inspect/capture/byte_source.h"
#include "inspect/capture/key_log.h"
#include "inspect/capture/packet_reader.h"
#include "inspect/decode/capture_decoder.h"
#include "inspect/document_json.h"
#include "inspect/make_document.h"
#include "inspect/printable.h"
#include "inspect/redact.h"
#include "inspect/terminal.h"

namespace glasstls::apps {

namespace {

namespace capture = inspect::capture;

void say(const std::string& text) {
  std::fprintf(stderr, "%s\n", inspect::printable(text).c_str());
}

[[noreturn]] void refuse(const std::string& reason) { throw CommandError(ExitCode::usage, reason); }

/// The key logs that were given, then the secrets blocks of the capture.
class Secrets {
 public:
  explicit Secrets(const CaptureOptions& options) {
    for (const std::string& path : options.key_logs) read(path);
    capture::FileSource source(options.file);
    const capture::CollectedSecrets collected = capture::collect_secrets(source);
    for (const capture::CollectedSecrets::Block& block : collected.blocks)
      log_.add(fmt::format("the secrets block at byte {} of {}", block.offset, options.file),
               wire::as_bytes(block.text));
    if (collected.left_out > 0)
      say(fmt::format("note: {} secrets blocks were too much to be read", collected.left_out));
    given_ = !options.key_logs.empty() || !collected.blocks.empty();
  }

  /// Null: there are none.
  const capture::KeyLog* log() const { return given_ ? &log_ : nullptr; }

  /// What of the logs was not used.
  void tell() const {
    for (const capture::KeyLogProblem& problem : log_.problems())
      say("note: " + log_.text_of(problem));
    if (log_.problems_left_out() > 0)
      say(fmt::format("note: and {} more such lines", log_.problems_left_out()));
    if (given_ && log_.usable_lines() == 0) say("note: no line of the key log is one of TLS 1.2");
  }

 private:
  void read(const std::string& path) {
    capture::FileSource source(path);
    Bytes piece(std::size_t{64} << 10);
    log_.begin(path);
    while (const std::size_t size = source.read(piece)) log_.read(View(piece).first(size));
    log_.end();
    if (!source.failure().empty()) refuse(source.failure());
  }

  capture::KeyLog log_;
  bool given_ = false;
};

inspect::DocumentOptions checks_of(const CaptureOptions& options) {
  inspect::DocumentOptions checks;
  checks.roots = load_roots(options.ca_files);
  checks.client_roots = checks.roots;
  if (!options.at.empty()) checks.at = parse_moment(options.at);
  if (!options.name.empty()) {
    checks.name = x509::ServerName::parse(options.name);
    if (!checks.name) refuse("'" + options.name + "' is neither a DNS name nor an IP address");
  }
  if (!options.ticket_keys.empty()) checks.ticket_keys = read_ticket_keys(options.ticket_keys);
  return checks;
}

/// A capture that is none at all, or holds nothing to explain.
void check(const inspect::DecodedCapture& decoded, const CaptureOptions& options) {
  const auto& fault = decoded.capture.fault;
  if (fault && decoded.capture.packets == 0) refuse(options.file + ": " + fault->what);
  if (decoded.connections.empty())
    refuse(fmt::format(
        "{}: no TLS connection in {} packets{}", options.file, decoded.capture.packets,
        decoded.not_tls > 0 ? fmt::format(" ({} connections of other protocols)", decoded.not_tls)
                            : ""));
  if (decoded.recordings.empty())
    refuse(fmt::format("{}: none of its {} TLS connections was selected", options.file,
                       decoded.connections.size()));
}

void tell(const inspect::DecodedCapture& decoded) {
  for (const std::string& remark : remarks(decoded.capture)) say("note: " + remark);
  if (decoded.not_tls > 0)
    say(fmt::format("note: {} TCP connection{} of other protocols passed over", decoded.not_tls,
                    decoded.not_tls == 1 ? " was" : "s were"));
  if (decoded.recordings_left_out > 0)
    say(fmt::format("note: {} more connections are not explained; --connection N selects",
                    decoded.recordings_left_out));
}

/// From what the decoder noticed, for all are told, and few are recorded.
inspect::SummaryRow row_of(const inspect::CapturedConnection& connection, std::size_t width) {
  const inspect::ConnectionSummary& summary = connection.summary;
  inspect::SummaryRow row;
  row.number = std::to_string(connection.number);
  row.client = connection.client;
  row.server = connection.server;
  row.server_name = summary.server_name;
  if (summary.version) row.version = name_of(*summary.version);
  if (width >= 110) row.cipher_suite = summary.suite_name;  // there is room for it
  const auto opened = summary.sent[0].opened + summary.sent[1].opened;
  const auto failed = summary.sent[0].failed + summary.sent[1].failed;
  const auto sealed = summary.sent[0].sealed + summary.sent[1].sealed;
  row.checks = fmt::format("{} opened", opened);
  if (failed > 0) row.checks += fmt::format(", {} FAILED", failed);
  if (sealed > 0) row.checks += fmt::format(", {} sealed", sealed);
  row.outcome = summary.fault      ? "malformed " + summary.fault->message
                : summary.alert    ? "alert " + std::string(name_of(summary.alert->description))
                : summary.resumed  ? "resumed"
                : summary.complete ? "complete"
                                   : "not complete";
  return row;
}

}  // namespace

ExitCode explain_capture(const CaptureOptions& options) {
  if (options.file == "-")
    refuse("a capture is read twice, for its secrets may come last: give a file, not \"-\"");
  Explanation explanation(options.report, checks_of(options), {});
  const Secrets secrets(options);
  inspect::CaptureSelection selection;
  selection.numbers = options.connections;
  selection.hosts = options.hosts;
  selection.most = Explanation::most_documents;
  selection.application_data = options.report.data_limit;
  capture::FileSource source(options.file);
  const inspect::DecodedCapture decoded =
      inspect::decode_capture(source, secrets.log(), selection, options.file);
  secrets.tell();
  check(decoded, options);
  tell(decoded);

  for (const inspect::Recording& recording : decoded.recordings) explanation.keep(recording);
  const bool selected = !options.connections.empty() || !options.hosts.empty();
  if (options.report.explain) {
    if (decoded.connections.size() > 1 && !selected) {
      const inspect::TerminalOptions terminal = terminal_options(options.report);
      std::vector<inspect::SummaryRow> rows;
      for (const auto& connection : decoded.connections)
        rows.push_back(row_of(connection, terminal.width));
      print_output(inspect::summary_table(rows, terminal));
    } else {
      for (const inspect::Document& document : explanation.documents())
        print_output(inspect::to_text(document, terminal_options(options.report)));
    }
  }
  if (options.report.json) print_output(inspect::to_json(explanation.documents()));
  print_output(explanation.finish());
  return ExitCode::done;
}

}  // namespace glasstls::apps
