#include <fmt/format.h>

#include "apps/bench/compare.h"
#include "apps/bench/histogram_text.h"
#include "inspect/printable.h"

namespace glasstls::apps::bench {

namespace {

using Json = nlohmann::ordered_json;
using inspect::printable;

std::string paragraph(const std::string& text, std::size_t width, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string lines;
  for (const std::string& line : inspect::wrap(text, width - indent))
    lines += (lines.empty() ? "" : margin) + line + "\n";
  return lines;
}

std::string run_text(const char* letter, const RunSummary& run, std::size_t width) {
  std::string text =
      letter + std::string("  ") +
      paragraph(fmt::format("{}: {}, {}, {:.1f} s", printable(run.path), printable(run.program),
                            printable(run.started), run.elapsed),
                width, 3);
  for (const std::string& warning : run.warnings)
    text += "   " + paragraph("CAUTION: " + warning + ".", width, 3);
  return text;
}

/// In one line, or else in one for each run.
std::string difference_text(const Difference& each, std::size_t width) {
  const std::string a = "A " + printable(each.a), b = "B " + printable(each.b);
  std::string line = fmt::format("   {}: {}, {}\n", each.setting, a, b);
  if (inspect::columns(line) <= width) return line;
  return fmt::format("   {}:\n     {}     {}", each.setting, paragraph(a, width, 7),
                     paragraph(b, width, 7));
}

std::string differences_text(const Comparison& comparison, std::size_t width) {
  if (comparison.differences.empty()) return {};
  std::string text = "\nTHE SETTINGS DIFFER: the ratios tell of all this together.\n";
  for (const Difference& each : comparison.differences) text += difference_text(each, width);
  return text;
}

std::string value_text(std::optional<double> value, const std::string& unit) {
  if (!value) return "-";
  if (unit == "ns") return duration_text(nanoseconds(static_cast<std::int64_t>(*value)));
  return unit == "count" ? fmt::format("{:.0f}", *value) : fmt::format("{:.1f}", *value);
}

std::string figure_text(const ComparedFigure& figure) {
  const std::string ratio = figure.ratio ? fmt::format("{:.3f}", *figure.ratio) : "-";
  const std::string interval =
      figure.interval ? fmt::format("{:.3f} to {:.3f}", figure.interval->low, figure.interval->high)
                      : "-";
  return fmt::format("{:<23}{:>12}{:>12}{:>9}{:>20}\n", figure.name,
                     value_text(figure.a, figure.unit), value_text(figure.b, figure.unit), ratio,
                     interval);
}

Json json_of(std::optional<double> value) { return value ? Json(*value) : Json(); }

Json json_of(const RunSummary& run) {
  return {{"file", run.path},         {"program", run.program},  {"started", run.started},
          {"elapsed_s", run.elapsed}, {"seconds", run.drawable}, {"warnings", run.warnings}};
}

Json json_of(const ComparedFigure& figure) {
  return {
      {"name", figure.name},
      {"unit", figure.unit},
      {"a", json_of(figure.a)},
      {"b", json_of(figure.b)},
      {"ratio", json_of(figure.ratio)},
      {"interval", figure.interval ? Json{figure.interval->low, figure.interval->high} : Json()}};
}

}  // namespace

std::string to_text(const Comparison& comparison, std::size_t width) {
  std::string text = run_text("A", comparison.a, width) + run_text("B", comparison.b, width) +
                     differences_text(comparison, width);
  text += fmt::format("\n{:<23}{:>12}{:>12}{:>9}{:>20}\n", "", "A", "B", "B / A", "95 % interval");
  for (const ComparedFigure& figure : comparison.figures) text += figure_text(figure);
  for (const std::string& remark : comparison.remarks) text += "\n" + paragraph(remark, width, 0);
  return text;
}

Json to_json(const Comparison& comparison) {
  Json differences = Json::array(), figures = Json::array();
  for (const Difference& each : comparison.differences)
    differences.push_back({{"setting", each.setting}, {"a", each.a}, {"b", each.b}});
  for (const ComparedFigure& figure : comparison.figures) figures.push_back(json_of(figure));
  return {{"schema", 1},
          {"kind", "glasstls bench comparison"},
          {"a", json_of(comparison.a)},
          {"b", json_of(comparison.b)},
          {"differences", std::move(differences)},
          {"figures", std::move(figures)},
          {"confidence", 0.95},
          {"remarks", comparison.remarks}};
}

}  // namespace glasstls::apps::bench
