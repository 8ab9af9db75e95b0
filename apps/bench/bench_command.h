// glasstls bench: loads a TLS 1.2 server with handshakes, and tells what it found.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_bench_command(CLI::App& program, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
