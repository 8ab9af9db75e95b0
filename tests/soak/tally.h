// Tally: what became of many visits.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/soak/visit.h"

namespace glasstls::soak {

struct Tally {
  std::uint64_t full = 0, resumed = 0;            // handshakes that were completed
  std::uint64_t left = 0;                         // visits that ended early, as they were to
  std::uint64_t bytes = 0;                        // of content, both ways
  std::map<std::string, std::uint64_t> failures;  // by cause

  void add(const Outcome& outcome);
  void add(const Tally& other);

  std::uint64_t handshakes() const { return full + resumed; }
  std::uint64_t failed() const;
};

}  // namespace glasstls::soak
