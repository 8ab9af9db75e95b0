#include "tests/support/allocation_counter.h"

#include <atomic>
#include <cstdlib>

#include "tests/support/sanitized.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !GLASSTLS_HAS_FEATURE(address_sanitizer) && !GLASSTLS_HAS_FEATURE(thread_sanitizer)
#define GLASSTLS_COUNTS_ALLOCATIONS 1
#else
#define GLASSTLS_COUNTS_ALLOCATIONS 0
#endif

namespace {

std::atomic<long> counted{0};
thread_local long left_until_failure = -1;
thread_local bool has_failed = false;

}  // namespace

#if GLASSTLS_COUNTS_ALLOCATIONS
namespace {

/// Counts one more; true if it is the one that fails.
bool fails() {
  ++counted;
  if (left_until_failure < 0 || left_until_failure-- > 0) return false;
  has_failed = true;
  return true;
}

}  // namespace

// operator new ends here too, and so do Crypto++'s aligned blocks.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
  return fails() ? nullptr : __libc_calloc(count, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  return fails() ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  *out = fails() ? nullptr : __libc_memalign(alignment, size);
  return *out == nullptr ? 12 : 0;  // ENOMEM
}
}
#endif

namespace glasstls::test {

bool counts_allocations() { return GLASSTLS_COUNTS_ALLOCATIONS != 0; }
long allocations() { return counted; }

void fail_allocation(long number) {
  left_until_failure = number;
  if (number >= 0) has_failed = false;
}
bool allocation_has_failed() { return has_failed; }

}  // namespace glasstls::test
