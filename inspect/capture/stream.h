// One direction of a TCP connection: which bytes were told, and which wait for those before them.
// Internal to reassembly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "inspect/capture/recent_bytes.h"
#include "inspect/capture/stream_listener.h"

namespace glasstls::inspect::capture {

/// A position counts bytes from the first one behind the SYN, or from the first one seen; unlike
/// sequence numbers it never wraps around.
class Stream {
 public:
  /// Bytes that cannot be told yet; `bytes` is empty if the snap length cut them off.
  struct Piece {
    std::uint64_t size = 0;
    Bytes bytes;
    Origin origin;
    std::uint64_t after = 0;  // position of the other direction that comes first
  };
  struct EndMark {
    StreamEnded::How how{};
    std::uint64_t position = 0;
    Origin origin;
  };

  Stream(std::size_t recent_capacity, Budget& recent, Budget& pending)
      : recent_(recent_capacity, recent), pending_budget_(&pending) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { drop_pending(); }

  bool started() const { return started_; }
  /// The byte at position 0 has this sequence number.
  void start(std::uint32_t sequence_number);
  std::uint32_t start_number() const { return start_number_; }
  /// Negative for what lies before the start. Right for numbers less than 2^31 away from next().
  std::int64_t position_of(std::uint32_t sequence_number) const;

  std::uint64_t next() const { return next_; }  // position of the next byte to tell
  std::uint32_t next_number() const { return next_number_; }
  /// `size` bytes were told, or given up.
  void advance(std::uint64_t size);
  void remember(View bytes) { recent_.append(bytes); }
  void forget() { recent_.clear(); }
  /// Whether `bytes`, which lie before next(), differ from those that were told.
  bool differs_from_told(std::uint64_t position, View bytes) const {
    return recent_.differ(next_ - position, bytes);
  }

  /// Keeps those of `size` bytes at `position` (at or behind next()) that are not yet there; `bytes` is
  /// empty or has `size`. False if some were there and differ.
  bool keep(std::uint64_t position, std::uint64_t size, View bytes, Origin origin,
            std::uint64_t after);
  bool has_pending() const { return !pieces_.empty(); }
  std::uint64_t first_pending() const { return pieces_.begin()->first; }  // if has_pending()
  Piece& head() { return pieces_.begin()->second; }
  const Piece& head() const { return pieces_.begin()->second; }
  Piece take_head();
  std::size_t pending() const { return pending_; }  // memory that they take, in bytes
  void drop_pending();

  std::uint64_t acknowledged = 0;  // by the other side, up to this position
  std::optional<EndMark> end;
  bool end_told = false;

 private:
  bool started_ = false;
  std::uint32_t start_number_ = 0, next_number_ = 0;
  std::uint64_t next_ = 0;
  RecentBytes recent_;
  std::map<std::uint64_t, Piece> pieces_;  // by position, without overlap
  std::size_t pending_ = 0;
  Budget* pending_budget_;
};

}  // namespace glasstls::inspect::capture
