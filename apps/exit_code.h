// Exit codes: the same for every subcommand.
#pragma once

namespace glasstls::apps {

enum class ExitCode : int {
  done = 0,
  internal_error = 1,   // our own fault
  usage = 2,            // or an input file that is missing or not of its kind
  no_connection = 3,    // name or TCP
  not_tls = 4,          // the peer speaks something else
  peer_alert = 5,       // the peer sent a fatal alert
  protocol_error = 6,   // the peer broke the protocol, we sent an alert
  not_trusted = 7,      // certificate or name
  timed_out = 8,        // or truncated: the end came without close_notify
  not_as_expected = 9,  // an --expect-... option did not hold
};

}  // namespace glasstls::apps
