#include <algorithm>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

struct Mark {
  std::string_view sign;
  Ink ink;
  Label label;
};

Mark mark_of(const Canvas& canvas, Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return {canvas.sign("✓", "+"), Ink::good, Label::passed};
    case Verdict::failed: return {canvas.sign("✗", "x"), Ink::bad, Label::failed};
    case Verdict::not_checkable: return {"?", Ink::caution, Label::not_checkable};
  }
  return {"?", Ink::caution, Label::not_checkable};
}

/// The catalogue's, if it has one: else its name.
std::string title_of(const Canvas& canvas, const Check& check) {
  const std::string key = "check." + check.name;
  if (!Catalogue::get(canvas.options.language).has(key)) return printable(check.name);
  return canvas.say({key, {}});
}

void write_values(Canvas& canvas, const Check& check) {
  if (check.expected.empty() && check.actual.empty()) return;
  if (check.verdict != Verdict::failed && !canvas.all_bytes()) return;
  canvas.write_text(canvas.label(Label::expected), 4, Ink::dim);
  canvas.write_hex(check.expected, 6, unbounded);
  canvas.write_text(canvas.label(Label::actual), 4, Ink::dim);
  canvas.write_hex(check.actual, 6, unbounded);
}

void write_check(Canvas& canvas, const Check& check) {
  const Mark mark = mark_of(canvas, check.verdict);
  const std::string word = std::string(canvas.label(mark.label));
  const std::string title = title_of(canvas, check);
  const std::size_t room = canvas.width() - 4 - columns(word);
  std::vector<std::string> lines = break_text(title, room);
  if (lines.empty()) lines.emplace_back();
  canvas.write_edge({{std::string(mark.sign) + " ", mark.ink}, {lines.front()}}, word);
  for (std::size_t i = 1; i < lines.size(); ++i) canvas.write({{"  "}, {lines[i]}});
  std::string reason = canvas.say(check.reason);
  if (!check.section.empty())
    reason += (reason.empty() ? "[" : " [") + printable(check.section) + "]";
  canvas.write_text(reason, 4, check.verdict == Verdict::failed ? Ink::bad : Ink::dim);
  write_values(canvas, check);
  if (check.verdict != Verdict::failed && !canvas.all_bytes()) return;
  for (const Text& detail : check.details) canvas.write_text(canvas.say(detail), 6, Ink::dim);
}

/// Those that passed by their names, as many in a line as fit; the others with their reason.
void write_brief_checks(Canvas& canvas) {
  Line line;
  for (const Check& check : canvas.document.checks) {
    if (check.verdict != Verdict::passed) continue;
    const Mark mark = mark_of(canvas, check.verdict);
    const std::string name = printable(check.name);
    if (columns(line) + columns(name) + 4 > canvas.width()) {
      canvas.write(line);
      line.clear();
    }
    if (!line.empty()) line.push_back({"  "});
    line.push_back({std::string(mark.sign) + " ", mark.ink});
    line.push_back({name});
  }
  if (!line.empty()) canvas.write(line);
  for (const Check& check : canvas.document.checks) {
    if (check.verdict == Verdict::passed) continue;
    const Mark mark = mark_of(canvas, check.verdict);
    std::string text = printable(check.name);
    if (const std::string why = canvas.say(check.reason); !why.empty()) text += ": " + why;
    canvas.write(
        {{std::string(mark.sign) + " ", mark.ink}, {shorten(text, canvas.width() - 2), mark.ink}});
  }
}

}  // namespace

}  // namespace glasstls::inspect::terminal

namespace glasstls::inspect {

std::string checks_text(const Document& document, const TerminalOptions& options) {
  if (document.checks.empty()) return {};
  terminal::Canvas canvas(document, options);
  if (canvas.brief()) {
    terminal::write_brief_checks(canvas);
  } else {
    canvas.write({{std::string(canvas.label(terminal::Label::checks)), Ink::title}});
    for (const Check& check : document.checks) terminal::write_check(canvas, check);
  }
  return canvas.page.take();
}

}  // namespace glasstls::inspect
