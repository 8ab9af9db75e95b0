#include "apps/bench/compare.h"

#include <cmath>
#include <fmt/format.h>

#include "apps/bench/settings.h"

namespace glasstls::apps::bench {

namespace {

struct Percentile {
  double q;
  const char* name;
};

constexpr Percentile percentiles[] = {{0.5, "latency, p50"},
                                      {0.9, "latency, p90"},
                                      {0.99, "latency, p99"},
                                      {0.999, "latency, p99.9"}};

std::optional<double> quotient(std::optional<double> b, std::optional<double> a) {
  if (!a || !b || *a <= 0) return std::nullopt;
  return *b / *a;
}

// --- Each run --------------------------------------------------------------------------------------

std::vector<std::string> warnings_of(const SavedRun& run) {
  std::vector<std::string> warnings;
  const double failed = run.number("/outcome/failed").value_or(0);
  const double succeeded = run.number("/outcome/succeeded").value_or(0);
  if (failed > 0)
    warnings.push_back(fmt::format("{} of {} handshakes failed", failed, failed + succeeded));
  if (run.flag("/outcome/interrupted")) warnings.emplace_back("it was interrupted");
  if (run.at("/outcome/rate_held") == false) warnings.emplace_back("its rate was not held");
  if (run.text("/cpu/bottleneck") == "load generator")
    warnings.emplace_back("the load generator was the bottleneck, not the server");
  return warnings;
}

RunSummary summary_of(const SavedRun& run) {
  return {run.path(),
          run.text("/program"),
          run.text("/started"),
          run.number("/outcome/elapsed_s").value_or(0),
          drawable(run.seconds()),
          warnings_of(run)};
}

std::vector<Difference> differences_of(const SavedRun& a, const SavedRun& b) {
  const std::vector<Setting> of_a = settings_of(a.document());
  const std::vector<Setting> of_b = settings_of(b.document());
  std::vector<Difference> differences;
  for (std::size_t i = 0; i < of_a.size(); ++i)
    if (of_a[i].value != of_b[i].value)
      differences.push_back({of_a[i].name, of_a[i].value, of_b[i].value});
  return differences;
}

// --- Figures ---------------------------------------------------------------------------------------

std::optional<double> latency_of(const SavedRun& run, double q) {
  if (run.latency().count() == 0) return std::nullopt;
  return static_cast<double>(run.latency().quantile(q).count());
}

ComparedFigure with_ratio(ComparedFigure figure, const std::optional<Ratio>& ratio) {
  if (!ratio) return figure;
  figure.ratio = ratio->value;
  figure.interval = ratio->interval;
  return figure;
}

/// A figure of the whole run, of which no second has its part.
ComparedFigure of_whole(std::string name, std::string unit, std::optional<double> a,
                        std::optional<double> b) {
  return {std::move(name), std::move(unit), a, b, quotient(b, a), std::nullopt};
}

std::vector<ComparedFigure> figures_of(const SavedRun& a, const SavedRun& b) {
  std::vector<double> quantiles;
  for (const Percentile& percentile : percentiles) quantiles.push_back(percentile.q);
  const Ratios found = ratios(a.seconds(), b.seconds(), quantiles);

  std::vector<ComparedFigure> figures;
  const char* rate = "/outcome/handshakes_per_s";
  figures.push_back(with_ratio(
      {"handshakes per second", "per_s", a.number(rate), b.number(rate), {}, {}}, found.rate));
  for (std::size_t i = 0; i < quantiles.size(); ++i)
    figures.push_back(with_ratio({percentiles[i].name,
                                  "ns",
                                  latency_of(a, quantiles[i]),
                                  latency_of(b, quantiles[i]),
                                  {},
                                  {}},
                                 found.quantiles[i]));
  figures.push_back(of_whole("latency, longest", "ns", latency_of(a, 1), latency_of(b, 1)));
  const char* cpu = "/cpu/per_handshake_ns";
  figures.push_back(of_whole("our CPU per handshake", "ns", a.number(cpu), b.number(cpu)));
  const char* failed = "/outcome/failed";
  figures.push_back(of_whole("failed", "count", a.number(failed), b.number(failed)));
  return figures;
}

// --- What the intervals say, and why there is none -------------------------------------------------

std::vector<std::string> remarks_of(const Comparison& comparison) {
  if (!comparison.figures.front().ratio)
    return {"No ratios: no handshake of one of the runs succeeded."};
  const std::size_t a = comparison.a.drawable, b = comparison.b.drawable;
  if (a < least_seconds || b < least_seconds)
    return {fmt::format(
        "No intervals: A has {} seconds to draw from and B {}, and fewer than {} say nothing "
        "about chance. Measure for longer.",
        a, b, least_seconds)};
  std::vector<std::string> remarks{fmt::format(
      "Intervals: the middle 95 % of the ratios of {} draws of whole seconds (block bootstrap, "
      "fixed seed; A has {} seconds to draw from, B {}). One that holds 1 may be chance alone.",
      draws, a, b)};
  std::string without;
  for (const ComparedFigure& figure : comparison.figures)
    if (figure.ratio && !figure.interval && figure.name.starts_with("latency, p"))
      without += (without.empty() ? "" : ", ") + figure.name.substr(9);
  if (!without.empty())
    remarks.push_back(
        fmt::format("No interval for {}: fewer than {} handshakes of one run took longer, so that "
                    "draws cannot tell.",
                    without, least_beyond));
  return remarks;
}

}  // namespace

Comparison compare(const SavedRun& a, const SavedRun& b) {
  Comparison comparison{summary_of(a), summary_of(b), differences_of(a, b), figures_of(a, b), {}};
  comparison.remarks = remarks_of(comparison);
  return comparison;
}

}  // namespace glasstls::apps::bench
