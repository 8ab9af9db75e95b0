// Slot: one of the connections that a load may have at a time, used again and again.
//
//   start() ─► TCP ─► handshake ─► transfer, if one was asked for ─► ended() ─► close ─► is_free()
//
// Our close_notify asks the server to close TCP first, so that its end keeps the port in TIME-WAIT
// and ours is free at once; who does not within a second is reset.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "apps/bench/attempt.h"
#include "apps/bench/event_loop.h"
#include "apps/bench/sessions.h"
#include "apps/bench/tcp_socket.h"
#include "tls/connection.h"
#include "x509/server_name.h"

namespace glasstls::apps::bench {

/// What every slot does.
struct Task {
  asio::ip::tcp::endpoint server;
  std::shared_ptr<const tls::Config> config;
  x509::ServerName name;
  Resume resume = Resume::none;
  std::shared_ptr<Sessions> sessions;  // null unless something is to be resumed
  std::uint64_t bytes = 0;             // to send, or with a request to receive
  std::optional<std::string> request;
  nanoseconds timeout{};

  bool transfers() const { return bytes > 0 || request; }
};

class Slot;

class SlotOwner {
 public:
  virtual ~SlotOwner() = default;
  /// The attempt is over; the slot still closes its connection.
  virtual void ended(Slot& slot, const Attempt& attempt) = 0;
  /// The server did not answer our close_notify by closing.
  virtual void close_unanswered() = 0;
  virtual void is_free(Slot& slot) = 0;
};

/// One thread. Timeouts are noticed by check_time(), which the owner calls some times a second.
class Slot final : private EventLoop::Client {
 public:
  /// All must outlive it.
  Slot(EventLoop& loop, const Task& task, std::size_t number, SlotOwner& owner)
      : loop_(loop), task_(task), number_(number), owner_(owner) {}

  /// A full handshake that leaves a session here.
  void fetch_session();
  /// A handshake to be measured; where a session is missing that it needs, one is fetched first.
  void start(Clock::time_point scheduled);
  void check_time(Clock::time_point now);
  /// Closes at once and tells nobody.
  void abandon();

 private:
  enum class State : std::uint8_t {
    idle,
    connecting,
    handshaking,
    transferring,
    closing,
    resting,  // after a connection that failed at once: nobody tries again and again in no time
  };
  enum class Step : std::uint8_t { hello, first_flight, second_flight };  // ours; the server's

  void begin(Clock::time_point scheduled);
  void connect();
  void on_ready(bool ended) override;
  void on_connected();
  bool read();
  void drain();
  bool flush();

  void go_on();
  void take_events();
  bool is_handshake_only() const;
  void on(const tls::Event& event);
  void on_completed(const handshake::Agreement& agreement);
  void on_failed(const tls::Failed& failed);
  std::optional<Failure> judge(const handshake::Agreement& agreement) const;
  bool settle();
  void seal();
  bool transfer_is_over();

  void end_attempt();
  void succeed();
  void fail(Failure failure);
  void close_politely();
  void close_now(bool reset);
  void rest();
  void release();
  std::string whereabouts() const;
  nanoseconds& phase(Phase phase);

  EventLoop& loop_;
  TcpSocket socket_;
  const Task& task_;
  const std::size_t number_;
  SlotOwner& owner_;

  State state_ = State::idle;
  Clock::time_point deadline_;
  /// The scheduled start of the handshake that a session is fetched for.
  std::optional<Clock::time_point> fetched_for_;

  Attempt attempt_;
  std::optional<tls::Connection> connection_;
  Step step_ = Step::hello;
  Clock::time_point flight_sent_, last_read_;
  bool completed_ = false;  // the handshake, but for a flight of ours that may wait to be sent
  bool flight_is_whole_ = false;  // the server's, or our hello: what we say to it may be sent
  bool close_sent_ = false;       // by a transfer that only sends
  bool peer_closed_ = false;      // all of its data has come
  bool end_in_sight_ = false;  // the end of the stream has come, and is read after what precedes it
  bool stream_ended_ = false, was_reset_ = false;
  std::optional<Failure> failure_;
  std::uint64_t to_seal_ = 0;  // bytes of the transfer
};

}  // namespace glasstls::apps::bench
