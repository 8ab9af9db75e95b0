// Faults: what a soak does to the system that the server stands on. The switches lie in memory that
// the driver shares with faults.cpp, which is preloaded into the server.
#pragma once

#include <atomic>
#include <cstdint>

namespace glasstls::soak {

struct Faults {
  /// The variable of the environment that names the file of this.
  static constexpr const char* variable = "GLASSTLS_SOAK_FAULTS";

  std::atomic<std::uint32_t> allocations_fail{0};  // one in so many; 0: none
  std::atomic<std::uint32_t> sockets_take_one_byte{0};
  std::atomic<std::uint32_t> sends_would_block{0};  // one in so many, with room for it; 0: none
  std::atomic<std::uint64_t> failed_allocations{0};
};

}  // namespace glasstls::soak
