// The report of `glasstls bench`, for people.
#pragma once

#include <cstddef>
#include <string>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

/// Lines of at most `width` columns, where words allow it. What went wrong comes first.
std::string to_text(const Result& result, std::size_t width);

}  // namespace glasstls::apps::bench
