// What a test expects of our side when it refuses the other: the event, the alert on the wire, and
// that nothing comes after.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/peers.h"
#include "wire/alert.h"

namespace glasstls::tls {

/// Fields that a test does not care about are left out.
struct Expected {
  AlertDescription alert{};
  std::string_view message{};
  std::string_view field{};
  std::optional<std::size_t> offset{};
  std::string_view section{};
  std::string_view reason_part{};  // of Failed::reason
  Failed::Cause cause = Failed::Cause::protocol;
};

/// Our side has failed as expected: told so once as its last event, sent exactly this fatal alert
/// as its last, and neither reads nor writes any more.
void expect_refused(test::Wired& peers, const Expected& expected);

/// Our side has failed without an alert: truncated, not_tls, or by the peer's alert.
void expect_ended(test::Wired& peers, Failed::Cause cause);

/// After a failure nothing more happens.
void expect_dead(test::Wired& peers);

}  // namespace glasstls::tls
