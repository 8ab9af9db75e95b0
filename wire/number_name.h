// Names of registry numbers, as tables: one line per number, ascending.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace glasstls::wire {

struct NumberName {
  std::uint16_t number;
  std::string_view name;
};

/// Whether a table is fit for name_in. For static_assert.
constexpr bool is_ascending(std::span<const NumberName> table) {
  for (std::size_t i = 1; i < table.size(); ++i)
    if (table[i - 1].number >= table[i].number) return false;
  return true;
}

/// The name of `number` in an ascending table; empty where it has none.
constexpr std::string_view name_in(std::span<const NumberName> table, std::uint16_t number) {
  const auto row = std::lower_bound(
      table.begin(), table.end(), number,
      [](const NumberName& entry, std::uint16_t wanted) { return entry.number < wanted; });
  return row != table.end() && row->number == number ? row->name : std::string_view{};
}

}  // namespace glasstls::wire
