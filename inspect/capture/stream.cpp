#include "inspect/capture/stream.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

/// What a piece takes besides its bytes, so that many small ones count too.
constexpr std::size_t piece_overhead = 160;

std::size_t cost(View bytes) { return bytes.size() + piece_overhead; }

/// The first `size` bytes, or none of none.
View first(View bytes, std::uint64_t size) {
  return bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes.size())));
}

/// Whether the piece has these bytes `offset` bytes from its start, as far as both were captured.
bool agrees(const Stream::Piece& piece, std::uint64_t offset, View bytes) {
  if (piece.bytes.empty()) return true;
  const View there = View(piece.bytes).subspan(static_cast<std::size_t>(offset), bytes.size());
  return wire::equal(there, bytes);
}

}  // namespace

void Stream::start(std::uint32_t sequence_number) {
  started_ = true;
  start_number_ = next_number_ = sequence_number;
}

std::int64_t Stream::position_of(std::uint32_t sequence_number) const {
  return static_cast<std::int64_t>(next_) +
         static_cast<std::int32_t>(sequence_number - next_number_);
}

void Stream::advance(std::uint64_t size) {
  next_ += size;
  next_number_ += static_cast<std::uint32_t>(size);
}

bool Stream::keep(std::uint64_t position, std::uint64_t size, View bytes, Origin origin,
                  std::uint64_t after) {
  bool agree = true;
  while (size > 0) {
    const auto behind = pieces_.upper_bound(position);
    std::uint64_t step = behind == pieces_.end() ? size : std::min(size, behind->first - position);
    const auto* const there = behind == pieces_.begin() ? nullptr : &*std::prev(behind);
    const std::uint64_t there_end = there == nullptr ? 0 : there->first + there->second.size;
    if (there_end > position) {
      step = std::min(step, there_end - position);
      agree = agree && agrees(there->second, position - there->first, first(bytes, step));
    } else {
      pieces_.emplace_hint(behind, position,
                           Piece{step, wire::copy(first(bytes, step)), origin, after});
      pending_ += cost(first(bytes, step));
      pending_budget_->used += cost(first(bytes, step));
    }
    position += step;
    size -= step;
    bytes = bytes.subspan(first(bytes, step).size());
  }
  return agree;
}

Stream::Piece Stream::take_head() {
  Piece piece = std::move(head());
  pieces_.erase(pieces_.begin());
  pending_ -= cost(piece.bytes);
  pending_budget_->used -= cost(piece.bytes);
  return piece;
}

void Stream::drop_pending() {
  pending_budget_->used -= pending_;
  pending_ = 0;
  pieces_.clear();
}

}  // namespace glasstls::inspect::capture
