#include "bench/steps/primitive_clock.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <limits>
#include <memory>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

#include "crypto/hash.h"

namespace glasstls::bench {

namespace {

/// A power of two, and many more than the functions of crypto/ that a handshake calls.
constexpr std::size_t slots = 512;

struct Times {
  std::array<PrimitiveTime, slots> functions;  // found by hashing; free ones have no function
  unsigned depth = 0;
  std::uint64_t entered = 0;
};

constinit thread_local Times times{};

/// There is always a free one.
PrimitiveTime& slot_of(const void* function) {
  std::size_t i = (reinterpret_cast<std::uintptr_t>(function) >> 4U) % slots;
  while (times.functions[i].function != nullptr && times.functions[i].function != function)
    i = (i + 1) % slots;
  times.functions[i].function = function;
  return times.functions[i];
}

}  // namespace

std::uint64_t ticks() {
#if defined(__x86_64__)
  return __rdtsc();
#else
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

double nanoseconds_per_tick() {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  const std::uint64_t first = ticks();
  while (Clock::now() - began < std::chrono::milliseconds(50)) {
  }
  const std::uint64_t last = ticks();
  return std::chrono::duration<double, std::nano>(Clock::now() - began).count() /
         static_cast<double>(last - first);
}

void reset_primitive_times() {
  for (PrimitiveTime& time : times.functions) time.calls = time.ticks = 0;
}

std::vector<PrimitiveTime> primitive_times() {
  std::vector<PrimitiveTime> called;
  for (const PrimitiveTime& time : times.functions)
    if (time.calls > 0) called.push_back(time);
  return called;
}

double ticks_lost_per_call() {
  constexpr int calls = 100'000;
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (int round = 0; round < 5; ++round) {
    reset_primitive_times();
    const std::uint64_t began = ticks();
    for (int i = 0; i < calls; ++i)
      static_cast<void>(crypto::digest_size(crypto::HashAlgorithm::sha256));
    std::uint64_t lost = ticks() - began;
    for (const PrimitiveTime& time : primitive_times()) lost -= time.ticks;
    least = std::min(least, lost);
  }
  reset_primitive_times();
  return static_cast<double>(least) / calls;
}

std::string name_of_function(const void* function) {
  Dl_info info{};
  if (dladdr(function, &info) == 0 || info.dli_sname == nullptr) return "?";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> demangled(
      abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status), &std::free);
  std::string name = status == 0 ? demangled.get() : info.dli_sname;
  return name.substr(0, name.find('('));
}

}  // namespace glasstls::bench

// The compiler's names.
extern "C" {
void __cyg_profile_func_enter(void* function, void* call_site);
void __cyg_profile_func_exit(void* function, void* call_site);

void __cyg_profile_func_enter(void* /*function*/, void* /*call_site*/) {
  using glasstls::bench::times;
  if (times.depth++ == 0) times.entered = glasstls::bench::ticks();
}

void __cyg_profile_func_exit(void* function, void* /*call_site*/) {
  using glasstls::bench::times;
  if (--times.depth > 0) return;
  const std::uint64_t spent = glasstls::bench::ticks() - times.entered;
  glasstls::bench::PrimitiveTime& slot = glasstls::bench::slot_of(function);
  ++slot.calls;
  slot.ticks += spent;
}
}
