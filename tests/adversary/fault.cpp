#include "tests/adversary/fault.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "tests/adversary/faults/themes.h"

namespace glasstls::adversary {

namespace {

std::vector<Fault> join(std::initializer_list<std::vector<Fault>> themes) {
  std::vector<Fault> all;
  for (const std::vector<Fault>& theme : themes) all.insert(all.end(), theme.begin(), theme.end());
  return all;
}

/// Levenshtein's distance: insertions, deletions and replacements from one to the other.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view name_of(Side side) { return side == Side::client ? "client" : "server"; }

const std::vector<Fault>& catalogue() {
  static const std::vector<Fault> all = join({
      client_hello_faults(),
      client_key_exchange_faults(),
      client_order_faults(),
      client_certificate_faults(),
      client_session_faults(),
      record_faults(Side::client),
      ending_faults(Side::client),
      server_hello_faults(),
      server_key_exchange_faults(),
      server_order_faults(),
      server_certificate_faults(),
      server_session_faults(),
      record_faults(Side::server),
      ending_faults(Side::server),
  });
  return all;
}

const Fault* find(Side side, std::string_view name) {
  for (const Fault& fault : catalogue())
    if (fault.side() == side && fault.name == name) return &fault;
  return nullptr;
}

std::vector<std::string_view> near_names(Side side, std::string_view name, std::size_t count) {
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  for (const Fault& fault : catalogue())
    if (fault.side() == side) ranked.emplace_back(distance(name, fault.name), fault.name);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  ranked.resize(std::min(count, ranked.size()));
  std::vector<std::string_view> names;
  for (const auto& [_, near] : ranked) names.push_back(near);
  return names;
}

}  // namespace glasstls::adversary
