#include "inspect/make_document.h"

#include "inspect/making/draft.h"

namespace glasstls::inspect {

namespace {

void make_connection(Draft& draft) {
  const Recording& recording = draft.recording;
  Connection& connection = draft.document.connection;
  connection.number = recording.number;
  connection.source = recording.source;
  connection.client = recording.client;
  connection.server = recording.server;
  if (recording.live) connection.own = recording.own;
  connection.began_in_the_middle = recording.began_in_the_middle;
  connection.prelude = recording.prelude;
  for (const std::string& remark : recording.remarks) connection.remarks.push_back(said(remark));
  for (const Side side : {Side::client, Side::server}) {
    const Direction direction = side == recording.own ? Direction::sent : Direction::received;
    const Recording::Omitted& omitted = recording.omitted_of(direction);
    draft.document.left_out[wire::index_of(side)] = {
        omitted.application_data_records, omitted.application_data_bytes, omitted.entries};
    if (const auto& gap = recording.gaps[wire::index_of(side)])
      connection.remarks.push_back(said(
          "remark.gap",
          {std::string(name_of(side)), std::to_string(gap->offset), std::to_string(gap->length)}));
  }
}

/// The level and description of the last alert of either side.
std::optional<Text> alert_outcome(const Draft& draft) {
  for (auto message = draft.document.messages.rbegin(); message != draft.document.messages.rend();
       ++message) {
    if (message->name != "Alert") continue;
    const auto id = static_cast<Id>(draft.document.messages.rend() - message - 1);
    const auto level = draft.any_field(id, "level");
    const auto description = draft.any_field(id, "description");
    if (!level || !description) return std::nullopt;
    const Named& what = draft.document.fields[*description].number;
    const std::string side(name_of(message->side));
    if (draft.document.fields[*level].number.name == "fatal")
      return said("outcome.fatal_alert", {side, what.name});
    if (what.name == "close_notify")
      return said(draft.document.connection.complete ? "outcome.closed" : "outcome.given_up",
                  {side});
  }
  return std::nullopt;
}

Text outcome_of(const Draft& draft) {
  const auto& stop = draft.recording.stop;
  if (stop)
    return stop->message.empty()
               ? said("outcome.stopped", {std::string(name_of(stop->side)), stop->reason})
               : said("outcome.stopped_in", {std::string(name_of(stop->side)), stop->message,
                                             stop->reason, stop->section});
  if (const auto alert = alert_outcome(draft)) return *alert;
  const auto& ends = draft.recording.ends;
  if ((ends[0] && ends[0]->reset) || (ends[1] && ends[1]->reset)) return said("outcome.reset");
  if (ends[0] || ends[1])
    return said(draft.document.connection.complete ? "outcome.truncated"
                                                   : "outcome.ended_in_handshake");
  return said(draft.document.connection.complete ? "outcome.open" : "outcome.unfinished");
}

}  // namespace

Document make_document(const Recording& recording, const DocumentOptions& options) {
  Draft draft(recording, options);
  make_connection(draft);
  make_records(draft);
  read_hellos(draft);
  make_certificates(draft);
  make_summaries(draft);
  make_secrets(draft);
  make_machines(draft);
  make_checks(draft);
  make_flights(draft);
  make_events(draft);
  draft.document.connection.outcome = outcome_of(draft);
  return std::move(draft.document);
}

}  // namespace glasstls::inspect
