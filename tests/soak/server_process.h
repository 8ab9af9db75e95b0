// ServerProcess: the one process of `glasstls server` that a soak is about. Its lines are counted, its
// memory and descriptors are read from /proc, its limits and faults can be changed while it runs.
#pragma once

#include <asio.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <sys/resource.h>
#include <sys/types.h>
#include <thread>
#include <vector>

#include "tests/soak/faults.h"

namespace glasstls::soak {

struct Memory {
  std::size_t now = 0, peak = 0;  // bytes that are resident
};

class ServerProcess {
 public:
  /// Starts `program server` with the words behind it, and waits until it listens. Its files lie in
  /// `folder`. `preload` is the library of faults.cpp; empty: the server goes without. Throws
  /// std::runtime_error, with what it said, if it does not come to listen.
  ServerProcess(const std::string& program, const std::vector<std::string>& words,
                const std::string& folder, const std::string& preload);
  /// Kills it, if it still runs.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  asio::ip::tcp::endpoint address() const;
  const std::string& ca() const { return ca_; }  // file

  bool runs();
  /// Sends SIGTERM, and waits: its exit code, or 128 + the signal that ended it.
  int stop();

  // All std::runtime_error if it has ended.
  Memory memory() const;
  std::size_t descriptors() const;
  /// Sets the soft limit, and returns what it was.
  rlim_t limit(__rlimit_resource resource, rlim_t soft) const;

  Faults& faults() { return *faults_; }

  /// What it said beyond its lines for single connections, and how often.
  std::map<std::string, std::uint64_t> said();
  /// How often it said for a connection that there was an internal error.
  std::uint64_t internal_errors();

 private:
  void map_faults(const std::string& path);
  void start(const std::vector<std::string>& command, const std::vector<std::string>& variables);
  void await_listening();
  void read_all();
  void take(const std::string& line);

  std::string ca_;
  Faults* faults_ = nullptr;
  pid_t pid_ = -1;
  int exit_code_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::thread reader_;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::map<std::string, std::uint64_t> said_;
  std::uint64_t internal_errors_ = 0;
  bool silent_ = false;  // it has closed its standard error
};

}  // namespace glasstls::soak
