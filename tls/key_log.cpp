#include "tls/key_log.h"

#include <string_view>
#include <utility>

#include "crypto/constant_time.h"

namespace glasstls::tls {

namespace {

constexpr std::string_view label = "CLIENT_RANDOM ";
constexpr std::size_t random_length = 32, master_secret_length = 48;
constexpr std::size_t line_length = label.size() + 2 * random_length + 1 + 2 * master_secret_length;

void append_hex(std::string& text, View bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0xf];
  }
}

}  // namespace

KeyLog::KeyLog(std::function<void(const std::string& line)> write_line)
    : write_line_(std::move(write_line)) {
  line_.reserve(line_length);
}

void KeyLog::secret(const wire::SecretSeen& seen) noexcept {
  if (seen.name != "master_secret") return;
  const std::lock_guard lock(mutex_);
  line_ = label;
  append_hex(line_, seen.client_random);
  line_ += ' ';
  append_hex(line_, seen.value);
  write_line_(line_);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(line_.data()), line_.size()});
}

}  // namespace glasstls::tls
