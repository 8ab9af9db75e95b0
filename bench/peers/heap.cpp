// heap_in_use() of a stack that uses malloc. An archive's member of its own: a stack that defines
// the function itself never meets this one.
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <stdexcept>

#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

/// What a thread's cache holds counts as in use: what one side freed would be lent to the other for
/// nothing.
bool without_thread_cache() {
  const char* const tunables = std::getenv("GLIBC_TUNABLES");
  return tunables != nullptr && std::strstr(tunables, "glibc.malloc.tcache_count=0") != nullptr;
}

}  // namespace

std::size_t heap_in_use() {
  static const bool exact = without_thread_cache();
  if (!exact)
    throw std::runtime_error(
        "memory is counted without malloc's thread caches: start this program with "
        "GLIBC_TUNABLES=glibc.malloc.tcache_count=0");
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace glasstls::bench
