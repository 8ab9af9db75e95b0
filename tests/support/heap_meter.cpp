#include "tests/support/heap_meter.h"

#include <algorithm>
#include <cstdlib>

#include "tests/support/sanitized.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !GLASSTLS_HAS_FEATURE(address_sanitizer) && !GLASSTLS_HAS_FEATURE(thread_sanitizer)
#define GLASSTLS_METERS_HEAP 1
#include <malloc.h>
#else
#define GLASSTLS_METERS_HEAP 0
#endif

namespace {

/// Who counts what this thread does; null: nobody.
thread_local glasstls::test::HeapMeter* counting = nullptr;

}  // namespace

#if GLASSTLS_METERS_HEAP
namespace {

void* counted(void* block) {
  if (counting != nullptr && block != nullptr) counting->allocated(::malloc_usable_size(block));
  return block;
}
void forget(void* block) {
  if (counting != nullptr && block != nullptr) counting->freed(::malloc_usable_size(block));
}

}  // namespace

// operator new and delete end here too, and so do Crypto++'s aligned blocks.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) { return counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return counted(__libc_calloc(count, size)); }
void* realloc(void* block, std::size_t size) {
  forget(block);
  return counted(__libc_realloc(block, size));
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  *out = counted(__libc_memalign(alignment, size));
  return *out == nullptr ? 12 : 0;  // ENOMEM
}
void* memalign(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
void free(void* block) {
  forget(block);
  __libc_free(block);
}
}
#endif

namespace glasstls::test {

bool HeapMeter::works() { return GLASSTLS_METERS_HEAP != 0; }

void HeapMeter::begin() { counting = this; }
void HeapMeter::end() { counting = nullptr; }

void HeapMeter::allocated(std::size_t size) {
  ++allocations_;
  held_ += static_cast<long>(size);
  most_held_ = std::max(most_held_, held_);
}

}  // namespace glasstls::test
