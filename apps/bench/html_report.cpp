#include "apps/bench/html_report.h"

#include <fmt/format.h>
#include <utility>
#include <vector>

#include "apps/bench/plots.h"
#include "crypto/hash.h"
#include "x509/pem.h"

namespace glasstls::apps::bench {

namespace {

using Json = nlohmann::ordered_json;

std::string value_text(const Json& value) {
  if (value.is_null()) return "-";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string time_or_dash(const Json& value) {
  return value.is_number() ? time_text(value.get<double>()) : "-";
}

/// As the text report calls it.
std::string phase_text(const Json& phase) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"tcp_connect", "TCP's connection"},    {"client_hello", "our work, ClientHello"},
      {"first_wait", "wait, first flight"},   {"first_work", "our work, first flight"},
      {"second_wait", "wait, second flight"}, {"second_work", "our work, second flight"}};
  std::string name = value_text(phase.at("name"));
  for (const auto& [key, text] : names)
    if (key == name) return std::string(text);
  return name;
}

std::string figure(const std::string& plot, std::string_view caption) {
  return fmt::format("<figure>{}<figcaption>{}</figcaption></figure>\n", plot, escaped(caption));
}

std::vector<Bucket> buckets_of(const Json& distribution) {
  std::vector<Bucket> buckets;
  for (const Json& pair : distribution.at("histogram").at("buckets"))
    buckets.push_back({pair.at(0).get<double>(), pair.at(1).get<double>()});
  return buckets;
}

std::string cards(const Json& document) {
  const Json &outcome = document.at("outcome"), &latency = document.at("latency");
  const auto card = [](const std::string& value, std::string_view name) {
    return fmt::format("<li><b>{}</b>{}</li>\n", escaped(value), escaped(name));
  };
  return "<ul class=\"cards\">\n" +
         card(fmt::format("{:.1f}", outcome.at("handshakes_per_s").get<double>()),
              "handshakes per second") +
         card(value_text(outcome.at("succeeded")), "succeeded") +
         card(value_text(outcome.at("failed")), "failed") +
         card(time_or_dash(latency.at("p50_ns")), "latency, median") +
         card(time_or_dash(latency.at("p99_ns")), "latency, 99th percentile") +
         card(time_or_dash(document.at("cpu").at("per_handshake_ns")), "our CPU per handshake") +
         "</ul>\n";
}

/// What spoils the figures, and what they hold for.
std::string remarks(const Json& document) {
  const Json &plan = document.at("plan"), &outcome = document.at("outcome");
  const bool open = plan.at("loop") == "open";
  std::string out;
  const auto warn = [&](const std::string& text) {
    out += "<p class=\"warning\">" + escaped(text) + "</p>\n";
  };
  if (outcome.at("interrupted") == true) warn("The run was interrupted.");
  if (plan.at("verified") != true) warn("Certificates were NOT verified.");
  if (open && outcome.at("rate_held") == false)
    warn(fmt::format("The rate was not held: {:.1f} starts per second instead of {:.1f}.",
                     outcome.at("rate_achieved").get<double>(), plan.at("rate").get<double>()));
  if (open && outcome.at("never_started").get<std::uint64_t>() > 0)
    warn(value_text(outcome.at("never_started")) + " scheduled handshakes were never started.");
  if (document.at("cpu").at("bottleneck") == "load generator")
    warn("The load generator was the bottleneck: the server may be able to do more.");
  const std::string holds =
      open ? "Start times were fixed in advance; a latency counts from the scheduled start."
           : fmt::format(
                 "These values hold for {} users who wait for one handshake before the next; they "
                 "are not corrected for that.",
                 value_text(plan.at("concurrency")));
  return out + "<p>" + escaped(holds) + "</p>\n";
}

std::string quantile_table(const Json& document) {
  std::string rows;
  const auto row = [&](std::string_view name, const Json& distribution) {
    if (!distribution.is_object()) return;
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(name));
    for (const char* column : {"p50_ns", "p90_ns", "p99_ns", "p999_ns", "max_ns"})
      rows += fmt::format("<td class=\"n\">{}</td>", time_or_dash(distribution.at(column)));
    rows += "</tr>\n";
  };
  row("TCP and TLS handshake", document.at("latency"));
  row("from the real start", document.at("from_start"));
  row("delay of the start", document.at("start_delay"));
  for (const Json& phase : document.at("phases")) row(phase_text(phase), phase.at("time"));
  std::string head;
  for (const char* column : {"p50", "p90", "p99", "p99.9", "max"})
    head += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", column);
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Quantiles\"><table>"
         "<thead><tr><td></td>" +
         head + "</tr></thead>\n<tbody>" + rows + "</tbody></table></div>\n";
}

