// bench_timing: does the time of an operation tell secrets? docs/constant-time.md.
//
//   bench_timing [--seconds S] [--samples N] [--only WORDS] [--json FILE]
#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

#include "bench/timing/cases.h"
#include "bench/timing/statistics.h"

namespace glasstls::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Ticks of the processor's counter, all earlier instructions being done; nanoseconds where there
/// is none.
std::uint64_t ticks() {
#if defined(__x86_64__)
  _mm_lfence();
  const std::uint64_t now = __rdtsc();
  _mm_lfence();
  return now;
#else
  return static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
#endif
}

/// Both kinds in random order, until the time or the number is used up.
std::vector<Sample> take_samples(const Work& work, Clock::duration time, std::size_t number) {
  std::mt19937_64 coin(std::random_device{}());
  const auto once = [&] {
    const bool second = (coin() & 1) != 0;
    work.prepare(second);
    const std::uint64_t began = ticks();
    work.run();
    return Sample{second, static_cast<double>(ticks() - began)};
  };
  for (std::size_t i = 0; i < number / 10 && i < 1000; ++i) static_cast<void>(once());  // warm up
  std::vector<Sample> samples;
  const auto end = Clock::now() + time;
  while (samples.size() < number && Clock::now() < end) samples.push_back(once());
  return samples;
}

/// A leak is one that shows again.
struct Result {
  Comparison first;
  std::optional<Comparison> again;

  Verdict verdict() const { return again ? judge(first, *again) : judge(first); }
};

Result measure(const TimedCase& one, Clock::duration time, std::size_t number) {
  const Work work = one.make();
  Result result{compare(take_samples(work, time, number)), {}};
  if (judge(result.first) == Verdict::leak)
    result.again = compare(take_samples(work, time, number));
  return result;
}

std::string in_words(const Result& result) {
  switch (result.verdict()) {
    case Verdict::no_evidence:
      return fmt::format("no evidence of a leak at {} samples", result.first.samples);
    case Verdict::doubtful: return "doubtful: measure for longer, on a machine that is quiet";
    case Verdict::leak: return "leak found, twice";
  }
  return {};
}

void print(const TimedCase& one, const Result& result) {
  const Comparison& first = result.first;
  fmt::print("{:<40} {:>8.1f} {:>10.1f} {:>9}  {}\n  {} / {}\n", one.name, std::abs(first.t),
             first.difference, first.samples, in_words(result), one.first, one.second);
  std::cout.flush();
}

nlohmann::json as_json(const TimedCase& one, const Result& result) {
  const auto figures = [](const Comparison& comparison) {
    return nlohmann::json{{"t", comparison.t},
                          {"difference", comparison.difference},
                          {"samples", comparison.samples}};
  };
  return {{"name", one.name},
          {"first", one.first},
          {"second", one.second},
          {"measured", figures(result.first)},
          {"measured_again", result.again ? figures(*result.again) : nlohmann::json()},
          {"verdict", in_words(result)}};
}

int run(int argc, char** argv) {
  CLI::App app(
      "Does the time of an operation tell secrets? Welch's t-test over two kinds of input.");
  double seconds = 5;
  std::size_t number = 2'000'000;
  std::string only, file;
  app.add_option("--seconds", seconds, "at most, for each case")->check(CLI::Range(0.001, 1e5));
  app.add_option("--samples", number, "at most, of each case")->check(CLI::Range(1, 100'000'000));
  app.add_option("--only", only, "cases with this in their names");
  app.add_option("--json", file, "write the results there");
  CLI11_PARSE(app, argc, argv);

  const auto time =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  nlohmann::json all = nlohmann::json::array();
  fmt::print("{:<40} {:>8} {:>10} {:>9}  verdict\n", "case, and the two kinds of input", "|t|",
             "difference", "samples");
  for (const TimedCase& one : timed_cases()) {
    if (one.name.find(only) == std::string::npos) continue;
    const Result result = measure(one, time, number);
    print(one, result);
    all.push_back(as_json(one, result));
  }
  if (file.empty()) return 0;
  std::ofstream out(file);
  out << all.dump(1) << '\n';
  if (out.flush()) return 0;
  std::cerr << "bench_timing: " << file << " cannot be written\n";
  return 2;
}

}  // namespace
}  // namespace glasstls::bench

int main(int argc, char** argv) {
  try {
    return glasstls::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_timing: " << error.what() << '\n';
    return 1;
  }
}
