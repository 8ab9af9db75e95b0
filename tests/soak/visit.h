// Visit: one client's stay at the server, from TCP's connect to its close.
//
// It makes a handshake, sends bytes to the echo, wants the same ones back, and closes. Or it goes away
// before its time, as it was told to.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/soak/content.h"
#include "tls/connection.h"

namespace glasstls::soak {

/// What a client is to do.
struct Plan {
  std::shared_ptr<const tls::Config> config{};
  std::uint64_t bytes = 0;                   // sent, and wanted back
  std::size_t piece = std::size_t{1} << 20;  // at most so many go into the socket, or out, at once
  /// TCP ends as soon as so many bytes were sent, or have come.
  std::optional<std::uint64_t> leave_after_sent{}, leave_after_received{};
  bool reset = false;  // TCP ends by a reset, not in order
};

/// Failures that nothing excuses.
inline constexpr const char* kept_waiting = "nothing came of it in time";
inline constexpr const char* wrong_content = "what came back is not what was sent";

/// What became of it.
struct Outcome {
  bool connected = false;  // TLS's handshake is complete
  bool resumed = false;
  bool left = false;                                 // early, as it was to
  std::uint64_t bytes_sent = 0, bytes_received = 0;  // of content
  std::string failure;                               // empty: all went as it should
};

class Visit final : public std::enable_shared_from_this<Visit> {
 public:
  using Done = std::function<void(const Outcome&)>;

  /// `seed` makes the content. `done` is called once.
  Visit(asio::io_context& io, const asio::ip::tcp::endpoint& server, Plan plan, std::uint64_t seed,
        Done done);

  void start();

 private:
  void watch();
  void go_on();
  void wait();
  void wait_for(asio::socket_base::wait_type what, bool& waits);
  void read();
  void write_content();
  void flush();
  void on(const tls::Event& event);
  void on_data(View data);
  void close();
  bool leave_if_due();
  void finish(const std::string& failure);

  asio::ip::tcp::socket socket_;
  asio::steady_timer patience_;
  asio::ip::tcp::endpoint server_;
  Plan plan_;
  Content content_;
  Done done_;
  tls::Connection connection_;
  Outcome outcome_;
  std::uint64_t sent_ = 0, received_ = 0;  // on the wire
  bool waits_readable_ = false, waits_writable_ = false;
  bool closing_ = false;
  bool finished_ = false;
};

}  // namespace glasstls::soak
