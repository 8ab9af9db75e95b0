// GREASE, where suites, groups and schemes are: wire/grease.h.
#pragma once

#include "wire/grease.h"

namespace glasstls::crypto {
using wire::is_grease;
}  // namespace glasstls::crypto
