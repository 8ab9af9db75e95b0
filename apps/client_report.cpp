#include "apps/client_report.h"

#include <cstdio>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "apps/terminal.h"
#include "inspect/json.h"
#include "inspect/printable.h"
#include "inspect/report.h"
#include "inspect/verdict.h"

namespace glasstls::apps {

namespace {

using handshake::Agreement;
using handshake::Resumption;

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

// --- What was agreed on, in lines

std::string terms_of(const Agreement& agreement) {
  return fmt::format("TLS 1.2, {},\n  {}, {}{}\n", name_of(agreement.cipher_suite),
                     name_of(agreement.group), name_of(agreement.signature_scheme),
                     agreement.extended_master_secret ? ", extended_master_secret" : "");
}

std::string resumption_of(const Agreement& agreement, bool wanted) {
  std::string text;
  switch (agreement.resumed) {
    case Resumption::ticket: text = "  resumed by ticket"; break;
    case Resumption::session_id: text = "  resumed by session ID"; break;
    case Resumption::none: break;
  }
  if (!text.empty())
    return text + "; group and signature are those of the session's first handshake\n";
  if (agreement.session_offered)
    text += "  a session was offered, but the server wanted a full handshake\n";
  if (!agreement.session_remark.empty()) text += "  " + agreement.session_remark + "\n";
  if (wanted && !agreement.session_stored)
    text += "  the server gave neither a ticket nor a session ID: nothing can be resumed\n";
  return text;
}

std::string verification_of(const Agreement& agreement) {
  if (agreement.verdict)
    return "verified: " + inspect::printable(agreement.verdict->summary) + "\n";
  if (agreement.session_verdict)
    return "verified when the session was made: " + inspect::printable(*agreement.session_verdict) +
           "\n";
  return {};
}

std::string extras_of(const Agreement& agreement, const ClientReportOptions& options) {
  std::string text;
  if (!agreement.application_protocol.empty())
    text += "  ALPN: " + inspect::printable(agreement.application_protocol) + "\n";
  else if (options.wants_protocol)
    text += "  ALPN: the server chose none\n";
  if (!agreement.ocsp_response.empty())
    text += fmt::format("  stapled OCSP response: {} bytes{}, not judged\n",
                        agreement.ocsp_response.size(),
                        agreement.resumed == Resumption::none ? "" : " (of the session)");
  else if (options.wants_status && agreement.resumed == Resumption::none)
    text += "  stapled OCSP response: none came\n";
  if (agreement.peer_record_size_limit != 0)
    text += fmt::format("  the server takes records of at most {} bytes\n",
                        agreement.peer_record_size_limit);
  if (agreement.client_signature_scheme)
    text += fmt::format("  our certificate was asked for and shown, signed with {}\n",
                        name_of(*agreement.client_signature_scheme));
  else if (agreement.client_certificate_requested)
    text += "  our certificate was asked for; none was shown\n";
  return text;
}

std::string exports_of(const std::vector<Exported>& exported) {
  std::string text;
  for (const auto& [request, value] : exported)
    text += fmt::format(
        "exported {}, {} bytes{}: {}\n", inspect::printable(request.label), request.length,
        request.context ? ", context " + wire::hex(*request.context) : "", wire::hex(value));
  return text;
}

struct Run {
  inspect::Report report;
  ExplainedConnection explained;
};

}  // namespace

struct ClientReport::Inside {
  ClientReportOptions options;
  Explanation& explanation;
  std::string target, name;
  std::vector<Run> runs;
  std::size_t resumed = 0;

  bool first() const { return runs.size() == 1; }
  std::string greeting() const;

  /// What has happened since the last call.
  void explain(bool ended) {
    const std::string text = explanation.news(runs.back().explained, ended);
    if (explanation.options().explains_on_standard_output)
      print(wire::as_bytes(text));
    else
      say(text);
  }
};

std::string ClientReport::Inside::greeting() const {
  const std::string text = first() ? "connected to " + target
                                   : fmt::format("connected again ({} of {}) to {}",
                                                 runs.size() - 1, options.reconnections, target);
  return (explanation.options().explain ? "\n" : "") + text;
}

ClientReport::ClientReport(const ClientReportOptions& options, Explanation& explanation,
                           std::string target, std::string name)
    : inside_(std::make_unique<Inside>(
          Inside{options, explanation, std::move(target), std::move(name), {}, 0})) {}

ClientReport::~ClientReport() = default;

std::shared_ptr<LiveRecording> ClientReport::begin() {
  Run& run = inside_->runs.emplace_back();
  run.report.target = inside_->target;
  run.report.name = inside_->name;
  run.explained.recording = inside_->explanation.record(Side::client, inside_->runs.size());
  return run.explained.recording;
}

void ClientReport::connected(const SessionResult& so_far) {
  const Agreement& agreement = *so_far.agreement;
  const ClientReportOptions& options = inside_->options;
  if (!inside_->first() && agreement.resumed != Resumption::none) ++inside_->resumed;
  inside_->explain(false);
  say(inside_->greeting() + ": " + terms_of(agreement) +
      resumption_of(agreement, options.wants_session) + extras_of(agreement, options) +
      (so_far.false_start ? "  False Start: data might be sent before the server's Finished\n"
                          : "") +
      verification_of(agreement) + exports_of(so_far.exported));
}

void ClientReport::received(View application_data) {
  if (!inside_->explanation.options().takes_standard_output()) print(application_data);
}

void ClientReport::ended(const SessionResult& result) {
  ExplainedConnection& explained_run = inside_->runs.back().explained;
  if (explained_run.recording) {
    if (result.failed) explained_run.recording->failed(*result.failed);
    inside_->explain(true);
    inside_->explanation.keep(*explained_run.recording);
  }
  for (const std::string& remark : result.remarks) say("note: " + remark + "\n");
  if (result.failed) say("glasstls: " + inspect::describe(*result.failed) + "\n");
  if (result.failed && result.failed->verdict) say(explained(*result.failed->verdict));
  if (!result.error.empty()) say("glasstls: " + inspect::printable(result.error) + "\n");

  inspect::Report& report = inside_->runs.back().report;
  report.remote = result.remote;
  if (result.agreement) report.agreement = inspect::facts_of(*result.agreement);
  if (result.failed) report.failure = inspect::facts_of(*result.failed);
  report.false_start = result.false_start;
  for (const auto& [request, value] : result.exported)
    report.exports.push_back({request.label, request.context, value});
  report.error = result.error;
  report.remarks = result.remarks;
  report.exit_code = static_cast<int>(result.code);
  report.bytes_sent = result.bytes_sent;
  report.bytes_received = result.bytes_received;
}

void ClientReport::finish() const {
  const std::vector<Run>& runs = inside_->runs;
  if (inside_->options.reconnections > 0)
    say(fmt::format("of {} further connections {} resumed\n", runs.size() - 1,
                    inside_->resumed == 1 ? "1 was" : fmt::format("{} were", inside_->resumed)));
  print(wire::as_bytes(inside_->explanation.finish()));
  if (!inside_->explanation.options().json) return;
  std::vector<inspect::Report> reports;
  reports.reserve(runs.size());
  for (const Run& run : runs) reports.push_back(run.report);
  print(wire::as_bytes(inspect::to_json(reports, inside_->explanation.documents_for_json())));
}

}  // namespace glasstls::apps
