// Heading and outcome: the facts about the connection as a whole.
#include <algorithm>

#include "inspect/printable.h"
#include "inspect/terminal/parts.h"

namespace glasstls::inspect::terminal {

namespace {

std::string joined(const Canvas& canvas, const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    if (!part.empty())
      text += std::string(text.empty() ? "" : canvas.label(Label::comma)) + printable(part);
  return text;
}

std::string session_of(const Canvas& canvas) {
  const Connection& connection = canvas.document.connection;
  if (!connection.negotiated) return {};
  Label how = Label::session_unknown;
  if (connection.resumed == "none") how = Label::full_handshake;
  if (connection.resumed == "session_id") how = Label::resumed_session_id;
  if (connection.resumed == "ticket") how = Label::resumed_ticket;
  std::string text(canvas.label(how));
  if (connection.extended_master_secret)
    text += std::string(canvas.label(Label::comma)) +
            std::string(canvas.label(Label::extended_master_secret));
  return text;
}

std::string version_of(const Canvas& canvas) {
  const Connection& connection = canvas.document.connection;
  std::string text = joined(canvas, {connection.version.name});
  if (!text.empty() && !connection.negotiated)
    text += " (" + std::string(canvas.label(Label::offered_only)) + ")";
  return text;
}

void write_row(Canvas& canvas, Label label, const std::string& text) {
  if (!text.empty()) canvas.write_labelled(canvas.label(label), 2, 14, text);
}

/// "client 192.0.2.1:50000         server 192.0.2.2:443": each on its side.
void write_ends(Canvas& canvas) {
  const Connection& connection = canvas.document.connection;
  const auto end = [&](Side side, const std::string& address) {
    std::string text(canvas.side(side));
    if (!address.empty()) text += " " + printable(address);
    return text;
  };
  const std::string client = end(Side::client, connection.client);
  const std::string server = end(Side::server, connection.server);
  const std::size_t used = columns(client) + columns(server);
  if (used + 2 > canvas.width()) {
    canvas.write_text(client, 0, Ink::title);
    return canvas.write_text(server, 4, Ink::title);
  }
  canvas.write({{client, Ink::title}, {spaces(canvas.width() - used)}, {server, Ink::title}});
}

void write_left_out(Canvas& canvas, Side side) {
  const LeftOut& left_out = canvas.document.left_out[wire::index_of(side)];
  const std::string name(canvas.side(side));
  std::vector<std::string> parts;
  if (left_out.records > 0)
    parts.push_back(canvas.label(Label::left_out_records, {std::to_string(left_out.records), name,
                                                           canvas.bytes_text(left_out.bytes)}));
  if (left_out.entries > 0)
    parts.push_back(
        canvas.label(Label::left_out_entries, {std::to_string(left_out.entries), name}));
  for (const std::string& part : parts)
    canvas.write_text(std::string(canvas.label(Label::left_out)) + ": " + part, 2, Ink::caution);
}

}  // namespace

}  // namespace glasstls::inspect::terminal

namespace glasstls::inspect {

using terminal::Canvas;
using terminal::Label;

std::string heading_text(const Document& document, const TerminalOptions& options) {
  Canvas canvas(document, options);
  const Connection& connection = document.connection;
  canvas.write_edge(
      {{canvas.label(Label::connection, {std::to_string(connection.number)}), Ink::title}},
      shorten(printable(connection.source), canvas.width() / 2));
  terminal::write_row(canvas, Label::column_version, terminal::version_of(canvas));
  terminal::write_row(canvas, Label::suite,
                      terminal::joined(canvas, {connection.cipher_suite.name, connection.group,
                                                connection.signature_scheme}));
  terminal::write_row(
      canvas, Label::names,
      terminal::joined(canvas, {connection.server_name, connection.application_protocol}));
  terminal::write_row(canvas, Label::session, terminal::session_of(canvas));
  terminal::write_row(canvas, Label::prelude, printable(connection.prelude));
  if (connection.began_in_the_middle)
    canvas.write_text(canvas.label(Label::began_in_the_middle), 2, Ink::caution);
  canvas.page.line();
  terminal::write_ends(canvas);
  return canvas.page.take();
}

std::string outcome_text(const Document& document, const TerminalOptions& options) {
  Canvas canvas(document, options);
  const Connection& connection = document.connection;
  std::string text = canvas.say(connection.outcome);
  canvas.write_labelled(canvas.label(Label::outcome), 0, 10, text);
  for (const Text& remark : connection.remarks)
    canvas.write_text(canvas.say(remark), 2, Ink::caution);
  for (const Side side : {Side::client, Side::server}) terminal::write_left_out(canvas, side);
  for (const Machine& machine : document.machines)
    canvas.write_text(canvas.say(machine.remark), 2, Ink::caution);
  if (connection.redacted)
    canvas.write_text(canvas.label(Label::is_redacted), 2, Ink::dim);
  else if (connection.has_secrets)
    canvas.write_text(canvas.label(Label::contains_secrets), 2, Ink::caution);
  return canvas.page.take();
}

std::string to_text(const Document& document, const TerminalOptions& options) {
  std::string text = heading_text(document, options);
  text += conversation_text(document, options) + "\n";
  const std::string checks = checks_text(document, options);
  if (!checks.empty()) text += checks + (options.level == Level::brief ? "" : "\n");
  return text + outcome_text(document, options);
}

}  // namespace glasstls::inspect
