// glasstls cert lab: a complete lab PKI in one step: CA, server, client.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_lab_command(CLI::App& cert, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
