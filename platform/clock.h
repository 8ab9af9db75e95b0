// The wall clock.
#pragma once

#include <cstdint>

#include "x509/time.h"

namespace glasstls::platform {

/// The present time, as the system believes it to be.
x509::Time now();
/// The same, in nanoseconds since 1970-01-01 00:00:00 UTC.
std::int64_t now_nanoseconds();

}  // namespace glasstls::platform
