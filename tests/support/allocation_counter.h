// Counts what the whole program asks malloc and its kin for. To be linked by adding the .cpp.
#pragma once

namespace glasstls::test {

/// False under sanitizers, which bring their own malloc.
bool counts_allocations();

/// Allocations of all threads since the start.
long allocations();

/// Allocations while `work` ran.
template <class Work>
long allocations_in(Work&& work) {
  const long before = allocations();
  work();
  return allocations() - before;
}

}  // namespace glasstls::test
