#include "apps/bench/text_report.h"

#include <fmt/format.h>

#include "apps/bench/histogram_text.h"
#include "apps/bench/report_words.h"
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

std::string title_of(const Result& result) {
  return fmt::format("{} as {}: {}, {}{}", result.address, inspect::printable(result.name),
                     kind_of(result.plan), loop_of(result.plan),
                     result.plan.verified ? "" : "; certificates are NOT verified");
}

// --- Headlines: what spoils the figures below ------------------------------------------------------

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
  const std::string holding = holding_of(result);
  if (!holding.empty()) text += "\n" + paragraph(holding, width);
  return text;
}

std::string phases_of(const Result& result) {
  if (result.succeeded == 0) return {};
  std::string text = fmt::format("\n{:<32}{:>10}{:>10}\n", "Phases", "p50", "p99");
  for (std::size_t i = 0; i < phase_count; ++i) {
    const Histogram& times = result.phases[i];
    if (times.count() == 0) continue;
    text += fmt::format("  {:<30}{:>10}{:>10}\n", words_of(static_cast<Phase>(i)),
                        duration_text(times.quantile(0.5)), duration_text(times.quantile(0.99)));
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

std::string cpu_of(const Result& result, std::size_t width) {
  const std::string words = cpu_words(result);
  return words.empty() ? words : "\n" + paragraph(words, width);
}

std::string closes_of(const Result& result, std::size_t width) {
  const std::string words = closes_words(result);
  return words.empty() ? words : paragraph(words, width);
}

}  // namespace

std::string to_text(const Result& result, std::size_t width) {
  return paragraph(title_of(result), width) + "\n" + headlines_of(result, width) +
         summary_of(result) + latency_of(result, width) + phases_of(result) + transfer_of(result) +
         cpu_of(result, width) + closes_of(result, width);
}

}  // namespace glasstls::apps::bench
