// LoadClient: one client of many in an event loop: connects, says something, hears it back, closes.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "tls/connection.h"
#include "wire/bytes.h"

namespace glasstls::test {

struct LoadTask {
  asio::ip::tcp::endpoint server;
  std::shared_ptr<const tls::Config> config;
  std::string name;     // that the server's certificate must have
  std::string message;  // sent, and expected back; empty: the connection is held until release()
};

class LoadClient final : public std::enable_shared_from_this<LoadClient> {
 public:
  /// `error` is empty if everything went as it should. Called once.
  using Done = std::function<void(const std::string& error)>;
  /// Called when the handshake is complete.
  using Connected = std::function<void(const handshake::Agreement&)>;

  LoadClient(asio::io_context& io, const LoadTask& task, Connected connected, Done done);

  void start();
  /// Closes a connection that is held.
  void release();

 private:
  void go_on();
  void wait();
  void read();
  void on(const tls::Event& event);
  void on_data(View data);
  void flush();
  void finish(const std::string& error);

  asio::ip::tcp::socket socket_;
  tls::Connection connection_;
  const LoadTask& task_;
  Connected connected_;
  Done done_;
  std::size_t written_ = 0;
  std::string heard_;
  bool established_ = false;
  bool closing_ = false;
  bool finished_ = false;
};

}  // namespace glasstls::test
