#include "tests/soak/tally.h"

namespace glasstls::soak {

void Tally::add(const Outcome& outcome) {
  if (outcome.connected) ++(outcome.resumed ? resumed : full);
  if (outcome.left) ++left;
  bytes += outcome.bytes_sent + outcome.bytes_received;
  if (!outcome.failure.empty()) ++failures[outcome.failure];
}

void Tally::add(const Tally& other) {
  full += other.full;
  resumed += other.resumed;
  left += other.left;
  bytes += other.bytes;
  for (const auto& [cause, count] : other.failures) failures[cause] += count;
}

std::uint64_t Tally::failed() const {
  std::uint64_t sum = 0;
  for (const auto& [cause, count] : failures) sum += count;
  return sum;
}

}  // namespace glasstls::soak
