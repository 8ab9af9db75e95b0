#include "apps/server/server.h"

#include <chrono>
#include <csignal>
#include <exception>
#include <string>
#include <thread>
#include <unordered_set>
#include <utility>

#include "apps/endpoint.h"
#include "apps/server/insist.h"

namespace glasstls::apps {

namespace {

/// How long connections may take to come to their end after a signal.
constexpr std::chrono::seconds drain_time{5};

}  // namespace

/// One thread's event loop with its connections. What happens there is posted to the main thread,
/// which keeps the books.
class Server::Loop final : public ConnectionOwner {
 public:
  explicit Loop(Server& server) : server_(server) {}

  asio::io_context& io() { return io_; }
  /// Lets run() return once nothing is left to do.
  void release() { work_.reset(); }

  void serve(Listener::Socket socket, std::uint64_t number, const std::string& peer) {
    try {
      const auto connection = std::make_shared<ServerConnection>(
          std::move(socket), number, peer, server_.serving_, server_.report_, *this);
      connections_.insert(connection);
      connection->start();
      if (draining_) connection->wind_up();
    } catch (const std::exception& error) {
      server_.report_.say_error("a connection could not be served", error);
      tell_main(&Server::handshake_over);
      tell_main(&Server::connection_ended);
    }
  }
  void wind_up() {
    draining_ = true;
    for (const auto& connection : all()) connection->wind_up();
  }
  void abort() {
    for (const auto& connection : all()) connection->abort();
  }

  void handshake_over(ServerConnection&) override { tell_main(&Server::handshake_over); }
  void ended(ServerConnection& connection) override {
    connections_.erase(connection.shared_from_this());
    tell_main(&Server::connection_ended);
  }

 private:
  using Connections = std::unordered_set<std::shared_ptr<ServerConnection>>;

  /// A copy: connections end while we walk.
  Connections all() const { return connections_; }

  void tell_main(void (Server::*what)()) {
    insist([&] {
      asio::post(server_.loops_.front()->io(), [server = &server_, what] { (server->*what)(); });
    });
  }

  Server& server_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  Connections connections_;
  bool draining_ = false;
};

Server::Server(const asio::ip::tcp::endpoint& address, const ServerLimits& limits, Serving serving,
               ServerReport& report)
    : limits_(limits),
      serving_(std::move(serving)),
      report_(report),
      loops_(make_loops(*this, limits.threads)),
      listener_(loops_.front()->io(), address, report),
      signals_(loops_.front()->io(), SIGINT, SIGTERM),
      last_moment_(loops_.front()->io()) {
  struct sigaction hangup {};
  ::sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) signals_.add(SIGHUP);  // nohup is obeyed
}

Server::~Server() = default;

std::vector<std::unique_ptr<Server::Loop>> Server::make_loops(Server& server, std::size_t threads) {
  std::vector<std::unique_ptr<Loop>> loops;
  while (loops.size() < threads) loops.push_back(std::make_unique<Loop>(server));
  return loops;
}

asio::ip::tcp::endpoint Server::address() const { return listener_.address(); }

void Server::run() {
  await_signal();
  listener_.start([this]() -> asio::io_context& { return loops_[next_loop_]->io(); },
                  [this](Listener::Socket socket, const asio::ip::tcp::endpoint& peer) {
                    accepted(std::move(socket), peer);
                  });
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < loops_.size(); ++i)
    threads.emplace_back([this, i] { run_loop(*loops_[i]); });
  run_loop(*loops_.front());
  for (std::thread& thread : threads) thread.join();
}

/// What goes wrong beyond a single connection (memory that runs out) is told, and not our end.
void Server::run_loop(Loop& loop) {
  for (;;) {
    try {
      loop.io().run();
      return;
    } catch (const std::exception& error) {
      report_.say_error("internal error", error);
      if (&loop == loops_.front().get()) listener_.restart();
    }
  }
}

// --- The books -----------------------------------------------------------------------------------

void Server::accepted(Listener::Socket socket, const asio::ip::tcp::endpoint& peer) {
  Loop& loop = *loops_[next_loop_];
  next_loop_ = (next_loop_ + 1) % loops_.size();
  ++open_;
  ++accepted_;
  ++half_done_;
  if (is_full()) listener_.pause();
  if (accepted_ == limits_.connections) stop_accepting();
  try {
    asio::dispatch(loop.io(), [&loop, socket = std::move(socket), number = accepted_,
                               text = text_of(peer)]() mutable {
      loop.serve(std::move(socket), number, text);
    });
  } catch (const std::exception& error) {
    report_.say_error("a connection could not be served", error);
    handshake_over();
    connection_ended();
  }
}

bool Server::is_full() const {
  return half_done_ >= limits_.half_done_handshakes || open_ >= limits_.open_connections;
}

void Server::one_less(std::size_t& count) {
  const bool was_full = is_full();
  --count;
  if (was_full && !is_full()) listener_.resume();
}

void Server::handshake_over() { one_less(half_done_); }

void Server::connection_ended() {
  one_less(open_);
  end_if_all_is_done();
}

// --- The end -------------------------------------------------------------------------------------

void Server::await_signal() {
  signals_.async_wait([this](asio::error_code error, int) {
    if (!error) on_signal();
  });
}

void Server::on_signal() {
  stop_accepting();
  if (std::exchange(draining_, true)) {
    in_each_loop(&Loop::abort);
  } else {
    in_each_loop(&Loop::wind_up);
    last_moment_.expires_after(drain_time);
    last_moment_.async_wait([this](asio::error_code error) {
      if (!error) in_each_loop(&Loop::abort);
    });
  }
  await_signal();
  end_if_all_is_done();
}

void Server::in_each_loop(void (Loop::*what)()) {
  for (const auto& loop : loops_)
    insist([&] { asio::post(loop->io(), [loop = loop.get(), what] { (loop->*what)(); }); });
}

void Server::stop_accepting() {
  accepting_ = false;
  listener_.stop();
}

void Server::end_if_all_is_done() {
  if (accepting_ || open_ > 0) return;
  signals_.cancel();
  last_moment_.cancel();
  for (const auto& loop : loops_) loop->release();
}

}  // namespace glasstls::apps
