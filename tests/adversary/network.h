// The network between the adversary and the other side: bytes one way and the other, and an end.
// Whether it is memory or a socket makes no difference to a script.
#pragma once

#include <cstdint>
#include <memory>

#include "wire/bytes.h"

namespace glasstls::adversary {

/// What came: bytes, the end of the stream, or nothing within the bound that the network keeps.
struct Arrival {
  enum class Kind : std::uint8_t { bytes, end, nothing };
  Kind kind = Kind::nothing;
  Bytes bytes{};
};

/// One connection. It ends with the object.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Bytes that the other side does not take any more are lost: receive() tells of the end.
  virtual void send(View bytes) = 0;
  virtual Arrival receive() = 0;
  /// We send no more, and say so to the network only: no close_notify.
  virtual void end_sending() = 0;
  /// Has the application at the other side, a client's, say something.
  virtual void prompt() = 0;
};

class Network {
 public:
  virtual ~Network() = default;

  /// The next connection: opened if we are the client, accepted if we are the server.
  /// std::runtime_error if there is none to be had within the bound.
  virtual std::unique_ptr<Transport> next() = 0;
};

}  // namespace glasstls::adversary
