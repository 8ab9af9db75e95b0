// Fields: bytes on the left, name, value and meaning on the right.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

constexpr std::size_t deepest_indent = 12;
constexpr std::size_t widest_name = 22;
constexpr std::size_t least_room = 12;  // for a value beside its name

/// The columns of bytes: as many to a line as leave room for the text.
struct Columns {
  Columns(const Canvas& canvas, std::size_t size)
      : offset(std::max<std::size_t>(std::to_string(size).size(), 3)),
        per_line(canvas.width() >= 72 ? 8 : 4) {}

  std::size_t offset;    // digits
  std::size_t per_line;  // bytes

  std::size_t hex() const { return 3 * per_line - 1 + 1; }  // ".." may stand at the end
  std::size_t text() const { return offset + 2 + hex() + 2; }
};

/// Bytes from that offset on beside lines of text.
void write_beside(Canvas& canvas, const Columns& columns, std::size_t offset,
                  const std::vector<std::string>& hex, const std::vector<Line>& lines) {
  for (std::size_t i = 0; i < std::max(hex.size(), lines.size()); ++i) {
    Line line;
    if (i < hex.size()) {
      line.push_back(
          {fmt::format("{:>{}}", offset + i * columns.per_line, columns.offset), Ink::dim});
      line.push_back({fmt::format("  {:<{}}  ", hex[i], columns.hex())});
    } else {
      line.push_back({spaces(columns.text())});
    }
    if (i < lines.size()) line.insert(line.end(), lines[i].begin(), lines[i].end());
    canvas.write(line);
  }
}

class Fields {
 public:
  Fields(Canvas& canvas, const Range& whole)
      : canvas_(canvas),
        document_(canvas.document),
        whole_(whole),
        columns_(canvas, whole.length),
        room_(canvas.width() - columns_.text()) {}

  void write(const std::vector<Id>& fields) {
    write_children(fields, whole_, "", canvas_.label(Label::not_read));
  }

 private:
  const Field& field(Id id) const { return document_.fields[id]; }

  static std::size_t end_of(const Range& range) { return range.offset + range.length; }

  std::size_t indent(const Field& field) const {
    return std::min({2 * field.depth, deepest_indent, room_ / 3});
  }

  /// Children, and the bytes around them that are no child's. `around` has no bytes in front: those
  /// are shown with the parent itself.
  void write_children(const std::vector<Id>& ids, const Range& around, std::string_view parent_name,
                      std::string_view rest) {
    std::size_t name_width = 0;
    for (const Id id : ids)
      if (field(id).name != parent_name)
        name_width = std::max(name_width, columns(printable(field(id).name)));
    name_width = std::min(name_width, widest_name);
    std::size_t at = around.offset;
    for (const Id id : ids) {
      write_rest(at, field(id).range.offset, rest);
      write_field(id, parent_name, name_width);
      at = std::max(at, end_of(field(id).range));
    }
    write_rest(at, end_of(around), rest);
  }

  /// Bytes that belong to no field.
  void write_rest(std::size_t begin, std::size_t end, std::string_view what) {
    if (begin >= end) return;
    write_beside(canvas_, columns_, begin - whole_.offset,
                 hex({whole_.buffer, begin, end - begin}, most_hex_lines),
                 paragraph(what, room_, Ink::dim));
  }

  std::vector<std::string> hex(const Range& range, std::size_t most_lines) const {
    if (is_redacted(document_, range)) return {};
    return hex_lines(document_.bytes(range), columns_.per_line,
                     canvas_.all_bytes() ? unbounded : most_lines);
  }

  /// Its parts are told in another way: a certificate's statements say what its DER does.
  std::optional<Id> certificate_of(Id id) const {
    for (Id row = 0; row < document_.certificates.size(); ++row)
      if (document_.certificates[row].field == id &&
          !document_.certificates[row].statements.empty())
        return row;
    return std::nullopt;
  }

  void write_field(Id id, std::string_view parent_name, std::size_t name_width) {
    const Field& shown = field(id);
    const auto certificate = canvas_.all_bytes() ? std::nullopt : certificate_of(id);
    const bool has_parts = !shown.children.empty() && !certificate;
    Range own = shown.range;
    if (has_parts) own.length = field(shown.children.front()).range.offset - own.offset;
    own.length = std::min(own.length, shown.range.length);
    const std::vector<Line> lines = text_of(shown, parent_name, name_width, has_parts);
    write_beside(canvas_, columns_, own.offset - std::min(own.offset, whole_.offset),
                 hex(own, std::max(lines.size(), most_hex_lines)), lines);
    if (certificate) return write_certificate(canvas_, *certificate);
    if (!has_parts) return;
    const Range inner{own.buffer, end_of(own), shown.range.length - own.length};
    write_children(shown.children, inner, shown.name,
                   canvas_.label(Label::rest_of, {printable(shown.name)}));
  }

