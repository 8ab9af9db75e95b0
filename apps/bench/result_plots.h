// The plots of a run. Each needs at least one handshake that succeeded.
#pragma once

#include "apps/bench/plot.h"
#include "apps/bench/result.h"

namespace glasstls::apps::bench {

/// How often which latency came, over a logarithmic scale of time.
Plot latency_histogram(const Result& result);
/// The latency that a share of the handshakes did not exceed; of an open loop from the real start
/// too.
Plot percentile_curve(const Result& result);
/// Handshakes and failures per second.
Plot rate_over_time(const Result& result);
/// Median and 99th percentile of each second.
Plot latency_over_time(const Result& result);

}  // namespace glasstls::apps::bench
