// TcpSocket: a client's end of a TCP connection, never waiting.
#pragma once

#include <asio.hpp>
#include <cstddef>
#include <utility>

#include "wire/bytes.h"

namespace glasstls::apps::bench {

class TcpSocket {
 public:
  /// What a call did. `error` 0: `size` bytes, of a read 0 at the end of the stream.
  struct Done {
    std::size_t size = 0;
    int error = 0;
    bool would_block() const;
  };

  TcpSocket() = default;
  ~TcpSocket() { close(); }
  TcpSocket(const TcpSocket&) = delete;
  TcpSocket& operator=(const TcpSocket&) = delete;

  bool is_open() const { return descriptor_ != -1; }
  int descriptor() const { return descriptor_; }

  /// Ready to connect: as it was left by reset(), or anew. errno, 0 if all is well.
  int open(const asio::ip::tcp::endpoint& server);
  /// Likewise; 0 if TCP's handshake has begun, too. How it ended is told by the first write().
  int connect(const asio::ip::tcp::endpoint& server) const;
  Done read(MutableView space) const;
  Done write(View data) const;
  void close();
  /// Ends the connection by a reset, so that no port of ours is kept in TIME-WAIT, and keeps the
  /// descriptor for the next one: that saves its closing and making, about 6 us of 48 us that a
  /// resumed handshake costs us on loopback.
  void reset();

 private:
  int descriptor_ = -1;
};

}  // namespace glasstls::apps::bench
