#include "inspect/terminal/layout.h"

#include <algorithm>
#include <fmt/args.h>
#include <fmt/format.h>

#include "inspect/printable.h"

namespace glasstls::inspect::terminal {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80; }

std::string_view character_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continues(text[end])) ++end;
  return text.substr(at, end - at);
}

/// What must not begin a line.
bool closes(std::string_view character) {
  constexpr std::string_view closing[] = {"，", "。", "；", "：", "、",
                                          "）", "？", "！", "》", "”"};
  return std::find(std::begin(closing), std::end(closing), character) != std::end(closing);
}

/// How many bytes of the text the next line takes.
std::size_t line_length(std::string_view text, std::size_t width) {
  std::size_t used = 0, good = 0, poor = 0;
  std::string_view before;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = character_at(text, at);
    const std::size_t wide = columns(character);
    const bool between =
        at > 0 && (wide == 2 || columns(before) == 2) && !closes(character) && before != "（";
    const bool names_rfc = text.substr(0, at).ends_with("RFC");  // its number stays with it
    if ((character == " " && !names_rfc) || between) good = at;
    if (!before.empty() && std::string_view("_/:.,").find(before) != std::string_view::npos)
      poor = at;
    if (used + wide > width && at > 0) {
      if (good > 0) return good;
      return poor > 0 ? poor : at;
    }
    used += wide;
    at += character.size();
    before = character;
  }
  return text.size();
}

}  // namespace

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::size_t columns(const Line& line) {
  std::size_t sum = 0;
  for (const Span& span : line) sum += columns(span.text);
  return sum;
}

std::vector<std::string> break_text(std::string_view printable_text, std::size_t width) {
  std::vector<std::string> lines;
  while (!printable_text.empty()) {
    const std::size_t length = line_length(printable_text, std::max<std::size_t>(width, 2));
    lines.emplace_back(printable_text.substr(0, length));
    printable_text.remove_prefix(length);
    printable_text.remove_prefix(
        std::min(printable_text.find_first_not_of(' '), printable_text.size()));
  }
  return lines;
}

std::vector<Line> paragraph(std::string_view printable_text, std::size_t width, Ink ink,
                            std::size_t indent) {
  std::vector<Line> lines;
  for (std::string& part : break_text(printable_text, width - std::min(width - 2, indent)))
    lines.push_back({{spaces(indent)}, {std::move(part), ink}});
  return lines;
}

std::vector<std::string> hex_lines(View bytes, std::size_t per_line, std::size_t most_lines) {
  std::vector<std::string> lines;
  const bool is_cut = bytes.size() > per_line * most_lines;
  if (is_cut) bytes = bytes.first(per_line * most_lines - 1);
  while (!bytes.empty()) {
    std::string line;
    for (const std::uint8_t byte : bytes.first(std::min(per_line, bytes.size())))
      line += fmt::format("{}{:02x}", line.empty() ? "" : " ", byte);
    lines.push_back(std::move(line));
    bytes = bytes.subspan(std::min(per_line, bytes.size()));
  }
  if (is_cut) lines.back() += " ..";
  return lines;
}

std::string duration_text(Nanoseconds time) {
  const double seconds = static_cast<double>(time) / 1e9;
  return seconds < 1 ? fmt::format("{:.3f} ms", seconds * 1000) : fmt::format("{:.3f} s", seconds);
}

std::string Canvas::say(const Text& text) const {
  if (text.empty()) return {};
  return printable(Catalogue::get(options.language).say(text));
}

std::string Canvas::label(Label label, const std::vector<std::string>& arguments) const {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& argument : arguments) store.push_back(argument);
  return fmt::vformat(this->label(label), store);
}

std::string_view Canvas::side(Side side) const {
  return label(side == Side::client ? Label::client : Label::server);
}

std::string Canvas::since_begin(Nanoseconds time) const {
  return "+" + duration_text(time - document.connection.begin.value_or(time));
}

void Canvas::write(const Line& line) {
  std::string painted;
  std::size_t last = line.size();
  while (last > 0 && line[last - 1].text.find_first_not_of(' ') == std::string::npos) --last;
  for (std::size_t i = 0; i < last; ++i) {
    std::string_view text = line[i].text;
    if (i + 1 == last) text = text.substr(0, text.find_last_not_of(' ') + 1);
    painted += page.paint(line[i].ink, text);
  }
  page.line(painted);
}

void Canvas::write(const std::vector<Line>& lines, std::size_t indent) {
  for (const Line& line : lines) {
    Line indented{{spaces(indent)}};
    indented.insert(indented.end(), line.begin(), line.end());
    write(indented);
  }
}

void Canvas::write_text(std::string_view printable_text, std::size_t indent, Ink ink) {
  write(paragraph(printable_text, width(), ink, indent));
}

void Canvas::write_labelled(std::string_view label, std::size_t indent, std::size_t column,
                            std::string_view printable_text, Ink ink) {
  const std::size_t used = indent + columns(label);
  std::vector<Line> lines = paragraph(printable_text, width(), ink, column);
  Line first{{spaces(indent)}, {std::string(label)}};
  if (lines.empty() || used + 1 > column) {
    write(first);
  } else {
    lines.front().front().text = spaces(column - used);
    lines.front().insert(lines.front().begin(), first.begin(), first.end());
  }
  write(lines);
}

void Canvas::write_edge(Line line, std::string_view edge) {
  const std::string shown = shorten(edge, width() / 2);
  if (shown.empty()) return write(line);
  const std::size_t used = columns(line) + columns(shown);
  if (used + 2 > width()) {
    write(line);
    line = {};
  }
  line.push_back({spaces(width() - columns(line) - columns(shown))});
  line.push_back({shown, Ink::dim});
  write(line);
}

void Canvas::write_hex(View bytes, std::size_t indent, std::size_t most_lines) {
  const std::size_t per_line = std::min<std::size_t>((width() - indent) / 2 - 1, 32);
  const bool is_cut = bytes.size() > per_line * most_lines;
  if (is_cut) bytes = bytes.first(per_line * most_lines);
  while (!bytes.empty()) {
    const View part = bytes.first(std::min(per_line, bytes.size()));
    bytes = bytes.subspan(part.size());
    write({{spaces(indent)}, {wire::hex(part) + (is_cut && bytes.empty() ? ".." : "")}});
  }
}

}  // namespace glasstls::inspect::terminal
