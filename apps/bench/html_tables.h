// The tables of a run's page, as HTML.
#pragma once

#include <string>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

std::string latency_table(const Result& result);
/// The phases' means beside each other; the table says the same in figures.
std::string phases_bar(const Result& result);
std::string phases_table(const Result& result);
std::string cpu_table(const Result& result);
std::string failures_table(const Result& result);
std::string settings_table(const Result& result);
std::string agreed_table(const Result& result);

}  // namespace glasstls::apps::bench
