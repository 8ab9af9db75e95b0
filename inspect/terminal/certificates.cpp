#include <algorithm>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

constexpr std::size_t margin = 5;

void write_statement(Canvas& canvas, const Certificate::Statement& statement) {
  const std::size_t indent = margin + std::min<std::size_t>(2 * statement.depth, 12);
  const std::size_t column = margin + 26;
  std::vector<std::string> value = break_text(printable(statement.value), canvas.width() - column);
  if (value.size() > most_text_lines && !canvas.all_bytes()) {
    value.resize(most_text_lines);
    value.back() = shorten(value.back() + " ...", canvas.width() - column);
  }
  const std::string name = shorten(printable(statement.name), canvas.width() - indent);
  const bool beside = indent + columns(name) + 2 <= column;
  Line first{{spaces(indent)}, {name, Ink::title}};
  if (!beside || value.empty()) canvas.write(first);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i == 0 && beside) {
      first.push_back({spaces(column - indent - columns(name))});
      first.push_back({value[i]});
      canvas.write(first);
    } else {
      canvas.write({{spaces(column)}, {value[i]}});
    }
  }
  std::string meaning = printable(statement.meaning);
  if (!meaning.empty() && !statement.section.empty())
    meaning += " [" + printable(statement.section) + "]";
  canvas.write_text(meaning, indent + 2, Ink::dim);
}

}  // namespace

void write_certificate(Canvas& canvas, Id id) {
  const Certificate& certificate = canvas.document.certificates[id];
  canvas.write(
      {{spaces(margin - 2)},
       {canvas.label(Label::certificate, {std::to_string(certificate.place)}), Ink::title}});
  for (const Certificate::Statement& statement : certificate.statements)
    write_statement(canvas, statement);
  for (const Certificate::Remark& remark : certificate.remarks) {
    std::string text = "! " + printable(remark.text);
    if (!remark.section.empty()) text += " [" + printable(remark.section) + "]";
    canvas.write_text(text, margin, Ink::caution);
  }
}

}  // namespace glasstls::inspect::terminal
