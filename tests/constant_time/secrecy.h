// Secrets as memcheck sees them: bytes that were never written. Copies and sums of them are secret
// too, and memcheck reports every branch and every address that depends on one. The idea is Adam
// Langley's (ctgrind, 2010). Without valgrind all of it does nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <valgrind/memcheck.h>

#include "crypto/random.h"
#include "wire/bytes.h"

namespace glasstls::constant_time {

/// These bytes are secret from here on. They keep their values.
inline void classify(View bytes) {
  static_cast<void>(VALGRIND_MAKE_MEM_UNDEFINED(bytes.data(), bytes.size()));
}

/// These bytes may be known to everybody from here on.
inline void declassify(View bytes) {
  static_cast<void>(VALGRIND_MAKE_MEM_DEFINED(bytes.data(), bytes.size()));
}

/// A decision that the peer sees, or is told.
inline bool declassified(bool verdict) {
  static_cast<void>(VALGRIND_MAKE_MEM_DEFINED(&verdict, sizeof verdict));
  return verdict;
}

/// A case is worth nothing if what it runs does not work ...
inline void expect(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

/// ... or if its secret never got there. std::runtime_error unless some of the bytes are secret.
inline void expect_secret(View bytes) {
  if (RUNNING_ON_VALGRIND == 0) return;
  const auto is_secret = [](const std::uint8_t& byte) {
    std::uint8_t undefined_bits = 0;
    static_cast<void>(VALGRIND_GET_VBITS(&byte, &undefined_bits, 1));
    return undefined_bits != 0;
  };
  expect(std::any_of(bytes.begin(), bytes.end(), is_secret),
         "the result does not depend on the secret");
}

/// Gives another source's bytes, as secrets.
class SecretRandom final : public crypto::RandomSource {
 public:
  explicit SecretRandom(crypto::RandomSource& source) : source_(source) {}
  void fill(MutableView out) override {
    source_.fill(out);
    classify(out);
  }

 private:
  crypto::RandomSource& source_;
};

}  // namespace glasstls::constant_time
