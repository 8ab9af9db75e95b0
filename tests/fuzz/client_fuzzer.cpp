// Any bytes, in pieces that the input chooses, to our client, and an application that writes and closes
// meanwhile: raw_connection.h tells what the input is.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/raw_connection.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::run_raw(fuzz::client_setting, View(data, size));
  return 0;
}
