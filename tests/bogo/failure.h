// Failure: why a connection did not do as it was told, and the line that tells the runner.
#pragma once

#include <stdexcept>
#include <string>

#include "tls/event.h"

namespace glasstls::bogo {

/// `what()` is the REASON of the failure line; `detail` is for people.
struct Failure : std::runtime_error {
  explicit Failure(const std::string& reason, std::string text = {})
      : std::runtime_error(reason), detail(std::move(text)) {}
  std::string detail;
};

/// What went before a failed connection's end, and comes before its alert in the failure line.
struct Before {
  bool verify_rejected = false;        // the verification hook said no
  bool renegotiation_refused = false;  // the peer tried to
};

/// "verify-rejected", "renegotiation", "sent decode_error", "received handshake_failure",
/// "truncated", or else a word or two.
Failure failure_of(const tls::Failed& failed, const Before& before);

}  // namespace glasstls::bogo
