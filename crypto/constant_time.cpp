#include "crypto/constant_time.h"

#include <cstddef>
#include <cstring>

namespace glasstls::crypto {
namespace {

// Hides a value from the optimiser, so that it cannot turn the loops below into an early exit.
std::uint8_t opaque(std::uint8_t value) {
  asm volatile("" : "+r"(value));
  return value;
}

}  // namespace

bool equal(View a, View b) {
  if (a.size() != b.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = opaque(static_cast<std::uint8_t>(difference | (a[i] ^ b[i])));
  }
  return difference == 0;
}

bool all_zero(View bytes) {
  std::uint8_t any = 0;
  for (const std::uint8_t byte : bytes) any = opaque(static_cast<std::uint8_t>(any | byte));
  return any == 0;
}

void wipe(MutableView bytes) {
  if (bytes.empty()) return;
  std::memset(bytes.data(), 0, bytes.size());
  asm volatile("" : : "r"(bytes.data()) : "memory");  // someone might read it: keep the memset
}

}  // namespace glasstls::crypto
