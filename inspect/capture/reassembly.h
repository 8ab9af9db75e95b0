// Reassembler: from TCP segments in the order of capture to connections and their bytes in order.
// RFC 9293, 3.4 and 3.10.7, from the place of somebody who watches both ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>

#include "inspect/capture/recent_bytes.h"
#include "inspect/capture/stream_listener.h"
#include "inspect/capture/tcp.h"

namespace glasstls::inspect::capture {

struct ReassemblyLimits {
  std::size_t pending_per_direction = std::size_t{4}
                                      << 20;  // bytes that wait for those before them
  std::size_t pending_total = std::size_t{64} << 20;
  std::size_t recent_per_direction = std::size_t{16}
                                     << 10;  // bytes to hold retransmissions against
  std::size_t recent_total = std::size_t{32} << 20;
  std::size_t open_connections = 65536;   // beyond: the one that was silent longest is closed
  std::size_t ended_connections = 16384;  // remembered, so that late segments begin no new one
  std::uint64_t patience = 16;  // segments of a connection until what was acknowledged and
                                // is not there counts as never captured
  std::uint64_t linger = 256;   // segments of any until an ended connection is closed
};

struct ReassemblyCounts {
  std::uint64_t connections = 0;
  std::uint64_t segments = 0;
  std::uint64_t retransmitted = 0;  // segments of which nothing was new
  std::uint64_t out_of_order = 0;   // segments that had to wait
  std::uint64_t probes = 0;         // keep-alive and window probes
  std::uint64_t conflicts = 0;
  std::uint64_t gaps = 0;
  std::uint64_t missing_bytes = 0;  // of all gaps
  std::uint64_t stray = 0;          // segments without data that belong to no known connection
  std::uint64_t evicted = 0;        // connections that were closed to make room
};

/// What all connections share.
struct ReassemblyContext {
  StreamListener& listener;
  ReassemblyLimits limits;
  ReassemblyCounts counts{};
  Budget pending{limits.pending_total}, recent{limits.recent_total};
};

class Flow;

/// Memory is bounded by the limits, whatever the segments are.
class Reassembler {
 public:
  explicit Reassembler(StreamListener& listener, ReassemblyLimits limits = {});
  Reassembler(const Reassembler&) = delete;
  Reassembler& operator=(const Reassembler&) = delete;
  ~Reassembler();

  void segment(const Address& source, const Address& destination, const TcpSegment& segment,
               Origin origin);
  /// The end of the capture: tells what still waits, and closes all connections. Call it once.
  void finish();

  const ReassemblyCounts& counts() const { return context_.counts; }

 private:
  struct Key {
    Endpoint low, high;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::uint64_t seed;
    std::size_t operator()(const Key& key) const;
  };
  struct Entry;
  using Entries = std::list<Entry>;
  struct Entry {
    Key key;
    Entries* in = nullptr;       // the list that it is in
    std::unique_ptr<Flow> flow;  // null once it is closed
    bool first_is_low = false;
    std::uint64_t close_at = 0;                 // count of segments, once it has ended
    std::uint32_t next_low = 0, next_high = 0;  // sequence numbers, once it is closed
  };

  std::optional<Entries::iterator> find_or_open(const Key& key, bool from_low,
                                                const TcpSegment& segment);
  bool begins_another(const Entry& entry, bool from_low, const TcpSegment& segment) const;
  static bool goes_beyond(const Entry& entry, bool from_low, const TcpSegment& segment);
  void open(Entry& entry, bool from_low, const TcpSegment& segment);
  void touch(Entries::iterator entry);
  static void move(Entries::iterator entry, Entries& to);
  void close(Entries::iterator entry);
  void close_what_has_lingered();
  void make_room();

  ReassemblyContext context_;
  Entries open_;       // the one that was silent longest first
  Entries lingering_;  // ended, by close_at
  Entries closed_;     // oldest first
  std::unordered_map<Key, Entries::iterator, Hash> by_key_;
  Origin latest_;
};

}  // namespace glasstls::inspect::capture
