// The shim's arguments.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bogo/settings.h"

namespace glasstls::bogo {

/// An argument that we do not know, or know and cannot do: the process ends with 89.
struct Unimplemented : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads all arguments. "-on-initial-FLAG" is for the first connection only, "-on-resume-FLAG" for
/// the later ones, "-FLAG" for all. A list flag appends; of any other the last one wins. Throws
/// Unimplemented.
Plan parse_flags(const std::vector<std::string>& arguments);

}  // namespace glasstls::bogo
