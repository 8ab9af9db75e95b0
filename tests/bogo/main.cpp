// bogo_shim: the library as BoGo's runner drives it, one process a test. tests/bogo/README.md.
//
// Exit codes: 0 all connections did as told; 1 one did not, and standard error has the failure
// line; 89 an argument that we do not know or cannot do.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "tests/bogo/failure.h"
#include "tests/bogo/flags.h"
#include "tests/bogo/shim_connection.h"

namespace {

using namespace glasstls::bogo;

constexpr int unimplemented = 89;

void run_all(const Plan& plan) {
  Memory memory;
  run_connection(plan.initial, false, memory);
  for (unsigned i = 0; i < plan.initial.resume_count; ++i)
    run_connection(plan.resume, true, memory);
}

/// "--- DONE ---" comes last: what a sanitizer says after it turns any test red.
int tell_failure(const char* reason, const std::string& detail) {
  std::printf("%s: %s\n", reason, detail.c_str());
  std::fprintf(stderr, "tls-failure: %s\n--- DONE ---\n", reason);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (std::find(arguments.begin(), arguments.end(), "-is-handshaker-supported") !=
      arguments.end()) {
    std::puts("No");
    return 0;
  }
  std::signal(SIGPIPE, SIG_IGN);
  try {
    run_all(parse_flags(arguments));
    return 0;
  } catch (const Unimplemented& error) {
    std::fprintf(stderr, "bogo_shim: %s\n", error.what());
    return unimplemented;
  } catch (const Failure& failure) {
    return tell_failure(failure.what(), failure.detail);
  } catch (const std::exception& error) {
    return tell_failure("dead", error.what());
  }
}
