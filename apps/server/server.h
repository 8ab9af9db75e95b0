// Server: event loops, one per thread, and the connections that live in them.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "apps/server/listener.h"
#include "apps/server/server_connection.h"
#include "apps/server/server_report.h"
#include "apps/server/serving.h"

namespace glasstls::apps {

struct ServerLimits {
  std::size_t threads = 1;
  std::uint64_t connections = 0;  // then it ends; 0: it goes on
  // Beyond these, new connections wait to be accepted.
  std::size_t half_done_handshakes = 1024;
  std::size_t open_connections = SIZE_MAX;
};

class Server final {
 public:
  /// Listens at once. Throws as Listener does. `report` must outlive it.
  Server(const asio::ip::tcp::endpoint& address, const ServerLimits& limits, Serving serving,
         ServerReport& report);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  asio::ip::tcp::endpoint address() const;

  /// Serves until SIGTERM, SIGINT, SIGHUP, or so many connections have ended. A first signal lets connections
  /// come to their end, for some seconds; a second one does not.
  void run();

 private:
  class Loop;

  static std::vector<std::unique_ptr<Loop>> make_loops(Server& server, std::size_t threads);
  void accepted(Listener::Socket socket, const asio::ip::tcp::endpoint& peer);
  bool is_full() const;
  void one_less(std::size_t& count);
  void handshake_over();
  void connection_ended();
  void await_signal();
  void on_signal();
  void stop_accepting();
  void end_if_all_is_done();
  void in_each_loop(void (Loop::*what)());
  void run_loop(Loop& loop);

  const ServerLimits limits_;
  const Serving serving_;
  ServerReport& report_;
  std::vector<std::unique_ptr<Loop>> loops_;  // the first is the main thread's
  Listener listener_;
  asio::signal_set signals_;
  asio::steady_timer last_moment_;

  // All for the main thread.
  std::size_t next_loop_ = 0;
  std::uint64_t accepted_ = 0;
  std::size_t open_ = 0;
  std::size_t half_done_ = 0;
  bool accepting_ = true;
  bool draining_ = false;
};

}  // namespace glasstls::apps
