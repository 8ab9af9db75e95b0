#include "tests/soak/content.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace glasstls::soak {

/// One period and as much again as is asked for at once, so that each view is of one piece.
const Bytes& Content::sheet() {
  static const Bytes bytes = [] {
    Bytes made(period + most_at_once);
    std::mt19937 numbers(1);
    for (std::size_t i = 0; i < made.size(); ++i)
      made[i] = i < period ? static_cast<std::uint8_t>(numbers()) : made[i - period];
    return made;
  }();
  return bytes;
}

View Content::at(std::uint64_t position, std::size_t size) const {
  const auto offset = static_cast<std::size_t>((begin_ + position) % period);
  return View(sheet()).subspan(offset, std::min(size, most_at_once));
}

bool Content::matches(std::uint64_t position, View bytes) const {
  while (!bytes.empty()) {
    const View expected = at(position, bytes.size());
    if (std::memcmp(expected.data(), bytes.data(), expected.size()) != 0) return false;
    position += expected.size();
    bytes = bytes.subspan(expected.size());
  }
  return true;
}

}  // namespace glasstls::soak
