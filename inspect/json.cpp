#include "inspect/json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace glasstls::inspect {

namespace {

using Json = nlohmann::ordered_json;

// --- Values that may be missing

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

/// Bytes that are never empty if they are there.
Json or_null(const Bytes& bytes) { return bytes.empty() ? Json(nullptr) : Json(wire::hex(bytes)); }

std::string_view name_of(Direction direction) {
  return direction == Direction::sent ? "sent" : "received";
}

std::string_view name_of(Recording::EntryKind kind) {
  switch (kind) {
    case Recording::EntryKind::record: return "record";
    case Recording::EntryKind::message: return "message";
    case Recording::EntryKind::secret: return "secret";
    case Recording::EntryKind::transition: return "transition";
  }
  return {};
}

template <class Named>
Json numbered(Named value) {
  const std::string_view name = wire::name_of(value);
  return {{"number", static_cast<unsigned>(value)},
          {"name", name.empty() ? Json(nullptr) : Json(name)}};
}

// --- The rows of tables, defined below

Json json_of(const Recording::Record&);
Json json_of(const Recording::Field&);
Json json_of(const Recording::Message&);
Json json_of(const Recording::Secret&);
Json json_of(const Recording::Transition&);
Json json_of(const Recording::Entry&);
Json json_of(const CheckFacts&);
Json json_of(const PathCertificateFacts&);
Json json_of(const PathFacts&);
Json json_of(const VerdictFacts&);
Json json_of(const CertificateFacts&);
Json json_of(const AgreementFacts&);
Json json_of(const FailureFacts&);
Json json_of(const ExportFacts&);
Json json_of(const ReportedRun&);

template <class Row>
Json table(const std::vector<Row>& rows) {
  Json json = Json::array();
  for (const Row& row : rows) json.push_back(json_of(row));
  return json;
}

template <class Facts>
Json facts_or_null(const std::optional<Facts>& facts) {
  return facts ? json_of(*facts) : Json(nullptr);
}

// --- The document

Json json_of(const Recording::Record& record) {
  Json json = {{"direction", name_of(record.direction)},
               {"type", numbered(record.type)},
               {"version", numbered(record.version)},
               {"wire", wire::hex(record.wire)},
               {"plaintext", record.authentic ? Json(wire::hex(record.plaintext)) : Json(nullptr)},
               {"protection", nullptr}};
  if (record.is_protected)
    json["protection"] = {{"sequence_number", or_null(record.sequence_number)},
                          {"nonce", wire::hex(record.nonce)},
                          {"additional_data", wire::hex(record.additional_data)},
                          {"authentic", record.authentic}};
  return json;
}

Json json_of(const Recording::Field& field) {
  return {{"name", field.name},         {"depth", field.depth},
          {"begin", field.begin},       {"content", field.content},
          {"end", or_null(field.end)},  {"number", or_null(field.number)},
          {"text", or_null(field.text)}};
}

Json json_of(const Recording::Message& message) {
  return {{"direction", name_of(message.direction)},   {"name", or_null(message.name)},
          {"section", or_null(message.section)},       {"bytes", wire::hex(message.bytes)},
          {"stopped_at", or_null(message.stopped_at)}, {"fields", table(message.fields)}};
}

Json json_of(const Recording::Secret& secret) {
  return {{"name", secret.name},
          {"section", secret.section},
          {"label", or_null(secret.label)},
          {"inputs", secret.inputs},
          {"value", secret.value.empty() ? Json(nullptr) : Json(wire::hex(secret.value))}};
}

Json json_of(const Recording::Transition& transition) {
  return {{"from", transition.from},
          {"on", transition.on},
          {"to", transition.to},
          {"reason", or_null(transition.reason)}};
}

Json json_of(const Recording::Entry& entry) {
  return {{"kind", name_of(entry.kind)}, {"id", entry.id}};
}

Json json_of(const Recording::Omitted& omitted) {
  return {{"application_data_records", omitted.application_data_records},
          {"application_data_bytes", omitted.application_data_bytes},
          {"entries", omitted.entries}};
}

Json json_of(const Recording& document) {
  return {{"entries", table(document.entries)},
          {"records", table(document.records)},
          {"messages", table(document.messages)},
          {"secrets", table(document.secrets)},
          {"transitions", table(document.transitions)},
          {"omitted",
           {{"sent", json_of(document.omitted_of(Direction::sent))},
            {"received", json_of(document.omitted_of(Direction::received))}}}};
}

// --- The report

Json json_of(const CheckFacts& check) {
  Json range = nullptr;
  if (check.range) range = {{"offset", check.range->offset}, {"length", check.range->length}};
  return {{"rule", check.rule},        {"outcome", check.outcome},
          {"passed", !check.failed()}, {"certificate", or_null(check.certificate)},
          {"range", std::move(range)}, {"detail", check.detail},
          {"section", check.section},  {"alert", or_null(check.alert)}};
}

Json json_of(const PathCertificateFacts& certificate) {
  return {{"role", certificate.role},           {"subject", certificate.subject},
          {"issuer", certificate.issuer},       {"serial_number", certificate.serial_number},
          {"not_after", certificate.not_after}, {"sha256", certificate.fingerprint}};
}

Json json_of(const PathFacts& path) {
  return {{"anchored", path.anchored},
          {"trusted", path.trusted},
          {"certificates", table(path.certificates)},
          {"checks", table(path.checks)}};
}

Json json_of(const VerdictFacts& verdict) {
  return {{"trusted", verdict.trusted},
          {"summary", verdict.summary},
          {"section", or_null(verdict.section)},
          {"alert", or_null(verdict.alert)},
          {"path", verdict.path},
          {"checks", table(verdict.checks)},
          {"paths", table(verdict.paths)},
          {"decisive", verdict.decisive},
          {"signature_checks", verdict.signature_checks}};
}

Json json_of(const CertificateFacts& certificate) {
  return {{"subject", certificate.subject},
          {"issuer", certificate.issuer},
          {"not_before", certificate.not_before},
          {"not_after", certificate.not_after}};
}

Json json_of(const AgreementFacts& agreement) {
  return {{"version", agreement.version},
          {"cipher_suite", agreement.cipher_suite},
          {"group", agreement.group},
          {"signature_scheme", agreement.signature_scheme},
          {"extended_master_secret", agreement.extended_master_secret},
          {"secure_renegotiation", agreement.secure_renegotiation},
          {"downgrade_sentinel", agreement.downgrade_sentinel},
          {"peer_chain", table(agreement.peer_chain)},
          {"verdict", facts_or_null(agreement.verdict)},
          {"resumed", agreement.resumed},
          {"session_offered", agreement.session_offered},
          {"session_remark", or_null(agreement.session_remark)},
          {"session_verdict", or_null(agreement.session_verdict)},
          {"session_stored", agreement.session_stored},
          {"ticket_issued", agreement.ticket_issued},
          {"server_name", or_null(agreement.server_name)},
          {"application_protocol", or_null(agreement.application_protocol)},
          {"ocsp_response", or_null(agreement.ocsp_response)},
          {"signed_certificate_timestamps", or_null(agreement.signed_certificate_timestamps)},
          {"client_certificate_requested", agreement.client_certificate_requested},
          {"client_signature_scheme", or_null(agreement.client_signature_scheme)},
          {"peer_record_size_limit", agreement.peer_record_size_limit == 0
                                         ? Json(nullptr)
                                         : Json(agreement.peer_record_size_limit)},
          {"eliminations", agreement.eliminations}};
}

Json json_of(const FailureFacts& failure) {
  return {{"cause", failure.cause},
          {"alert", or_null(failure.alert)},
          {"alert_received", failure.alert_received},
          {"reason", failure.reason},
          {"section", or_null(failure.section)},
          {"message", or_null(failure.message)},
          {"field", or_null(failure.field)},
          {"offset", or_null(failure.offset)},
          {"state", or_null(failure.state)},
          {"verdict", facts_or_null(failure.verdict)},
          {"eliminations", failure.eliminations},
          {"guess",
           {{"likely_cause", or_null(failure.likely_cause)}, {"advice", or_null(failure.advice)}}}};
}

Json json_of(const ExportFacts& exported) {
  return {{"label", exported.label},
          {"context", exported.context ? Json(wire::hex(*exported.context)) : Json(nullptr)},
          {"value", wire::hex(exported.value)}};
}

Json json_of(const ReportedRun& run) {
  const Report& report = run.report;
  return {
      {"connection",
       {{"target", report.target},
        {"name", or_null(report.name)},
        {"remote", or_null(report.remote)},
        {"false_start", report.false_start},
        {"agreement", facts_or_null(report.agreement)},
        {"exports", table(report.exports)}}},
      {"outcome",
       {{"exit_code", report.exit_code},
        {"error", or_null(report.error)},
        {"failure", facts_or_null(report.failure)},
        {"remarks", report.remarks}}},
      {"application_data",
       {{"bytes_sent", report.bytes_sent}, {"bytes_received", report.bytes_received}}},
      {"document", json_of(run.document)},
  };
}

}  // namespace

