// A library for the harness to measure, whose vices a test chooses: our own connections under the
// tests' clock, certificates and names.
#pragma once

#include <cstddef>
#include <string>

namespace glasstls::test {

/// What make_stack() gives from now on.
struct Vices {
  bool trusts_any_chain = false;
  bool trusts_any_name = false;
  bool verifies_late = false;                    // when the handshake is complete
  bool goes_on_after_spoiled_signature = false;  // sends something, and leaves it to the server
  bool denies_verification = false;              // says that nothing was verified
  bool resumes_nothing = false;
  bool seals_two_records = false;
  bool opens_something_else = false;
  std::size_t heap_of_client = 0;  // bytes that the making of one takes
  std::size_t heap_of_server = 0;
  std::size_t heap_rested = 0;  // bytes that End::rest() gives back
};

/// Those of the stacks made from now on, and no more bytes on the heap.
void make_stacks_with(const Vices& vices);

/// What the harness calls a laboratory. There are no files: the fake stack knows by its name which
/// part of it is meant.
inline const std::string no_files = "lab";

}  // namespace glasstls::test
