// Why a handshake did not succeed, in the words of `glasstls bench`.
#pragma once

#include <string>

#include "apps/bench/cause.h"
#include "tls/event.h"

namespace glasstls::apps::bench {

struct Failure {
  Cause cause{};
  std::string detail;
};

/// Of a TCP connection that could not be made; `error` is errno.
Failure connect_failure(int error);
/// Of a connection that has failed; `was_reset`: its stream ended by a reset.
Failure failure_of(const tls::Failed& failed, bool was_reset);

}  // namespace glasstls::apps::bench
