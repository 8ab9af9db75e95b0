// HeapMeter: what one piece of work takes from malloc and its kin, and the most of it at any moment.
// To be linked by adding the .cpp (the target glasstls-heap-meter), which puts itself in malloc's
// place; so it excludes allocation_counter.h.
#pragma once

#include <cstddef>

namespace glasstls::test {

class HeapMeter {
 public:
  /// False under sanitizers, which bring their own malloc: everything is 0 then.
  static bool works();

  /// Runs `work` and counts it. What is allocated in one call may be freed in another, but not
  /// outside of all. For one thread, and not nested.
  template <class Work>
  void count(Work&& work) {
    begin();
    try {
      work();
    } catch (...) {
      end();
      throw;
    }
    end();
  }

  /// Bytes lent to what was counted, with malloc's own rounding: now, and at most.
  std::size_t held() const { return held_ > 0 ? static_cast<std::size_t>(held_) : 0; }
  std::size_t most_held() const { return static_cast<std::size_t>(most_held_); }
  std::size_t allocations() const { return allocations_; }

  // For malloc.
  void allocated(std::size_t size);
  void freed(std::size_t size) { held_ -= static_cast<long>(size); }

 private:
  void begin();
  static void end();

  long held_ = 0;
  long most_held_ = 0;
  std::size_t allocations_ = 0;
};

}  // namespace glasstls::test
