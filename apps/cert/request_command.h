// glasstls cert request: a certification request, as openssl req -new makes one.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_request_command(CLI::App& cert, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
