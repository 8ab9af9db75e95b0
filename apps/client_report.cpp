#include "apps/client_report.h"

#include <cstdio>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "apps/terminal.h"
#include "inspect/json.h"
#include "inspect/narrator.h"
#include "inspect/printable.h"
#include "inspect/recorder.h"
#include "inspect/report.h"
#include "inspect/verdict.h"

namespace glasstls::apps {

namespace {

void say(const std::string& text) { std::fputs(text.c_str(), stderr); }

/// Every check of the path that decided: what `glasstls cert verify --explain` shows.
std::string explained(const x509::Verdict& verdict) {
  inspect::VerdictTextOptions options;
  options.color = wants_color(STDERR_FILENO);
  options.utf8 = wants_utf8(STDERR_FILENO);
  options.width = columns_of(STDERR_FILENO);
  options.decisive_only = true;
  return "\n" + inspect::to_text(inspect::facts_of(verdict), options);
}

void print(View bytes) { print_output(wire::as_text(bytes)); }

}  // namespace

struct ClientReport::Inside {
  ReportOptions options;
  inspect::Report report;
  inspect::NarratorOptions narrator;
  std::shared_ptr<inspect::Recorder> recorder;
};

ClientReport::ClientReport(const ReportOptions& options, std::string target, std::string name)
    : inside_(std::make_unique<Inside>()) {
  inside_->options = options;
  inside_->report.target = std::move(target);
  inside_->report.name = std::move(name);
  if (!options.explain && !options.json) return;

  inside_->narrator.color = wants_color(STDERR_FILENO);
  inside_->narrator.secret_values = options.secrets;
  inspect::Recorder::Listener live;
  if (options.explain)
    live = [narrator = inside_->narrator](const inspect::Document& document,
                                          const inspect::Entry& entry) {
      say(inspect::narrate(document, entry, narrator));
    };
  inspect::RecorderOptions recorder;
  recorder.expose_secrets = options.secrets;
  inside_->recorder = std::make_shared<inspect::Recorder>(recorder, std::move(live));
}

ClientReport::~ClientReport() = default;

std::vector<std::shared_ptr<Observer>> ClientReport::observers() const {
  if (!inside_->recorder) return {};
  return {inside_->recorder};
}

void ClientReport::connected(const handshake::Agreement& agreement) {
  say((inside_->options.explain ? "\nconnected to " : "connected to ") + inside_->report.target +
      ": TLS 1.2, " + std::string(name_of(agreement.cipher_suite)) + ",\n  " +
      std::string(name_of(agreement.group)) + ", " +
      std::string(name_of(agreement.signature_scheme)) +
      (agreement.extended_master_secret ? ", extended_master_secret" : "") + "\n");
  if (agreement.verdict) say("verified: " + inspect::printable(agreement.verdict->summary) + "\n");
}

void ClientReport::data(View received) {
  if (!inside_->options.json) print(received);
}

void ClientReport::finished(const SessionResult& result) {
  if (inside_->options.explain)
    say(inspect::narrate_omitted(inside_->recorder->document(), inside_->narrator));
  for (const std::string& remark : result.remarks) say("note: " + remark + "\n");
  if (result.failed) say("glasstls: " + inspect::describe(*result.failed) + "\n");
  if (result.failed && result.failed->verdict) say(explained(*result.failed->verdict));
  if (!result.error.empty()) say("glasstls: " + inspect::printable(result.error) + "\n");
  if (!inside_->options.json) return;

  inspect::Report& report = inside_->report;
  report.remote = result.remote;
  if (result.agreement) report.agreement = inspect::facts_of(*result.agreement);
  if (result.failed) report.failure = inspect::facts_of(*result.failed);
  report.error = result.error;
  report.remarks = result.remarks;
  report.exit_code = static_cast<int>(result.code);
  report.bytes_sent = result.bytes_sent;
  report.bytes_received = result.bytes_received;
  print(wire::as_bytes(inspect::to_json(report, inside_->recorder->document())));
}

}  // namespace glasstls::apps
