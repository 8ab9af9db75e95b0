// Tap: who listens at the socket of a connection.
#pragma once

#include <asio.hpp>

#include "wire/bytes.h"

namespace glasstls::apps {

/// Told in the order in which things happen. A plain one ignores all.
class Tap {
 public:
  virtual ~Tap() = default;
  virtual void connected(const asio::ip::tcp::endpoint& /*own*/,
                         const asio::ip::tcp::endpoint& /*peer*/) {}
  /// Bytes came, and nobody has seen them yet: they will be decrypted in place.
  virtual void received(View /*bytes*/) {}
  /// TLS has done with them what it could.
  virtual void processed() {}
  /// The network took them.
  virtual void sent(View /*bytes*/) {}
  /// The peer sends no more, or has reset the connection.
  virtual void peer_ended(bool /*reset*/) {}
  /// We send no more.
  virtual void ended() {}
};

}  // namespace glasstls::apps
