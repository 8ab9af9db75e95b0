// Stage: the runner's place in the tests of the shim. It listens, starts the shim, and takes its
// connections one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/interop/process.h"
#include "tests/support/scripted_peer.h"
#include "wire/bytes.h"

namespace glasstls::bogo {

using Words = std::vector<std::string>;

/// A TCP connection, closed at its end. What does not happen in time is std::system_error.
class Socket {
 public:
  explicit Socket(int fd);
  ~Socket();
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;

  int fd() const { return fd_; }
  void send(View bytes);
  /// At most so many bytes, as they come; empty: the stream's end.
  Bytes receive(std::size_t most = 65'536);

 private:
  int fd_;
};

/// How the shim ended, and whether what its peer had to say found an end.
struct Outcome {
  int exit_code = 0;
  std::string output, error;
  std::string peer_error{};  // what went wrong for the peer after a handshake
};

class Stage {
 public:
  static constexpr std::uint64_t shim_id = 0x0123456789abcdef;

  /// Starts the shim with these flags, and those that every test has.
  explicit Stage(Words flags);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// The shim's next connection, its id read and compared.
  Socket accept();
  /// Closes the last connection, if there is one, and waits until the shim has ended.
  Outcome end(std::optional<Socket> last = std::nullopt);

 private:
  static Words command(Words flags, std::uint16_t port);

  int listening_;
  test::Process shim_;
};

/// Flags for an identity of tests/data/tls: "rsa", "p256".
Words identity_flags(const std::string& name);
Words operator+(Words a, const Words& b);

/// Bytes flow between the shim and a double until the shim closes, or until `enough`.
template <class Enough>
void converse(Socket& socket, test::ScriptedPeer& peer, Enough&& enough) {
  for (;;) {
    socket.send(peer.take());
    if (enough()) return;
    const Bytes bytes = socket.receive();
    if (bytes.empty()) return;
    peer.receive(bytes);
  }
}

/// The whole of standard error after a failure.
std::string failure_line(const std::string& reason);

/// Exit code 0, an empty standard error, and a peer that is content.
void expect_success(const Outcome& outcome);
/// Exit code 1, and the failure line with that reason.
void expect_failure(const Outcome& outcome, const std::string& reason);
/// A check of the shim's own did not hold: this one.
void expect_failed_check(const Outcome& outcome, const std::string& what);

}  // namespace glasstls::bogo
