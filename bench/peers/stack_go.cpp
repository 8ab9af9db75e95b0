// Go's crypto/tls (peers/go/main.go) as a Stack.
#include "bench/peers/foreign_end.h"
#include "bench/peers/stack.h"

extern "C" std::uint64_t go_heap_in_use(void);

namespace glasstls::bench {

About about() {
  char version[64] = "";
  foreign_version(version, sizeof version);
  return {"Go", version, "", false};
}

std::size_t heap_in_use() { return static_cast<std::size_t>(go_heap_in_use()); }

}  // namespace glasstls::bench
