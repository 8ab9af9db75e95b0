// The conversation: what happened, in order.
#include <algorithm>
#include <fmt/format.h>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

/// "─ ClientHello, 128 bytes ───── RFC 5246, 7.4.1.2 ─►"; the server's the other way round.
void write_arrow(Canvas& canvas, Side side, const std::string& title, const std::string& section) {
  const std::string_view stroke = canvas.sign("─", "-");
  const auto strokes = [&](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += stroke;
    return text;
  };
  const std::string shown = shorten(title, canvas.width() - 12);
  std::string edge = section.empty() ? "" : " " + section + " ";
  std::size_t used = columns(shown) + columns(edge) + 5;
  if (used + 2 > canvas.width()) {
    used -= columns(edge);
    edge.clear();
  }
  const std::string line = strokes(canvas.width() - used);
  if (side == Side::client)
    canvas.write({{strokes(1) + " "},
                  {shown, Ink::good},
                  {" " + line},
                  {edge, Ink::dim},
                  {strokes(1) + std::string(canvas.sign("►", ">"))}});
  else
    canvas.write({{std::string(canvas.sign("◄", "<")) + strokes(1)},
                  {edge, Ink::dim},
                  {line + " "},
                  {shown, Ink::good},
                  {" " + strokes(1)}});
}

/// Where reading it stopped.
void write_fault(Canvas& canvas, const Fault& fault) {
  std::string text = std::string(canvas.sign("✗ ", "x ")) +
                     canvas.label(Label::malformed_at, {std::to_string(fault.offset)});
  if (!fault.field.empty()) text += ", " + canvas.label(Label::inside, {printable(fault.field)});
  if (const std::string why = canvas.say(fault.reason); !why.empty()) text += ": " + why;
  if (!fault.section.empty()) text += " [" + printable(fault.section) + "]";
  canvas.write_text(text, 1, Ink::bad);
}

/// What one segment or event of a stream says, in one dim line.
void write_remark(Canvas& canvas, std::string text, std::optional<Nanoseconds> time,
                  std::optional<std::uint64_t> frame) {
  const std::string comma(canvas.label(Label::comma));
  if (frame) text += comma + canvas.label(Label::frame, {std::to_string(*frame)});
  if (time) text += comma + canvas.since_begin(*time);
  canvas.write_text(text, 1, Ink::dim);
}

class Conversation {
 public:
  explicit Conversation(Canvas& canvas)
      : canvas_(canvas), document_(canvas.document), next_record_(canvas.document.events.size()) {
    std::optional<Id> next;
    for (std::size_t i = next_record_.size(); i-- > 0;) {
      if (document_.events[i].kind == EventKind::record) next = document_.events[i].id;
      next_record_[i] = next;
    }
  }

  void write(std::size_t first_event) {
    for (std::size_t i = 0; i < document_.events.size(); ++i) {
      is_silent_ = i < first_event;
      enter_flight(flight_of(i));
      write(document_.events[i]);
    }
  }

 private:
  void write(const Event& event) {
    if (is_silent_) return;
    switch (event.kind) {
      case EventKind::segment: return write_segment(event.id);
      case EventKind::record:
        if (needs_line(document_.records[event.id])) write_record(canvas_, event.id);
        return;
      case EventKind::message: return write_message(canvas_, event.id);
      case EventKind::secret: return write_secret(canvas_, event.id);
      case EventKind::transition: return write_transition(canvas_, event.id);
      case EventKind::end_of_stream: return write_end(event);
    }
  }

  /// A record's; and a segment's is that of the record that it brings next.
  std::optional<Id> flight_of(std::size_t event) const {
    const Event& seen = document_.events[event];
    if (seen.kind == EventKind::record) return document_.records[seen.id].flight;
    if (seen.kind != EventKind::segment || !next_record_[event]) return std::nullopt;
    const Record& record = document_.records[*next_record_[event]];
    const std::vector<Id>& brought = document_.buffers[record.buffer].segments;
    const bool brings = std::find(brought.begin(), brought.end(), seen.id) != brought.end();
    return brings ? record.flight : std::nullopt;
  }

  /// Records are told at bytes level; before that, those from which no message could be read.
  bool needs_line(const Record& record) const {
    return canvas_.all_bytes() || record.protection == Protection::not_authentic ||
           record.protection == Protection::sealed;
  }

  void enter_flight(std::optional<Id> id) {
    if (!id || id == flight_ || *id >= document_.flights.size()) return;
    flight_ = id;
    if (is_silent_) return;
    const Flight& flight = document_.flights[*id];
    std::string text = canvas_.label(
        Label::flight, {std::to_string(*id + 1), std::string(canvas_.side(flight.side))});
    text += std::string(canvas_.label(Label::comma)) + canvas_.bytes_text(flight.bytes);
    std::string time;
    if (flight.begin && flight.end)
      time = canvas_.label(Label::flight_seconds, {canvas_.since_begin(*flight.begin),
                                                   duration_text(*flight.end - *flight.begin)});
    canvas_.page.line();
    canvas_.write_edge({{text, Ink::title}}, time);
  }

  void write_segment(Id id) {
    if (!canvas_.all_bytes()) return;
    const Segment& segment = document_.segments[id];
    write_remark(canvas_,
                 canvas_.label(Label::segment, {std::string(canvas_.side(segment.side)),
                                                canvas_.bytes_text(segment.length)}),
                 segment.time, segment.frame);
  }

  void write_end(const Event& event) {
    const Label label = event.id == 0 ? Label::fin : Label::rst;
    const std::string side(event.side ? canvas_.side(*event.side) : std::string_view("?"));
    canvas_.page.line();
    write_remark(canvas_, canvas_.label(label, {side}), event.time, std::nullopt);
  }

  Canvas& canvas_;
  const Document& document_;
  std::vector<std::optional<Id>> next_record_;  // by event: the first record from there on
  std::optional<Id> flight_;
  bool is_silent_ = false;
};

}  // namespace

void write_message(Canvas& canvas, Id id) {
  const Message& message = canvas.document.messages[id];
  canvas.page.line();
  write_arrow(canvas, message.side,
              printable(message.name) + std::string(canvas.label(Label::comma)) +
                  canvas.bytes_text(message.range.length),
              printable(message.section));
  canvas.write_text(canvas.say(message.summary), 1);
  canvas.write_text(canvas.say(message.meaning), 1, Ink::dim);
  if (message.fields.empty())
    write_dump(canvas, message.range, canvas.all_bytes() ? unbounded : most_hex_lines);
  else
    write_fields(canvas, message.fields, message.range);
  if (message.fault) write_fault(canvas, *message.fault);
}

}  // namespace glasstls::inspect::terminal

namespace glasstls::inspect {

std::string conversation_text(const Document& document, const TerminalOptions& options,
                              std::size_t first_event) {
  terminal::Canvas canvas(document, options);
  if (canvas.brief())
    terminal::write_brief(canvas, first_event);
  else
    terminal::Conversation(canvas).write(first_event);
  return canvas.page.take();
}

}  // namespace glasstls::inspect
