// Result: all that a run of `glasstls bench` was asked for and found. result_json.h writes it down,
// text_report.h tells it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/bench/cause.h"
#include "apps/bench/histogram.h"
#include "apps/bench/plan.h"
#include "apps/exit_code.h"

namespace glasstls::apps::bench {

struct FailureCount {
  Cause cause{};
  std::string detail;  // the alert, the state, what the system said; may be the server's words
  std::uint64_t count = 0;
  nanoseconds first_at{};  // since the start of the run
};

/// Where a handshake's time goes, in order, by the clock: work that was interrupted took longer.
enum class Phase : std::uint8_t {
  tcp_connect,
  client_hello,  // our work
  first_wait,  // from the ClientHello's departure to the server's first flight, the last byte of it
  first_work,  // our work on it, our answer included
  second_wait,  // only of a full handshake
  second_work,
};
inline constexpr std::size_t phase_count = 6;
std::string_view name_of(Phase phase);

/// What was agreed on, and how often.
struct Agreed {
  std::string cipher_suite, group, signature_scheme;
  std::string resumed;  // "none", "session_id", "ticket"
  bool extended_master_secret = false;
  std::uint64_t count = 0;
  bool is_same(const Agreed& other) const;
};

inline constexpr std::chrono::seconds block_time{1};

/// One second of the run, by when handshakes ended: what the bootstrap draws from.
struct Block {
  std::uint64_t succeeded = 0, failed = 0;
  Histogram latency;
};

struct Transfer {
  std::uint64_t bytes_sent = 0, bytes_received = 0;  // application data
  Histogram time;                                    // from the handshake's end to the transfer's
};

/// CPU of this process and of the machine it runs on, while the run lasted. nullopt: not known.
struct Cpu {
  nanoseconds measured_for{};
  nanoseconds user{}, system{};
  std::optional<nanoseconds> waited;  // ready to run, but no processor was free
  std::optional<nanoseconds> others;  // what all others on this machine computed meanwhile
};

/// What kept handshakes from being more.
enum class Bottleneck : std::uint8_t {
  rate,            // nothing: an open loop that started all in time
  load_generator,  // our own thread
  other,           // the server, the network, or the number of connections at a time
};
std::string_view name_of(Bottleneck bottleneck);

struct Result {
  Plan plan;
  std::string address;  // "127.0.0.1:4433"
  std::string name;     // that was verified and sent
  bool loopback = false;
  std::string started;  // "2026-11-27 05:26:12 UTC"

  bool interrupted = false;
  nanoseconds elapsed{};  // from the start to the end of the last handshake
  std::uint64_t started_count = 0, succeeded = 0, failed = 0;
  std::uint64_t abandoned = 0;          // in flight when the run was interrupted
  std::uint64_t scheduled = 0;          // open loop: whose time came
  std::uint64_t never_started = 0;      // open loop: of these
  nanoseconds last_scheduled{};         // open loop: when the last that started was to start
  nanoseconds last_start{};             // and when it did
  std::uint64_t sessions_fetched = 0;   // full handshakes that are counted nowhere else
  std::uint64_t unanswered_closes = 0;  // the server did not close after our close_notify

  std::vector<FailureCount> failures;  // in the order of their first
  std::vector<Agreed> agreed;
  Histogram latency;      // open loop: from the scheduled start
  Histogram from_start;   // open loop: from the real one
  Histogram start_delay;  // open loop: between the two
  Histogram phases[phase_count];
  std::optional<Transfer> transfer;
  Cpu cpu;
  std::vector<Block> blocks;
};

/// Successes by elapsed time.
double handshakes_per_second(const Result& result);
/// Open loop: the asked rate, less the share that was never started and the delay of the last start.
double rate_achieved(const Result& result);
/// Whether that is 99 % of the asked rate or more.
bool rate_held(const Result& result);
/// Both ways.
double bytes_per_second(const Result& result);
/// A second, but for the last, which ends with the run.
nanoseconds block_length(const Result& result, std::size_t block);

/// CPU for each handshake that ended, however it did. nullopt: there was none, or it is not known.
std::optional<nanoseconds> cpu_per_handshake(const Result& result);
std::optional<nanoseconds> others_per_handshake(const Result& result);
/// The share of the time in which our thread computed, or was ready to and had no processor.
double busy(const Cpu& cpu);
Bottleneck bottleneck(const Result& result);

/// That of the first failure; done without one.
ExitCode exit_code_of(const Result& result);

}  // namespace glasstls::apps::bench
