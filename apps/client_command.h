// glasstls client: connect, verify, exchange data.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

struct ClientOptions;

/// CommandError as the work finds cause.
ExitCode run_client(const ClientOptions& options);

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_client_command(CLI::App& program, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
