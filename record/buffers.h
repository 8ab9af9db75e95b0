// The memory of a connection: what the network brought and what it is to take. Nothing here knows
// TLS beyond the length of a record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "record/framing.h"
#include "wire/bytes.h"

namespace glasstls::record {

/// Received bytes, lent out to be read into and given back record by record. Holds at least one
/// record of the largest size; holds no memory while released.
class ReceiveBuffer {
 public:
  static constexpr std::size_t capacity = 2 * max_record_length;

  /// Room for more bytes, never empty while a record is incomplete. Allocates if released. Moves
  /// what is left of an incomplete record to the front, so that it can be completed in place.
  MutableView free_space();
  /// `size` bytes were written to the front of free_space(). More than that: std::logic_error.
  void commit(std::size_t size);

  /// What was received and not consumed.
  MutableView pending() { return {memory_.get() + begin_, end_ - begin_}; }
  /// `size` bytes from its front are done with. More than pending: std::logic_error.
  void consume(std::size_t size);

  /// Drops what is pending: nothing will be read any more.
  void discard() { begin_ = end_; }

  bool empty() const { return begin_ == end_; }
  bool holds_memory() const { return memory_ != nullptr; }
  /// Gives the memory back if nothing is pending. Plaintext that was opened in it is NOT wiped: it
  /// is the application's data, which has been handed out already.
  void release();

 private:
  std::unique_ptr<std::uint8_t[]> memory_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Sealed records that wait for the network, in order.
class SendBuffer {
 public:
  /// Application data waits while it would exceed this: four records of the largest size.
  static constexpr std::size_t capacity = 4 * max_record_length;

  /// Bytes that there is room for within the capacity.
  std::size_t room() const { return end_ < capacity ? capacity - end_ : 0; }
  /// Room for `size` more bytes behind the end, to be written into. Grows beyond the capacity if it
  /// must (handshake messages and alerts are bounded by themselves).
  MutableView prepare(std::size_t size);
  /// All that prepare() gave last is written: only now does it wait for the network. More than that:
  /// std::logic_error.
  void commit(std::size_t size);

  View pending() const { return {memory_.get() + begin_, end_ - begin_}; }
  /// The network took `size` bytes from the front. More than pending: std::logic_error.
  void consume(std::size_t size);

  bool empty() const { return begin_ == end_; }
  bool holds_memory() const { return memory_ != nullptr; }
  /// Gives the memory back if nothing is pending.
  void release();

 private:
  std::unique_ptr<std::uint8_t[]> memory_;
  std::size_t size_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace glasstls::record
