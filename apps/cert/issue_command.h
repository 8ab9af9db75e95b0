// glasstls cert issue: a certificate for a request, signed by a CA, as openssl x509 -req makes one.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/exit_code.h"

namespace glasstls::apps {

/// Adds the subcommand; `run` gets what to do if it is chosen.
void add_issue_command(CLI::App& cert, std::function<ExitCode()>& run);

}  // namespace glasstls::apps
