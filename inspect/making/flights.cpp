// Flights, and the order of events.
#include <algorithm>
#include <vector>

#include "inspect/making/draft.h"
#include "inspect/making/time.h"

namespace glasstls::inspect {

/// RFC 5246, 7.3: what a side sends until the other speaks.
void make_flights(Draft& draft) {
  Document& document = draft.document;
  for (Id id = 0; id < document.records.size(); ++id) {
    Record& record = document.records[id];
    if (document.flights.empty() || document.flights.back().side != record.side) {
      Flight& begun = document.flights.emplace_back();
      begun.side = record.side;
      const std::vector<Id>& segments = document.buffers[record.buffer].segments;
      if (!segments.empty()) begun.begin = document.segments[segments.front()].time;
    }
    Flight& flight = document.flights.back();
    record.flight = static_cast<Id>(document.flights.size() - 1);
    flight.records.push_back(id);
    flight.bytes += document.buffers[record.buffer].bytes.size();
    flight.end = record.time;
    for (const Id message : record.messages) {
      if (document.messages[message].flight) continue;  // it began in an earlier record
      document.messages[message].flight = record.flight;
      flight.messages.push_back(message);
    }
  }
  for (const Segment& segment : document.segments) {
    Connection& connection = document.connection;
    if (!segment.time) continue;
    connection.begin = std::min(connection.begin.value_or(*segment.time), *segment.time);
    connection.end = std::max(connection.end.value_or(*segment.time), *segment.time);
  }
}

namespace {

class EventMaker {
 public:
  explicit EventMaker(Draft& draft)
      : document_(draft.document), told_(draft.document.segments.size()) {}

  void make() {
    for (Id id = 0; id < document_.records.size(); ++id) add_record(id);
    for (Id id = 0; id < document_.segments.size(); ++id) add_segment(id);
    for (Id id = 0; id < document_.transitions.size(); ++id)
      if (!document_.transitions[id].message) add_late_transition(id);
    for (Id id = 0; id < document_.secrets.size(); ++id)
      if (!document_.secrets[id].message)
        add(EventKind::secret, document_.secrets[id].side, id, {});
  }

 private:
  void add(EventKind kind, std::optional<Side> side, Id id, std::optional<Nanoseconds> time) {
    document_.events.push_back({kind, side, time, id});
  }

  void add_segment(Id id) {
    if (told_[id]) return;
    told_[id] = true;
    add(EventKind::segment, document_.segments[id].side, id, document_.segments[id].time);
  }

  void add_record(Id id) {
    const Record& record = document_.records[id];
    for (const Id segment : document_.buffers[record.buffer].segments) add_segment(segment);
    add(EventKind::record, record.side, id, record.time);
    for (const Id message : record.messages)
      if (document_.messages[message].records.back() == id) add_message(message);
  }

  /// A message, then what it moves and what can be computed with it.
  void add_message(Id id) {
    const Message& message = document_.messages[id];
    add(EventKind::message, message.side, id, message.time);
    for (Id transition = 0; transition < document_.transitions.size(); ++transition)
      if (document_.transitions[transition].message == id) {
        add(EventKind::transition, document_.transitions[transition].side, transition,
            message.time);
        // A signature of its own moves a machine once more, without a message.
        const Id next = transition + 1;
        if (next < document_.transitions.size() && !document_.transitions[next].message &&
            document_.transitions[next].side == document_.transitions[transition].side) {
          add(EventKind::transition, document_.transitions[next].side, next, message.time);
          late_.push_back(next);
        }
      }
    for (Id secret = 0; secret < document_.secrets.size(); ++secret)
      if (document_.secrets[secret].message == id)
        add(EventKind::secret, document_.secrets[secret].side, secret, message.time);
  }

  void add_late_transition(Id id) {
    if (std::find(late_.begin(), late_.end(), id) == late_.end())
      add(EventKind::transition, document_.transitions[id].side, id, {});
  }

  Document& document_;
  std::vector<bool> told_;  // segments
  std::vector<Id> late_;    // transitions without a message that have been told
};

}  // namespace

void make_events(Draft& draft) {
  EventMaker(draft).make();
  for (const Side side : {Side::client, Side::server})
    if (const auto& end = draft.recording.ends[wire::index_of(side)])
      draft.document.events.push_back(
          {EventKind::end_of_stream, side, end->time, end->reset ? 1U : 0U});
}

}  // namespace glasstls::inspect
