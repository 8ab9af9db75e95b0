#include "apps/explanation.h"

#include <unistd.h>
#include <utility>

#include "apps/capture_file.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "apps/terminal.h"
#include "inspect/openssl_script.h"
#include "inspect/page/html.h"
#include "inspect/redact.h"
#include "inspect/terminal.h"

namespace glasstls::apps {

Explanation::Explanation(ReportOptions options, inspect::DocumentOptions checks,
                         std::function<std::int64_t()> now)
    : options_(std::move(options)), checks_(std::move(checks)), now_(std::move(now)) {
  if (!options_.html.empty()) check_outputs({options_.html}, {}, true);
  if (!options_.capture.empty()) capture_ = create_capture(options_.capture);
}

std::shared_ptr<LiveRecording> Explanation::record(Side own, std::uint64_t number) const {
  if (!options_.makes_documents() && !capture_) return nullptr;
  LiveRecordingOptions recording;
  recording.own = own;
  recording.number = number;
  recording.expose_secrets = options_.needs_secrets();
  recording.application_data = options_.data_limit;
  recording.now = now_;
  recording.capture = capture_;
  return std::make_shared<LiveRecording>(std::move(recording));
}

namespace {

inspect::Language language_of(const ReportOptions& options) {
  return options.language == "zh" ? inspect::Language::chinese : inspect::Language::english;
}

}  // namespace

inspect::TerminalOptions terminal_options(const ReportOptions& options) {
  const int descriptor = options.explains_on_standard_output ? STDOUT_FILENO : STDERR_FILENO;
  inspect::TerminalOptions terminal;
  terminal.level = options.level == "brief"   ? inspect::Level::brief
                   : options.level == "bytes" ? inspect::Level::bytes
                                              : inspect::Level::normal;
  terminal.language = language_of(options);
  terminal.color = wants_color(descriptor);
  terminal.ascii = isatty(descriptor) != 0 && !wants_utf8(descriptor);
  terminal.width = columns_of(descriptor);
  return terminal;
}

/// As the options want it shown.
inspect::Document Explanation::document_of(const inspect::Recording& recording) const {
  inspect::Document document = inspect::make_document(recording, checks_);
  if (options_.redact) inspect::redact(document);
  return document;
}

std::string Explanation::news(ExplainedConnection& connection, bool ended) const {
  if (!options_.explain || !connection.recording) return {};
  inspect::Document document = document_of(connection.recording->recording());
  if (!options_.secrets) inspect::hide_secrets(document);
  const inspect::TerminalOptions terminal = terminal_options(options_);
  std::string text;
  if (connection.told_events == 0) text = inspect::heading_text(document, terminal);
  text += inspect::conversation_text(document, terminal, connection.told_events);
  connection.told_events = document.events.size();
  if (ended)
    text += inspect::checks_text(document, terminal) + inspect::outcome_text(document, terminal);
  return text;
}

void Explanation::keep(const LiveRecording& recording) { keep(recording.recording()); }

void Explanation::keep(const inspect::Recording& recording) {
  if (!options_.makes_documents()) return;
  inspect::Document document = document_of(recording);
  const std::lock_guard lock(mutex_);
  if (documents_.size() < most_documents)
    documents_.push_back(std::move(document));
  else
    ++left_out_;
}

std::vector<inspect::Document> Explanation::documents_for_json() const {
  std::vector<inspect::Document> shown = documents_;
  if (!options_.secrets)
    for (inspect::Document& document : shown) inspect::hide_secrets(document);
  return shown;
}

void Explanation::write_page() const {
  inspect::PageOptions page;
  page.language = language_of(options_);
  page.connections = documents_.size() + left_out_;
  OutputFile file = public_file(options_.html, inspect::to_html(documents_, page));
  if (!options_.redact) file.access = Access::owner;  // it holds secrets
  std::vector<OutputFile> files;
  files.push_back(std::move(file));
  write_outputs(files, true);
}

std::string Explanation::finish() const {
  if (!options_.html.empty() && !documents_.empty()) write_page();
  if (options_.check_with.empty() || documents_.empty()) return {};
  inspect::OpensslScript script = inspect::openssl_script(documents_.front());
  if (!script.refusal.empty())
    throw CommandError(ExitCode::usage, "--check-with: " + script.refusal);
  return std::move(script.text);
}

}  // namespace glasstls::apps
