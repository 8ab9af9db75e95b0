#include "apps/bench/saved_run.h"

#include <stdexcept>
#include <utility>

#include "apps/error.h"
#include "inspect/printable.h"
#include "platform/files.h"

namespace glasstls::apps::bench {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t file_limit = std::size_t{512} << 20;  // a run of a day has 86,400 seconds
constexpr double longest_second = 1.001;

/// Histograms are plain JSON, whose members have no order.
Histogram histogram_of(const Json& json) { return Histogram::from_json(nlohmann::json(json)); }

}  // namespace

SavedRun SavedRun::load(const std::string& path) {
  const platform::FileContent file = platform::read_file(path, file_limit);
  if (!file) throw CommandError(ExitCode::usage, file.error().what);
  const auto* begin = reinterpret_cast<const char*>(file.bytes().data());
  return parse(path, {begin, file.bytes().size()});
}

SavedRun SavedRun::parse(const std::string& path, std::string_view text) { return {path, text}; }

SavedRun::SavedRun(std::string path, std::string_view text) : path_(std::move(path)) {
  document_ = Json::parse(text, nullptr, false);
  check_kind();
  try {
    read_latency();
    read_seconds();
  } catch (const std::invalid_argument& error) {
    refuse(error.what());
  }
}

void SavedRun::refuse(const std::string& fault) const {
  throw CommandError(ExitCode::usage, inspect::printable(path_) + ": " + fault);
}

void SavedRun::check_kind() const {
  if (document_.is_discarded()) refuse("is not JSON");
  if (!document_.is_object() || document_.value("kind", Json()) != "glasstls bench")
    refuse("is not a result of 'glasstls bench --json'");
  const std::optional<double> schema = number("/schema");
  if (schema != 1) refuse("is of schema " + at("/schema").dump() + ", and this program reads 1");
}

void SavedRun::read_latency() {
  try {
    latency_ = histogram_of(at("/latency/histogram"));
  } catch (const std::invalid_argument& error) {
    refuse(std::string("/latency/histogram: ") + error.what());
  }
}

void SavedRun::read_seconds() {
  const Json& blocks = at("/blocks");
  if (!blocks.is_array()) refuse("/blocks is not an array");
  Histogram sum;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string pointer = "/blocks/" + std::to_string(i);
    const std::optional<double> length = number((pointer + "/length_s").c_str());
    if (!length || *length < 0 || *length > longest_second)
      refuse(pointer + "/length_s is not a part of a second");
    seconds_.push_back({*length, histogram_of(at((pointer + "/latency").c_str()))});
    sum.merge(seconds_.back().latency);
  }
  if (sum != latency_) refuse("/blocks do not add up to /latency");
}

const Json& SavedRun::at(const char* pointer) const {
  const Json::json_pointer place(pointer);
  if (!document_.contains(place)) refuse(std::string(pointer) + " is missing");
  return document_.at(place);
}

std::string SavedRun::text(const char* pointer) const {
  const Json& json = at(pointer);
  if (!json.is_string()) refuse(std::string(pointer) + " is not a text");
  return json.get<std::string>();
}

std::optional<double> SavedRun::number(const char* pointer) const {
  const Json& json = at(pointer);
  if (json.is_null()) return std::nullopt;
  if (!json.is_number()) refuse(std::string(pointer) + " is not a number");
  return json.get<double>();
}

bool SavedRun::flag(const char* pointer) const {
  const Json& json = at(pointer);
  if (!json.is_boolean()) refuse(std::string(pointer) + " is not true or false");
  return json.get<bool>();
}

}  // namespace glasstls::apps::bench
