#include "inspect/certificate_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "inspect/page.h"
#include "inspect/printable.h"

namespace glasstls::inspect {

namespace {

constexpr std::size_t statement_column = 26;  // of values and meanings
constexpr std::size_t deepest = 8;            // deeper elements are not indented further
constexpr std::size_t bytes_per_line = 16;
constexpr std::size_t most_unread = 64;  // bytes shown of what was not read

std::string indent(std::size_t depth) { return std::string(2 * std::min(depth, deepest), ' '); }

void write_heading(Page& page, const Explanation& shown) {
  const std::string title =
      std::string(name_of(shown.kind)) + (shown.title.empty() ? "" : " " + shown.title);
  const std::string source =
      (shown.source.empty() ? "" : shown.source + ", ") + fmt::format("{} bytes", shown.der.size());
  page.entry({{}, 0, title, Ink::title, Ink::plain, source, {}});
  page.line();
}

// --- Statements

/// Value and meaning share a line where they have room.
void write(Page& page, const Statement& statement) {
  const std::string label = indent(statement.depth) + statement.name;
  Page::Entry entry{label,      statement_column,  statement.value,  Ink::plain,
                    Ink::title, statement.meaning, statement.section};
  const std::size_t edge = statement.section.empty() ? 0 : columns(statement.section) + 2;
  const std::size_t used =
      columns(printable(statement.value)) + 4 + columns(printable(statement.meaning)) + edge;
  std::string both;
  if (!statement.value.empty() && !statement.meaning.empty() &&
      statement_column + used <= page.width()) {
    both = statement.value + "  (" + statement.meaning + ")";
    entry.text = both;
    entry.more = {};
  }
  page.entry(entry);
}

// --- Bytes

/// "30 82 03 ff"
std::string spaced_hex(View bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    text += (i == 0 ? "" : " ") + wire::hex(bytes.subspan(i, 1));
  return text;
}

/// The elements in columns: offset, length, name; below, the words and the bytes.
class ElementLines {
 public:
  ElementLines(const Explanation& shown, bool bytes, Page& page)
      : shown_(shown),
        bytes_(bytes),
        page_(page),
        digits_(std::max<std::size_t>(std::to_string(shown.der.size()).size(), 3)) {}

  void write() {
    page_.line(page_.paint(
        Ink::dim, fmt::format("{:>{}} {:>{}}  {}", "at", digits_, "len", digits_, "element")));
    for (const DerField& field : shown_.fields) write(field);
  }

 private:
  void write(const DerField& field) {
    const std::string length = field.length ? std::to_string(*field.length) : "?";
    const std::string range =
        fmt::format("{:>{}} {:>{}}  ", field.offset, digits_, length, digits_);
    const std::string label = range + indent(field.depth) + field.name;
    const std::size_t beside = columns(printable(label)) + 2;
    // A value stands beside the name where it has room, below where it has not.
    const bool roomy = beside + columns(printable(field.value)) <= page_.width();
    page_.entry({label, roomy ? beside : text_column(field), field.value, Ink::plain, Ink::title,
                 field.meaning, field.section, text_column(field)});
    if (bytes_) write_bytes(field);
  }

  void write_bytes(const DerField& field) {
    const View own = View(shown_.der).subspan(field.offset, field.own);
    const bool cut = shown_.error && &field == &shown_.fields.back() && own.size() > most_unread;
    const View seen = cut ? own.first(most_unread) : own;
    const std::string margin(bytes_column(), ' ');
    for (std::size_t i = 0; i < seen.size(); i += bytes_per_line) {
      const std::size_t size = std::min(bytes_per_line, seen.size() - i);
      page_.line(margin + page_.paint(Ink::good, spaced_hex(seen.subspan(i, size))));
    }
    if (cut) page_.line(margin + fmt::format("... {} bytes more", own.size() - seen.size()));
  }

  std::size_t bytes_column() const { return 2 * digits_ + 3 + 2; }
  std::size_t text_column(const DerField& field) const {
    return 2 * digits_ + 3 + indent(field.depth).size() + 2;
  }

  const Explanation& shown_;
  bool bytes_;
  Page& page_;
  std::size_t digits_;
};

}  // namespace

std::string to_text(const Explanation& shown, const CertificateTextOptions& options) {
  Page page(options.width, options.color);
  write_heading(page, shown);
  if (options.bytes || shown.error)
    ElementLines(shown, options.bytes, page).write();
  else
    for (const Statement& statement : shown.statements) write(page, statement);
  if (!shown.remarks.empty()) page.line();
  for (const Remark& remark : shown.remarks) {
    const std::string where = remark.range ? ", " + to_string(*remark.range) : "";
    const std::string text = fmt::format("{} ({}{})", remark.text, remark.section, where);
    page.entry({"remark", 8, text, Ink::caution, Ink::caution, {}, {}});
  }
  if (shown.error) {
    page.line();
    const std::string text = fmt::format("at byte {}: {} ({})", shown.error->offset,
                                         shown.error->what, shown.error->section);
    page.entry({"malformed", 11, text, Ink::bad, Ink::bad, {}, {}});
  }
  return page.take();
}

}  // namespace glasstls::inspect
