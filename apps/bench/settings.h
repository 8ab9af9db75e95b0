// What a run was asked for, and what it met: for comparing, and for showing beside its figures.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace glasstls::apps::bench {

struct Setting {
  std::string name, value;
};

/// Of every result's JSON the same names in the same order; "-" where there is no value, or none that
/// this version knows. Values hold words of files and servers.
std::vector<Setting> settings_of(const nlohmann::ordered_json& result);

}  // namespace glasstls::apps::bench
