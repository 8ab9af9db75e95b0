// `glasstls bench` run by a test, and its JSON document.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"

namespace glasstls::test {

struct BenchRun {
  Client program;
  nlohmann::json document;  // null if it printed none

  const nlohmann::json& outcome() const { return document.at("outcome"); }
  /// "refused", "alert: handshake_failure, in WaitServerHello"; the causes joined by "; ".
  std::string failures() const;
};

/// The command line for a server of the lab's identities, both CAs trusted.
Words bench_command(std::uint16_t port, const Words& options);
/// With --json, run to its end.
BenchRun run_bench(std::uint16_t port, const Words& options);
/// Without trust in anybody.
BenchRun run_bench_as_it_is(std::uint16_t port, const Words& options);

/// A report's text, as if its lines were endless.
std::string unwrapped(std::string text);

}  // namespace glasstls::test
