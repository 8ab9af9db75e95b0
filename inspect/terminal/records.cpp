#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

constexpr std::size_t column = 22;

void write_part(Canvas& canvas, Label label, const std::string& value) {
  canvas.write_labelled(canvas.label(label), 5, column, value);
}

void write_part(Canvas& canvas, Label label, View value) {
  if (!value.empty()) return write_part(canvas, label, wire::hex(value));
  if (canvas.document.connection.redacted)
    write_part(canvas, label, std::string(canvas.label(Label::redacted)));
}

std::string name_of(const Named& named) {
  return named.name.empty() ? std::to_string(named.number) : printable(named.name);
}

/// What the AEAD was given. RFC 5246, 6.2.3.3.
void write_protection(Canvas& canvas, const Record& record) {
  if (record.sequence_number)
    write_part(canvas, Label::sequence_number, std::to_string(*record.sequence_number));
  write_part(canvas, Label::nonce, record.nonce);
  write_part(canvas, Label::additional_data, record.additional_data);
}

void write_plaintext(Canvas& canvas, const Record& record) {
  const auto& buffers = canvas.document.buffers;
  if (!record.plaintext || *record.plaintext >= buffers.size()) return;
  const std::size_t size = buffers[*record.plaintext].bytes.size();
  const bool left_out = size == 0 && canvas.document.connection.redacted;
  write_part(canvas, Label::plaintext,
             left_out ? std::string(canvas.label(Label::redacted)) : canvas.bytes_text(size));
  if (!left_out) write_dump(canvas, {*record.plaintext, 0, size}, unbounded);
}

void write_reason(Canvas& canvas, const Record& record) {
  if (record.protection == Protection::not_authentic)
    canvas.write_text(
        std::string(canvas.sign("✗ ", "x ")) + std::string(canvas.label(Label::not_authentic)), 3,
        Ink::bad);
  if (record.protection != Protection::sealed) return;
  std::string text = "? " + std::string(canvas.label(Label::sealed));
  if (const std::string why = canvas.say(record.reason); !why.empty()) text += ": " + why;
  canvas.write_text(text, 3, Ink::caution);
}

}  // namespace

void write_record(Canvas& canvas, Id id) {
  const Record& record = canvas.document.records[id];
  if (record.buffer >= canvas.document.buffers.size()) return;
  const std::size_t size = canvas.document.buffers[record.buffer].bytes.size();
  canvas.page.line();
  std::string title = canvas.label(
      Label::record, {std::to_string(record.number), std::string(canvas.side(record.side)),
                      name_of(record.type), name_of(record.version)});
  title += std::string(canvas.label(Label::comma)) + canvas.bytes_text(size);
  canvas.write_text(title, 1, Ink::title);
  if (canvas.all_bytes()) write_fields(canvas, record.fields, {record.buffer, 0, size});
  if (record.protection == Protection::none) return;
  if (canvas.all_bytes()) write_protection(canvas, record);
  write_reason(canvas, record);
  if (canvas.all_bytes()) write_plaintext(canvas, record);
}

}  // namespace glasstls::inspect::terminal
