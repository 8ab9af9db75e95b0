#include "inspect/narrator.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

#include "inspect/printable.h"

namespace glasstls::inspect {

namespace {

constexpr std::size_t narrowest = 60;
constexpr std::size_t widest_name = 28;     // of a field, with its indent
constexpr std::size_t least_room = 24;      // for a value beside its name
constexpr std::size_t deepest_indent = 16;  // columns; deeper fields are not indented further
constexpr std::size_t most_text_lines = 4;  // of one value or reason

enum class Ink { dim, sent, received, secret, transition, alarm };

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::dim: return "2";
    case Ink::sent: return "1;32";
    case Ink::received: return "1;36";
    case Ink::secret: return "33";
    case Ink::transition: return "35";
    case Ink::alarm: return "1;31";
  }
  return "0";
}

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::string count_of_bytes(std::uint64_t count) {
  return fmt::format("{} byte{}", count, count == 1 ? "" : "s");
}

template <class Named>
std::string name_or_number(Named value) {
  const std::string_view name = name_of(value);
  return name.empty() ? fmt::format("0x{:02x}", static_cast<unsigned>(value)) : std::string(name);
}

/// As many whole bytes as fit, and how many there are if not all do.
std::string hex_within(View bytes, std::size_t room) {
  if (bytes.empty()) return "(empty)";
  if (bytes.size() * 2 <= room) return wire::hex(bytes);
  const std::string tail = fmt::format("... ({})", count_of_bytes(bytes.size()));
  const std::size_t left = room > tail.size() ? (room - tail.size()) / 2 : 0;
  return wire::hex(bytes.first(std::clamp<std::size_t>(left, 1, bytes.size()))) + tail;
}

View part(View bytes, std::size_t begin, std::size_t end) {
  end = std::min(end, bytes.size());
  return begin < end ? bytes.subspan(begin, end - begin) : View();
}

/// Lines of one narration: what is common to all kinds of entries.
class Page {
 public:
  explicit Page(const NarratorOptions& options)
      : options_(options), width_(std::max(options.width, narrowest)) {}

  std::size_t width() const { return width_; }
  std::string take() { return std::move(text_); }

  std::string paint(Ink ink, std::string_view text) const {
    if (!options_.color || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code_of(ink), text);
  }

  void line(std::string_view text = {}) { (text_ += text) += '\n'; }

  /// A heading, with the rule at the right edge.
  void heading(std::string_view mark, Ink ink, const std::string& title, const std::string& rule) {
    const std::size_t room = width_ - std::min(width_ - 1, mark.size() + rule.size() + 2);
    const std::string shown = shorten(title, room);
    const std::size_t used = mark.size() + columns(shown) + rule.size();
    line(std::string(mark) + paint(ink, shown) +
         (rule.empty() ? "" : spaces(std::max<std::size_t>(width_ - std::min(used, width_), 1))) +
         paint(Ink::dim, rule));
  }

  /// A text under an entry, broken into lines.
  void paragraph(std::string_view text, std::size_t indent, std::optional<Ink> ink = {}) {
    for (const std::string& line_of_text : some_lines(text, width_ - indent))
      line(spaces(indent) + (ink ? paint(*ink, line_of_text) : line_of_text));
  }

  /// At most `most_text_lines`: nobody reads more of a text that a peer made long.
  static std::vector<std::string> some_lines(std::string_view text, std::size_t width) {
    std::vector<std::string> lines = wrap(shorten(text, 8 * most_text_lines * width), width);
    if (lines.size() > most_text_lines) {
      lines.resize(most_text_lines);
      lines.back() = shorten(lines.back() + " ...", width);
    }
    return lines;
  }

 private:
  const NarratorOptions& options_;
  std::size_t width_;
  std::string text_;
};

// --- Messages

/// The fields of one message, in columns: byte range, name, value.
class FieldLines {
 public:
  FieldLines(const Recording::Message& message, Page& page)
      : message_(message), page_(page), is_list_item_(message.fields.size()) {
    find_list_items();
    for (std::size_t i = 0; i < message.fields.size(); ++i)
      if (!is_list_item_[i] && !has_children(i))
        name_width_ = std::max(name_width_, columns(name(i)));
    value_column_ = margin + 2 * digits_ + 3 + 2 + std::min(name_width_, widest_name) + 2;
    value_column_ = std::min(value_column_, page.width() - least_room);
  }

  void write() {
    for (std::size_t i = 0; i < message_.fields.size(); ++i) write(i);
  }

 private:
  static constexpr std::size_t margin = 4;

  const Recording::Field& field(std::size_t i) const { return message_.fields[i]; }

  bool has_children(std::size_t i) const {
    return i + 1 < message_.fields.size() && field(i + 1).depth > field(i).depth;
  }

