#include "apps/server/server_report.h"

#include <cstdio>
#include <utility>

#include "apps/server/agreement_words.h"
#include "inspect/json.h"
#include "inspect/printable.h"
#include "inspect/report.h"

namespace glasstls::apps {

// --- Both streams --------------------------------------------------------------------------------

void ServerReport::say(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

void ServerReport::say_error(const char* what, const std::exception& error) noexcept {
  const std::lock_guard lock(mutex_);
  std::fprintf(stderr, "%s: %s\n", what, error.what());
}

/// A reader of our output that goes away is not our end.
void ServerReport::print(std::string_view text) {
  const std::lock_guard lock(mutex_);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if ((!written || std::fflush(stdout) != 0) && !std::exchange(output_lost_, true))
    std::fputs("standard output takes no more\n", stderr);
}

void ServerReport::data(View received) {
  if (!options().takes_standard_output()) print(wire::as_text(received));
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

ConnectionReport::ConnectionReport(ServerReport& server, std::uint64_t number, std::string peer)
    : server_(server), number_(number), peer_(std::move(peer)) {
  explained_.recording = server_.explanation().record(Side::server, number);
}

std::vector<std::shared_ptr<Observer>> ConnectionReport::observers() const {
  if (!explained_.recording) return {};
  return explained_.recording->observers();
}

std::shared_ptr<Tap> ConnectionReport::tap() const {
  if (explained_.recording) return explained_.recording;
  return std::make_shared<Tap>();
}

void ConnectionReport::run_by(std::shared_ptr<const platform::SeededClock> clock) {
  if (explained_.recording) explained_.recording->run_by(std::move(clock));
}

void ConnectionReport::line(std::string_view text) {
  text_.append("[").append(std::to_string(number_)).append("] ").append(peer_).append(" ");
  text_.append(text).append("\n");
}

void ConnectionReport::connected(const handshake::Agreement& agreement) {
  handshake_over_ = true;
  text_ += server_.explanation().news(explained_, false);
  line(one_line(agreement));
  if (agreement.verdict) line("verified: " + inspect::printable(agreement.verdict->summary));
}

void ConnectionReport::ended(const ConnectionResult& result,
                             const handshake::Agreement* agreement) {
  handshake_over_ = true;
  if (explained_.recording && result.failed) explained_.recording->failed(*result.failed);
  text_ += server_.explanation().news(explained_, false);
  if (result.failed) line(inspect::describe(*result.failed));
  if (!result.error.empty()) line(inspect::printable(result.error));
  flush();
  if (!server_.options().json) return;
  inspect::ConnectionFacts facts = facts_of(result, agreement);
  facts.number = number_;
  facts.peer = peer_;
  server_.json(inspect::to_json_line(facts));
}

void ConnectionReport::gone() {
  if (!explained_.recording) return;
  text_ += server_.explanation().news(explained_, true);
  flush();
  server_.explanation().keep(*explained_.recording);
}

void ConnectionReport::flush() {
  if (!handshake_over_ || text_.empty()) return;
  std::string piece = std::exchange(text_, {});
  if (server_.options().explain)
    piece.insert(0, "\n=== connection " + std::to_string(number_) + ", " + peer_ + "\n");
  server_.say(piece);
}

}  // namespace glasstls::apps
