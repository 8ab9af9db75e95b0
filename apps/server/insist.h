// insist(): for the few things that must not fail for want of memory, or the server would lose count of
// its connections. Without memory it could serve nobody; so it may as well wait for some.
#pragma once

#include <chrono>
#include <new>
#include <thread>

namespace glasstls::apps {

/// Runs `work` until it does not run out of memory.
template <class Work>
void insist(Work&& work) {
  for (;;) {
    try {
      return work();
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
}

}  // namespace glasstls::apps
