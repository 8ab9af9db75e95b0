#include "tests/support/heap.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "tests/support/sanitized.h"

namespace glasstls::test {

std::size_t heap_in_use() {
#if defined(__GLIBC__)
  if constexpr (!sanitized) {
    const auto heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
  }
#endif
  return 0;
}

}  // namespace glasstls::test
