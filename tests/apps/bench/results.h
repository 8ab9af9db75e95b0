// Results as a run leaves them, for those who read them.
#pragma once

#include <cstddef>
#include <string>

#include "apps/bench/result.h"
#include "apps/bench/result_json.h"

namespace glasstls::apps::bench {

/// A closed loop with so many handshakes in each second, each of which took `latency`.
inline Result steady_result(std::size_t seconds, std::size_t per_second, nanoseconds latency) {
  Result result;
  result.plan.duration = std::chrono::seconds(seconds);
  result.plan.concurrency = 8;
  result.plan.timeout = std::chrono::seconds(10);
  result.address = "127.0.0.1:4433";
  result.name = "test";
  result.loopback = true;
  result.started = "2026-11-27 05:26:12 UTC";
  result.elapsed = std::chrono::seconds(seconds);
  result.succeeded = result.started_count = seconds * per_second;
  for (std::size_t i = 0; i < seconds; ++i) {
    Block& block = result.blocks.emplace_back();
    block.succeeded = per_second;
    for (std::size_t j = 0; j < per_second; ++j) block.latency.record(latency);
    result.latency.merge(block.latency);
  }
  for (Histogram& phase : result.phases)
    for (std::size_t i = 0; i < result.succeeded; ++i) phase.record(latency / phase_count);
  result.agreed = {{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "x25519", "rsa_pss_rsae_sha256",
                    "none", true, result.succeeded}};
  result.cpu.measured_for = result.elapsed;
  result.cpu.user = result.elapsed / 10;
  return result;
}

inline std::string json_text(const Result& result) { return text_of(to_json(result)); }

}  // namespace glasstls::apps::bench
