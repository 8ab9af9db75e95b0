// What reassembly tells: connections, and the bytes of their two directions in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "inspect/capture/ip.h"
#include "inspect/capture/packet.h"

namespace glasstls::inspect::capture {

/// 1, 2, 3 ... in the order in which connections begin in the capture.
using ConnectionId = std::uint64_t;

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  auto operator<=>(const Endpoint&) const = default;
};

/// "192.0.2.1:443", "[2001:db8::1]:443".
std::string to_string(const Endpoint& endpoint);

/// Which end point sent it.
enum class Sender : std::uint8_t { first, second };

constexpr Sender other(Sender sender) {
  return sender == Sender::first ? Sender::second : Sender::first;
}

/// How a connection begins in the capture, and so how much is known about its end points.
enum class Opening : std::uint8_t {
  syn,      // the first end point is the TCP client
  syn_ack,  // so it is, though its own SYN is not in the capture
  middle,   // the capture begins later: the first end point is the one that was seen sending first
};

/// The packet that something was learnt from.
struct Origin {
  std::uint64_t frame = 0;
  Time time;
};

struct Opened {
  ConnectionId connection = 0;
  Endpoint first, second;
  Opening opening = Opening::middle;
  Origin origin;
};

struct StreamData {
  ConnectionId connection = 0;
  Sender sender{};
  std::uint64_t position = 0;  // of the first byte in this direction's stream; gaps count
  View bytes;                  // never empty; valid during the call
  Origin origin;  // the packet that brought them, which may be older than the last one told
};

enum class GapReason : std::uint8_t {
  not_captured,        // the other side has acknowledged them
  cut_by_snap_length,  // of their packet only the beginning was captured
  too_much_pending,    // so much came behind them that they were given up
  end_of_capture,      // or of the connection, and they never came
};

/// "the bytes were never captured, though the other side acknowledged them" ...
std::string_view to_string(GapReason reason);

struct StreamGap {
  ConnectionId connection = 0;
  Sender sender{};
  std::uint64_t position = 0;
  std::uint64_t size = 0;  // bytes that are missing
  GapReason reason{};
  Origin origin;  // the packet at which they were given up
};

/// One direction ended. Behind a FIN none of its bytes follow; behind a reset (it may be forged, or
/// captured early) some may.
struct StreamEnded {
  enum class How : std::uint8_t { fin, rst };
  ConnectionId connection = 0;
  Sender sender{};
  How how{};
  Origin origin;
};

/// A retransmission whose bytes differ from those that were told: the first ones count.
struct StreamConflict {
  ConnectionId connection = 0;
  Sender sender{};
  std::uint64_t position = 0;  // of the retransmitted piece
  std::size_t size = 0;
  Origin origin;
};

/// For each connection: opened, then the rest in any order, then closed. Within a direction bytes
/// come in order; between directions, bytes come behind those that their sender had acknowledged.
/// Secrets blocks come where they stand in the file, which may be behind the bytes that they open.
class StreamListener {
 public:
  virtual ~StreamListener() = default;
  virtual void opened(const Opened&) {}
  virtual void data(const StreamData&) {}
  virtual void gap(const StreamGap&) {}
  virtual void ended(const StreamEnded&) {}
  virtual void conflict(const StreamConflict&) {}
  /// Nothing more will be told of it: what is kept for it can be given up.
  virtual void closed(ConnectionId) {}
  virtual void secrets(const SecretsBlock&) {}
};

}  // namespace glasstls::inspect::capture
