#include "apps/bench/settings.h"

#include <fmt/format.h>
#include <set>

namespace glasstls::apps::bench {

namespace {

using Json = nlohmann::ordered_json;

struct Member {
  const char* pointer;
  const char* name;
  const char* unit;
};

constexpr Member members[] = {
    {"/program", "program", ""},
    {"/server/address", "server", ""},
    {"/server/name", "name", ""},
    {"/plan/loop", "loop", ""},
    {"/plan/arrivals", "arrivals", ""},
    {"/plan/rate", "rate", " per second"},
    {"/plan/arrival_seed", "arrival seed", ""},
    {"/plan/connections", "connections", ""},
    {"/plan/duration_s", "duration", " s"},
    {"/plan/concurrency", "concurrency", ""},
    {"/plan/resume", "resume", ""},
    {"/plan/bytes", "bytes", ""},
    {"/plan/request", "request", ""},
    {"/plan/timeout_s", "timeout", " s"},
    {"/plan/verified", "certificates verified", ""},
};

std::string words_of(const Json& value, const char* unit) {
  if (value.is_null()) return "-";
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump() + unit;
  if (value.is_number()) return fmt::format("{}{}", value.get<double>(), unit);
  return value.dump();
}

Json member_of(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) ? json.at(place) : Json();
}

/// What was agreed on, in an order of its own, and not how often.
std::string agreed_in(const Json& result) {
  std::set<std::string> kinds;
  for (const Json& one : member_of(result, "/agreed"))
    kinds.insert(fmt::format(
        "{}, {}, {}, resumed: {}", words_of(member_of(one, "/cipher_suite"), ""),
        words_of(member_of(one, "/group"), ""), words_of(member_of(one, "/signature_scheme"), ""),
        words_of(member_of(one, "/resumed"), "")));
  return kinds.empty() ? "-" : fmt::format("{}", fmt::join(kinds, "; "));
}

}  // namespace

std::vector<Setting> settings_of(const Json& result) {
  std::vector<Setting> settings;
  for (const Member& member : members)
    settings.push_back({member.name, words_of(member_of(result, member.pointer), member.unit)});
  settings.push_back({"agreed", agreed_in(result)});
  return settings;
}

}  // namespace glasstls::apps::bench
