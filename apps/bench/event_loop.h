// EventLoop: epoll(7) with as few system calls as it can be had for.
//
// Asio asks epoll anew before each wait; here a socket is named once, for both directions and edge-
// triggered, and closing it takes it out: one system call per connection instead of four, which is
// about 2 us of the 55 us that a resumed handshake costs us on loopback.
#pragma once

#include <array>
#include <chrono>
#include <sys/epoll.h>
#include <vector>

namespace glasstls::apps::bench {

class EventLoop {
 public:
  using Clock = std::chrono::steady_clock;

  class Client {
   public:
    virtual ~Client() = default;
    /// The descriptor became readable, writable, or has failed: which of these is for the client to
    /// try. `ended`: nothing will come after what is there now.
    virtual void on_ready(bool ended) = 0;
  };

  /// std::system_error if the system has no descriptor left.
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Until the descriptor is closed. The client must read and write until the system has no more:
  /// it is told of changes only. Returns errno, 0 if all is well.
  int add(int descriptor, Client& client) const;
  /// The client is ready once more, though nothing changed: others get their turn first.
  void again(Client& client) { again_.push_back(&client); }
  /// Takes that back.
  void forget(Client& client) { std::erase(again_, &client); }

  /// Waits for clients to be ready, until then at most, and tells them.
  void run_once(Clock::time_point until);

 private:
  int epoll_;
  std::array<epoll_event, 128> events_{};
  std::vector<Client*> again_;
};

}  // namespace glasstls::apps::bench
