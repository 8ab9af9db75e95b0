// The last bytes of a stream, to hold retransmissions against. Internal to reassembly.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// Bytes that all streams together hold, and may hold.
struct Budget {
  std::size_t limit = 0;
  std::size_t used = 0;

  bool exceeded() const { return used > limit; }
};

class RecentBytes {
 public:
  /// Keeps at most `capacity` bytes, and fewer when the budget is used up.
  RecentBytes(std::size_t capacity, Budget& budget) : capacity_(capacity), budget_(&budget) {}
  RecentBytes(const RecentBytes&) = delete;
  RecentBytes& operator=(const RecentBytes&) = delete;
  ~RecentBytes() { clear(); }

  void append(View bytes);
  /// Forgets all, and gives the memory back.
  void clear();
  /// Whether `bytes`, which begin `distance` bytes before the stream's end and do not reach beyond
  /// it, differ from what is remembered. What is forgotten does not differ.
  bool differ(std::uint64_t distance, View bytes) const;

 private:
  std::size_t capacity_;
  Budget* budget_;
  Bytes ring_;              // grows to capacity_, then turns
  std::size_t oldest_ = 0;  // index of the oldest byte
};

}  // namespace glasstls::inspect::capture
