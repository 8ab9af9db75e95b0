// glasstls server: listen, and serve whoever connects.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_server_command(CLI::App& program, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
