#include "apps/bench/html_tables.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "apps/bench/html.h"
#include "apps/bench/plot.h"
#include "apps/bench/report_words.h"
#include "apps/bench/result_json.h"
#include "apps/bench/settings.h"
#include "apps/bench/time_axis.h"

namespace glasstls::apps::bench {

namespace {

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string percent_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

// --- Phases ----------------------------------------------------------------------------------------

struct Step {
  std::string name, look;
  double mean = 0;  // nanoseconds, over all handshakes
  const Histogram* times = nullptr;
};

/// A phase that not each handshake had weighs less in the mean.
double mean_of(const Histogram& times, const Result& result) {
  return value_of(times.mean()) * static_cast<double>(times.count()) /
         static_cast<double>(result.succeeded);
}

double whole_of(const Result& result) {
  return value_of((is_open_loop(result.plan) ? result.from_start : result.latency).mean());
}

/// In order, and at the end what lies between them.
std::vector<Step> steps_of(const Result& result) {
  std::vector<Step> steps;
  double rest = whole_of(result);
  for (std::size_t i = 0; i < phase_count; ++i) {
    const Histogram& times = result.phases[i];
    if (times.count() == 0) continue;
    steps.push_back({std::string(words_of(static_cast<Phase>(i))), fmt::format("phase{}", i),
                     mean_of(times, result), &times});
    rest -= steps.back().mean;
  }
  steps.push_back({"between these", "phase-rest", std::max(0.0, rest), nullptr});
  return steps;
}

double sum_of(const std::vector<Step>& steps) {
  double sum = 0;
  for (const Step& step : steps) sum += step.mean;
  return std::max(1.0, sum);
}

// --- Settings --------------------------------------------------------------------------------------

std::vector<std::string> distribution_row(const char* name, const Histogram& histogram) {
  std::vector<std::string> row{name};
  for (const double q : {0.0, 0.5, 0.9, 0.99, 0.999, 1.0})
    row.push_back(time_text(histogram.quantile(q)));
  row.push_back(time_text(histogram.mean()));
  return row;
}

}  // namespace

std::string latency_table(const Result& result) {
  Rows rows{{"", "shortest", "p50", "p90", "p99", "p99.9", "longest", "mean"}};
  if (is_open_loop(result.plan)) {
    rows.push_back(distribution_row("from the scheduled start", result.latency));
    rows.push_back(distribution_row("from the real start", result.from_start));
    rows.push_back(distribution_row("between the two", result.start_delay));
  } else {
    rows.push_back(distribution_row("TCP and TLS handshake", result.latency));
  }
  if (result.transfer) rows.push_back(distribution_row("transfer after it", result.transfer->time));
  return table_of("Latency in figures", rows);
}

std::string phases_bar(const Result& result) {
  const std::vector<Step> steps = steps_of(result);
  std::vector<Part> parts;
  parts.reserve(steps.size());
  for (const Step& step : steps)
    parts.push_back({step.mean / sum_of(steps), step.look,
                     fmt::format("{}: {}", step.name, time_text(time_of(step.mean)))});
  return stacked_bar(parts);
}

std::string phases_table(const Result& result) {
  const std::vector<Step> steps = steps_of(result);
  Rows rows{{"phase", "mean", "share", "p50", "p99"}};
  for (const Step& step : steps)
    rows.push_back({fmt::format("<span class=\"key {}\"></span>{}", step.look, escaped(step.name)),
                    time_text(time_of(step.mean)), percent_text(step.mean / sum_of(steps)),
                    step.times ? time_text(step.times->quantile(0.5)) : "",
                    step.times ? time_text(step.times->quantile(0.99)) : ""});
  return table_of("Phases of a handshake", rows);
}

std::string cpu_table(const Result& result) {
  const Cpu& cpu = result.cpu;
  Rows rows{{"CPU while the run lasted", "seconds", "of the time"}};
  const auto add = [&](const char* name, std::optional<nanoseconds> time) {
    if (time)
      rows.push_back({name, fmt::format("{:.3f}", seconds(*time)),
                      percent_text(seconds(*time) / std::max(1e-9, seconds(cpu.measured_for)))});
  };
  add("ours, in the program", cpu.user);
  add("ours, in the system (TCP)", cpu.system);
  add("ready to run, but no processor was free", cpu.waited);
  add("all others on this machine", cpu.others);
  return table_of("Processor time", rows);
}

std::string failures_table(const Result& result) {
  Rows rows{{"cause", "count", "", "first after", "what was seen"}};
  std::uint64_t most = 1;
  for (const FailureCount& failure : result.failures) most = std::max(most, failure.count);
  for (const FailureCount& failure : result.failures) {
    const double share = static_cast<double>(failure.count) / static_cast<double>(most);
    const bool is_ours = is_of_load_generator(failure.cause);
    rows.push_back({escaped(name_of(failure.cause)), std::to_string(failure.count),
                    single_bar(share, "bad"), fmt::format("{:.3f} s", seconds(failure.first_at)),
                    words_cell(failure.detail + (is_ours ? " (here, not at the server)" : ""))});
  }
  return table_of("Failures by cause; they are in no latency", rows);
}

std::string settings_table(const Result& result) {
  Rows rows{{"setting", "value"}};
  for (const Setting& setting : settings_of(to_json(result)))
    if (setting.name != "agreed" && setting.value != "-")
      rows.push_back({escaped(setting.name), words_cell(setting.value)});
  return table_of("Settings", rows);
}

std::string agreed_table(const Result& result) {
  if (result.agreed.empty()) return {};
  Rows rows{{"cipher suite", "group", "signature scheme", "resumed", "extended_master_secret",
             "handshakes"}};
  for (const Agreed& agreed : result.agreed)
    rows.push_back({escaped(agreed.cipher_suite), escaped(agreed.group),
                    escaped(agreed.signature_scheme), escaped(agreed.resumed),
                    agreed.extended_master_secret ? "yes" : "no", std::to_string(agreed.count)});
  return table_of("Agreed on", rows);
}

}  // namespace glasstls::apps::bench
