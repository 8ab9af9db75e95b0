#include "inspect/document_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "inspect/json.h"
#include "inspect/words/catalogue.h"

namespace glasstls::inspect {

namespace {

using Json = nlohmann::ordered_json;

// --- Values

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::record: return "record";
    case Origin::decrypted: return "decrypted";
    case Origin::joined: return "joined";
  }
  return {};
}

std::string_view name_of(Protection protection) {
  switch (protection) {
    case Protection::none: return "none";
    case Protection::opened: return "opened";
    case Protection::not_authentic: return "not_authentic";
    case Protection::sealed: return "sealed";
  }
  return {};
}

std::string_view name_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::none: return "none";
    case ValueKind::bytes: return "bytes";
    case ValueKind::number: return "number";
    case ValueKind::text: return "text";
  }
  return {};
}

std::string_view name_of(Knowledge state) {
  switch (state) {
    case Knowledge::known: return "known";
    case Knowledge::unknown: return "unknown";
    case Knowledge::redacted: return "redacted";
  }
  return {};
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::not_checkable: return "not_checkable";
  }
  return {};
}

std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::segment: return "segment";
    case EventKind::record: return "record";
    case EventKind::message: return "message";
    case EventKind::secret: return "secret";
    case EventKind::transition: return "transition";
    case EventKind::end_of_stream: return "end_of_stream";
  }
  return {};
}

