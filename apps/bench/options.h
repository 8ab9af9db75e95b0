// The options of `glasstls bench`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/bench/plan.h"

namespace glasstls::apps::bench {

/// As typed; the defaults are those of the command line.
struct BenchOptions {
  std::string address;

  std::optional<std::uint64_t> connections;
  std::optional<double> duration;  // seconds
  std::optional<std::size_t> concurrency;
  std::optional<double> rate;  // starts per second
  std::string arrivals;        // "constant", "poisson"
  std::optional<std::uint64_t> arrival_seed;
  std::string resume = "none";
  double timeout = 10;  // seconds
  bool owns_server = false;

  std::vector<std::string> ca_files;
  std::string name;
  bool insecure = false;
  std::string suites, groups, schemes;

  std::uint64_t bytes = 0;
  std::optional<std::string> request;

  bool json = false;
  std::string html;                  // file: a page; empty: none
  std::vector<std::string> compare;  // two results: nothing is loaded
};

void add_bench_options(CLI::App& command, BenchOptions& options);

/// CommandError (usage) for options that do not go together.
Plan plan_of(const BenchOptions& options);

}  // namespace glasstls::apps::bench
