// TlsClient: a client of the library's own, blocking, that a test leads step by step: it counts
// records, splits bytes, stops reading, or goes away in the middle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tls/connection.h"
#include "wire/bytes.h"

namespace glasstls::test {

/// A TCP connection to 127.0.0.1, closed at its end. std::system_error for whatever fails;
/// std::runtime_error for what does not happen in time.
class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port);
  ~TcpClient();
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;

  void send(View bytes);
  /// At most so many bytes, as they come; empty: the stream's end. A reset is std::system_error.
  Bytes receive(std::size_t most = 65'536);
  /// All up to the end.
  Bytes receive_all();
  /// How many bytes the network takes before it makes us wait.
  std::size_t send_until_full(View bytes);
  void half_close();
  /// Whether there is something to receive already.
  bool has_received() const;
  /// Closes with a reset.
  void reset();

 private:
  void wait_for(short event) const;

  int fd_ = -1;
};

/// Settings that trust the CAs of the tests' identities.
tls::ClientSettings client_settings();

/// TLS on top. What the server does wrong is a failed expectation of the test.
class TlsClient {
 public:
  /// Connects; the handshake is not begun. Verifies for `name`.
  explicit TlsClient(std::uint16_t port, tls::ClientSettings settings = client_settings(),
                     const std::string& name = "localhost");

  /// Completes the handshake; std::runtime_error with the reason if it fails.
  const handshake::Agreement& handshake();
  /// Each call makes records of its own.
  void write(std::string_view data);
  /// One record's data; empty: the server has sent close_notify.
  std::string read_record();
  /// All data up to close_notify.
  std::string read_all();
  /// Sends close_notify.
  void close();
  void flush();

  tls::Connection& connection() { return connection_; }
  TcpClient& tcp() { return tcp_; }
  /// Why it failed, if it did.
  const std::optional<tls::Failed>& failed() const { return failed_; }

 private:
  /// The next event, after reading what it takes; nullopt: it has failed.
  std::optional<tls::Event> next();

  TcpClient tcp_;
  tls::Connection connection_;
  std::optional<handshake::Agreement> agreement_;
  std::optional<tls::Failed> failed_;
};

}  // namespace glasstls::test
