// What ends a program early: an exit code and a text for the user.
#pragma once

#include <stdexcept>
#include <string>

#include "apps/exit_code.h"

namespace glasstls::apps {

struct CommandError : std::runtime_error {
  CommandError(ExitCode exit_code, const std::string& text)
      : std::runtime_error(text), code(exit_code) {}
  ExitCode code;
};

}  // namespace glasstls::apps
