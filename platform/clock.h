// The wall clock.
#pragma once

#include "x509/time.h"

namespace glasstls::platform {

/// The present time, as the system believes it to be.
x509::Time now();

}  // namespace glasstls::platform
