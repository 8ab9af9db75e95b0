// --seed and --at: a run whose bytes are the same every time. Shared by the subcommands that connect
// or listen.
//
//   SeedOptions options;  add_seed_options(command, options);   ...
//   const auto seeded = seeded_run(options, Side::client);      // null without --seed
//   if (seeded) say(seeded_warning);
//   const SeededConnection own = seeded->connection(*config, 1);
//   tls::Connection connection(own.config, name, {own.clock, ...});
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "handshake/ticket_keys.h"
#include "platform/seeded.h"
#include "tls/config.h"
#include "wire/side.h"
#include "x509/time.h"

namespace glasstls::apps {

/// As typed.
struct SeedOptions {
  std::string seed;  // hexadecimal; empty: none
  std::string at;    // empty: 2025-01-01T00:00:00Z

  bool given() const { return !seed.empty(); }
};

/// --seed alone, where --at means more than its clock.
CLI::Option* add_seed(CLI::App& command, SeedOptions& options);
void add_seed_options(CLI::App& command, SeedOptions& options);

/// One line, for standard error, at the start of every run with a seed.
extern const char* const seeded_warning;

/// What one connection of a seeded run has of its own.
struct SeededConnection {
  std::shared_ptr<const tls::Config> config;  // holds the random source and the clock
  std::shared_ptr<platform::SeededClock>
      clock;  // to be given to the connection, the first observer
};

/// For one thread.
class SeededRun {
 public:
  SeededRun(platform::Seed seed, x509::Time start, Side own);

  /// When the run began: for what belongs to no connection.
  x509::Time start() const { return start_; }

  /// `number` counts the connections of this run from 1, in the order in which they begin.
  SeededConnection connection(const tls::Config& config, std::uint64_t number) const;

  /// A server's, the same in every run; they are not replaced.
  std::shared_ptr<handshake::TicketKeys> ticket_keys() const;

 private:
  platform::Seed seed_;
  x509::Time start_;
  Side own_;
};

/// Null without --seed. CommandError (usage) for a seed or a time that is none.
std::shared_ptr<const SeededRun> seeded_run(const SeedOptions& options, Side own);

}  // namespace glasstls::apps
