// Secrets and transitions.
#include <algorithm>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

std::string title_of(const Canvas& canvas, const Secret& secret) {
  std::string title = printable(secret.name);
  if (secret.side) title += " (" + std::string(canvas.side(*secret.side)) + ")";
  return title;
}

/// What a reference points to: the bytes, if it is something with bytes.
View bytes_of(const Document& document, const Ref& ref) {
  switch (ref.table) {
    case Table::secret:
      return ref.id < document.secrets.size() ? View(document.secrets[ref.id].output) : View();
    case Table::field:
      return ref.id < document.fields.size() ? document.bytes(document.fields[ref.id].content)
                                             : View();
    default: return {};
  }
}

/// Their values, for who wants to compute it.
void write_inputs(Canvas& canvas, const Secret& secret) {
  for (const Input& input : secret.inputs) {
    if (!input.ref) continue;
    const View bytes = bytes_of(canvas.document, *input.ref);
    if (bytes.empty()) continue;
    canvas.write_text(printable(input.name), 6, Ink::dim);
    canvas.write_hex(bytes, 8, unbounded);
  }
}

void write_value(Canvas& canvas, const Secret& secret) {
  if (secret.state == Knowledge::redacted)
    return canvas.write_text(canvas.label(Label::redacted), 4, Ink::caution);
  if (secret.state == Knowledge::unknown) {
    std::string text(canvas.label(Label::unknown));
    if (const std::string why = canvas.say(secret.reason); !why.empty()) text += ": " + why;
    return canvas.write_text(text, 4, Ink::caution);
  }
  canvas.write_hex(secret.output, 4, canvas.all_bytes() ? unbounded : 8);
}

}  // namespace

void write_secret(Canvas& canvas, Id id) {
  const Secret& secret = canvas.document.secrets[id];
  canvas.write_edge({{" " + std::string(canvas.sign("◆", "*")) + " "},
                     {title_of(canvas, secret), secret.is_public ? Ink::title : Ink::caution}},
                    printable(secret.section));
  if (!secret.formula.empty()) canvas.write_text("= " + printable(secret.formula), 4);
  write_value(canvas, secret);
  canvas.write_text(canvas.say(secret.meaning), 4, Ink::dim);
  if (canvas.all_bytes()) write_inputs(canvas, secret);
}

void write_transition(Canvas& canvas, Id id) {
  const Transition& step = canvas.document.transitions[id];
  const std::string text = std::string(canvas.side(step.side)) + ": " + printable(step.from) + " " +
                           std::string(canvas.sign("→", "->")) + " " + printable(step.to);
  canvas.write_labelled(canvas.sign(" ○", " o"), 0, 3, text);
  canvas.write_text(printable(step.reason), 5, Ink::dim);
}

}  // namespace glasstls::inspect::terminal

namespace glasstls::inspect {

std::string secrets_text(const Document& document, const TerminalOptions& options) {
  terminal::Canvas canvas(document, options);
  if (document.secrets.empty()) return {};
  canvas.write({{std::string(canvas.label(terminal::Label::secrets)), Ink::title}});
  std::size_t widest = 0;
  for (const Secret& secret : document.secrets)
    widest = std::max(widest, columns(terminal::title_of(canvas, secret)));
  const std::size_t column = std::min<std::size_t>(widest, 32) + 4;
  for (const Secret& secret : document.secrets) {
    std::string value = wire::hex(secret.output);
    if (secret.state == Knowledge::redacted) value = canvas.label(terminal::Label::redacted);
    if (secret.state == Knowledge::unknown) value = canvas.label(terminal::Label::unknown);
    canvas.write_labelled(terminal::title_of(canvas, secret), 2, column,
                          shorten(value, canvas.width() - column));
  }
  return canvas.page.take();
}

}  // namespace glasstls::inspect
