// Randomness and time that are the same in every run: for lessons and tests, NEVER for secrets.
// Whoever knows the seed knows every key that was made with it.
//
// Nothing here is a default of anything: a Config has to be given these objects by name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "crypto/random.h"
#include "crypto/secret.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "wire/side.h"
#include "x509/result.h"
#include "x509/time.h"

namespace glasstls::platform {

/// What everything is expanded from. Move-only and wiped; 00 and 0000 are two seeds.
class Seed {
 public:
  static constexpr std::size_t max_length = 64;  // bytes

  /// From hexadecimal digits of either case, for 1 to 64 bytes. Malformed tells the first digit at
  /// fault.
  static x509::Result<Seed> parse(std::string_view hex);

  View reveal() const { return bytes_.reveal(); }

 private:
  explicit Seed(View bytes) : bytes_(crypto::SecretBytes::copy_of(bytes)) {}

  crypto::SecretBytes bytes_;
};

/// The random bytes of one connection's side. Each purpose has a stream of its own:
///
///   key    = HMAC-SHA256(seed, "GlassTLS seeded random" + 0x00 + side + 0x00 + purpose + 0x00
///                              + uint8 length of the seed + uint64 connection)
///   stream = HMAC-SHA256(key, uint64 0) + HMAC-SHA256(key, uint64 1) + ...
///
/// where side is "client" or "server", purpose a name of RandomPurpose, and numbers are big-endian.
/// It does not matter in what portions a stream is taken. fill() takes from the stream "other".
/// Not thread-safe.
class SeededRandom final : public crypto::RandomSource {
 public:
  /// Connections count from 1; 0 is for what all connections share. The seed is not needed any more
  /// afterwards.
  SeededRandom(const Seed& seed, Side side, std::uint64_t connection);
  ~SeededRandom() override;

  void fill(MutableView out) override;
  crypto::RandomSource& stream(crypto::RandomPurpose purpose) override;

 private:
  class Stream;
  static constexpr std::size_t purposes = 7;

  std::array<std::unique_ptr<Stream>, purposes> streams_;  // by RandomPurpose
};

/// The clock of one connection. It stands still, and goes on by one `step` for each record that is
/// sent or received: it is an observer, to be given to the connection before all that ask for the
/// time. How TCP splits and joins the bytes, and what other connections do meanwhile, makes no
/// difference. Not thread-safe.
class SeededClock final : public Observer {
 public:
  // In nanoseconds.
  static constexpr std::int64_t step = 1'000'000;
  static constexpr std::int64_t between_connections = 1'000'000'000;

  /// Whether a run can start then: in the years 1970 to 2199, so that nanoseconds fit.
  static bool can_start_at(x509::Time time);

  /// `start` is when the run began, and its first connection with it: each further one begins
  /// between_connections later. Connections count from 1. std::invalid_argument for a `start` that
  /// cannot be.
  SeededClock(x509::Time start, std::uint64_t connection);

  std::int64_t nanoseconds() const { return nanoseconds_; }  // since 1970-01-01 00:00:00 UTC
  x509::Time now() const;

  void record(const wire::RecordSeen&) noexcept override { nanoseconds_ += step; }

 private:
  std::int64_t nanoseconds_ = 0;
};

}  // namespace glasstls::platform