Json json_of(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json json_of(const Bytes& bytes) { return bytes.empty() ? Json(nullptr) : Json(wire::hex(bytes)); }
Json json_of(Side side) { return wire::name_of(side); }
Json json_of(Id id) { return id; }
Json json_of(std::uint64_t number) { return number; }
Json json_of(const Range& range) {
  return {{"buffer", range.buffer}, {"offset", range.offset}, {"length", range.length}};
}
Json json_of(const Ref& ref) { return {{"table", name_of(ref.table)}, {"id", ref.id}}; }
Json json_of(const Named& named) {
  return {{"number", named.number}, {"name", json_of(named.name)}};
}
Json json_of(const Text& text) {
  if (text.empty()) return nullptr;
  return {{"key", text.key},
          {"arguments", text.arguments},
          {"text", Catalogue::get(Language::english).say(text)}};
}
Json json_of(const Input& input);

template <class T>
Json json_of(const std::optional<T>& value) {
  return value ? json_of(*value) : Json(nullptr);
}

template <class T>
Json list(const std::vector<T>& values) {
  Json json = Json::array();
  for (const T& value : values) json.push_back(json_of(value));
  return json;
}

Json json_of(const Input& input) { return {{"name", input.name}, {"ref", json_of(input.ref)}}; }

/// "2025-01-01T00:00:00.001000000Z"
std::string date(Nanoseconds time) {
  constexpr Nanoseconds second = 1'000'000'000;
  Nanoseconds fraction = time % second;
  if (fraction < 0) fraction += second;
  std::string text = x509::to_string(x509::Time{(time - fraction) / second});
  if (text.size() > 19) text.resize(19);
  if (text.size() > 10) text[10] = 'T';
  return fmt::format("{}.{:09}Z", text, fraction);
}

// --- Rows

class Tables {
 public:
  explicit Tables(const Document& document) : document_(document) {}

  Json all() const {
    return {{"connection", connection()},
            {"segments", table(document_.segments)},
            {"buffers", table(document_.buffers)},
            {"records", table(document_.records)},
            {"messages", table(document_.messages)},
            {"fields", table(document_.fields)},
            {"certificates", table(document_.certificates)},
            {"secrets", table(document_.secrets)},
            {"transitions", table(document_.transitions)},
            {"machines",
             {{"client", row(document_.machines[0])}, {"server", row(document_.machines[1])}}},
            {"checks", table(document_.checks)},
            {"flights", table(document_.flights)},
            {"events", table(document_.events)},
            {"left_out",
             {{"client", row(document_.left_out[0])}, {"server", row(document_.left_out[1])}}}};
  }

 private:
  template <class Row>
  Json table(const std::vector<Row>& rows) const {
    Json json = Json::array();
    for (const Row& one : rows) {
      Json object = {{"id", json.size()}};
      object.update(row(one));
      json.push_back(std::move(object));
    }
    return json;
  }

  /// Since the connection began.
  Json time(std::optional<Nanoseconds> at) const {
    if (!at) return nullptr;
    return *at - document_.connection.begin.value_or(*at);
  }

  Json connection() const {
    const Connection& c = document_.connection;
    return {{"number", c.number},
            {"source", json_of(c.source)},
            {"client", json_of(c.client)},
            {"server", json_of(c.server)},
            {"own", json_of(c.own)},
            {"began_in_the_middle", c.began_in_the_middle},
            {"prelude", json_of(c.prelude)},
            {"version", json_of(c.version)},
            {"cipher_suite", json_of(c.cipher_suite)},
            {"negotiated", c.negotiated},
            {"group", json_of(c.group)},
            {"signature_scheme", json_of(c.signature_scheme)},
            {"resumed", json_of(c.resumed)},
            {"extended_master_secret", c.extended_master_secret},
            {"server_name", json_of(c.server_name)},
            {"application_protocol", json_of(c.application_protocol)},
            {"complete", c.complete},
            {"begin", c.begin ? Json(date(*c.begin)) : Json(nullptr)},
            {"end", time(c.end)},
            {"outcome", json_of(c.outcome)},
            {"remarks", list(c.remarks)},
            {"redacted", c.redacted},
            {"has_secrets", c.has_secrets}};
  }

  Json row(const Segment& segment) const {
    return {{"side", json_of(segment.side)},
            {"offset", segment.offset},
            {"length", segment.length},
            {"time", time(segment.time)},
            {"frame", json_of(segment.frame)}};
  }

  Json row(const Buffer& buffer) const {
    return {{"side", json_of(buffer.side)},     {"origin", name_of(buffer.origin)},
            {"bytes", wire::hex(buffer.bytes)}, {"stream_offset", buffer.stream_offset},
            {"segments", buffer.segments},      {"sources", list(buffer.sources)}};
  }

  Json row(const Record& record) const {
    return {{"side", json_of(record.side)},
            {"number", record.number},
            {"type", json_of(record.type)},
            {"version", json_of(record.version)},
            {"buffer", record.buffer},
            {"fields", record.fields},
            {"protection", name_of(record.protection)},
            {"reason", json_of(record.reason)},
            {"sequence_number", json_of(record.sequence_number)},
            {"nonce", json_of(record.nonce)},
            {"additional_data", json_of(record.additional_data)},
            {"nonce_explicit", json_of(record.nonce_explicit)},
            {"ciphertext", json_of(record.ciphertext)},
            {"tag", json_of(record.tag)},
            {"plaintext", json_of(record.plaintext)},
            {"messages", record.messages},
            {"time", time(record.time)},
            {"flight", json_of(record.flight)}};
  }

  Json row(const Message& message) const {
    Json fault = nullptr;
    if (message.fault)
      fault = {{"offset", message.fault->offset},
               {"field", json_of(message.fault->field)},
               {"reason", json_of(message.fault->reason)},
               {"section", json_of(message.fault->section)}};
    return {{"side", json_of(message.side)},       {"name", message.name},
            {"section", json_of(message.section)}, {"summary", json_of(message.summary)},
            {"meaning", json_of(message.meaning)}, {"range", json_of(message.range)},
            {"records", message.records},          {"fields", message.fields},
            {"fault", std::move(fault)},           {"time", time(message.time)},
            {"flight", json_of(message.flight)}};
  }

  Json row(const Field& field) const {
    return {{"parent", json_of(field.parent)},
            {"owner", json_of(field.owner)},
            {"path", field.path},
            {"name", field.name},
            {"depth", field.depth},
            {"range", json_of(field.range)},
            {"content", json_of(field.content)},
            {"complete", field.complete},
            {"kind", name_of(field.kind)},
            {"number", field.kind == ValueKind::number ? json_of(field.number) : Json(nullptr)},
            {"text", field.kind == ValueKind::text ? Json(field.text) : Json(nullptr)},
            {"meaning", json_of(field.meaning)},
            {"value_meaning", json_of(field.value_meaning)},
            {"section", json_of(field.section)},
            {"notes", list(field.notes)},
            {"children", field.children}};
  }

  Json row(const Certificate& certificate) const {
    Json statements = Json::array();
    for (const Certificate::Statement& statement : certificate.statements)
      statements.push_back({{"name", statement.name},
                            {"depth", statement.depth},
                            {"value", json_of(statement.value)},
                            {"meaning", json_of(statement.meaning)},
                            {"section", json_of(statement.section)},
                            {"range", json_of(statement.range)}});
    Json remarks = Json::array();
    for (const Certificate::Remark& remark : certificate.remarks)
      remarks.push_back({{"text", remark.text}, {"section", json_of(remark.section)}});
    return {{"message", certificate.message},
            {"field", json_of(certificate.field)},
            {"place", certificate.place},
            {"subject", json_of(certificate.subject)},
            {"issuer", json_of(certificate.issuer)},
            {"not_before", json_of(certificate.not_before)},
            {"not_after", json_of(certificate.not_after)},
            {"key", json_of(certificate.key)},
            {"signature_algorithm", json_of(certificate.signature_algorithm)},
            {"sha256", json_of(certificate.sha256)},
            {"statements", std::move(statements)},
            {"remarks", std::move(remarks)}};
  }

  Json row(const Secret& secret) const {
    return {{"name", secret.name},
            {"side", json_of(secret.side)},
            {"is_public", secret.is_public},
            {"formula", json_of(secret.formula)},
            {"label", json_of(secret.label)},
            {"inputs", list(secret.inputs)},
            {"output", json_of(secret.output)},
            {"state", name_of(secret.state)},
            {"reason", json_of(secret.reason)},
            {"meaning", json_of(secret.meaning)},
            {"section", json_of(secret.section)},
            {"message", json_of(secret.message)}};
  }

  Json row(const Transition& transition) const {
    return {{"side", json_of(transition.side)},
            {"from", transition.from},
            {"on", transition.on},
            {"to", transition.to},
            {"message", json_of(transition.message)},
            {"reason", json_of(transition.reason)},
            {"told", transition.told}};
  }

  Json row(const Machine& machine) const {
    Json arrows = Json::array();
    for (const Arrow& arrow : machine.arrows)
      arrows.push_back({{"from", arrow.from}, {"on", arrow.on}, {"to", arrow.to}});
    return {{"states", machine.states},
            {"arrows", std::move(arrows)},
            {"path", machine.path},
            {"reached", json_of(machine.reached)},
            {"remark", json_of(machine.remark)}};
  }

  Json row(const Check& check) const {
    return {{"name", check.name},
            {"subject", json_of(check.subject)},
            {"section", json_of(check.section)},
            {"verdict", name_of(check.verdict)},
            {"reason", json_of(check.reason)},
            {"expected", json_of(check.expected)},
            {"actual", json_of(check.actual)},
            {"inputs", list(check.inputs)},
            {"details", list(check.details)}};
  }

  Json row(const Flight& flight) const {
    return {{"side", json_of(flight.side)}, {"begin", time(flight.begin)},
            {"end", time(flight.end)},      {"records", flight.records},
            {"messages", flight.messages},  {"bytes", flight.bytes}};
  }

  Json row(const Event& event) const {
    return {{"kind", name_of(event.kind)},
            {"side", json_of(event.side)},
            {"time", time(event.time)},
            {"ref", event.id}};
  }

  static Json row(const LeftOut& left_out) {
    return {
        {"records", left_out.records}, {"bytes", left_out.bytes}, {"entries", left_out.entries}};
  }

  const Document& document_;
};

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Document& document) { return dump(Tables(document).all(), -1); }

std::string to_json(const std::vector<Document>& documents) {
  Json all = Json::array();
  for (const Document& document : documents) all.push_back(Tables(document).all());
  return dump({{"schema", json_schema}, {"documents", std::move(all)}}, 2) + "\n";
}

}  // namespace glasstls::inspect
