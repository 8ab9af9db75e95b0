#include "apps/bench/text_report.h"

#include <algorithm>
#include <fmt/format.h>

#include "apps/bench/histogram_text.h"
#include "inspect/printable.h"

namespace glasstls::apps::bench {

namespace {

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// One sentence or more, wrapped, each line after `indent`.
std::string paragraph(const std::string& text, std::size_t width, const std::string& indent = {}) {
  std::string lines;
  for (const std::string& line : inspect::wrap(text, width - indent.size()))
    lines += indent + line + "\n";
  return lines;
}

// --- What was asked for --------------------------------------------------------------------------

std::string kind_of(const Plan& plan) {
  switch (plan.resume) {
    case Resume::none: return "full handshakes";
    case Resume::ticket: return "handshakes resumed by ticket";
    case Resume::id: return "handshakes resumed by session ID";
  }
  return {};
}

std::string loop_of(const Plan& plan) {
  if (!is_open_loop(plan))
    return fmt::format("closed loop, {} connection{} at a time", plan.concurrency,
                       plan.concurrency == 1 ? "" : "s");
  return fmt::format("open loop, {} starts per second ({}), at most {} in flight", plan.rate,
                     name_of(plan.arrivals), plan.concurrency);
}

std::string title_of(const Result& result) {
  return fmt::format("{} as {}: {}, {}{}", result.address, inspect::printable(result.name),
                     kind_of(result.plan), loop_of(result.plan),
                     result.plan.verified ? "" : "; certificates are NOT verified");
}

// --- Headlines: what spoils the figures below ------------------------------------------------------

std::string rate_headline(const Result& result) {
  if (!is_open_loop(result.plan) || result.scheduled == 0) return {};
  std::string text;
  if (!rate_held(result))
    text = fmt::format("THE RATE WAS NOT HELD: {:.1f} starts per second instead of {:.1f}.",
                       rate_achieved(result), result.plan.rate);
  if (result.never_started > 0)
    text += fmt::format(
        "{}{} of {} scheduled handshakes were never started, as {} in flight is the most that "
        "--concurrency allows. Their wait is in no figure below.",
        text.empty() ? "" : " ", result.never_started, result.scheduled, result.plan.concurrency);
  return text;
}

std::string bottleneck_headline(const Result& result) {
  if (result.succeeded == 0 || bottleneck(result) != Bottleneck::load_generator) return {};
  return fmt::format(
      "THE LOAD GENERATOR IS THE BOTTLENECK: its thread was busy {:.0f} % of the "
      "time. The server may be faster than these figures say.",
      100 * busy(result.cpu));
}

std::string interruption_headline(const Result& result) {
  if (!result.interrupted) return {};
  return fmt::format(
      "INTERRUPTED: this is what there was until then; {} connection{} in flight "
      "{} given up and counted nowhere.",
      result.abandoned, result.abandoned == 1 ? "" : "s", result.abandoned == 1 ? "was" : "were");
}

std::string failures_of(const Result& result) {
  if (result.failed == 0) return {};
  std::string text =
      fmt::format("FAILED: {} of {}\n", result.failed, result.failed + result.succeeded);
  for (const FailureCount& failure : result.failures)
    text += fmt::format("{:>8}  {}{}{}\n", failure.count, name_of(failure.cause),
                        failure.detail.empty() ? "" : ": " + inspect::printable(failure.detail),
                        is_of_load_generator(failure.cause) ? " (here, not at the server)" : "");
  return text;
}

std::string headlines_of(const Result& result, std::size_t width) {
  std::string text;
  for (const std::string& headline :
       {rate_headline(result), bottleneck_headline(result), interruption_headline(result)})
    if (!headline.empty()) text += paragraph(headline, width);
  text += failures_of(result);
  return text.empty() ? text : text + "\n";
}

// --- What was measured ---------------------------------------------------------------------------

std::string summary_of(const Result& result) {
  std::string text =
      fmt::format("{} handshakes in {:.3f} s: {:.1f} per second{}\n", result.succeeded,
                  seconds(result.elapsed), handshakes_per_second(result),
                  result.failed == 0 && result.succeeded > 0 ? ", none failed" : "");
  for (const Agreed& agreed : result.agreed)
    text += fmt::format("{:>8}  {}, {}, {}{}{}\n", agreed.count, agreed.cipher_suite, agreed.group,
                        agreed.signature_scheme,
                        agreed.extended_master_secret ? "" : ", no extended_master_secret",
                        agreed.resumed == "none" ? "" : ", resumed");
  if (result.sessions_fetched > 0)
    text += fmt::format("{:>8}  full handshakes besides, which fetched the sessions\n",
                        result.sessions_fetched);
  return text;
}

std::string percentile_line(const char* name, const Histogram& histogram) {
  std::string line = fmt::format("  {:<25}", name);
  for (const double q : {0.5, 0.9, 0.99, 0.999})
    line += fmt::format("{:>10}", duration_text(histogram.quantile(q)));
  return line + fmt::format("{:>10}\n", duration_text(histogram.max()));
}

std::string latency_of(const Result& result, std::size_t width) {
  if (result.succeeded == 0) return {};
  std::string text = fmt::format("\n{:<27}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "Latency", "p50",
                                 "p90", "p99", "p99.9", "max");
  if (is_open_loop(result.plan)) {
    text += percentile_line("from the scheduled start", result.latency);
    text += percentile_line("from the real start", result.from_start);
    text += percentile_line("between the two", result.start_delay);
  } else {
    text += percentile_line("TCP and TLS handshake", result.latency);
  }
  text += "\n" + histogram_text(result.latency, width);
  if (!is_open_loop(result.plan))
    text += "\n" +
            paragraph(
                fmt::format(
                    "These values hold for {} user{} who wait{} for one handshake before the next: "
                    "while the server stalls it is asked less. They are not corrected for that; "
                    "--rate measures what users see who come when they like.",
                    result.plan.concurrency, result.plan.concurrency == 1 ? "" : "s",
                    result.plan.concurrency == 1 ? "s" : ""),
                width);
  return text;
}

std::string phases_of(const Result& result) {
  static constexpr const char* names[] = {"TCP's connection",    "our work, ClientHello",
                                          "wait, first flight",  "our work, first flight",
                                          "wait, second flight", "our work, second flight"};
  if (result.succeeded == 0) return {};
  std::string text = fmt::format("\n{:<32}{:>10}{:>10}\n", "Phases", "p50", "p99");
  for (std::size_t i = 0; i < phase_count; ++i) {
    const Histogram& times = result.phases[i];
    if (times.count() == 0) continue;
    text += fmt::format("  {:<30}{:>10}{:>10}\n", names[i], duration_text(times.quantile(0.5)),
                        duration_text(times.quantile(0.99)));
  }
  return text;
}

std::string transfer_of(const Result& result) {
  if (!result.transfer || result.succeeded == 0) return {};
  const Transfer& transfer = *result.transfer;
  return fmt::format(
      "\nTransfer: {} bytes sent, {} received, {:.2f} MB per second; after the "
      "handshake p50 {}, p99 {}\n",
      transfer.bytes_sent, transfer.bytes_received, bytes_per_second(result) / 1e6,
      duration_text(transfer.time.quantile(0.5)), duration_text(transfer.time.quantile(0.99)));
}

// --- Who was the bottleneck ------------------------------------------------------------------------

std::string limit_of(const Result& result) {
  const auto ours = cpu_per_handshake(result);
  if (!ours || *ours <= nanoseconds::zero()) return {};
  const double most = 1 / seconds(*ours);
  switch (bottleneck(result)) {
    case Bottleneck::load_generator: return "it could do no more.";
    case Bottleneck::rate:
      return fmt::format(
          "with the rate held nothing was the bottleneck. It could do about {:.0f} "
          "per second.",
          most);
    case Bottleneck::other:
      return fmt::format(
          "otherwise it waited for the server and the network. It could do "
          "about {:.0f} per second, {:.1f} times as many.",
          most, most / std::max(1e-9, handshakes_per_second(result)));
  }
  return {};
}

std::string others_of(const Result& result) {
  const std::string unknown = "The server's own CPU is not known here";
  if (!result.loopback) return unknown + ": it runs elsewhere.";
  const auto others = others_per_handshake(result);
  if (!others) return unknown + ".";
  return fmt::format(
      "{}; everything else on this machine, the server with it, took {} per "
      "handshake.",
      unknown, duration_text(*others));
}

std::string cpu_of(const Result& result, std::size_t width) {
  const auto ours = cpu_per_handshake(result);
  if (!ours || result.succeeded == 0) return {};
  const std::string text = fmt::format(
      "CPU: ours {} per handshake, the system's part with it. The thread was busy {:.0f} % of the "
      "time; {} {}",
      duration_text(*ours), 100 * busy(result.cpu), limit_of(result), others_of(result));
  return "\n" + paragraph(text, width);
}

std::string closes_of(const Result& result, std::size_t width) {
  if (result.unanswered_closes == 0) return {};
  return paragraph(fmt::format("{} times the server did not close within a second of our "
                               "close_notify; the connection was reset.",
                               result.unanswered_closes),
                   width);
}

}  // namespace

std::string to_text(const Result& result, std::size_t width) {
  return paragraph(title_of(result), width) + "\n" + headlines_of(result, width) +
         summary_of(result) + latency_of(result, width) + phases_of(result) + transfer_of(result) +
         cpu_of(result, width) + closes_of(result, width);
}

}  // namespace glasstls::apps::bench