std::string to_json(const Report& report, const Recording& document,
                    const std::vector<ReportedRun>& reconnections) {
  Json json = {{"schema", json_schema}};
  json.update(json_of(ReportedRun{report, document}));
  json["reconnections"] = table(reconnections);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json_line(const ConnectionFacts& connection) {
  const Json json = {
      {"schema", json_schema},
      {"connection", connection.number},
      {"peer", connection.peer},
      {"agreement", facts_or_null(connection.agreement)},
      {"outcome", connection.outcome},
      {"error", or_null(connection.error)},
      {"failure", facts_or_null(connection.failure)},
      {"remarks", connection.remarks},
      {"bytes_received", connection.bytes_received},
      {"bytes_sent", connection.bytes_sent},
  };
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json(const VerdictReport& report) {
  Json fault = nullptr;
  if (report.fault)
    fault = {{"source", report.fault->source},
             {"offset", report.fault->error.offset},
             {"reason", report.fault->error.what},
             {"section", report.fault->error.section}};
  const Json json = {
      {"schema", json_schema},
      {"request",
       {{"certificate", report.certificate},
        {"purpose", report.purpose},
        {"profile", report.profile},
        {"name", or_null(report.name)},
        {"at", report.at}}},
      {"outcome", {{"exit_code", report.exit_code}, {"malformed", std::move(fault)}}},
      {"verdict", facts_or_null(report.verdict)},
      {"guess",
       {{"likely_cause", or_null(report.likely_cause)}, {"advice", or_null(report.advice)}}},
  };
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace glasstls::inspect
