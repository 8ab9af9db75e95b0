#include "apps/bench/compare.h"

#include <fmt/format.h>
#include <stdexcept>

namespace glasstls::apps::bench {

namespace {

using nlohmann::json;

/// What of a run is compared.
struct Run {
  const json& document;
  std::vector<Second> seconds;
  Histogram latency;

  std::optional<double> number(const char* path) const {
    const json& found = document.at(json::json_pointer(path));
    if (!found.is_number()) return std::nullopt;
    return found.get<double>();
  }
};

void require(bool holds, const std::string& what) {
  if (!holds) throw std::invalid_argument(what);
}

Run read(const json& document, const char* name) {
  try {
    require(document.is_object() && document.value("kind", "") == "glasstls bench",
            "is not what glasstls bench --json prints");
    require(document.value("schema", 0) == 1, "has a schema that this program does not know");
    Run run{document, {}, Histogram::from_json(document.at("latency").at("histogram"))};
    for (const json& block : document.at("blocks"))
      run.seconds.push_back({block.value("length_s", 1.0), block.at("succeeded"),
                             Histogram::from_json(block.at("latency"))});
    return run;
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string(name) + ": " + error.what());
  } catch (const json::exception& error) {
    throw std::invalid_argument(std::string(name) + " is damaged: " + error.what());
  }
}

std::optional<Ratio> plain_ratio(std::optional<double> a, std::optional<double> b) {
  if (!a || !b || !(*a > 0)) return std::nullopt;
  return Ratio{*b / *a, std::nullopt};
}

Compared latency(const Run& a, const Run& b, const char* name, double q) {
  const auto of = [q](const Run& run) -> std::optional<double> {
    if (run.latency.count() == 0) return std::nullopt;
    return static_cast<double>(run.latency.quantile(q).count());
  };
  Compared compared{name, "ns", of(a), of(b), latency_ratio(a.seconds, b.seconds, q)};
  const auto exact = plain_ratio(compared.a, compared.b);  // the seconds' may differ by a bucket
  if (compared.ratio && exact) compared.ratio->value = exact->value;
  return compared;
}

Compared plain(const Run& a, const Run& b, const char* name, const char* unit, const char* path) {
  const auto first = a.number(path), second = b.number(path);
  return {name, unit, first, second, plain_ratio(first, second)};
}

std::optional<double> failed_share(const Run& run) {
  const auto failed = run.number("/outcome/failed"), ended = run.number("/outcome/succeeded");
  if (!failed || !ended || *failed + *ended == 0) return std::nullopt;
  return *failed / (*failed + *ended);
}

void add_differences(const json& a, const json& b, const std::string& prefix,
                     std::vector<Difference>& differences) {
  for (const auto& [name, value] : a.items()) {
    const json other = b.value(name, json());
    if (value != other) differences.push_back({prefix + name, value.dump(), other.dump()});
  }
}

std::string value_text(const Compared& figure, std::optional<double> value) {
  if (!value) return "-";
  if (figure.unit == "of all") return fmt::format("{:.4f}", *value);
  if (figure.unit != "ns") return fmt::format("{:.1f}", *value);
  if (*value < 1e4) return fmt::format("{:.0f} ns", *value);
  if (*value < 1e7) return fmt::format("{:.1f} us", *value / 1e3);
  if (*value < 1e10) return fmt::format("{:.1f} ms", *value / 1e6);
  return fmt::format("{:.1f} s", *value / 1e9);
}

std::string short_name(std::string_view name) {
  constexpr std::size_t most = 60;
  if (name.size() <= most) return std::string(name);
  return "..." + std::string(name.substr(name.size() - most + 3));
}

}  // namespace

Comparison compare(const json& a, const json& b) {
  const Run first = read(a, "a"), second = read(b, "b");
  Comparison comparison;
  comparison.seconds_a = first.seconds.size();
  comparison.seconds_b = second.seconds.size();
  try {
    add_differences(a.at("server"), b.at("server"), "server ", comparison.differences);
    add_differences(a.at("plan"), b.at("plan"), "", comparison.differences);
    comparison.figures = {
        {"handshakes per second", "per second", first.number("/outcome/handshakes_per_s"),
         second.number("/outcome/handshakes_per_s"), rate_ratio(first.seconds, second.seconds)},
        {"failed", "of all", failed_share(first), failed_share(second),
         plain_ratio(failed_share(first), failed_share(second))},
        latency(first, second, "latency p50", 0.5),
        latency(first, second, "latency p90", 0.9),
        latency(first, second, "latency p99", 0.99),
        latency(first, second, "latency p99.9", 0.999),
        plain(first, second, "our CPU per handshake", "ns", "/cpu/per_handshake_ns"),
    };
  } catch (const json::exception& error) {
    throw std::invalid_argument(std::string("a or b is damaged: ") + error.what());
  }
  return comparison;
}

std::string text_of(const Comparison& comparison, std::string_view a, std::string_view b) {
  std::string text = fmt::format("A: {}\nB: {}\n", short_name(a), short_name(b));
  for (const Difference& difference : comparison.differences)
    text += fmt::format("Not the same: {}: {} in A, {} in B\n", difference.name, difference.a,
                        difference.b);
  text += fmt::format("\n{:<24}{:>12}{:>12}{:>9}   {}\n", "", "A", "B", "B/A", "95 % interval");
  for (const Compared& figure : comparison.figures) {
    std::string ratio, interval;
    if (figure.ratio) {
      ratio = fmt::format("{:.3f}", figure.ratio->value);
      if (const auto& found = figure.ratio->interval)
        interval = fmt::format("   {:.3f} to {:.3f}", found->low, found->high);
    }
    text += fmt::format("{:<24}{:>12}{:>12}{:>9}{}\n", figure.name, value_text(figure, figure.a),
                        value_text(figure, figure.b), ratio, interval);
  }
  if (comparison.seconds_a < fewest_seconds || comparison.seconds_b < fewest_seconds)
    text += fmt::format(
        "\nNo interval is given: A lasted {} s and B {} s, and at least {} s of each are\nneeded "
        "to "
        "know what is chance.\n",
        comparison.seconds_a, comparison.seconds_b, fewest_seconds);
  return text;
}

json to_json(const Comparison& comparison) {
  json document = {{"schema", 1},
                   {"kind", "glasstls bench comparison"},
                   {"seconds", {comparison.seconds_a, comparison.seconds_b}},
                   {"differences", json::array()},
                   {"figures", json::array()}};
  const auto number = [](std::optional<double> value) { return value ? json(*value) : json(); };
  for (const Difference& difference : comparison.differences)
    document["differences"].push_back(
        {{"name", difference.name}, {"a", difference.a}, {"b", difference.b}});
  for (const Compared& figure : comparison.figures) {
    json one = {{"name", figure.name},   {"unit", figure.unit}, {"a", number(figure.a)},
                {"b", number(figure.b)}, {"ratio", json()},     {"interval_95", json()}};
    if (figure.ratio) {
      one["ratio"] = figure.ratio->value;
      if (const auto& interval = figure.ratio->interval)
        one["interval_95"] = {interval->low, interval->high};
    }
    document["figures"].push_back(std::move(one));
  }
  return document;
}

}  // namespace glasstls::apps::bench
