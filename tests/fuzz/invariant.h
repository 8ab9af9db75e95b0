// What the fuzz targets share.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace glasstls::fuzz {

/// Ends the program, so that libFuzzer keeps the input, unless `holds`.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace glasstls::fuzz
