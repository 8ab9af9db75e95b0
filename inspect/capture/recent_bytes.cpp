#include "inspect/capture/recent_bytes.h"

#include <algorithm>

namespace glasstls::inspect::capture {

namespace {

std::ptrdiff_t signed_size(std::size_t size) { return static_cast<std::ptrdiff_t>(size); }

}  // namespace

void RecentBytes::append(View bytes) {
  // Grows only before it first turns: until then the oldest byte is at the front.
  if (oldest_ == 0 && ring_.size() < capacity_ && budget_->used < budget_->limit) {
    const std::size_t room = std::min(capacity_ - ring_.size(), budget_->limit - budget_->used);
    const std::size_t size = std::min(room, bytes.size());
    wire::append(ring_, bytes.first(size));
    budget_->used += size;
    bytes = bytes.subspan(size);
  }
  if (ring_.empty()) return;
  bytes = bytes.last(std::min(bytes.size(), ring_.size()));
  const std::size_t to_end = std::min(bytes.size(), ring_.size() - oldest_);
  std::copy_n(bytes.begin(), to_end, ring_.begin() + signed_size(oldest_));
  std::copy(bytes.begin() + signed_size(to_end), bytes.end(), ring_.begin());
  oldest_ = (oldest_ + bytes.size()) % ring_.size();
}

void RecentBytes::clear() {
  budget_->used -= ring_.size();
  Bytes().swap(ring_);
  oldest_ = 0;
}

bool RecentBytes::differ(std::uint64_t distance, View bytes) const {
  if (distance > ring_.size()) {
    const std::uint64_t forgotten = std::min<std::uint64_t>(distance - ring_.size(), bytes.size());
    bytes = bytes.subspan(static_cast<std::size_t>(forgotten));
    distance -= forgotten;
  }
  if (bytes.empty()) return false;
  const std::size_t begin =
      (oldest_ + ring_.size() - static_cast<std::size_t>(distance)) % ring_.size();
  const std::size_t to_end = std::min(bytes.size(), ring_.size() - begin);
  const View ring(ring_);
  return !wire::equal(ring.subspan(begin, to_end), bytes.first(to_end)) ||
         !wire::equal(ring.first(bytes.size() - to_end), bytes.subspan(to_end));
}

}  // namespace glasstls::inspect::capture
