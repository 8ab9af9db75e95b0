#include "tls/key_log.h"

#include "crypto/constant_time.h"

namespace glasstls::tls {

namespace {

void wipe(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

void KeyLog::secret(const wire::SecretSeen& seen) noexcept {
  if (seen.name != "master_secret") return;
  std::string master_secret = wire::hex(seen.value);
  std::string line = "CLIENT_RANDOM " + wire::hex(seen.client_random) + " ";
  line.reserve(line.size() + master_secret.size());  // growing would leave a copy behind
  line += master_secret;
  write_line_(line);
  wipe(master_secret);
  wipe(line);
}

}  // namespace glasstls::tls
