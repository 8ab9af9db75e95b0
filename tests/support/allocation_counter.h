// Counts what the whole program asks malloc and its kin for, and lets one of it fail. To be linked by
// adding the .cpp.
#pragma once

#include <utility>

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

/// The so-many-th allocation of this thread from now on fails, counted from 0; -1: none.
void fail_allocation(long number);
/// Whether it has failed since.
bool allocation_has_failed();

/// Runs `work`, whose so-many-th allocation fails. False if it made fewer.
template <class Work>
bool with_failing_allocation(long number, Work&& work) {
  fail_allocation(number);
  std::forward<Work>(work)();
  fail_allocation(-1);
  return allocation_has_failed();
}

}  // namespace glasstls::test
