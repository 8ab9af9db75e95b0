// ServerConnection: one client of `glasstls server`, from accept() to close().
//
//   handshake ──► open ──► ending ──► gone
//
// Ending: what is sealed goes out, TCP is half-closed, and what the peer still sends is read and
// dropped, within bounds: closing over unread bytes makes TCP send a reset, which can overtake an
// alert that was just sent.
//
// An idle connection holds no buffer: bytes are asked for when there are some.
#pragma once

#include <asio.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "apps/server/responder.h"
#include "apps/server/server_report.h"
#include "apps/server/serving.h"
#include "apps/tap.h"
#include "tls/connection.h"
#include "tls/event.h"

namespace glasstls::apps {

class ServerConnection;

/// Whom a connection tells about its life. Calls come from the connection's thread, and must not fail.
class ConnectionOwner {
 public:
  virtual ~ConnectionOwner() = default;
  /// Once, when its handshake is complete or will never be.
  virtual void handshake_over(ServerConnection& connection) = 0;
  /// Its last call: nothing is waited for any more.
  virtual void ended(ServerConnection& connection) = 0;
};

/// All functions are for the thread of the socket's event loop.
class ServerConnection final : public std::enable_shared_from_this<ServerConnection> {
 public:
  using Socket = asio::ip::tcp::socket;

  /// `serving`, `report` and `owner` must outlive it.
  ServerConnection(Socket socket, std::uint64_t number, const std::string& peer,
                   const Serving& serving, ServerReport& report, ConnectionOwner& owner);

  void start();
  /// Ends as soon as nothing is half done.
  void wind_up();
  /// Ends now.
  void abort();

 private:
  enum class Phase : std::uint8_t { handshake, open, ending, gone };
  using Clock = std::chrono::steady_clock;

  template <class Work>
  void guarded(Work&& work);

  // Events.
  void talk();
  bool write_answer();
  void on(const tls::HandshakeCompleted& completed);
  void on(const tls::FalseStart&) {}
  void on(const tls::SignatureWanted& wanted);
  void on(const tls::ApplicationData& received);
  void on(const tls::PeerClosed&);
  void on(const tls::WarningReceived& warning);
  void on(const tls::RenegotiationRefused&);
  void on(const tls::RecordLimit& limit);
  void on(const tls::Failed& failed);
  bool is_harmless(const tls::Failed& failed) const;
  std::unique_ptr<Responder> make_responder();
  void remark(std::string text);

  // The network.
  bool wants_to_read() const;
  void read();
  bool read_once();
  bool send();
  void wait_readable();
  void wait_writable();

  // Ends.
  void close(ConnectionResult::Outcome outcome, std::string error = {});
  void end(ConnectionResult::Outcome outcome, std::string error = {});
  void go_on_ending();
  void drain();
  bool wants_to_drain() const;
  void give_up(const std::exception& error);
  void vanish();
  void tell_of_the_end() noexcept;
  void leave_handshake();
  void tell();

  // Time.
  void settle();
  void watch_progress();
  std::optional<Clock::time_point> deadline() const;
  void set_timer();
  void on_time_out();
  bool resting() const { return rested_at_ == last_activity_; }
  void rest();

  Socket socket_;
  asio::steady_timer timer_;
  const Serving& serving_;
  ServerReport& server_report_;
  ConnectionOwner& owner_;
  ConnectionReport report_;
  std::shared_ptr<Tap> tap_;  // never null
  tls::Connection connection_;
  std::unique_ptr<Responder> responder_;  // once the handshake is complete
  std::optional<handshake::Agreement> agreement_;
  ConnectionResult result_;

  Phase phase_ = Phase::handshake;
  bool told_ = false;            // the user knows
  bool handshake_left_ = false;  // the owner knows
  bool peer_closed_ = false;     // close_notify has come
  bool stream_ended_ = false;    // TCP's end has come
  bool send_failed_ = false;     // the network takes no more
  bool half_closed_ = false;     // by us
  bool winding_up_ = false;
  bool waits_readable_ = false, waits_writable_ = false;
  std::size_t drained_ = 0;  // bytes that came too late

  std::uint64_t taken_ = 0;     // bytes that the network took
  std::uint64_t progress_ = 0;  // changes when the peer deserves a fresh start of the clock
  bool is_owed_ = false;        // by the peer: the clock of requests runs
  Clock::time_point started_;
  Clock::time_point since_;  // when that clock was started
  Clock::time_point last_activity_;
  std::optional<Clock::time_point> rested_at_;  // the last activity at which it came to rest
  std::optional<Clock::time_point> timer_set_;
};

}  // namespace glasstls::apps
