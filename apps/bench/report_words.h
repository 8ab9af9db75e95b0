// What is said of a run in words, the same in each of its reports. Empty: there is nothing to say.
#pragma once

#include <string>
#include <string_view>

#include "apps/bench/result.h"

namespace glasstls::apps::bench {

/// "full handshakes", "handshakes resumed by ticket".
std::string kind_of(const Plan& plan);
/// "closed loop, 8 connections at a time".
std::string loop_of(const Plan& plan);

// Headlines: what spoils the figures.
std::string rate_headline(const Result& result);
std::string bottleneck_headline(const Result& result);
std::string interruption_headline(const Result& result);

/// For whom the latencies of a closed loop hold.
std::string holding_of(const Result& result);
std::string_view words_of(Phase phase);
/// Whose CPU was how busy, and what could have been done with it.
std::string cpu_words(const Result& result);
std::string closes_words(const Result& result);

}  // namespace glasstls::apps::bench
