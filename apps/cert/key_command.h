// glasstls cert key: a private key, as openssl genpkey makes one.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_key_command(CLI::App& cert, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
