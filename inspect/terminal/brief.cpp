// The conversation with one line for each message.
#include <algorithm>
#include <fmt/format.h>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

/// One line: messages of data, or records that nobody opened, that follow one another are one.
struct Row {
  Side side{};
  std::string name;
  std::string summary;
  std::uint64_t bytes = 0;
  std::size_t count = 1;
  bool can_grow = false;
  Ink ink = Ink::plain;
};

class Rows {
 public:
  explicit Rows(const Canvas& canvas) : canvas_(canvas), document_(canvas.document) {}

  std::vector<Row> from(std::size_t first_event) {
    for (std::size_t i = first_event; i < document_.events.size(); ++i) {
      const Event& event = document_.events[i];
      if (event.kind == EventKind::message) add_message(document_.messages[event.id]);
      if (event.kind == EventKind::record) add_record(document_.records[event.id]);
    }
    return std::move(rows_);
  }

 private:
  void add(Row row) {
    if (row.can_grow && !rows_.empty() && rows_.back().side == row.side &&
        rows_.back().name == row.name) {
      rows_.back().bytes += row.bytes;
      rows_.back().summary.clear();
      ++rows_.back().count;
    } else {
      rows_.push_back(std::move(row));
    }
  }

  void add_message(const Message& message) {
    Row row{message.side, printable(message.name), canvas_.say(message.summary),
            message.range.length};
    row.can_grow = message.name == "ApplicationData";
    if (message.fault) row.ink = Ink::bad;
    add(std::move(row));
  }

  void add_record(const Record& record) {
    if (record.protection != Protection::not_authentic && record.protection != Protection::sealed)
      return;
    const bool is_bad = record.protection == Protection::not_authentic;
    Row row{record.side, "(" + printable(record.type.name) + ")",
            std::string(canvas_.label(is_bad ? Label::not_authentic : Label::sealed)),
            record.buffer < document_.buffers.size() ? document_.buffers[record.buffer].bytes.size()
                                                     : 0};
    row.can_grow = !is_bad;
    row.ink = is_bad ? Ink::bad : Ink::dim;
    add(std::move(row));
  }

  const Canvas& canvas_;
  const Document& document_;
  std::vector<Row> rows_;
};

std::string title_of(const Row& row) {
  return row.count == 1 ? row.name : fmt::format("{} ({})", row.name, row.count);
}

}  // namespace

void write_brief(Canvas& canvas, std::size_t first_event) {
  const std::vector<Row> rows = Rows(canvas).from(first_event);
  std::size_t widest = 0;
  for (const Row& row : rows) widest = std::max(widest, columns(title_of(row)));
  widest = std::min<std::size_t>(widest, 24);
  for (const Row& row : rows) {
    const bool from_client = row.side == Side::client;
    const std::string name = shorten(title_of(row), widest);
    const std::string front =
        std::string(from_client ? canvas.sign("───►", "--->") : canvas.sign("◄───", "<---")) + " " +
        name + spaces(widest - std::min(widest, columns(name))) +
        fmt::format(" {:>6}  ", row.bytes);
    const std::size_t room = canvas.width() - std::min(canvas.width() - 4, columns(front));
    canvas.write({{front}, {shorten(row.summary, room), row.ink}});
  }
}

}  // namespace glasstls::inspect::terminal