  /// An item of a vector has the vector's name: repeating it says nothing.
  void find_list_items() {
    std::vector<std::size_t> open;  // the field at hand and those around it
    for (std::size_t i = 0; i < message_.fields.size(); ++i) {
      open.resize(std::min(open.size(), field(i).depth));
      is_list_item_[i] =
          !open.empty() && !has_children(i) && field(open.back()).name == field(i).name;
      open.push_back(i);
    }
  }

  std::string indent(std::size_t i) const {
    return spaces(std::min(2 * field(i).depth, deepest_indent));
  }
  std::string name(std::size_t i) const { return indent(i) + printable(field(i).name); }

  std::string range(std::size_t i) const {
    const std::string end = field(i).end ? std::to_string(*field(i).end) : "?";
    return fmt::format("[{:>{}},{:>{}})", field(i).begin, digits_, end, digits_);
  }

  static std::string number(const Recording::Field& field) {
    const bool two_bytes = field.end && *field.end - field.begin == 2;
    const std::string digits =
        two_bytes ? fmt::format("0x{:04x}", *field.number) : std::to_string(*field.number);
    return field.text.empty() ? digits : digits + "  " + printable(field.text);
  }

  /// One line, or a few for a long text.
  std::vector<std::string> value(std::size_t i, std::size_t room) const {
    const Recording::Field& shown = field(i);
    if (shown.number) return {shorten(number(shown), room)};
    if (!shown.text.empty()) return Page::some_lines(printable(shown.text), room);
    if (!shown.end) return {has_children(i) ? "" : "(not read)"};
    if (has_children(i)) return {count_of_bytes(*shown.end - std::min(shown.content, *shown.end))};
    return {hex_within(part(message_.bytes, shown.content, *shown.end), room)};
  }

  void write(std::size_t i) {
    const std::string front = spaces(margin) + page_.paint(Ink::dim, range(i)) + "  ";
    const std::size_t front_width = margin + range(i).size() + 2;
    if (is_list_item_[i]) return write_value(i, front + indent(i), front_width + indent(i).size());

    const std::string shown = shorten(name(i), page_.width() - front_width);
    const std::size_t used = front_width + columns(shown);
    // A number moves left, out of its column, before its name is cut.
    const std::size_t needed = field(i).number ? columns(number(field(i))) : least_room;
    const std::size_t wished =
        std::min(value_column_, page_.width() - std::min(needed, page_.width()));
    const std::size_t column = std::max(wished, used + 2);
    if (column + std::min(needed, least_room) <= page_.width())
      return write_value(i, front + shown + spaces(column - used), column);
    page_.line(front + shown);
    write_value(i, spaces(value_column_), value_column_);
  }

  void write_value(std::size_t i, const std::string& front, std::size_t column) {
    const std::vector<std::string> lines = value(i, page_.width() - column);
    const std::string first = lines.empty() ? "" : lines.front();
    std::string line = front + first;
    line.erase(line.find_last_not_of(' ') + 1);
    page_.line(line);
    for (std::size_t n = 1; n < lines.size(); ++n) page_.line(spaces(column) + lines[n]);
  }

  const Recording::Message& message_;
  Page& page_;
  std::vector<bool> is_list_item_;
  std::size_t digits_ = std::max<std::size_t>(std::to_string(message_.bytes.size()).size(), 2);
  std::size_t name_width_ = 0;
  std::size_t value_column_ = 0;
};

/// The innermost field in which reading stopped; empty if all fields were read.
std::string_view stopped_in(const Recording::Message& message) {
  for (auto field = message.fields.rbegin(); field != message.fields.rend(); ++field)
    if (!field->end) return field->name;
  return {};
}

std::string why_stopped(const Recording::Message& message) {
  const std::string_view inside = stopped_in(message);
  if (inside.empty())
    return fmt::format("!! malformed: {} left over from byte {} on",
                       count_of_bytes(message.bytes.size() - *message.stopped_at),
                       *message.stopped_at);
  return fmt::format("!! reading stopped at byte {} of {}, inside {}: malformed, or not allowed",
                     *message.stopped_at, message.bytes.size(), printable(inside));
}

std::string tell(const Recording::Message& message, const NarratorOptions& options) {
  Page page(options);
  const bool sent = message.direction == Direction::sent;
  const std::string name = message.name.empty() ? "message without a name" : message.name;
  if (sent || !options.records) page.line();  // else it stands under the record that brought it
  page.heading(sent ? "--> " : "<-- ", sent ? Ink::sent : Ink::received,
               fmt::format("{} {}, {}", sent ? "sent" : "received", printable(name),
                           count_of_bytes(message.bytes.size())),
               printable(message.section));
  FieldLines(message, page).write();
  if (message.fields.empty() && !message.bytes.empty())
    page.line("    " + hex_within(message.bytes, page.width() - 4));
  if (message.stopped_at) page.paragraph(why_stopped(message), 4, Ink::alarm);
  return page.take();
}