  // --- The text beside the bytes

  std::vector<Line> text_of(const Field& shown, std::string_view parent_name,
                            std::size_t name_width, bool has_parts) {
    const std::size_t left = indent(shown);
    const std::string value = value_of(shown);
    std::vector<Line> lines;
    if (shown.name == parent_name && !has_parts) {  // an item of a vector: its name says nothing
      lines = some(paragraph(value, room_, Ink::title, left));
    } else {
      const std::string name = shorten(printable(shown.name), room_ - left);
      const std::size_t column = left + std::max(name_width, columns(name)) + 2;
      const bool beside = column + std::min(least_room, columns(value)) <= room_ &&
                          columns(name) <= std::max(name_width, widest_name) &&
                          !fits_only_below(value, column, left);
      lines = some(
          paragraph(value, room_, has_parts ? Ink::dim : Ink::title, beside ? column : left + 2));
      const Line front{{spaces(left)}, {name, has_parts ? Ink::title : Ink::plain}};
      if (beside && !lines.empty()) {
        lines.front().front() = {spaces(column - left - columns(name))};
        lines.front().insert(lines.front().begin(), front.begin(), front.end());
      } else {
        lines.insert(lines.begin(), front);
      }
    }
    add(lines, canvas_.say(shown.value_meaning), left + 2);
    add(lines, with_section(shown), left + 2);
    for (const Text& note : shown.notes) add(lines, canvas_.say(note), left + 2);
    return lines;
  }

  /// A word that would be broken beside its name, and not in a line of its own.
  bool fits_only_below(const std::string& value, std::size_t column, std::size_t left) const {
    return value.find(' ') == std::string::npos && column + columns(value) > room_ &&
           left + 2 + columns(value) <= room_;
  }

  /// A sentence, once in each message.
  void add(std::vector<Line>& lines, const std::string& text, std::size_t left) {
    if (text.empty() || !said_.insert(text).second) return;
    for (Line& line : paragraph(text, room_, Ink::dim, left)) lines.push_back(std::move(line));
  }

  std::string with_section(const Field& shown) const {
    std::string text = canvas_.say(shown.meaning);
    if (!text.empty() && !shown.section.empty()) text += " [" + printable(shown.section) + "]";
    return text;
  }

  std::vector<Line> some(std::vector<Line> lines) const {
    if (canvas_.all_bytes() || lines.size() <= most_text_lines) return lines;
    lines.resize(most_text_lines);
    Span& last = lines.back().back();
    const std::size_t before = columns(lines.back()) - columns(last.text);
    last.text = shorten(last.text + " ...", room_ - before);
    return lines;
  }

  std::string value_of(const Field& shown) const {
    if (shown.range.length > 0 && is_redacted(document_, shown.range))
      return std::string(canvas_.label(Label::redacted));
    if (shown.kind == ValueKind::number) return number_of(shown);
    if (shown.kind == ValueKind::text) return printable(shown.text);
    if (!shown.complete && shown.children.empty())
      return std::string(canvas_.label(Label::not_read));
    if (shown.content.length == 0) return std::string(canvas_.label(Label::empty));
    return canvas_.bytes_text(shown.content.length);
  }

  /// The bytes are beside it: a code of two with a name is not said once more.
  static std::string number_of(const Field& shown) {
    const std::string name = printable(shown.number.name);
    if (name.empty()) return std::to_string(shown.number.number);
    return shown.range.length == 2 ? name : std::to_string(shown.number.number) + " " + name;
  }

  Canvas& canvas_;
  const Document& document_;
  Range whole_;
  Columns columns_;
  std::size_t room_;
  std::set<std::string> said_;
};

std::string as_letters(View bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes)
    text += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
  return text;
}

}  // namespace

bool is_redacted(const Document& document, const Range& range) {
  return document.connection.redacted && range.length > 0 && document.bytes(range).empty();
}

void write_fields(Canvas& canvas, const std::vector<Id>& fields, const Range& whole) {
  Fields(canvas, whole).write(fields);
}

void write_dump(Canvas& canvas, const Range& range, std::size_t most_lines) {
  if (is_redacted(canvas.document, range))
    return canvas.write_text(canvas.label(Label::redacted), 5);
  const Columns columns(canvas, range.length);
  const View bytes = canvas.document.bytes(range);
  const std::vector<std::string> hex = hex_lines(bytes, columns.per_line, most_lines);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const std::size_t begin = i * columns.per_line;
    const bool is_cut = hex[i].ends_with("..");
    const std::size_t size = std::min(columns.per_line - (is_cut ? 1 : 0), bytes.size() - begin);
    lines.push_back({{as_letters(bytes.subspan(begin, size)), Ink::dim}});
  }
  write_beside(canvas, columns, 0, hex, lines);
}

}  // namespace glasstls::inspect::terminal
