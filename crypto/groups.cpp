#include "crypto/groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/grease.h"

namespace glasstls::crypto {
namespace {

constexpr std::array groups{
    GroupParameters{NamedGroup::x25519, "x25519", 32, 32},
    GroupParameters{NamedGroup::secp256r1, "secp256r1", 65, 32},
    GroupParameters{NamedGroup::secp384r1, "secp384r1", 97, 48},
};

constexpr std::array<std::pair<std::string_view, NamedGroup>, 4> other_names{{
    {"X25519", NamedGroup::x25519},
    {"P-256", NamedGroup::secp256r1},
    {"prime256v1", NamedGroup::secp256r1},
    {"P-384", NamedGroup::secp384r1},
}};

}  // namespace

const GroupParameters* find(NamedGroup group) {
  const auto* found =
      std::find_if(groups.begin(), groups.end(), [group](const auto& g) { return g.id == group; });
  return found == groups.end() ? nullptr : found;
}

std::span<const GroupParameters> all_groups() { return groups; }

std::string_view name_of(NamedGroup group) {
  if (const GroupParameters* known = find(group)) return known->name;
  return is_grease(static_cast<std::uint16_t>(group)) ? "GREASE" : "";
}

std::optional<NamedGroup> group_by_name(std::string_view name) {
  for (const GroupParameters& group : groups) {
    if (name == group.name) return group.id;
  }
  for (const auto& [other_name, group] : other_names) {
    if (name == other_name) return group;
  }
  return std::nullopt;
}

}  // namespace glasstls::crypto
