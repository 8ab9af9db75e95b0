#include "inspect/page.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "inspect/printable.h"

namespace glasstls::inspect {

namespace {

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::dim: return "2";
    case Ink::title: return "1";
    case Ink::good: return "32";
    case Ink::caution: return "33";
    case Ink::bad: return "1;31";
  }
  return "";
}

std::string spaces(std::size_t count) { return std::string(count, ' '); }

/// The widest word of a text.
std::size_t widest_word(std::string_view text) {
  std::size_t widest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    widest = std::max(widest, columns(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return widest;
}

}  // namespace

std::string Page::paint(Ink ink, std::string_view text) const {
  const std::string_view code = code_of(ink);
  if (!color_ || code.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

void Page::write(std::vector<Line> lines, std::string_view edge) {
  const std::string shown = printable(edge);
  const std::size_t needed = columns(shown);
  if (needed > 0) {
    auto roomy = std::find_if(lines.begin(), lines.end(), [&](const Line& candidate) {
      return candidate.columns + 2 + needed <= width_;
    });
    if (roomy == lines.end()) roomy = lines.insert(lines.end(), Line{});
    const std::size_t gap = width_ - std::min(width_, roomy->columns + needed);
    roomy->painted += spaces(gap) + paint(Ink::dim, shown);
  }
  for (const Line& written : lines) line(written.painted);
}

/// `beside`: the first line goes on where the last one ends.
void Page::add_text(std::vector<Line>& lines, std::size_t column, const std::string& text, Ink ink,
                    bool beside) const {
  const std::size_t needed = widest_word(text);
  if (needed > width_ - column && needed < width_)
    column = std::min(column, std::max<std::size_t>(width_ - needed, 4));
  if (beside && lines.back().columns + 2 > column && lines.back().columns > 0) beside = false;
  for (const std::string& part : wrap(text, width_ - column)) {
    if (!beside) lines.push_back({});
    Line& current = lines.back();
    current.painted += spaces(column - current.columns) + paint(ink, part);
    current.columns = column + columns(part);
    beside = false;
  }
}

void Page::entry(const Entry& entry) {
  const std::string label = printable(entry.label);
  std::vector<Line> lines;
  if (!label.empty()) lines.push_back({paint(entry.label_ink, label), columns(label)});
  add_text(lines, entry.column, printable(entry.text), entry.ink, !lines.empty());
  const bool only_label = lines.size() == 1 && entry.text.empty();
  add_text(lines, entry.more_column.value_or(entry.column), printable(entry.more), Ink::dim,
           only_label && !entry.more_column);
  write(std::move(lines), entry.edge);
}

}  // namespace glasstls::inspect
