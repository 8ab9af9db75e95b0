// PrimitiveClock: how long a handshake is in crypto/, by function. Only for programs that are linked
// with a crypto/ compiled to call it at every function's entry and exit (GCC's and Clang's
// -finstrument-functions); the library itself is never built so.
//
// What counts is the outermost function of crypto/ that is called from elsewhere; what crypto/
// defines in its headers (Secret's wiping, for one) counts for its callers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace glasstls::bench {

/// Ticks of the processor's counter of constant rate, or nanoseconds where there is none.
std::uint64_t ticks();
/// Found by comparing with the system's clock for a moment.
double nanoseconds_per_tick();

/// Spent in one function of crypto/ since the last reset.
struct PrimitiveTime {
  const void* function;
  std::uint64_t calls;
  std::uint64_t ticks;
};

/// What timing a call costs outside of the time that it counts: to be taken off from what is not a
/// primitive. Found by calls of a function that does nothing.
double ticks_lost_per_call();

/// Of the calling thread.
void reset_primitive_times();
std::vector<PrimitiveTime> primitive_times();

/// "glasstls::crypto::EphemeralKey::agree", without parameters; "?" if the linker left no name.
std::string name_of_function(const void* function);

}  // namespace glasstls::bench
