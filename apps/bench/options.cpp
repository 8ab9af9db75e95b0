#include "apps/bench/options.h"

#include <fmt/format.h>

#include "apps/error.h"
#include "apps/options.h"

namespace glasstls::apps::bench {

namespace {

constexpr double max_seconds = 86'400;
constexpr double default_duration = 10;
constexpr std::size_t default_users = 8;         // of a closed loop
constexpr std::size_t default_in_flight = 1000;  // of an open one
constexpr double max_rate = 1e6;

constexpr std::uint64_t default_arrival_seed = 1;

CLI::Validator rate_range() {
  const auto check = [](std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool good = !text.empty() && *end == '\0' && value >= 0.001 && value <= max_rate;
    return good ? std::string()
                : fmt::format("'{}' is not a rate from 0.001 to {:.0f} per second", text, max_rate);
  };
  return CLI::Validator(check, "");
}

void add_load(CLI::App& command, BenchOptions& options) {
  command.add_option("--connections", options.connections, "end after so many handshakes")
      ->type_name("N")
      ->check(number_within(1, 1'000'000'000));
  command
      .add_option("--duration", options.duration,
                  "start no more after so many seconds; 10 if --connections is not given either")
      ->type_name("SECONDS")
      ->check(seconds_within(0.001, max_seconds));
  command
      .add_option("--concurrency", options.concurrency,
                  "connections at a time: users of a closed loop (8), or the most that an open one "
                  "has in flight (1000)")
      ->type_name("N")
      ->check(number_within(1, 60'000));
  command
      .add_option("--rate", options.rate,
                  "open loop: start so many per second, at times fixed in advance")
      ->type_name("R")
      ->check(rate_range());
  command
      .add_option("--arrivals", options.arrivals, "of an open loop: evenly spaced, or by chance")
      ->check(CLI::IsMember({"constant", "poisson"}))
      ->option_text("constant|poisson (constant)");
  command
      .add_option("--arrival-seed", options.arrival_seed,
                  "other start times of --arrivals poisson; the same seed gives the same ones (1)")
      ->type_name("N")
      ->check(number_within(0, std::uint64_t{1} << 53U));
  command
      .add_option("--resume", options.resume,
                  "each connection resumes its session, fetched before; one that the server does "
                  "not resume has failed")
      ->check(CLI::IsMember({"none", "ticket", "id"}))
      ->option_text("none|ticket|id (none)");
  command
      .add_option("--timeout", options.timeout,
                  "seconds for connecting and handshake, and for a transfer that stands still")
      ->check(seconds_within(0.001, max_seconds))
      ->option_text("SECONDS (10)");
  command.add_flag("--i-own-this-server", options.owns_server,
                   "the server may have an address that is neither loopback nor private");
}

void add_handshake(CLI::App& command, BenchOptions& options) {
  const auto add_text = [&](const char* name, std::string& value, const char* type,
                            const char* description) {
    command.add_option(name, value, description)->type_name(type)->check(not_empty());
  };
  command
      .add_option("--ca", options.ca_files,
                  "trust the certificates of this PEM file (may repeat); without it: "
                  "SSL_CERT_FILE, SSL_CERT_DIR, the system's store")
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_text("--name", options.name, "NAME",
           "the name or address that the certificate must have; without it: HOST");
  command.add_flag("--insecure", options.insecure,
                   "do not verify the certificate (for experiments only)");
  add_text("--suites", options.suites, "A,B,...", "cipher suites to offer, in order");
  add_text("--groups", options.groups, "A,B,...", "groups to offer, in order");
  add_text("--sigalgs", options.schemes, "A,B,...", "signature schemes to offer, in order");
}

void add_transfer(CLI::App& command, BenchOptions& options) {
  command
      .add_option("--bytes", options.bytes,
                  "after each handshake send so many bytes; with --request: receive them")
      ->type_name("N")
      ->check(number_within(1, std::uint64_t{1} << 40U));
  command
      .add_option("--request", options.request,
                  "after each handshake send this text and receive the answer, until the server "
                  "closes or --bytes have come")
      ->type_name("TEXT")
      ->check(not_empty());
}

void add_output(CLI::App& command, BenchOptions& options) {
  command.add_flag("--json", options.json, "print one JSON document instead of the report");
  command.add_option("--html", options.html, "write the report as a page too, with plots")
      ->type_name("FILE")
      ->check(not_empty());
}

/// All other options mean a run.
void refuse_a_run(const CLI::App& command) {
  const CLI::Option* compare = command.get_option("--compare");
  if (compare->count() == 0) return;
  for (const CLI::Option* option : command.get_options())
    if (option != compare && option->count() > 0 && !option->check_lname("json"))
      throw CLI::ExcludesError("--compare loads no server: leave out " + option->get_name(),
                               CLI::ExitCodes::ExcludesError);
}

void add_comparison(CLI::App& command, BenchOptions& options) {
  command
      .add_option("--compare", options.compare,
                  "compare two results of --json: the ratios, and what chance makes of them")
      ->expected(2)
      ->option_text("A.json B.json");
  command.parse_complete_callback([&command] { refuse_a_run(command); });
}

[[noreturn]] void refuse(const char* reason) { throw CommandError(ExitCode::usage, reason); }

Resume resume_of(const std::string& text) {
  if (text == "ticket") return Resume::ticket;
  return text == "id" ? Resume::id : Resume::none;
}

nanoseconds nanoseconds_of(double seconds) {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
}

}  // namespace

void add_bench_options(CLI::App& command, BenchOptions& options) {
  command.add_option("address", options.address, "the server; the port is 443 if not given")
      ->type_name("HOST[:PORT]");
  add_load(command, options);
  add_handshake(command, options);
  add_transfer(command, options);
  add_output(command, options);
  add_comparison(command, options);
}

Plan plan_of(const BenchOptions& options) {
  if (options.address.empty()) refuse("bench: HOST[:PORT] is missing");
  if (!options.rate && !options.arrivals.empty())
    refuse("--arrivals means something with --rate only: a closed loop starts when a slot is free");
  if (options.arrival_seed && options.arrivals != "poisson")
    refuse("--arrival-seed means something with --arrivals poisson only");
  Plan plan;
  if (options.rate) {
    plan.arrivals = options.arrivals == "poisson" ? Arrivals::poisson : Arrivals::constant;
    plan.rate = *options.rate;
  }
  plan.arrival_seed = options.arrival_seed.value_or(default_arrival_seed);
  plan.connections = options.connections;
  if (options.duration || !options.connections)
    plan.duration = nanoseconds_of(options.duration.value_or(default_duration));
  plan.concurrency = options.concurrency.value_or(options.rate ? default_in_flight : default_users);
  if (plan.connections && *plan.connections < plan.concurrency)
    plan.concurrency = *plan.connections;
  plan.resume = resume_of(options.resume);
  plan.bytes = options.bytes;
  plan.has_request = options.request.has_value();
  plan.timeout = nanoseconds_of(options.timeout);
  plan.verified = !options.insecure;
  return plan;
}

}  // namespace glasstls::apps::bench
