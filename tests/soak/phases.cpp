#include "tests/soak/phases.h"

#include <asio.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace glasstls::soak {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t at_once = 16;
constexpr std::uint64_t one_in_full = 10;       // of handshakes; the others are resumed
constexpr std::uint64_t one_in_by_id = 5;       // of those that are resumed
constexpr std::uint64_t small_talk = 1024;      // bytes
constexpr std::uint64_t longest_sent = 1'600;   // more than a client sends in its whole handshake
constexpr std::uint64_t longest_heard = 3'000;  // more than the server says in it
constexpr auto time_to_rest = 15s;

}  // namespace

Phases::Phases(ServerProcess& server, std::string key_log, Amounts amounts)
    : server_(server),
      key_log_(std::move(key_log)),
      amounts_(amounts),
      descriptors_at_rest_(server.descriptors()),
      full_(client_config(server.ca(), 0)),
      by_ticket_(client_config(server.ca(), 1)),
      by_session_id_(client_config(server.ca(), 1, false)),
      crowd_(server.address()) {}

void Phases::round() {
  handshakes();
  bulk();
  departures();
  by_the_byte();
  if (amounts_.faults_reach_the_server) {
    hesitantly();
    without_memory_for_all();
  }
  with_full_disk();
  without_descriptors();
  come_to_rest();
  std::filesystem::resize_file(key_log_, 0);  // or it would fill the disk
  ++rounds_;
}

void Phases::expect_served() {
  undisturbed_.add(crowd_.run(4, 20, {.config = by_ticket_, .bytes = small_talk}));
  undisturbed_.add(crowd_.run(4, 4, {.config = full_, .bytes = small_talk}));
}

/// Nothing of it is left but what it listens with.
void Phases::come_to_rest() {
  const auto until = std::chrono::steady_clock::now() + time_to_rest;
  while (server_.descriptors() > descriptors_at_rest_) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the server keeps " +
                               std::to_string(server_.descriptors() - descriptors_at_rest_) +
                               " descriptors of connections that are gone");
    std::this_thread::sleep_for(1ms);
  }
}

// --- Without faults ------------------------------------------------------------------------------

void Phases::handshakes() {
  std::size_t number = 0;
  undisturbed_.add(crowd_.run(at_once, [&]() -> std::optional<Plan> {
    if (number == amounts_.handshakes) return std::nullopt;
    ++number;
    if (number % one_in_full == 0) return Plan{.config = full_, .bytes = small_talk};
    const bool by_id = number % one_in_by_id == 1;
    return Plan{.config = by_id ? by_session_id_ : by_ticket_, .bytes = small_talk};
  }));
}

void Phases::bulk() {
  constexpr std::size_t streams = 4;
  undisturbed_.add(
      crowd_.run(streams, streams, {.config = by_ticket_, .bytes = amounts_.bulk / streams}));
}

// --- Clients that behave badly -------------------------------------------------------------------

/// After each number of bytes sent, with and without a reset, and after each number received: all of
/// them in turn, round by round.
Plan Phases::departure(std::uint64_t number) const {
  constexpr std::uint64_t all = longest_sent * 2 + longest_heard;
  std::uint64_t place = number % all;
  Plan plan;
  plan.config = number / all % 2 == 0 ? full_ : by_ticket_;
  plan.bytes = small_talk;
  if (place >= longest_sent * 2) {
    plan.leave_after_received = place - longest_sent * 2;
  } else {
    plan.reset = place % 2 == 1;
    plan.leave_after_sent = place / 2;
  }
  return plan;
}

void Phases::departures() {
  // Far apart, so that a short run meets each state, too. Prime to the number of places.
  constexpr std::uint64_t stride = 2'309;
  std::size_t left = amounts_.departures;
  const Tally tally = crowd_.run(at_once, [&]() -> std::optional<Plan> {
    if (left == 0) return std::nullopt;
    --left;
    return departure(departures_++ * stride);
  });
  departed_.add(tally);
  expect_served();
  come_to_rest();
}

