// The report of `glasstls bench` as a page.
#pragma once

#include <string>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

/// One HTML file that needs nothing else, runs no script and asks for nothing over the network.
std::string to_html(const Result& result);

}  // namespace glasstls::apps::bench
