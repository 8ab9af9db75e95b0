// How far inputs got. The replay of a corpus asks, so that seeds which a change of the protocol code
// has made shallow are noticed.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

namespace glasstls::fuzz {

/// By milestone, how many times it was passed. Milestones are literals.
inline std::map<std::string_view, std::uint64_t>& milestones() {
  static std::map<std::string_view, std::uint64_t> counted;
  return counted;
}

inline void reached(std::string_view milestone) { ++milestones()[milestone]; }

}  // namespace glasstls::fuzz
