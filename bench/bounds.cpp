// What hostile peers make one connection of ours hold and compute: the table of docs/bounds.md.
//
//   build/release/bench/bench_bounds [--briefly]
//
// Memory is malloc's, with its rounding. The time is this thread's, the least of several runs.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "tests/bounds/attack.h"

namespace glasstls::bounds {
namespace {

/// The least time of many runs; all else is the same in each.
Cost measured(const Attack& attack, std::chrono::milliseconds duration) {
  attack.run();  // what is made once for all connections is not theirs
  Cost least = attack.run();
  const auto until = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < until) {
    const Cost again = attack.run();
    if (again.cpu < least.cpu) least = again;
  }
  return least;
}

double kib(std::size_t bytes) { return static_cast<double>(bytes) / 1024; }

void print(const Attack& attack, const Cost& cost) {
  const double microseconds = static_cast<double>(cost.cpu.count()) / 1000;
  const auto came = static_cast<double>(std::max<std::size_t>(cost.came, 1));
  std::printf("| %s | %s | %zu | %.1f | %.1f | %.0f | %.3f | %s |\n", attack.what.c_str(),
              attack.state.c_str(), cost.came, kib(cost.held), kib(cost.most_held), microseconds,
              microseconds / came, attack.setting.c_str());
  std::fflush(stdout);
}

}  // namespace
}  // namespace glasstls::bounds

int main(int argc, char** argv) {
  using namespace glasstls::bounds;
  const bool briefly = argc > 1 && std::string_view(argv[1]) == "--briefly";
  std::printf(
      "| the peer | finds us in | bytes that it sent | KiB held at the end | at most | CPU, us | "
      "per byte | bounded by |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const Attack& attack : all_attacks())
    print(attack, measured(attack, std::chrono::milliseconds(briefly ? 0 : 200)));
}
