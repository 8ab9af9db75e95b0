// What a run was asked for, and what it met: for comparing, and for showing beside its figures.
#pragma once

#include <string>
#include <vector>

#include "apps/bench/saved_run.h"

namespace glasstls::apps::bench {

struct Setting {
  std::string name, value;
};

/// Of every run the same names in the same order; "-" where there is none. Values hold words of
/// files and servers.
std::vector<Setting> settings_of(const SavedRun& run);

}  // namespace glasstls::apps::bench
