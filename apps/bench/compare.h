// glasstls bench --compare: two runs beside each other.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/bench/bootstrap.h"
#include "apps/bench/saved_run.h"

namespace glasstls::apps::bench {

/// What two runs were asked for or met, and is not the same.
struct Difference {
  std::string setting, a, b;
};

struct ComparedFigure {
  std::string name;
  std::string unit;  // "per_s", "ns", "count"
  std::optional<double> a, b;
  std::optional<double> ratio;  // b / a
  std::optional<Interval> interval;
};

struct RunSummary {
  std::string path, program, started;
  double elapsed = 0;                 // seconds
  std::size_t drawable = 0;           // seconds
  std::vector<std::string> warnings;  // why its figures are to be taken with care
};

struct Comparison {
  RunSummary a, b;
  std::vector<Difference> differences;
  std::vector<ComparedFigure> figures;
  std::vector<std::string> remarks;  // on the intervals
};

Comparison compare(const SavedRun& a, const SavedRun& b);

/// Lines of at most `width` columns, where words allow it.
std::string to_text(const Comparison& comparison, std::size_t width);
nlohmann::ordered_json to_json(const Comparison& comparison);

}  // namespace glasstls::apps::bench
