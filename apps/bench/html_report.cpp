#include "apps/bench/html_report.h"

#include <fmt/format.h>

#include "apps/bench/html.h"
#include "apps/bench/html_tables.h"
#include "apps/bench/report_words.h"
#include "apps/bench/result_plots.h"
#include "apps/bench/time_axis.h"

namespace glasstls::apps::bench {

namespace {

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string paragraph(std::string_view look, const std::string& text) {
  return text.empty() ? text : fmt::format("<p class=\"{}\">{}</p>\n", look, escaped(text));
}

/// The words of other reports have plain letters for "micro".
std::string with_micro(std::string text) {
  for (std::size_t at = 1; (at = text.find(" us", at)) != std::string::npos; at += 3)
    if (text[at - 1] >= '0' && text[at - 1] <= '9') text.replace(at, 3, " µs");
  return text;
}

std::string section(const char* title, const std::string& body) {
  return fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n", title, body);
}

struct Legend {
  const char* look;
  const char* words;
};

std::string figure(const char* title, const Plot& plot, const std::vector<Legend>& legends = {}) {
  std::string keys;
  for (const Legend& legend : legends)
    keys += fmt::format("<li><span class=\"key {}\"></span>{}</li>", legend.look, legend.words);
  if (!keys.empty()) keys = "<ul class=\"legend\">" + keys + "</ul>\n";
  return fmt::format("<figure>\n<figcaption><h3>{}</h3>\n{}</figcaption>\n{}</figure>\n", title,
                     keys, svg_of(plot));
}

// --- Head ------------------------------------------------------------------------------------------

std::string failure_headline(const Result& result) {
  if (result.failed == 0) return {};
  return fmt::format("FAILED: {} of {} handshakes.", result.failed,
                     result.failed + result.succeeded);
}

std::string unverified_headline(const Result& result) {
  return result.plan.verified ? "" : "Certificates are NOT verified.";
}

std::string card(const char* name, const std::string& value, const std::string& note = {}) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd><dd class=\"note\">{}</dd></div>\n", name,
                     escaped(value), escaped(note));
}

std::string cards_of(const Result& result) {
  std::string cards =
      card("handshakes per second", fmt::format("{:.1f}", handshakes_per_second(result)),
           fmt::format("{} in {:.2f} s", result.succeeded, seconds(result.elapsed)));
  if (result.succeeded > 0) {
    cards += card("median latency", time_text(result.latency.quantile(0.5)));
    cards += card("99 % within", time_text(result.latency.quantile(0.99)));
    cards += card("longest", time_text(result.latency.max()));
  }
  cards += card("failed", std::to_string(result.failed),
                fmt::format("of {}", result.failed + result.succeeded));
  if (const auto cpu = cpu_per_handshake(result))
    cards += card("our CPU per handshake", time_text(*cpu),
                  fmt::format("busy {:.0f} %", 100 * busy(result.cpu)));
  return "<dl class=\"cards\">\n" + cards + "</dl>\n";
}

std::string head_of(const Result& result) {
  std::string text =
      fmt::format("<header>\n<p class=\"brand\">Glass<b>TLS</b> bench</p>\n<h1>{}</h1>\n",
                  escaped(result.address));
  text +=
      paragraph("lead", fmt::format("As {}: {}, {}. Started {}.", result.name, kind_of(result.plan),
                                    loop_of(result.plan), result.started));
  for (const std::string& headline :
       {rate_headline(result), bottleneck_headline(result), interruption_headline(result),
        failure_headline(result), unverified_headline(result)})
    text += paragraph("notice", headline);
  return text + cards_of(result) + "</header>\n";
}

// --- Sections --------------------------------------------------------------------------------------

std::string latency_of(const Result& result) {
  const bool is_open = is_open_loop(result.plan);
  std::string body =
      paragraph("lead", is_open
                            ? "From the scheduled start of TCP's connection until the handshake "
                              "is complete for the client, so that waiting to be started counts."
                            : "From the start of TCP's connection until the handshake is "
                              "complete for the client.") +
      figure("How often which latency came", latency_histogram(result));
  body +=
      figure("The latency that a share of the handshakes did not exceed", percentile_curve(result),
             is_open ? std::vector<Legend>{{"first", "from the scheduled start"},
                                           {"second", "from the real start"}}
                     : std::vector<Legend>{});
  return section("Latency", body + latency_table(result) + paragraph("lead", holding_of(result)));
}

std::string time_of_run(const Result& result) {
  std::vector<Legend> rate{{"first", "succeeded"}};
  if (result.failed > 0) rate.push_back({"failed", "failed"});
  if (is_open_loop(result.plan)) rate.push_back({"asked", "asked for"});
  std::string body = figure("Handshakes per second", rate_over_time(result), rate);
  body += figure("Latency of each second", latency_over_time(result),
                 {{"first", "median"}, {"second", "99th percentile"}});
  return section("Over time", body);
}

std::string phases_of(const Result& result) {
  return section("Where the time goes",
                 paragraph("lead",
                           "Means, which add up to the mean of the whole. Times are by the clock: "
                           "work that was interrupted took longer.") +
                     phases_bar(result) + phases_table(result));
}

std::string cpu_of(const Result& result) {
  return section("Who was the bottleneck",
                 paragraph("lead", with_micro(cpu_words(result))) + cpu_table(result));
}

std::string settings_of_run(const Result& result) {
  return section(
      "What was asked for, and agreed on",
      settings_table(result) + agreed_table(result) + paragraph("lead", closes_words(result)));
}

}  // namespace

std::string to_html(const Result& result) {
  std::string body = "<main>\n" + head_of(result);
  if (result.succeeded > 0)
    body += latency_of(result) + time_of_run(result) + phases_of(result) + cpu_of(result);
  if (result.failed > 0) body += section("Failures", failures_table(result));
  body += settings_of_run(result) + "</main>\n";
  return page_of("GlassTLS bench: " + result.address, body);
}

}  // namespace glasstls::apps::bench
