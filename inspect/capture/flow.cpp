#include "inspect/capture/flow.h"

#include <algorithm>

namespace glasstls::inspect::capture {

namespace {

/// More cannot be in flight: RFC 7323, 2.3. A number further away is damaged, or of another connection.
constexpr std::int64_t max_window = std::int64_t{1} << 30;

std::uint32_t data_number(const TcpSegment& segment) {
  return segment.sequence_number + (segment.syn ? 1U : 0U);  // a SYN takes one number
}

std::uint64_t data_size(const TcpSegment& segment) {
  return segment.payload.size() + segment.missing;
}

std::int64_t signed_size(std::uint64_t size) { return static_cast<std::int64_t>(size); }

constexpr Sender both[] = {Sender::first, Sender::second};

}  // namespace

void Flow::segment(Sender sender, const TcpSegment& segment, Origin origin) {
  learn_start(sender, segment);
  learn_acknowledgment(sender, segment);
  if (data_size(segment) > 0) take_data(sender, segment, origin);
  take_end(sender, segment, origin);
  tell_ready();
  if (waits(Sender::first) || waits(Sender::second)) {
    for (const Sender each : both) lose_patience(each, origin);
    for (const Sender each : both) relieve(each, origin);
  }
}

void Flow::finish(Origin origin) {
  while (true) {
    tell_ready();
    // Who waits for the other direction knows more of it than the end of the capture does.
    const auto* found = std::find_if(std::begin(both), std::end(both),
                                     [this](Sender sender) { return waits_for_other(sender); });
    if (found == std::end(both))
      found = std::find_if(std::begin(both), std::end(both),
                           [this](Sender sender) { return waits(sender); });
    if (found == std::end(both)) break;
    give_up(lacking(*found), GapReason::end_of_capture, origin);
  }
  for (const Sender each : both) {
    const Stream& from = stream(each);
    // A single number more is a FIN that was not captured.
    if (!from.end_told && from.acknowledged > from.next() + 1)
      tell_gap(each, from.acknowledged - from.next(), GapReason::not_captured, origin);
  }
}

bool Flow::is_over() const { return reset_ || (first_.end_told && second_.end_told); }

// --- What a segment says

void Flow::learn_start(Sender sender, const TcpSegment& segment) {
  Stream& from = side(sender);
  Stream& to = side(other(sender));
  const bool has_more = data_size(segment) > 0 || segment.fin;
  if (!from.started() && (segment.syn || has_more)) from.start(data_number(segment));
  // A SYN that was not captured is known by its acknowledgment, if that is the first one.
  const bool is_first = from.started() && data_number(segment) == from.start_number();
  if (!to.started() && segment.ack && (segment.syn || (is_first && data_size(segment) == 0)))
    to.start(segment.acknowledgment_number);
}

void Flow::learn_acknowledgment(Sender sender, const TcpSegment& segment) {
  Stream& to = side(other(sender));
  if (!segment.ack || !to.started()) return;
  const std::int64_t position = to.position_of(segment.acknowledgment_number);
  const std::int64_t next = signed_size(to.next());
  if (position > next && position - next <= max_window)
    to.acknowledged = std::max(to.acknowledged, static_cast<std::uint64_t>(position));
}

/// What the sender had seen of the other direction when it sent this.
std::uint64_t Flow::comes_after(Sender sender, const TcpSegment& segment) const {
  const Stream& to = stream(other(sender));
  if (!segment.ack || !to.started()) return 0;
  std::int64_t position = to.position_of(segment.acknowledgment_number);
  const std::int64_t next = signed_size(to.next());
  if (to.end && to.end->how == StreamEnded::How::fin)
    position = std::min(position, signed_size(to.end->position));
  if (position == next + 1 && !to.has_pending()) position = next;  // a FIN that was not captured
  if (position <= next || position - next > max_window) return 0;
  return static_cast<std::uint64_t>(position);
}

void Flow::take_data(Sender sender, const TcpSegment& segment, Origin origin) {
  Stream& from = side(sender);
  Range range{from.position_of(data_number(segment)), 0, segment.payload};
  range.end = range.begin + signed_size(data_size(segment));
  const std::int64_t next = signed_size(from.next());
  if (range.end - range.begin <= 1 && range.begin == next - 1) {
    ++context_->counts.probes;  // its byte is often not the one that was sent
    return;
  }
  if (from.end && from.end->how == StreamEnded::How::fin)
    range.end = std::min(range.end, signed_size(from.end->position));
  if (range.begin < next) leave_out_what_was_told(sender, range, origin);
  if (range.begin >= range.end) {
    ++context_->counts.retransmitted;
    return;
  }
  if (range.begin - next > max_window) return;
  range.bytes = range.bytes.first(
      std::min(range.bytes.size(), static_cast<std::size_t>(range.end - range.begin)));
  take_new(sender, range, comes_after(sender, segment), origin);
}

/// First come, first served: what was told stays, even if a retransmission says otherwise.
void Flow::leave_out_what_was_told(Sender sender, Range& range, Origin origin) {
  const Stream& from = stream(sender);
  const std::int64_t next = signed_size(from.next());
  const std::int64_t captured_end =
      std::min(range.begin + signed_size(range.bytes.size()), std::max(range.begin, range.end));
  const std::int64_t begin = std::max<std::int64_t>(range.begin, 0);
  const std::int64_t end = std::min(captured_end, next);
  if (begin < end) {
    const View again = range.bytes.subspan(static_cast<std::size_t>(begin - range.begin),
                                           static_cast<std::size_t>(end - begin));
    if (from.differs_from_told(static_cast<std::uint64_t>(begin), again))
      tell_conflict(sender, static_cast<std::uint64_t>(begin), again.size(), origin);
  }
  range.bytes = range.bytes.subspan(
      std::min(range.bytes.size(), static_cast<std::size_t>(next - range.begin)));
  range.begin = next;
}

void Flow::take_new(Sender sender, const Range& range, std::uint64_t after, Origin origin) {
  Stream& from = side(sender);
  const auto begin = static_cast<std::uint64_t>(range.begin);
  const std::uint64_t missing =
      static_cast<std::uint64_t>(range.end - range.begin) - range.bytes.size();
  if (begin == from.next() && after == 0 && !from.has_pending())
    return tell(sender, range.bytes, missing, origin);
  if (begin > from.next() || after > 0) ++context_->counts.out_of_order;
  bool agree = from.keep(begin, range.bytes.size(), range.bytes, origin, after);
  agree = from.keep(begin + range.bytes.size(), missing, {}, origin, after) && agree;
  if (!agree) tell_conflict(sender, begin, range.bytes.size(), origin);
}

void Flow::take_end(Sender sender, const TcpSegment& segment, Origin origin) {
  Stream& from = side(sender);
  if (!segment.fin && !segment.rst) return;
  const std::int64_t position =
      from.position_of(data_number(segment)) + signed_size(data_size(segment));
  const std::int64_t distance = position - signed_size(from.next());
  if (from.started() && (distance > max_window || distance < -max_window)) return;
  if (segment.rst) {
    reset_ = true;
    if (!from.end) from.end = Stream::EndMark{StreamEnded::How::rst, 0, origin};
  } else if (!from.end && distance >= 0) {
    from.end = Stream::EndMark{StreamEnded::How::fin, static_cast<std::uint64_t>(position), origin};
  }
}

// --- What is told

/// Tells all that can be told, older packets first.
void Flow::tell_ready() {
  while (is_ready(Sender::first) || is_ready(Sender::second)) {
    const bool both_are = is_ready(Sender::first) && is_ready(Sender::second);
    const bool first_is_older = both_are ? first_.head().origin.frame <= second_.head().origin.frame
                                         : is_ready(Sender::first);
    const Sender sender = first_is_older ? Sender::first : Sender::second;
    const Stream::Piece piece = side(sender).take_head();
    tell(sender, piece.bytes, piece.size - piece.bytes.size(), piece.origin);
    tell_end(sender);
  }
  for (const Sender each : both) tell_end(each);
}

bool Flow::is_ready(Sender sender) const {
  const Stream& from = stream(sender);
  return from.has_pending() && from.first_pending() == from.next() && !waits_for_other(sender);
}

void Flow::tell_end(Sender sender) {
  Stream& from = side(sender);
  if (!from.end || from.end_told || from.has_pending() || from.next() < from.end->position) return;
  from.end_told = true;
  context_->listener.ended({id_, sender, from.end->how, from.end->origin});
}

void Flow::tell(Sender sender, View bytes, std::uint64_t missing, Origin origin) {
  Stream& from = side(sender);
  if (!bytes.empty()) {
    context_->listener.data({id_, sender, from.next(), bytes, origin});
    from.advance(bytes.size());
    from.remember(bytes);
  }
  if (missing > 0) tell_gap(sender, missing, GapReason::cut_by_snap_length, origin);
}

void Flow::tell_gap(Sender sender, std::uint64_t size, GapReason reason, Origin origin) {
  Stream& from = side(sender);
  ++context_->counts.gaps;
  context_->counts.missing_bytes += size;
  context_->listener.gap({id_, sender, from.next(), size, reason, origin});
  from.advance(size);
  from.forget();
}

void Flow::tell_conflict(Sender sender, std::uint64_t position, std::uint64_t size, Origin origin) {
  ++context_->counts.conflicts;
  context_->listener.conflict({id_, sender, position, static_cast<std::size_t>(size), origin});
}

// --- What never comes

bool Flow::waits(Sender sender) const {
  const Stream& from = stream(sender);
  return from.has_pending() || (from.end && !from.end_told);
}

bool Flow::waits_for_other(Sender sender) const {
  const Stream& from = stream(sender);
  return from.has_pending() && from.first_pending() == from.next() &&
         from.head().after > stream(other(sender)).next();
}

/// Where what comes behind the hole begins.
std::uint64_t Flow::end_of_hole(Sender sender) const {
  const Stream& from = stream(sender);
  if (from.has_pending()) return from.first_pending();
  return from.end && !from.end_told ? from.end->position : from.next();
}

/// Bytes that their receiver has: they were sent, and only the capture lacks them.
bool Flow::lacks_acknowledged(Sender sender) const {
  const Stream& from = stream(sender);
  const std::uint64_t end = end_of_hole(sender);
  return waits_for_other(other(sender)) || (end > from.next() && end <= from.acknowledged);
}

/// Whose bytes have to come for the sender's to be told.
Sender Flow::lacking(Sender sender) const {
  return waits_for_other(sender) ? other(sender) : sender;
}

void Flow::lose_patience(Sender sender, Origin origin) {
  Patience& patience = patience_[static_cast<std::size_t>(sender)];
  if (!lacks_acknowledged(sender) || patience.position != stream(sender).next())
    patience = {stream(sender).next(), 0};
  if (!lacks_acknowledged(sender) || ++patience.segments <= context_->limits.patience) return;
  give_up(sender, GapReason::not_captured, origin);
  tell_ready();
}

void Flow::relieve(Sender sender, Origin origin) {
  const Stream& from = stream(sender);
  while (from.has_pending() && (from.pending() > context_->limits.pending_per_direction ||
                                context_->pending.exceeded())) {
    give_up(lacking(sender), GapReason::too_much_pending, origin);
    tell_ready();
  }
}

/// Gives up what the direction lacks: up to where it goes on, or as far as the other one has seen it.
void Flow::give_up(Sender sender, GapReason reason, Origin origin) {
  const Stream& from = stream(sender);
  Stream& answer = side(other(sender));
  std::uint64_t end = end_of_hole(sender);
  if (waits_for_other(other(sender)))
    end = from.has_pending() ? std::min(end, answer.head().after) : answer.head().after;
  if (end <= from.next()) {
    answer.head().after = 0;  // each waits for the other: the numbers are wrong
    return;
  }
  const bool was_seen = end <= from.acknowledged || waits_for_other(other(sender));
  tell_gap(sender, end - from.next(), was_seen ? GapReason::not_captured : reason, origin);
}

}  // namespace glasstls::inspect::capture
