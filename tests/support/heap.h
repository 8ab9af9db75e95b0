// The heap of this process, as malloc counts it.
#pragma once

#include <cstddef>

namespace glasstls::test {

/// Bytes lent to the program. 0 where they cannot be counted: under sanitizers, which bring a malloc
/// of their own, and without glibc.
std::size_t heap_in_use();

}  // namespace glasstls::test
