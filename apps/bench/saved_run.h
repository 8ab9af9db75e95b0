// A run that `glasstls bench --json` wrote, read back to be compared.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/bench/bootstrap.h"
#include "apps/bench/histogram.h"

namespace glasstls::apps::bench {

class SavedRun {
 public:
  /// CommandError (usage), with the file and the member at fault, for what is not such a document,
  /// or one of another schema, or one whose parts contradict each other.
  static SavedRun load(const std::string& path);
  static SavedRun parse(const std::string& path, std::string_view text);

  const std::string& path() const { return path_; }
  const nlohmann::ordered_json& document() const { return document_; }
  const Histogram& latency() const { return latency_; }
  const std::vector<Second>& seconds() const { return seconds_; }

  /// A member by its JSON pointer (RFC 6901). All of these are CommandError (usage) without it, or
  /// if it is of another kind; null is nullopt.
  const nlohmann::ordered_json& at(const char* pointer) const;
  std::string text(const char* pointer) const;
  std::optional<double> number(const char* pointer) const;
  bool flag(const char* pointer) const;

 private:
  SavedRun(std::string path, std::string_view text);
  void check_kind() const;
  void read_latency();
  void read_seconds();
  [[noreturn]] void refuse(const std::string& fault) const;

  std::string path_;
  nlohmann::ordered_json document_;
  Histogram latency_;
  std::vector<Second> seconds_;
};

}  // namespace glasstls::apps::bench
