// What glasstls-lab adds to the subcommands client and server: --fault, and --allow-remote.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "apps/exit_code.h"
#include "tests/adversary/fault.h"

namespace glasstls::adversary {

/// Of one subcommand.
class FaultOptions {
 public:
  /// `command` has the options of the ordinary subcommand already, and outlives this.
  FaultOptions(CLI::App& command, Side side);
  FaultOptions(const FaultOptions&) = delete;
  FaultOptions& operator=(const FaultOptions&) = delete;

  /// Whether this subcommand was chosen, with --fault.
  bool chosen() const { return command_.parsed() && !name_.empty(); }

  /// Lists the faults, or plays one and tells of it on standard error. CommandError: usage for a
  /// fault that does not exist, an option that has no meaning with --fault, or an address that is
  /// not loopback; no_connection.
  apps::ExitCode run() const;

  /// CommandError (usage) for what the ordinary subcommand would have refused at once.
  void check_ordinary() const;

 private:
  void check_options() const;
  void check_address() const;
  apps::ExitCode play(const Fault& fault) const;

  CLI::App& command_;
  Side side_;
  std::string name_;
  bool allow_remote_ = false;
};

}  // namespace glasstls::adversary
