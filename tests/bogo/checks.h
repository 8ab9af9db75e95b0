// What must hold of a complete handshake, by the flags and by nature.
#pragma once

#include "handshake/agreement.h"
#include "tests/bogo/memory.h"
#include "tests/bogo/seen.h"
#include "tests/bogo/settings.h"
#include "tests/bogo/setup.h"

namespace glasstls::bogo {

/// A complete handshake, and what was seen of it.
struct Completed {
  const Settings& settings;
  bool is_resume;  // one of the later connections
  const handshake::Agreement& agreement;
  const Seen& seen;
  const Verification& verification;
};

/// Throws Failure for the first thing that does not hold; remembers in `memory` what belongs to the
/// session.
void check_handshake(const Completed& completed, Memory& memory);

}  // namespace glasstls::bogo
