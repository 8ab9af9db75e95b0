// Compares two runs of `glasstls bench`, as their JSON tells them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/bench/bootstrap.h"

namespace glasstls::apps::bench {

/// One figure of both runs.
struct Compared {
  std::string name;            // "latency p50"
  std::string unit;            // "ns", "per second", "of all"
  std::optional<double> a, b;  // none: the run has no such figure
  std::optional<Ratio> ratio;  // of b to a
};

/// A setting that is not the same.
struct Difference {
  std::string name, a, b;
};

struct Comparison {
  std::vector<Compared> figures;
  std::vector<Difference> differences;  // then the ratios say little about the servers alone
  std::size_t seconds_a = 0, seconds_b = 0;
};

/// Both documents as `glasstls bench --json` prints them. std::invalid_argument, beginning with the
/// name of the one that is at fault ("a" or "b" as called), for anything else.
Comparison compare(const nlohmann::json& a, const nlohmann::json& b);

/// For people, at most 80 columns; `a` and `b` are how to call the runs: their files' names.
std::string text_of(const Comparison& comparison, std::string_view a, std::string_view b);
/// {"schema": 1, "kind": "glasstls bench comparison", ...}
nlohmann::json to_json(const Comparison& comparison);

}  // namespace glasstls::apps::bench
