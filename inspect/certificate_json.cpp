#include "inspect/certificate_json.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "inspect/json.h"

namespace glasstls::inspect {

namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json or_null(const std::optional<ByteRange>& range) {
  if (!range) return nullptr;
  return {{"offset", range->offset}, {"length", range->length}};
}

Json json_of(const Statement& statement) {
  return {{"path", statement.path},
          {"name", statement.name},
          {"depth", statement.depth},
          {"value", or_null(statement.value)},
          {"meaning", or_null(statement.meaning)},
          {"section", or_null(statement.section)},
          {"range", or_null(statement.range)}};
}

Json json_of(const Remark& remark) {
  return {{"text", remark.text}, {"section", remark.section}, {"range", or_null(remark.range)}};
}

Json json_of(const DerField& field) {
  return {{"name", field.name},
          {"depth", field.depth},
          {"offset", field.offset},
          {"length", field.length ? Json(*field.length) : Json(nullptr)},
          {"own", field.own},
          {"value", or_null(field.value)},
          {"meaning", or_null(field.meaning)},
          {"section", or_null(field.section)}};
}

template <class Row>
Json table(const std::vector<Row>& rows) {
  Json json = Json::array();
  for (const Row& row : rows) json.push_back(json_of(row));
  return json;
}

Json json_of(const Explanation& shown) {
  Json json = {{"kind", name_of(shown.kind)},           {"source", or_null(shown.source)},
               {"title", or_null(shown.title)},         {"bytes", wire::hex(shown.der)},
               {"statements", table(shown.statements)}, {"remarks", table(shown.remarks)},
               {"fields", table(shown.fields)},         {"error", nullptr}};
  if (shown.error)
    json["error"] = {{"offset", shown.error->offset},
                     {"reason", shown.error->what},
                     {"section", shown.error->section}};
  return json;
}

}  // namespace

std::string to_json(const std::string& source, std::span<const Explanation> objects,
                    int exit_code) {
  Json list = Json::array();
  for (const Explanation& object : objects) list.push_back(json_of(object));
  const Json json = {{"schema", json_schema},
                     {"source", source},
                     {"exit_code", exit_code},
                     {"objects", std::move(list)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace glasstls::inspect
