#include "apps/seed_option.h"

#include <fmt/format.h>
#include <utility>
#include <vector>

#include "apps/cert/verify_options.h"
#include "apps/error.h"
#include "apps/options.h"

namespace glasstls::apps {

namespace {

constexpr const char* default_start = "2025-01-01T00:00:00Z";
constexpr std::size_t ticket_secret_length = 32;

/// The source and the clock live as long as the Config that asks them.
struct SeededConfig {
  SeededConfig(const tls::Config& other, const platform::Seed& seed, Side own, x509::Time start,
               std::uint64_t number)
      : random(seed, own, number),
        clock(start, number),
        config(other, random, [this] { return clock.now(); }) {}

  platform::SeededRandom random;
  platform::SeededClock clock;
  tls::Config config;
};

platform::Seed parse_seed(const std::string& text) {
  auto seed = platform::Seed::parse(text);
  if (!seed)
    throw CommandError(ExitCode::usage, fmt::format("--seed: digit {}: {}", seed.error().offset + 1,
                                                    seed.error().what));
  return std::move(seed).value();
}

x509::Time parse_start(const std::string& text) {
  const x509::Time start = parse_moment(text);
  if (!platform::SeededClock::can_start_at(start))
    throw CommandError(ExitCode::usage, "--at: '" + text + "' is not in the years 1970 to 2199");
  return start;
}

}  // namespace

const char* const seeded_warning =
    "WARNING: --seed: NOTHING IS SECRET: every key and every random number of this run is known to "
    "whoever knows the seed, and the clock is not the real one; for lessons and tests only";

CLI::Option* add_seed(CLI::App& command, SeedOptions& options) {
  return command
      .add_option("--seed", options.seed,
                  "make the same bytes in every run: all randomness comes from these 1 "
                  "to 64 bytes and the clock from --at; INSECURE, for lessons and tests")
      ->type_name("HEX")
      ->check(not_empty());
}

void add_seed_options(CLI::App& command, SeedOptions& options) {
  auto* seed = add_seed(command, options);
  command
      .add_option("--at", options.at,
                  "with --seed: when the run begins (UTC); each record takes a millisecond")
      ->option_text(std::string("TIME (") + default_start + ")")
      ->check(not_empty())
      ->needs(seed);
}

SeededRun::SeededRun(platform::Seed seed, x509::Time start, Side own)
    : seed_(std::move(seed)), start_(start), own_(own) {}

SeededConnection SeededRun::connection(const tls::Config& config, std::uint64_t number) const {
  const auto all = std::make_shared<SeededConfig>(config, seed_, own_, start_, number);
  return {{all, &all->config}, {all, &all->clock}};
}

std::shared_ptr<handshake::TicketKeys> SeededRun::ticket_keys() const {
  constexpr std::uint64_t shared_by_all = 0;
  platform::SeededRandom random(seed_, own_, shared_by_all);
  crypto::RandomSource& source = random.stream(crypto::RandomPurpose::ticket_key);
  handshake::TicketKey key;
  key.secret = crypto::SecretBytes(ticket_secret_length);
  source.fill(key.key_name);
  source.fill(key.secret.fill());
  std::vector<handshake::TicketKey> keys;
  keys.push_back(std::move(key));
  return std::make_shared<handshake::TicketKeys>(std::move(keys), 0);
}

std::shared_ptr<const SeededRun> seeded_run(const SeedOptions& options, Side own) {
  if (!options.given()) return nullptr;
  const std::string& at = options.at.empty() ? default_start : options.at;
  return std::make_shared<const SeededRun>(parse_seed(options.seed), parse_start(at), own);
}

}  // namespace glasstls::apps
