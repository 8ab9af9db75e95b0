// The line protocol: one command, one line of JSON. README.md describes it.
#pragma once

#include <string>

#include "bench/peers/laboratory.h"

namespace glasstls::bench {

/// The answer to one line, without its end. What fails is an answer too: {"error": ...}.
std::string answer(Laboratory& lab, const std::string& line);

}  // namespace glasstls::bench
