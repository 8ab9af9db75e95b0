// The system's randomness: getrandom(2).
#pragma once

#include "crypto/random.h"

namespace glasstls::platform {

/// The one source of this process; safe for use from many threads, never seeded by us. A failing
/// system call is std::runtime_error: there is nothing better to fall back to.
crypto::RandomSource& system_random();

}  // namespace glasstls::platform
