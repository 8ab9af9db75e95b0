// Plan: what a run of `glasstls bench` is asked for.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace glasstls::apps::bench {

using std::chrono::nanoseconds;

/// How handshakes are to come to be short.
enum class Resume : std::uint8_t { none, ticket, id };
std::string_view name_of(Resume resume);

/// When handshakes start. closed: as soon as a slot is free, so that a slow server is asked less;
/// the others: at times that are fixed in advance.
enum class Arrivals : std::uint8_t { closed, constant, poisson };
std::string_view name_of(Arrivals arrivals);

/// What was asked for.
struct Plan {
  Arrivals arrivals = Arrivals::closed;
  double rate = 0;                 // starts per second; closed: 0
  std::uint64_t arrival_seed = 0;  // of Poisson's start times
  std::optional<std::uint64_t> connections;
  std::optional<nanoseconds> duration;
  std::size_t concurrency = 1;  // at most so many at a time
  Resume resume = Resume::none;
  std::uint64_t bytes = 0;  // to be sent, or with a request to be received, per connection
  bool has_request = false;
  nanoseconds timeout{};
  bool verified = true;  // the server's certificate and name
};

bool is_open_loop(const Plan& plan);

}  // namespace glasstls::apps::bench
