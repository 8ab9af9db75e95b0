// glasstls cert: certificates made, shown and judged. One file per subcommand.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand with its own; `run` gets what to do if one is chosen.
void add_cert_command(CLI::App& program, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
