// How many files and sockets this process may have open.
#pragma once

#include <cstdint>

namespace glasstls::apps {

/// Raises the soft limit to the hard one, and says what it is now.
std::uint64_t raise_descriptor_limit();

}  // namespace glasstls::apps
