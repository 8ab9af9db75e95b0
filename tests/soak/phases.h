// Phases: what a soak does to its server, round by round. Each begins and ends with a server that has no
// connections; after each fault the server must serve as if nothing had been.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "tests/soak/crowd.h"
#include "tests/soak/server_process.h"
#include "tests/soak/tally.h"

namespace glasstls::soak {

/// How much of each there is in a round.
struct Amounts {
  std::size_t handshakes = 20'000;
  std::uint64_t bulk = std::uint64_t{1} << 30;  // bytes, sent and echoed
  std::size_t departures = 400;                 // visits that end early
  std::size_t visits_without_memory = 500;
  std::size_t visits_with_full_disk = 20;  // no more lines than standard I/O keeps
  std::size_t visits_by_the_byte = 4;
  bool faults_reach_the_server = true;  // faults.cpp is preloaded
};

class Phases {
 public:
  /// The server logs keys into that file. All must outlive it.
  Phases(ServerProcess& server, std::string key_log, Amounts amounts);

  /// All of them in turn. std::runtime_error if the server has ended, or does not come to rest.
  void round();

  /// What became of visits that nothing was done to: a failure here is a loss.
  const Tally& undisturbed() const { return undisturbed_; }
  /// Of those that went away early, that met failing allocations.
  const Tally& departed() const { return departed_; }
  const Tally& without_memory() const { return without_memory_; }
  /// Whole ones, after its disk was full.
  std::uint64_t key_log_lines() const { return key_log_lines_; }

 private:
  void handshakes();
  void bulk();
  void departures();
  void by_the_byte();
  void hesitantly();
  void without_memory_for_all();
  void with_full_disk();
  void without_descriptors();

  Plan departure(std::uint64_t number) const;
  void expect_served();
  void come_to_rest();
  void expect_key_log(std::uint64_t begin, std::uint64_t least);

  ServerProcess& server_;
  const std::string key_log_;
  const Amounts amounts_;
  const std::size_t descriptors_at_rest_;
  std::shared_ptr<const tls::Config> full_, by_ticket_, by_session_id_;

  Crowd crowd_;
  std::uint64_t departures_ = 0;
  std::uint64_t rounds_ = 0;
  std::uint64_t key_log_lines_ = 0;
  Tally undisturbed_, departed_, without_memory_;
};

}  // namespace glasstls::soak
