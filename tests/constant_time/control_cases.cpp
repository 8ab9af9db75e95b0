// Code that leaks: it must be found, or the check itself is blind.
#include <array>
#include <cstddef>
#include <cstdint>

#include "crypto/constant_time.h"
#include "tests/constant_time/cases.h"
#include "tests/constant_time/secrecy.h"
#include "tests/support/test_random.h"

namespace glasstls::constant_time {

// Outside of the anonymous namespace: their names are looked for.
[[gnu::noinline]] bool equal_until_the_first_difference(View a, View b);
[[gnu::noinline]] std::uint8_t looked_up(const std::array<std::uint8_t, 256>& table,
                                         std::uint8_t secret);

bool equal_until_the_first_difference(View a, View b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

std::uint8_t looked_up(const std::array<std::uint8_t, 256>& table, std::uint8_t secret) {
  return table[secret];
}

namespace {

Bytes some_bytes(std::size_t size) {
  Bytes bytes(size);
  test::TestRandom("constant time: control").fill(bytes);
  return bytes;
}

void leaky_comparison() {
  const Bytes a = some_bytes(16);
  const Bytes b = a;
  classify(a);
  expect(declassified(equal_until_the_first_difference(a, b)), "equal bytes are not equal");
}

void leaky_lookup() {
  std::array<std::uint8_t, 256> table;
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<std::uint8_t>(255 - i);
  const Bytes secret = some_bytes(1);
  const std::uint8_t expected = static_cast<std::uint8_t>(255 - secret[0]);
  classify(secret);
  Bytes found = {looked_up(table, secret[0])};
  declassify(found);
  expect(found[0] == expected, "the table holds something else");
}

void comparison() {
  const Bytes a = some_bytes(48);
  const Bytes b = a;
  classify(a);
  expect(crypto::equal(a, b), "equal bytes are not equal");
  expect(!crypto::all_zero(a), "bytes that are not zero are zero");
}

}  // namespace

std::vector<Case> control_cases() {
  return {
      {"LeakyComparison", "16 bytes", "the verdict", leaky_comparison},
      {"LeakyLookup", "an index", "what was found", leaky_lookup},
      {"Comparison", "48 bytes", "the verdicts of equal() and all_zero(): the caller acts on them",
       comparison},
  };
}

}  // namespace glasstls::constant_time
