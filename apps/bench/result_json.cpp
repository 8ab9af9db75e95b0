#include "apps/bench/result_json.h"

#include <cstdint>
#include <string_view>

#include "glasstls/version.h"

namespace glasstls::apps::bench {

namespace {

using Json = nlohmann::ordered_json;

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

Json nanoseconds_of(const std::optional<nanoseconds>& time) {
  return time ? Json(time->count()) : Json();
}

/// `value` only of an open loop.
template <class Value>
Json if_open(const Plan& plan, Value value) {
  return is_open_loop(plan) ? Json(value) : Json();
}

Json distribution(const Histogram& histogram) {
  const auto quantile = [&](double q) {
    return histogram.count() == 0 ? Json() : Json(histogram.quantile(q).count());
  };
  const auto extreme = [&](nanoseconds (Histogram::*which)() const) {
    return histogram.count() == 0 ? Json() : Json((histogram.*which)().count());
  };
  return {{"count", histogram.count()},
          {"min_ns", extreme(&Histogram::min)},
          {"p50_ns", quantile(0.5)},
          {"p90_ns", quantile(0.9)},
          {"p99_ns", quantile(0.99)},
          {"p999_ns", quantile(0.999)},
          {"max_ns", extreme(&Histogram::max)},
          {"histogram", histogram.to_json()}};
}

Json plan_of(const Plan& plan) {
  return {{"loop", is_open_loop(plan) ? "open" : "closed"},
          {"arrivals", if_open(plan, name_of(plan.arrivals))},
          {"rate", if_open(plan, plan.rate)},
          {"arrival_seed", plan.arrivals == Arrivals::poisson ? Json(plan.arrival_seed) : Json()},
          {"connections", plan.connections ? Json(*plan.connections) : Json()},
          {"duration_s", plan.duration ? Json(seconds(*plan.duration)) : Json()},
          {"concurrency", plan.concurrency},
          {"resume", name_of(plan.resume)},
          {"bytes", plan.bytes},
          {"request", plan.has_request},
          {"timeout_s", seconds(plan.timeout)},
          {"verified", plan.verified}};
}

Json outcome_of(const Result& result) {
  const Plan& plan = result.plan;
  return {{"interrupted", result.interrupted},
          {"elapsed_s", seconds(result.elapsed)},
          {"handshakes_per_s", handshakes_per_second(result)},
          {"started", result.started_count},
          {"succeeded", result.succeeded},
          {"failed", result.failed},
          {"abandoned", result.abandoned},
          {"scheduled", if_open(plan, result.scheduled)},
          {"never_started", if_open(plan, result.never_started)},
          {"rate_achieved", if_open(plan, rate_achieved(result))},
          {"rate_held", if_open(plan, rate_held(result))},
          {"sessions_fetched", result.sessions_fetched},
          {"unanswered_closes", result.unanswered_closes},
          {"exit_code", static_cast<int>(exit_code_of(result))}};
}

Json failures_of(const Result& result) {
  Json failures = Json::array();
  for (const FailureCount& failure : result.failures)
    failures.push_back({{"cause", name_of(failure.cause)},
                        {"detail", failure.detail},
                        {"load_generator", is_of_load_generator(failure.cause)},
                        {"exit_code", static_cast<int>(exit_code_of(failure.cause))},
                        {"count", failure.count},
                        {"first_at_s", seconds(failure.first_at)}});
  return failures;
}

Json agreed_of(const Result& result) {
  Json all = Json::array();
  for (const Agreed& agreed : result.agreed)
    all.push_back({{"cipher_suite", agreed.cipher_suite},
                   {"group", agreed.group},
                   {"signature_scheme", agreed.signature_scheme},
                   {"resumed", agreed.resumed},
                   {"extended_master_secret", agreed.extended_master_secret},
                   {"count", agreed.count}});
  return all;
}

Json phases_of(const Result& result) {
  Json phases = Json::array();
  for (std::size_t i = 0; i < phase_count; ++i)
    phases.push_back(
        {{"name", name_of(static_cast<Phase>(i))}, {"time", distribution(result.phases[i])}});
  return phases;
}

Json transfer_of(const Result& result) {
  if (!result.transfer) return {};
  const Transfer& transfer = *result.transfer;
  return {{"bytes_sent", transfer.bytes_sent},
          {"bytes_received", transfer.bytes_received},
          {"bytes_per_s", bytes_per_second(result)},
          {"time", distribution(transfer.time)}};
}

Json cpu_of(const Result& result) {
  const Cpu& cpu = result.cpu;
  return {{"measured_for_s", seconds(cpu.measured_for)},
          {"user_s", seconds(cpu.user)},
          {"system_s", seconds(cpu.system)},
          {"waited_s", cpu.waited ? Json(seconds(*cpu.waited)) : Json()},
          {"per_handshake_ns", nanoseconds_of(cpu_per_handshake(result))},
          {"busy", busy(cpu)},
          {"bottleneck", name_of(bottleneck(result))},
          {"others_s", cpu.others ? Json(seconds(*cpu.others)) : Json()},
          {"others_per_handshake_ns", nanoseconds_of(others_per_handshake(result))}};
}

Json blocks_of(const Result& result) {
  Json blocks = Json::array();
  for (std::size_t i = 0; i < result.blocks.size(); ++i) {
    const Block& block = result.blocks[i];
    blocks.push_back({{"second", i},
                      {"length_s", seconds(block_length(result, i))},
                      {"succeeded", block.succeeded},
                      {"failed", block.failed},
                      {"latency", block.latency.to_json()}});
  }
  return blocks;
}

}  // namespace

nlohmann::ordered_json to_json(const Result& result) {
  const bool open = is_open_loop(result.plan);
  return {{"schema", 1},
          {"kind", "glasstls bench"},
          {"program", "glasstls " GLASSTLS_VERSION},
          {"started", result.started},
          {"server",
           {{"address", result.address}, {"name", result.name}, {"loopback", result.loopback}}},
          {"plan", plan_of(result.plan)},
          {"outcome", outcome_of(result)},
          {"failures", failures_of(result)},
          {"agreed", agreed_of(result)},
          {"latency", distribution(result.latency)},
          {"from_start", open ? distribution(result.from_start) : Json()},
          {"start_delay", open ? distribution(result.start_delay) : Json()},
          {"phases", phases_of(result)},
          {"transfer", transfer_of(result)},
          {"cpu", cpu_of(result)},
          {"blocks", blocks_of(result)}};
}

std::string text_of(const nlohmann::ordered_json& document) {
  std::string text;
  for (const auto& [name, value] : document.items())
    text += (text.empty() ? "{\n  " : ",\n  ") + Json(name).dump() + ": " +
            value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text + "\n}\n";
}

}  // namespace glasstls::apps::bench
