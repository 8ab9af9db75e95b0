// ClientSession: one connection of `glasstls client`, with its socket, standard input and clocks.
#pragma once

#include <asio.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/address.h"
#include "apps/exit_code.h"
#include "apps/export_request.h"
#include "apps/standard_input.h"
#include "apps/tap.h"
#include "tls/connection.h"
#include "tls/event.h"

namespace glasstls::apps {

struct SessionOptions {
  Address address;
  std::optional<std::string> send;  // instead of standard input
  std::chrono::milliseconds linger{1000};
  std::chrono::milliseconds timeout{10'000};
  bool half_close = false;
  bool full_portions = false;          // of standard input: see StandardInput
  std::vector<ExportRequest> exports;  // made when the handshake is complete
  std::shared_ptr<Tap> tap;            // null: nobody listens
};

struct Exported {
  ExportRequest request;
  Bytes value;
};

/// What became of it.
struct SessionResult {
  ExitCode code = ExitCode::done;
  std::string error;  // for the user, if there is no `failed`
  std::optional<tls::Failed> failed;
  std::optional<handshake::Agreement> agreement;
  bool false_start = false;  // data might be sent before the handshake was complete
  std::vector<Exported> exported;
  std::string remote;            // "127.0.0.1:7777", once connected
  std::uint64_t bytes_sent = 0;  // of application data
  std::uint64_t bytes_received = 0;
  std::vector<std::string> remarks;  // warnings received, refused renegotiations, limits
};

/// Who is told while it runs; a plain one ignores all.
class ClientListener {
 public:
  virtual ~ClientListener() = default;
  /// The handshake is complete; `so_far` has the agreement.
  virtual void connected(const SessionResult& /*so_far*/) {}
  virtual void received(View /*application_data*/) {}
};

/// Time runs against connecting and the handshake as a whole, and against the peer whenever it
/// takes nothing of what we have to send.
class ClientSession {
 public:
  /// `listener` must outlive it.
  ClientSession(SessionOptions options, tls::Connection connection, ClientListener& listener);

  /// Runs until the connection has ended.
  SessionResult run();

 private:
  void connect();
  void start_tls();
  void expect_progress();
  void wait_readable();
  void read_socket();
  void handle_events();
  void on(const tls::HandshakeCompleted& completed);
  void on(const tls::FalseStart& early);
  void on(const tls::SignatureWanted& wanted);
  void on(const tls::ApplicationData& received);
  void on(const tls::PeerClosed& closed);
  void on(const tls::WarningReceived& warning);
  void on(const tls::RenegotiationRefused& refused);
  void on(const tls::RecordLimit& limit);
  void on(const tls::Failed& failed);
  bool export_all();
  bool is_orderly_end(const tls::Failed& failed) const;
  bool all_sent() const;
  void flush();
  void wait_writable();

  void want_input();
  void on_input(View data, bool end);
  void write_pending();
  void want_more_input();
  void on_all_sent();
  void touch_linger();
  void close_connection();
  void finish(ExitCode code, std::string error = {});
  void close_socket();
  void remark(std::string text);

  SessionOptions options_;
  tls::Connection connection_;
  ClientListener& listener_;
  SessionResult result_;

  asio::io_context io_;
  asio::ip::tcp::resolver resolver_{io_};
  asio::ip::tcp::socket socket_{io_};
  asio::steady_timer progress_{io_};  // the peer must do something by then
  asio::steady_timer linger_{io_};    // how long to listen after our last word
  StandardInput input_;

  Bytes pending_;  // input that the connection has not taken yet
  std::size_t pending_taken_ = 0;
  bool input_done_ = false;
  bool closing_ = false;
  bool writing_ = false;  // waiting for the socket to take more
  bool linger_armed_ = false;
  bool stream_was_reset_ = false;
  bool finished_ = false;
};

}  // namespace glasstls::apps
