// The program run inside a test: its exit code and what it says.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "apps/cert/cert_command.h"
#include "apps/error.h"
#include "apps/exit_code.h"

namespace glasstls::apps {

struct Outcome {
  int code = 0;
  std::string output;  // standard output
  std::string error;   // standard error; for a CommandError its text

  std::string first_line() const { return output.substr(0, output.find('\n')); }
};

/// `glasstls cert ...`: words are what follows "cert".
inline Outcome run_cert(std::vector<std::string> words) {
  CLI::App program("", "glasstls");
  std::function<ExitCode()> run;
  add_cert_command(program, run);
  words.insert(words.begin(), "cert");
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  Outcome outcome;
  std::string thrown;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  try {
    program.parse(words);
    outcome.code = static_cast<int>(run());
  } catch (const CommandError& error) {
    outcome.code = static_cast<int>(error.code);
    thrown = error.what();
  } catch (const CLI::ParseError& error) {
    outcome.code = error.get_exit_code() == 0 ? 0 : 2;
    thrown = error.what();
  }
  outcome.output = testing::internal::GetCapturedStdout();
  outcome.error = testing::internal::GetCapturedStderr() + thrown;
  return outcome;
}

}  // namespace glasstls::apps
