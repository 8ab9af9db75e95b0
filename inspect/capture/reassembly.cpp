#include "inspect/capture/reassembly.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "inspect/capture/byte_order.h"
#include "inspect/capture/flow.h"

namespace glasstls::inspect::capture {

namespace {

/// A bijection of 64 bits in which every bit of the input matters (the finalizer of MurmurHash3).
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ value >> 33) * 0xff51afd7ed558ccd;
  value = (value ^ value >> 33) * 0xc4ceb9fe1a85ec53;
  return value ^ value >> 33;
}

std::uint64_t hashed(std::uint64_t state, const Endpoint& endpoint) {
  const View bytes(endpoint.address.bytes);
  state = mixed(state ^ uint64(bytes, 0));
  if (endpoint.address.size > 8) state = mixed(state ^ uint64(bytes, 8));
  return mixed(state ^ endpoint.port);
}

/// What may begin a connection that is not known. A single byte without one is rather a probe.
bool may_begin(const TcpSegment& segment) {
  return !segment.rst && (segment.syn || segment.payload.size() + segment.missing > 1);
}

Opening opening_of(const TcpSegment& segment) {
  if (!segment.syn) return Opening::middle;
  return segment.ack ? Opening::syn_ack : Opening::syn;
}

}  // namespace

std::string to_string(const Endpoint& endpoint) {
  const std::string address = to_string(endpoint.address);
  return (endpoint.address.size == 4 ? address : "[" + address + "]") + ":" +
         std::to_string(endpoint.port);
}

std::string_view to_string(GapReason reason) {
  switch (reason) {
    case GapReason::not_captured:
      return "they are not in the capture, though the other side acknowledged them";
    case GapReason::cut_by_snap_length:
      return "the capture kept only the beginning of their packet";
    case GapReason::too_much_pending: return "too much came behind them to wait any longer";
    case GapReason::end_of_capture: return "they never came";
  }
  return {};
}

/// Seeded, so that nobody can make a capture whose connections all fall together.
std::size_t Reassembler::Hash::operator()(const Key& key) const {
  return static_cast<std::size_t>(hashed(hashed(seed, key.low), key.high));
}

Reassembler::Reassembler(StreamListener& listener, ReassemblyLimits limits)
    : context_{listener, limits}, by_key_(1024, Hash{std::random_device{}()}) {}

Reassembler::~Reassembler() = default;

void Reassembler::segment(const Address& source, const Address& destination,
                          const TcpSegment& segment, Origin origin) {
  ++context_.counts.segments;
  latest_ = origin;
  close_what_has_lingered();
  Key key{{source, segment.source_port}, {destination, segment.destination_port}};
  const bool from_low = key.low <= key.high;
  if (!from_low) std::swap(key.low, key.high);
  const auto found = find_or_open(key, from_low, segment);
  if (!found) {
    ++context_.counts.stray;
    return;
  }
  Entry& entry = **found;
  const Sender sender = entry.first_is_low == from_low ? Sender::first : Sender::second;
  entry.flow->segment(sender, segment, origin);
  touch(*found);
}

std::optional<Reassembler::Entries::iterator> Reassembler::find_or_open(const Key& key,
                                                                        bool from_low,
                                                                        const TcpSegment& segment) {
  auto found = by_key_.find(key);
  if (found != by_key_.end() && found->second->flow != nullptr) {
    if (!begins_another(*found->second, from_low, segment)) return found->second;
    close(found->second);
    found = by_key_.find(key);
  } else if (found != by_key_.end() && !goes_beyond(*found->second, from_low, segment)) {
    return std::nullopt;
  }
  if (!may_begin(segment)) return std::nullopt;
  make_room();
  found = by_key_.find(key);  // may have been forgotten
  if (found == by_key_.end()) {
    Entry& entry = open_.emplace_back();
    entry.key = key;
    entry.in = &open_;
    found = by_key_.emplace(key, std::prev(open_.end())).first;
  }
  open(*found->second, from_low, segment);
  return found->second;
}

/// Whether a SYN on the ports of a known connection is of a new one.
bool Reassembler::begins_another(const Entry& entry, bool from_low,
                                 const TcpSegment& segment) const {
  if (!segment.syn || segment.rst) return false;
  const Sender sender = entry.first_is_low == from_low ? Sender::first : Sender::second;
  const Stream& stream = entry.flow->stream(sender);
  const bool is_its_own = stream.started() && stream.start_number() == segment.sequence_number + 1;
  if (!segment.ack && entry.flow->is_over()) return true;
  return stream.started() ? !is_its_own : entry.flow->is_over();
}

/// Whether a segment on the ports of a closed connection is more than a late retransmission.
bool Reassembler::goes_beyond(const Entry& entry, bool from_low, const TcpSegment& segment) {
  if (segment.syn) return true;
  const std::uint32_t next = from_low ? entry.next_low : entry.next_high;
  const auto size = static_cast<std::uint32_t>(segment.payload.size() + segment.missing);
  return static_cast<std::int32_t>(segment.sequence_number + size - next) > 0;
}

void Reassembler::open(Entry& entry, bool from_low, const TcpSegment& segment) {
  const Opening opening = opening_of(segment);
  const bool first_sends = opening != Opening::syn_ack;
  entry.first_is_low = from_low == first_sends;
  const ConnectionId id = ++context_.counts.connections;
  entry.flow = std::make_unique<Flow>(context_, id);
  const Endpoint& first = entry.first_is_low ? entry.key.low : entry.key.high;
  const Endpoint& second = entry.first_is_low ? entry.key.high : entry.key.low;
  context_.listener.opened({id, first, second, opening, latest_});
}

/// Puts it where it is found in time: behind all others that are open, or that linger.
void Reassembler::touch(Entries::iterator entry) {
  const bool is_over = entry->flow->is_over();
  if (is_over) entry->close_at = context_.counts.segments + context_.limits.linger;
  move(entry, is_over ? lingering_ : open_);
}

void Reassembler::move(Entries::iterator entry, Entries& to) {
  to.splice(to.end(), *entry->in, entry);
  entry->in = &to;
}

void Reassembler::close(Entries::iterator entry) {
  Flow& flow = *entry->flow;
  flow.finish(latest_);
  const Sender low = entry->first_is_low ? Sender::first : Sender::second;
  entry->next_low = flow.stream(low).next_number();
  entry->next_high = flow.stream(other(low)).next_number();
  context_.listener.closed(flow.id());
  entry->flow.reset();
  move(entry, closed_);
  while (closed_.size() > context_.limits.ended_connections) {
    by_key_.erase(closed_.front().key);
    closed_.pop_front();
  }
}

void Reassembler::close_what_has_lingered() {
  while (!lingering_.empty() && lingering_.front().close_at <= context_.counts.segments)
    close(lingering_.begin());
}

void Reassembler::make_room() {
  while (open_.size() + lingering_.size() >= context_.limits.open_connections) {
    if (lingering_.empty()) ++context_.counts.evicted;
    close(lingering_.empty() ? open_.begin() : lingering_.begin());
  }
}

void Reassembler::finish() {
  std::vector<Entries::iterator> rest;
  for (Entries* list : {&open_, &lingering_})
    for (auto entry = list->begin(); entry != list->end(); ++entry) rest.push_back(entry);
  std::sort(rest.begin(), rest.end(),
            [](Entries::iterator a, Entries::iterator b) { return a->flow->id() < b->flow->id(); });
  for (const Entries::iterator entry : rest) close(entry);
}

}  // namespace glasstls::inspect::capture
