// What to say of a subcommand that does not exist.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace glasstls::apps {

/// After a parse that failed: "'bogus' is not a subcommand of glasstls cert; known are: ca, ..." if
/// that is why. Empty if it is not.
std::string unknown_subcommand(const CLI::App& program);

}  // namespace glasstls::apps
