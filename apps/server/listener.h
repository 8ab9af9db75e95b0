// Listener: accepts TCP connections, and survives whatever goes wrong with that.
#pragma once

#include <asio.hpp>
#include <cstdint>
#include <functional>
#include <string_view>

#include "apps/server/server_report.h"

namespace glasstls::apps {

/// For the thread of its event loop.
class Listener {
 public:
  using Socket = asio::ip::tcp::socket;
  using Accepted = std::function<void(Socket, const asio::ip::tcp::endpoint& peer)>;
  /// The event loop that the next connection belongs to.
  using ChooseLoop = std::function<asio::io_context&()>;

  /// Listens at once: from here on the system completes TCP's handshake. CommandError (no_connection)
  /// if the address cannot be had. `report` must outlive it.
  Listener(asio::io_context& loop, const asio::ip::tcp::endpoint& address, ServerReport& report);

  /// Where it listens, with the port that the system chose.
  asio::ip::tcp::endpoint address() const { return address_; }

  void start(ChooseLoop choose_loop, Accepted accepted);
  /// While it pauses, new connections wait in the system's queue.
  void pause() { paused_ = true; }
  void resume();
  void stop();
  /// After an exception of the event loop, which may have cost us the accept that we asked for.
  void restart();

 private:
  void accept();
  void on_error(asio::error_code error);
  void tell_once(std::string_view text);

  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  ServerReport& report_;
  std::uint64_t descriptor_limit_;
  asio::ip::tcp::endpoint address_;
  ChooseLoop choose_loop_;
  Accepted accepted_;
  asio::ip::tcp::endpoint peer_;  // of the connection that is being accepted
  bool accepting_ = false;        // it is asked for, or will be when retry_ rings
  std::uint64_t restarts_ = 0;    // who was asked before the last one says nothing any more
  bool paused_ = false;
  bool trouble_told_ = false;
};

}  // namespace glasstls::apps
