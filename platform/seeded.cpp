#include "platform/seeded.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "crypto/constant_time.h"
#include "crypto/hash.h"
#include "crypto/hmac.h"

namespace glasstls::platform {

namespace {

using crypto::RandomPurpose;

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::int64_t year_2200 = 7'258'118'400;  // its first second

constexpr std::array purpose_names{"other",     "hello_random", "session_id", "ephemeral_key",
                                   "signature", "ticket",       "ticket_key"};

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  return bytes;
}

/// With its zero, which no name has inside.
View terminated(const std::string& name) { return wire::as_bytes({name.c_str(), name.size() + 1}); }

crypto::Digest stream_key(const Seed& seed, Side side, std::uint64_t connection, const char* name) {
  crypto::Hmac hmac(crypto::HashAlgorithm::sha256, seed.reveal());
  for (const std::string& text :
       {std::string("GlassTLS seeded random"), std::string(name_of(side)), std::string(name)})
    hmac.update(terminated(text));
  const auto length = static_cast<std::uint8_t>(seed.reveal().size());
  hmac.update(View(&length, 1));
  hmac.update(big_endian(connection));
  return hmac.finish();
}

}  // namespace

x509::Result<Seed> Seed::parse(std::string_view hex) {
  const auto other = std::find_if_not(hex.begin(), hex.end(), is_hex);
  if (other != hex.end())
    return x509::Malformed{
        static_cast<std::size_t>(other - hex.begin()), "not a hexadecimal digit", {}};
  if (hex.empty()) return x509::Malformed{0, "a seed has at least one byte", {}};
  if (hex.size() > 2 * max_length)
    return x509::Malformed{2 * max_length, "a seed has at most 64 bytes, 128 digits", {}};
  auto bytes = wire::unhex(hex);
  if (!bytes)
    return x509::Malformed{hex.size(), "an odd number of digits, where each byte has two", {}};
  Seed seed(*bytes);
  crypto::wipe(*bytes);
  return seed;
}

class SeededRandom::Stream final : public crypto::RandomSource {
 public:
  explicit Stream(const crypto::Digest& key) : keyed_(crypto::HashAlgorithm::sha256, key.view()) {}

  void fill(MutableView out) override {
    while (!out.empty()) {
      if (used_ == block_.size()) next_block();
      const std::size_t size = std::min(out.size(), block_.size() - used_);
      std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(used_), size, out.begin());
      used_ += size;
      out = out.subspan(size);
    }
  }

 private:
  void next_block() {
    crypto::Hmac hmac = keyed_;
    hmac.update(big_endian(blocks_++));
    const crypto::Digest digest = hmac.finish();
    std::copy_n(digest.view().begin(), block_.size(), block_.begin());
    used_ = 0;
  }

  crypto::Hmac keyed_;
  std::uint64_t blocks_ = 0;
  std::array<std::uint8_t, 32> block_{};
  std::size_t used_ = 32;
};

SeededRandom::SeededRandom(const Seed& seed, Side side, std::uint64_t connection) {
  static_assert(purpose_names.size() == purposes);
  for (std::size_t i = 0; i < purposes; ++i)
    streams_[i] = std::make_unique<Stream>(stream_key(seed, side, connection, purpose_names[i]));
}

SeededRandom::~SeededRandom() = default;

void SeededRandom::fill(MutableView out) { stream(RandomPurpose::other).fill(out); }

crypto::RandomSource& SeededRandom::stream(RandomPurpose purpose) {
  return *streams_.at(static_cast<std::size_t>(purpose));
}

bool SeededClock::can_start_at(x509::Time time) {
  return time.seconds >= 0 && time.seconds < year_2200;
}

SeededClock::SeededClock(x509::Time start, std::uint64_t connection) {
  if (!can_start_at(start))
    throw std::invalid_argument("SeededClock: a start outside of the years 1970 to 2199");
  nanoseconds_ = start.seconds * nanoseconds_per_second +
                 static_cast<std::int64_t>(connection - 1) * between_connections;
}

x509::Time SeededClock::now() const { return {nanoseconds_ / nanoseconds_per_second}; }

}  // namespace glasstls::platform
