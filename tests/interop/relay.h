// Relay: stands between a client and a server on loopback, and keeps what each said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace glasstls::test {

/// The bytes of one TCP connection.
struct Conversation {
  std::string client, server;  // what each sent
  bool operator==(const Conversation&) const = default;
};

/// Serves connections in a thread of its own.
class Relay {
 public:
  /// To the server at that port of 127.0.0.1; at most `piece` bytes are carried at a time.
  explicit Relay(std::uint16_t server_port, std::size_t piece = 65'536);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// Where clients find it.
  std::uint16_t port() const;

  /// Takes no more connections, waits until those there are have ended, and tells what was said, in
  /// the order in which clients came. std::runtime_error if they do not end in time.
  std::vector<Conversation> finish();

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace glasstls::test
