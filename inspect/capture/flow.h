// Flow: one TCP connection that is being reassembled. Internal to reassembly.
#pragma once

#include <array>
#include <cstdint>

#include "inspect/capture/reassembly.h"
#include "inspect/capture/stream.h"

namespace glasstls::inspect::capture {

class Flow {
 public:
  Flow(ReassemblyContext& context, ConnectionId id)
      : context_(&context),
        id_(id),
        first_(context.limits.recent_per_direction, context.recent, context.pending),
        second_(context.limits.recent_per_direction, context.recent, context.pending) {}

  void segment(Sender sender, const TcpSegment& segment, Origin origin);
  /// Nothing more will come: tells what still waits, with gaps before it.
  void finish(Origin origin);

  ConnectionId id() const { return id_; }
  /// Both directions have ended, or one was reset.
  bool is_over() const;
  const Stream& stream(Sender sender) const { return sender == Sender::first ? first_ : second_; }

 private:
  /// What of a segment may be new. Positions; `end` counts what the snap length cut off, too.
  struct Range {
    std::int64_t begin, end;
    View bytes;
  };

  /// Since how many segments acknowledged bytes are lacking at a position.
  struct Patience {
    std::uint64_t position = 0, segments = 0;
  };

  Stream& side(Sender sender) { return sender == Sender::first ? first_ : second_; }
  void learn_start(Sender sender, const TcpSegment& segment);
  void learn_acknowledgment(Sender sender, const TcpSegment& segment);
  std::uint64_t comes_after(Sender sender, const TcpSegment& segment) const;
  void take_data(Sender sender, const TcpSegment& segment, Origin origin);
  void take_new(Sender sender, const Range& range, std::uint64_t after, Origin origin);
  void leave_out_what_was_told(Sender sender, Range& range, Origin origin);
  void take_end(Sender sender, const TcpSegment& segment, Origin origin);

  void tell_ready();
  bool is_ready(Sender sender) const;
  void tell_end(Sender sender);
  void tell(Sender sender, View bytes, std::uint64_t missing, Origin origin);
  void tell_gap(Sender sender, std::uint64_t size, GapReason reason, Origin origin);
  void tell_conflict(Sender sender, std::uint64_t position, std::uint64_t size, Origin origin);

  bool waits(Sender sender) const;
  bool waits_for_other(Sender sender) const;
  bool lacks_acknowledged(Sender sender) const;
  Sender lacking(Sender sender) const;
  std::uint64_t end_of_hole(Sender sender) const;
  void lose_patience(Sender sender, Origin origin);
  void relieve(Sender sender, Origin origin);
  void give_up(Sender sender, GapReason reason, Origin origin);

  ReassemblyContext* context_;
  ConnectionId id_;
  Stream first_, second_;
  bool reset_ = false;
  std::array<Patience, 2> patience_;  // by Sender
};

}  // namespace glasstls::inspect::capture