std::string plots(const Json& document) {
  const Json& latency = document.at("latency");
  const std::vector<Bucket> buckets = buckets_of(latency);
  std::vector<Mark> marks;
  for (const auto& [name, column] :
       {std::pair{"p50", "p50_ns"}, {"p90", "p90_ns"}, {"p99", "p99_ns"}})
    if (latency.at(column).is_number()) marks.push_back({name, latency.at(column).get<double>()});
  std::vector<Part> parts;
  for (const Json& phase : document.at("phases")) {
    const Json& median = phase.at("time").at("p50_ns");
    if (median.is_number()) parts.push_back({phase_text(phase), median.get<double>()});
  }
  std::vector<double> rates;
  for (const Json& block : document.at("blocks"))
    rates.push_back(block.at("succeeded").get<double>());
  return "<h2>Latency</h2>\n" + quantile_table(document) +
         figure(
             histogram_plot(buckets, marks),
             "How many handshakes took how long; the time grows by factors from left to right.") +
         figure(percentile_plot(buckets),
                "Which share of the handshakes took how long at most: the tail is at the top.") +
         "<h2>Where the time goes</h2>\n" +
         figure(stacked_plot(parts, "Phases of a handshake, medians"),
                "Medians of each phase; waits are the server and the network, work is our own.") +
         "<h2>Over time</h2>\n" +
         figure(rate_plot(rates), "Handshakes that succeeded, for each second of the run.");
}

std::string failures(const Json& document) {
  if (document.at("failures").empty()) return "<h2>Failures</h2>\n<p>None.</p>\n";
  std::string rows;
  for (const Json& failure : document.at("failures"))
    rows += fmt::format("<tr><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        value_text(failure.at("count")), escaped(value_text(failure.at("cause"))),
                        escaped(value_text(failure.at("detail"))),
                        failure.at("load_generator") == true ? "the load generator's own" : "");
  return "<h2>Failures</h2>\n<table><thead><tr><th class=\"n\">Count</th><th>Cause</th><th>Detail"
         "</th><th></th></tr></thead><tbody>" +
         rows + "</tbody></table>\n<p>They are in no latency.</p>\n";
}

std::string settings(const Json& document) {
  std::string rows;
  const auto row = [&](const std::string& name, const Json& value) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(name),
                        escaped(value_text(value)));
  };
  for (const auto& [name, value] : document.at("server").items()) row("server " + name, value);
  for (const auto& [name, value] : document.at("plan").items()) row(name, value);
  for (const Json& agreed : document.at("agreed"))
    row("agreed, " + value_text(agreed.at("count")) + " times",
        value_text(agreed.at("cipher_suite")) + ", " + value_text(agreed.at("group")) + ", " +
            value_text(agreed.at("signature_scheme")) +
            ", resumed: " + value_text(agreed.at("resumed")));
  row("program", document.at("program"));
  row("started", document.at("started"));
  return "<h2>Settings</h2>\n<table><tbody>" + rows + "</tbody></table>\n";
}

/// CSP Level 3, 2.3.1.
std::string style_hash() {
  const crypto::Digest digest =
      crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(report_style));
  return x509::base64_encode(digest.view());
}

}  // namespace

std::string html_report(const Json& document) {
  const std::string title = "Handshakes with " + value_text(document.at("server").at("address"));
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         style_hash() + "'\">\n<title>" + escaped(title) + "</title>\n<style>" +
         std::string(report_style) + "</style></head>\n<body><main>\n<h1>" + escaped(title) +
         "</h1>\n<p class=\"soft\">" + escaped(value_text(document.at("program"))) + ", " +
         escaped(value_text(document.at("started"))) + "</p>\n" + cards(document) +
         remarks(document) + plots(document) + failures(document) + settings(document) +
         "</main></body></html>\n";
}

}  // namespace glasstls::apps::bench
