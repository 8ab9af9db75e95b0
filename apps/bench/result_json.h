// The JSON document of a run: `glasstls bench --json`, and what --html and --compare read.
// docs/bench.md describes its members.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

nlohmann::ordered_json to_json(const Result& result);

/// A line for each member, however long; words of a server that are not UTF-8 are made so.
std::string text_of(const nlohmann::ordered_json& document);

}  // namespace glasstls::apps::bench
