#include "bench/steps/primitive_clock.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <memory>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace glasstls::bench {

namespace {

/// A handshake calls some thirty different functions of crypto/; what does not fit is added to the
/// last one, so that the sum stays right.
constexpr std::size_t most_functions = 128;

struct Times {
  std::array<PrimitiveTime, most_functions> functions;
  std::size_t size = 0;
  unsigned depth = 0;
  std::uint64_t entered = 0;
};

constinit thread_local Times times{};

PrimitiveTime& slot_of(const void* function) {
  for (std::size_t i = 0; i < times.size; ++i)
    if (times.functions[i].function == function) return times.functions[i];
  if (times.size == most_functions) return times.functions.back();
  times.functions[times.size] = {function, 0, 0};
  return times.functions[times.size++];
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

void reset_primitive_times() { times.size = 0; }

std::vector<PrimitiveTime> primitive_times() {
  return {times.functions.begin(),
          times.functions.begin() + static_cast<std::ptrdiff_t>(times.size)};
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
