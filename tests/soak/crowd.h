// Crowd: many visits to one server, so many at a time.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/soak/tally.h"
#include "tests/soak/visit.h"

namespace glasstls::soak {

/// Clients that trust that CA and keep so many sessions. With 0 they ask for tickets, and never use
/// them. Without `tickets` sessions are resumed by their IDs.
std::shared_ptr<const tls::Config> client_config(const std::string& ca, std::size_t sessions,
                                                 bool tickets = true);

class Crowd {
 public:
  explicit Crowd(asio::ip::tcp::endpoint server) : server_(std::move(server)) {}

  /// Keeps so many going until there are no more plans, and all have ended.
  Tally run(std::size_t at_once, const std::function<std::optional<Plan>()>& next);
  /// So many with the same plan.
  Tally run(std::size_t at_once, std::size_t count, const Plan& plan);

  /// For what else is to happen while it runs.
  asio::io_context& io() { return io_; }

 private:
  asio::ip::tcp::endpoint server_;
  asio::io_context io_;
  std::uint64_t visits_ = 0;
};

}  // namespace glasstls::soak