// --- Records, secrets, transitions

std::string tell(const Recording::Record& record, const NarratorOptions& options) {
  if (!options.records) return {};
  Page page(options);
  if (record.direction == Direction::received || record.type == ContentType::application_data)
    page.line();
  page.heading(
      "    ", Ink::dim,
      fmt::format("record {}: {}, {}, {}{}",
                  record.direction == Direction::sent ? "sent" : "received",
                  name_or_number(record.type), name_or_number(record.version),
                  count_of_bytes(record.wire.size()), record.is_protected ? ", protected" : ""),
      {});
  const auto detail = [&page](std::string_view name, const std::string& value) {
    page.line(page.paint(Ink::dim, fmt::format("      {:<17}{}", name, value)));
  };
  const std::size_t room = page.width() - 6 - 17;
  if (record.is_protected) {
    detail("sequence number", std::to_string(record.sequence_number.value_or(0)));
    detail("nonce", hex_within(record.nonce, room));
    detail("additional data", hex_within(record.additional_data, room));
  }
  if (!record.authentic) {
    page.paragraph("!! the tag does not verify: damaged, forged, or sealed with another key", 6,
                   Ink::alarm);
    return page.take();
  }
  if (record.is_protected || record.type == ContentType::application_data)
    detail("plaintext", hex_within(record.plaintext, room));
  if (record.type == ContentType::application_data && !record.plaintext.empty()) {
    const View begin = View(record.plaintext).first(std::min(room, record.plaintext.size()));
    detail("as text", shorten(printable(wire::as_text(begin)), room));
  }
  return page.take();
}

/// "PRF(master_secret, "key expansion", server_random + client_random)"
std::string formula(const Recording::Secret& secret) {
  const std::size_t first =
      secret.label.empty() ? 0 : std::min<std::size_t>(1, secret.inputs.size());
  std::string inputs;
  for (std::size_t i = first; i < secret.inputs.size(); ++i)
    inputs += (inputs.empty() ? "" : secret.label.empty() ? " and " : " + ") + secret.inputs[i];
  if (secret.label.empty()) return "from " + inputs;
  const std::string key = first == 0 ? "" : secret.inputs[0];
  return fmt::format("= PRF({}, \"{}\", {})", key, secret.label, inputs);
}

std::string tell(const Recording::Secret& secret, const NarratorOptions& options) {
  Page page(options);
  page.heading("  * ", Ink::secret, "secret " + printable(secret.name), printable(secret.section));
  page.paragraph(printable(formula(secret)), 6);
  if (!options.secret_values) return page.take();
  constexpr std::size_t per_line = 24;
  for (std::size_t at = 0; at < secret.value.size(); at += per_line)
    page.line("      " + wire::hex(part(secret.value, at, at + per_line)));
  return page.take();
}

std::string tell(const Recording::Transition& transition, const NarratorOptions& options) {
  Page page(options);
  page.heading("  = ", Ink::transition,
               fmt::format("{} -> {}", printable(transition.from), printable(transition.to)), {});
  const std::string reason = transition.reason.empty() ? "" : ": " + transition.reason;
  page.paragraph(printable("on " + transition.on + reason), 6);
  return page.take();
}

}  // namespace

std::string narrate(const Recording& recording, const Recording::Entry& entry,
                    const NarratorOptions& options) {
  switch (entry.kind) {
    case Recording::EntryKind::record: return tell(recording.records.at(entry.id), options);
    case Recording::EntryKind::message: return tell(recording.messages.at(entry.id), options);
    case Recording::EntryKind::secret: return tell(recording.secrets.at(entry.id), options);
    case Recording::EntryKind::transition: return tell(recording.transitions.at(entry.id), options);
  }
  return {};
}

std::string narrate_omitted(const Recording& recording, const NarratorOptions& options) {
  Page page(options);
  for (const Direction direction : {Direction::sent, Direction::received}) {
    const Recording::Omitted& omitted = recording.omitted_of(direction);
    const std::string_view way = direction == Direction::sent ? "sent" : "received";
    if (omitted.application_data_records > 0)
      page.paragraph(fmt::format("not shown: {} more application_data record{} {}, {} of plaintext",
                                 omitted.application_data_records,
                                 omitted.application_data_records == 1 ? "" : "s", way,
                                 count_of_bytes(omitted.application_data_bytes)),
                     4, Ink::dim);
    if (omitted.entries > 0)
      page.paragraph(fmt::format("not shown: {} more events ({}): the bound on entries is reached",
                                 omitted.entries, way),
                     4, Ink::dim);
  }
  return page.take();
}

std::string narrate(const Recording& recording, const NarratorOptions& options) {
  std::string text;
  for (const Recording::Entry& entry : recording.entries)
    text += narrate(recording, entry, options);
  return text + narrate_omitted(recording, options);
}

}  // namespace glasstls::inspect
