// What the options of the subcommands share: help that begins with examples, and checks of values.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <string>

namespace glasstls::apps {

/// Help that begins with examples: whole lines, indented.
void set_examples(CLI::App& command, std::string examples);

CLI::Validator not_empty();
/// A number of seconds; unlike CLI::Range it refuses NaN.
CLI::Validator seconds_within(double least, double most);
/// A decimal number without a leading zero, which CLI11 would take for octal.
CLI::Validator number_within(std::uint64_t least, std::uint64_t most);

std::chrono::milliseconds milliseconds(double seconds);
/// "10 s", "0.250 s".
std::string seconds_text(std::chrono::milliseconds time);

}  // namespace glasstls::apps
