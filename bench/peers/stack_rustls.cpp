// rustls (peers/rustls/lib.rs) as a Stack.
#include "bench/peers/foreign_end.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

About about() {
  char version[64] = "";
  foreign_version(version, sizeof version);
  return {"rustls", version, "", true};
}

}  // namespace glasstls::bench