/// First their sockets give and take one byte, then the server's.
void Phases::by_the_byte() {
  Plan plan{.config = full_, .bytes = small_talk};
  plan.piece = 1;
  undisturbed_.add(crowd_.run(4, amounts_.visits_by_the_byte, plan));
  if (!amounts_.faults_reach_the_server) return;
  plan.piece = Plan().piece;
  server_.faults().sockets_take_one_byte = 1;
  undisturbed_.add(crowd_.run(4, amounts_.visits_by_the_byte, plan));
  server_.faults().sockets_take_one_byte = 0;
}

/// The server's sockets refuse to send although there is room: between two calls there often comes to
/// be some, and then nobody may wait for an answer that nobody sends.
void Phases::hesitantly() {
  server_.faults().sends_would_block = 3;
  undisturbed_.add(crowd_.run(4, 4, {.config = by_ticket_, .bytes = amounts_.bulk / 64}));
  server_.faults().sends_would_block = 0;
}

// --- A system that behaves badly -----------------------------------------------------------------

/// Whoever is not served is told so, or at least not left waiting.
void Phases::without_memory_for_all() {
  constexpr std::uint32_t one_in[] = {30, 300, 3000};
  server_.faults().allocations_fail = one_in[rounds_ % std::size(one_in)];
  without_memory_.add(crowd_.run(at_once, amounts_.visits_without_memory / 2,
                                 {.config = by_ticket_, .bytes = small_talk}));
  without_memory_.add(crowd_.run(at_once, amounts_.visits_without_memory / 2,
                                 {.config = full_, .bytes = small_talk}));
  server_.faults().allocations_fail = 0;
  expect_served();
  come_to_rest();
}

/// The key log's disk is full: nobody but the log's reader notices. Then there is room again.
void Phases::with_full_disk() {
  const auto size = static_cast<rlim_t>(std::filesystem::file_size(key_log_));
  const Plan plan{.config = full_, .bytes = small_talk};
  const rlim_t before = server_.limit(RLIMIT_FSIZE, size);
  undisturbed_.add(crowd_.run(4, amounts_.visits_with_full_disk, plan));
  if (std::filesystem::file_size(key_log_) > size)
    throw std::runtime_error("the disk was not full: the key log grew");
  server_.limit(RLIMIT_FSIZE, before);
  undisturbed_.add(crowd_.run(4, amounts_.visits_with_full_disk, plan));
  expect_key_log(size, amounts_.visits_with_full_disk);
}

/// From `begin` on there are at least so many whole lines.
void Phases::expect_key_log(std::uint64_t begin, std::uint64_t least) {
  static const std::regex whole("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}");
  std::ifstream file(key_log_);
  file.seekg(static_cast<std::streamoff>(begin));
  std::uint64_t good = 0;
  for (std::string line; std::getline(file, line);) good += std::regex_match(line, whole) ? 1 : 0;
  key_log_lines_ += good;
  if (good < least) throw std::runtime_error("the key log does not go on after the disk was full");
}

/// Strangers who say nothing take all that there are. Others wait, and are served once they are gone.
void Phases::without_descriptors() {
  constexpr std::size_t spare = 8;
  come_to_rest();
  const rlim_t before = server_.limit(RLIMIT_NOFILE, descriptors_at_rest_ + spare);
  std::vector<asio::ip::tcp::socket> strangers;
  for (std::size_t i = 0; i < 3 * spare; ++i)
    strangers.emplace_back(crowd_.io()).connect(server_.address());
  const auto until = std::chrono::steady_clock::now() + time_to_rest;
  while (server_.descriptors() < descriptors_at_rest_ + spare) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the server does not use the descriptors that it has");
    std::this_thread::sleep_for(1ms);
  }
  asio::steady_timer later(crowd_.io(), 300ms);
  later.async_wait([&](asio::error_code) { strangers.clear(); });
  undisturbed_.add(crowd_.run(at_once, 2 * at_once, {.config = by_ticket_, .bytes = small_talk}));
  server_.limit(RLIMIT_NOFILE, before);
  expect_served();
}

}  // namespace glasstls::soak
