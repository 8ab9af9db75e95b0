#include "apps/bench/result.h"

#include <algorithm>
#include <tuple>

namespace glasstls::apps::bench {

namespace {

constexpr double rate_tolerance = 0.99;
/// Above this share of its time our thread had always something to do.
constexpr double busy_limit = 0.9;

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::optional<nanoseconds> per_handshake(const Result& result, std::optional<nanoseconds> time) {
  const std::uint64_t ended = result.succeeded + result.failed;
  if (!time || ended == 0) return std::nullopt;
  return *time / static_cast<std::int64_t>(ended);
}

}  // namespace

std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::tcp_connect: return "tcp_connect";
    case Phase::client_hello: return "client_hello";
    case Phase::first_wait: return "first_wait";
    case Phase::first_work: return "first_work";
    case Phase::second_wait: return "second_wait";
    case Phase::second_work: return "second_work";
  }
  return "";
}

std::string_view name_of(Bottleneck bottleneck) {
  switch (bottleneck) {
    case Bottleneck::rate: return "rate";
    case Bottleneck::load_generator: return "load generator";
    case Bottleneck::other: return "other";
  }
  return "";
}

bool Agreed::is_same(const Agreed& other) const {
  const auto terms = [](const Agreed& agreed) {
    return std::tie(agreed.cipher_suite, agreed.group, agreed.signature_scheme, agreed.resumed,
                    agreed.extended_master_secret);
  };
  return terms(*this) == terms(other);
}

double handshakes_per_second(const Result& result) {
  return ratio(static_cast<double>(result.succeeded), seconds(result.elapsed));
}

double rate_achieved(const Result& result) {
  if (result.plan.rate <= 0) return 0;
  const double share =
      ratio(static_cast<double>(result.started_count), static_cast<double>(result.scheduled));
  const double gap = 1 / result.plan.rate;
  const double delay = (seconds(result.last_scheduled) + gap) /
                       (seconds(std::max(result.last_start, result.last_scheduled)) + gap);
  return result.plan.rate * share * delay;
}

bool rate_held(const Result& result) {
  return rate_achieved(result) >= rate_tolerance * result.plan.rate;
}

double bytes_per_second(const Result& result) {
  if (!result.transfer) return 0;
  return ratio(static_cast<double>(result.transfer->bytes_sent + result.transfer->bytes_received),
               seconds(result.elapsed));
}

nanoseconds block_length(const Result& result, std::size_t block) {
  const nanoseconds begin = std::chrono::seconds(block);
  return std::clamp<nanoseconds>(result.elapsed - begin, nanoseconds::zero(), block_time);
}

std::optional<nanoseconds> cpu_per_handshake(const Result& result) {
  return per_handshake(result, result.cpu.user + result.cpu.system);
}

std::optional<nanoseconds> others_per_handshake(const Result& result) {
  return per_handshake(result, result.cpu.others);
}

double busy(const Cpu& cpu) {
  const nanoseconds wanted = cpu.user + cpu.system + cpu.waited.value_or(nanoseconds::zero());
  return std::min(1.0, ratio(seconds(wanted), seconds(cpu.measured_for)));
}

Bottleneck bottleneck(const Result& result) {
  if (busy(result.cpu) > busy_limit) return Bottleneck::load_generator;
  if (is_open_loop(result.plan) && rate_held(result)) return Bottleneck::rate;
  return Bottleneck::other;
}

ExitCode exit_code_of(const Result& result) {
  return result.failures.empty() ? ExitCode::done : exit_code_of(result.failures.front().cause);
}

}  // namespace glasstls::apps::bench
