// `glasstls explain`: a live handshake, or a capture, explained.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; when it is chosen, `run` becomes its work.
void add_explain_command(CLI::App& program, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
