#include "inspect/json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "inspect/document_json.h"

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

// --- The rows of tables, defined below

Json json_of(const CheckFacts&);
Json json_of(const PathCertificateFacts&);
Json json_of(const PathFacts&);
Json json_of(const VerdictFacts&);
Json json_of(const CertificateFacts&);
Json json_of(const AgreementFacts&);
Json json_of(const FailureFacts&);
Json json_of(const ExportFacts&);

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

/// The document is made by its own renderer.
Json json_of(const Report& report, const Document* document) {
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
      {"document", document == nullptr ? Json(nullptr) : Json::parse(to_json(*document))},
  };
}

}  // namespace

std::string to_json(const std::vector<Report>& runs, const std::vector<Document>& documents) {
  const auto run = [&](std::size_t i) {
    return json_of(runs[i], i < documents.size() ? &documents[i] : nullptr);
  };
  Json json = {{"schema", json_schema}};
  if (!runs.empty()) json.update(run(0));
  json["reconnections"] = Json::array();
  for (std::size_t i = 1; i < runs.size(); ++i) json["reconnections"].push_back(run(i));
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
