#include "apps/server/server_report.h"

#include <cstdio>
#include <unistd.h>
#include <utility>

#include "apps/server/agreement_words.h"
#include "apps/terminal.h"
#include "inspect/json.h"
#include "inspect/narrator.h"
#include "inspect/printable.h"
#include "inspect/recorder.h"
#include "inspect/report.h"

namespace glasstls::apps {

// --- Both streams --------------------------------------------------------------------------------

void ServerReport::say(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

/// A reader of our output that goes away is not our end.
void ServerReport::print(std::string_view text) {
  const std::lock_guard lock(mutex_);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if ((!written || std::fflush(stdout) != 0) && !std::exchange(output_lost_, true))
    std::fputs("standard output takes no more\n", stderr);
}

void ServerReport::data(View received) {
  if (!options_.json) print(wire::as_text(received));
}

void ServerReport::json(std::string_view line) { print(line); }

namespace {

std::string_view name_of(ConnectionResult::Outcome outcome) {
  switch (outcome) {
    case ConnectionResult::Outcome::closed: return "closed";
    case ConnectionResult::Outcome::failed: return "failed";
    case ConnectionResult::Outcome::timed_out: return "timed_out";
    case ConnectionResult::Outcome::stopped: return "stopped";
  }
  return {};
}

inspect::ConnectionFacts facts_of(const ConnectionResult& result,
                                  const handshake::Agreement* agreement) {
  inspect::ConnectionFacts facts;
  if (agreement) facts.agreement = inspect::facts_of(*agreement);
  facts.outcome = name_of(result.outcome);
  facts.error = result.error;
  if (result.failed) facts.failure = inspect::facts_of(*result.failed);
  facts.remarks = result.remarks;
  facts.bytes_received = result.bytes_received;
  facts.bytes_sent = result.bytes_sent;
  return facts;
}

}  // namespace

// --- One connection ------------------------------------------------------------------------------

struct ConnectionReport::Narration {
  inspect::NarratorOptions options;
  std::shared_ptr<inspect::Recorder> recorder;
};

ConnectionReport::ConnectionReport(ServerReport& server, std::uint64_t number, std::string peer)
    : server_(server), number_(number), peer_(std::move(peer)) {
  if (!server_.options().explain) return;
  narration_ = std::make_unique<Narration>();
  narration_->options.color = wants_color(STDERR_FILENO);
  narration_->options.secret_values = server_.options().secrets;
  inspect::RecorderOptions recorder;
  recorder.expose_secrets = server_.options().secrets;
  narration_->recorder = std::make_shared<inspect::Recorder>(
      recorder, [this, options = narration_->options](const inspect::Recording& document,
                                                      const inspect::Recording::Entry& entry) {
        text_ += inspect::narrate(document, entry, options);
      });
}

ConnectionReport::~ConnectionReport() = default;

std::vector<std::shared_ptr<Observer>> ConnectionReport::observers() const {
  if (!narration_) return {};
  return {narration_->recorder};
}

void ConnectionReport::line(std::string_view text) {
  text_.append("[").append(std::to_string(number_)).append("] ").append(peer_).append(" ");
  text_.append(text).append("\n");
}

void ConnectionReport::connected(const handshake::Agreement& agreement) {
  handshake_over_ = true;
  line(one_line(agreement));
  if (agreement.verdict) line("verified: " + inspect::printable(agreement.verdict->summary));
}

void ConnectionReport::ended(const ConnectionResult& result,
                             const handshake::Agreement* agreement) {
  handshake_over_ = true;
  if (narration_)
    text_ += inspect::narrate_omitted(narration_->recorder->recording(), narration_->options);
  if (result.failed) line(inspect::describe(*result.failed));
  if (!result.error.empty()) line(inspect::printable(result.error));
  flush();
  if (!server_.options().json) return;
  inspect::ConnectionFacts facts = facts_of(result, agreement);
  facts.number = number_;
  facts.peer = peer_;
  server_.json(inspect::to_json_line(facts));
}

void ConnectionReport::flush() {
  if (!handshake_over_ || text_.empty()) return;
  std::string piece = std::exchange(text_, {});
  if (narration_)
    piece.insert(0, "\n=== connection " + std::to_string(number_) + ", " + peer_ + "\n");
  server_.say(piece);
}

}  // namespace glasstls::apps
