// bench_steps: where a handshake's time goes: primitives (all calls into crypto/) and everything else.
//
//   bench_steps [--handshakes N] [--json FILE]
#include <CLI/CLI.hpp>
#include <cstddef>
#include <exception>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/steps/handshake_steps.h"

namespace glasstls::bench {
namespace {

void print(const Kind& kind, const char* side, const SideSteps& steps) {
  fmt::print("\n{}: {}\n", kind.name, side);
  const auto line = [](const std::string& name, double calls, double nanoseconds) {
    fmt::print("  {:<52} {:>7} {:>10.2f} us\n", name,
               calls > 0 ? fmt::format("{:.1f} x", calls) : "", nanoseconds / 1000);
  };
  for (const Primitive& primitive : steps.functions)
    line(primitive.name, primitive.calls, primitive.nanoseconds);
  line("all primitives", 0, steps.primitives);
  line("everything else", 0, steps.everything_else);
  line("the handshake", 0, steps.total);
}

void add(nlohmann::json& all, const Kind& kind, const char* side, const SideSteps& steps) {
  const auto step = [&](const std::string& name, double calls, double nanoseconds, bool primitive) {
    all.push_back({{"side", side},
                   {"kind", kind.name},
                   {"name", name},
                   {"calls", calls},
                   {"ns", nanoseconds},
                   {"is_primitive", primitive}});
  };
  for (const Primitive& primitive : steps.functions)
    step(primitive.name, primitive.calls, primitive.nanoseconds, true);
  step("everything else", 1, steps.everything_else, false);
}

int run(int argc, char** argv) {
  CLI::App app("Where a handshake's time goes: primitives (all calls into crypto/) and the rest.");
  std::size_t handshakes = 2000;
  std::string file;
  app.add_option("--handshakes", handshakes, "of each kind")->check(CLI::Range(1, 10'000'000));
  app.add_option("--json", file, "write the steps there, as scripts/bench reads them");
  CLI11_PARSE(app, argc, argv);

  nlohmann::json all = nlohmann::json::array();
  for (const Kind& kind : kinds()) {
    const HandshakeSteps steps = measure(kind, handshakes);
    print(kind, "client", steps.client);
    print(kind, "server", steps.server);
    add(all, kind, "client", steps.client);
    add(all, kind, "server", steps.server);
  }
  if (file.empty()) return 0;
  std::ofstream out(file);
  out << all.dump(1) << '\n';
  if (out.flush()) return 0;
  std::cerr << "bench_steps: " << file << " cannot be written\n";
  return 2;
}

}  // namespace
}  // namespace glasstls::bench

int main(int argc, char** argv) {
  try {
    return glasstls::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_steps: " << error.what() << '\n';
    return 1;
  }
}
