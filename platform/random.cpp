#include "platform/random.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <sys/random.h>

namespace glasstls::platform {

namespace {

class SystemRandom final : public crypto::RandomSource {
 public:
  void fill(MutableView out) override {
    while (!out.empty()) {
      const ssize_t got = getrandom(out.data(), out.size(), 0);
      if (got >= 0) {
        out = out.subspan(static_cast<std::size_t>(got));
      } else if (errno != EINTR) {
        throw std::runtime_error(std::string("getrandom: ") + std::strerror(errno));
      }
    }
  }
};

}  // namespace

crypto::RandomSource& system_random() {
  static SystemRandom source;  // has no state: one serves all threads
  return source;
}

}  // namespace glasstls::platform
