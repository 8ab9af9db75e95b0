// Attempt: what became of one connection of a load.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "apps/bench/failure.h"
#include "apps/bench/result.h"
#include "handshake/agreement.h"

namespace glasstls::apps::bench {

using Clock = std::chrono::steady_clock;

/// What was agreed on, cheap to compare.
struct Terms {
  crypto::CipherSuite cipher_suite{};
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};
  handshake::Resumption resumed{};
  bool extended_master_secret = false;
  bool operator==(const Terms&) const = default;
};

struct Attempt {
  bool fetches_session = false;  // a full handshake that is not measured
  Clock::time_point scheduled, started;
  Clock::time_point completed;  // the handshake; unless it failed
  Clock::time_point ended;      // what follows it too
  std::optional<Failure> failure;
  std::optional<Terms> terms;
  std::array<std::optional<nanoseconds>, phase_count> phases;
  std::uint64_t bytes_sent = 0, bytes_received = 0;
};

}  // namespace glasstls::apps::bench
