#include "apps/unknown_subcommand.h"

#include <vector>

namespace glasstls::apps {

namespace {

std::string called(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return (parent == nullptr ? "" : called(*parent) + " ") + command.get_name();
}

}  // namespace

std::string unknown_subcommand(const CLI::App& program) {
  const CLI::App* command = &program;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const auto known = command->get_subcommands([](const CLI::App*) { return true; });
  const std::vector<std::string> left = program.remaining(true);
  if (known.empty() || left.empty() || left.front().starts_with('-')) return {};

  std::string text =
      "'" + left.front() + "' is not a subcommand of " + called(*command) + "; known are:";
  const char* separator = " ";
  for (const CLI::App* subcommand : known) {
    text += separator + subcommand->get_name();
    separator = ", ";
  }
  return text;
}

}  // namespace glasstls::apps
