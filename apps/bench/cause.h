// Cause: the kinds of failure that a load tells apart.
#pragma once

#include <cstdint>
#include <string_view>

#include "apps/exit_code.h"

namespace glasstls::apps::bench {

/// Why a handshake did not succeed.
enum class Cause : std::uint8_t {
  refused,          // TCP's connection
  unreachable,      // likewise, whatever the system said
  connect_timeout,  // likewise
  timeout,
  reset,
  truncated,  // the stream ended without close_notify
  not_tls,
  alert,  // the server sent one
  protocol_error,
  not_trusted,
  not_resumed,
  short_answer,        // the server closed before all of the answer had come
  internal_error,      // our own fault
  out_of_local_ports,  // of this machine
  out_of_descriptors,  // of this process
};
std::string_view name_of(Cause cause);
/// Whether the load generator ran out of something, and the server is not to blame.
bool is_of_load_generator(Cause cause);
ExitCode exit_code_of(Cause cause);

}  // namespace glasstls::apps::bench
