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

/// What was agreed on, in an order of its own, and not how often.
std::string agreed_in(const SavedRun& run) {
  std::set<std::string> kinds;
  for (std::size_t i = 0; i < run.at("/agreed").size(); ++i) {
    const std::string one = "/agreed/" + std::to_string(i);
    const auto word = [&](const char* name) { return run.text((one + name).c_str()); };
    kinds.insert(fmt::format("{}, {}, {}, resumed: {}", word("/cipher_suite"), word("/group"),
                             word("/signature_scheme"), word("/resumed")));
  }
  return kinds.empty() ? "-" : fmt::format("{}", fmt::join(kinds, "; "));
}

}  // namespace

std::vector<Setting> settings_of(const SavedRun& run) {
  std::vector<Setting> settings;
  for (const Member& member : members)
    settings.push_back({member.name, words_of(run.at(member.pointer), member.unit)});
  settings.push_back({"agreed", agreed_in(run)});
  return settings;
}

}  // namespace glasstls::apps::bench
