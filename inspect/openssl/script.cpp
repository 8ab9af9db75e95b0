#include "inspect/openssl/script.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "inspect/openssl_script.h"
#include "inspect/printable.h"

namespace glasstls::inspect::openssl {

namespace {

constexpr std::size_t widest = 96;

constexpr std::array<Suite, 6> suites{{
    {0xc02b, "sha256", "aes-128-ctr", false},
    {0xc02c, "sha384", "aes-256-ctr", false},
    {0xc02f, "sha256", "aes-128-ctr", false},
    {0xc030, "sha384", "aes-256-ctr", false},
    {0xcca8, "sha256", "chacha20", true},
    {0xcca9, "sha256", "chacha20", true},
}};

const Suite* suite_of(const Connection& connection) {
  if (!connection.negotiated) return nullptr;
  const auto found = std::find_if(suites.begin(), suites.end(), [&](const Suite& suite) {
    return suite.number == connection.cipher_suite.number;
  });
  return found == suites.end() ? nullptr : &*found;
}

bool is_in_transcript(const Message& message) {
  return message.name != "ChangeCipherSpec" && message.name != "Alert" &&
         message.name != "ApplicationData" && message.name != "HelloRequest";
}

}  // namespace

Script::Script(const Document& document_)
    : document(document_), suite(suite_of(document_.connection)) {
  for (Id id = 0; id < document.messages.size(); ++id)
    if (is_in_transcript(document.messages[id])) transcript_.push_back(id);
}

void Script::section(std::string_view title, std::string_view explanation) {
  std::string line = fmt::format("\n# --- {} ", title);
  while (line.size() < widest) line += '-';
  text_ += line + "\n";
  if (explanation.empty()) return;
  text_ += "#\n";
  comment(explanation);
}

void Script::comment(std::string_view text) {
  for (const std::string& line : wrap(text, widest - 2)) text_ += "# " + line + "\n";
}

void Script::skip(std::string_view what, std::string_view why) {
  text_ += fmt::format("skip \"{}\" \"{}\"\n", what, why);
}

void Script::value(const std::string& name, View bytes) {
  text_ += name + "=" + wire::hex(bytes) + "\n";
}

void Script::here(const std::string& command, View bytes) {
  constexpr std::size_t per_line = 48;
  text_ += command + " <<'END'\n";
  while (!bytes.empty()) {
    const View line = bytes.first(std::min(per_line, bytes.size()));
    text_ += wire::hex(line) + "\n";
    bytes = bytes.subspan(line.size());
  }
  text_ += "END\n";
}

std::optional<std::size_t> Script::place(std::optional<Id> message) const {
  const auto found =
      message ? std::find(transcript_.begin(), transcript_.end(), *message) : transcript_.end();
  if (found == transcript_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - transcript_.begin()) + 1;
}

std::optional<Id> Script::message(std::string_view name, std::optional<Side> side) const {
  for (Id id = 0; id < document.messages.size(); ++id)
    if (document.messages[id].name == name && (!side || document.messages[id].side == *side))
      return id;
  return std::nullopt;
}

const Field* Script::field(std::optional<Id> message, std::string_view name) const {
  if (!message) return nullptr;
  for (const Field& field : document.fields)
    if (field.owner == Ref{Table::message, *message} && field.name == name && field.complete)
      return &field;
  return nullptr;
}

const Secret* Script::secret(std::string_view name, std::optional<Side> side) const {
  for (const Secret& secret : document.secrets)
    if (secret.name == name && (!side || secret.side == side)) return &secret;
  return nullptr;
}

const Secret* Script::known(std::string_view name, std::optional<Side> side) const {
  const Secret* found = secret(name, side);
  return found != nullptr && found->state == Knowledge::known && !found->output.empty() ? found
                                                                                        : nullptr;
}

const Certificate* Script::certificate(Side side) const {
  for (const Certificate& certificate : document.certificates)
    if (certificate.place == 0 && certificate.message < document.messages.size() &&
        document.messages[certificate.message].side == side)
      return &certificate;
  return nullptr;
}

const Check* Script::check(std::string_view name) const {
  for (const Check& row : document.checks)
    if (row.name == name) return &row;
  return nullptr;
}

std::string Script::part(const Range& range, std::optional<Id> id) const {
  const auto number = place(id);
  if (!number) return {};
  const Range& whole = document.messages[*id].range;
  if (whole.buffer != range.buffer || range.offset < whole.offset ||
      range.offset + range.length > whole.offset + whole.length)
    return {};
  return fmt::format("part {} {} {}", *number, range.offset - whole.offset, range.length);
}

std::string Script::part_of(const Field* field) const {
  if (field == nullptr || field->owner.table != Table::message) return {};
  return part(field->content, field->owner.id);
}

std::string variable(const Secret& secret) {
  std::string name = secret.side ? std::string(name_of(*secret.side)) + "_" : std::string();
  if (secret.name.starts_with(name)) name.clear();
  for (const char c : secret.name)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')
      name += c;
  return name;
}

}  // namespace glasstls::inspect::openssl

namespace glasstls::inspect {

namespace {

using openssl::Script;

std::string refusal_of(const Document& document) {
  const Connection& connection = document.connection;
  if (connection.redacted)
    return "the document is redacted: without its secrets nothing can be derived again";
  if (!connection.negotiated) return "no ServerHello was seen: there is nothing to derive";
  if (connection.version.number != 0x0303)
    return "the connection is not TLS 1.2, the only version whose key schedule this knows";
  return {};
}

void write_opening(Script& script) {
  const Connection& connection = script.document.connection;
  script.add("#!/bin/sh\n");
  script.comment(fmt::format(
      "Derives the values of one TLS 1.2 connection once more, with the openssl program alone, and "
      "compares them with what GlassTLS said. Cipher suite 0x{:04x}.",
      connection.cipher_suite.number));
  script.add("#\n");
  script.comment(
      "Run it with sh. An argument is a PEM file of trusted certificates: then the server's chain "
      "is verified too. It exits with 0 if all agrees, 1 if something differs, 2 if it cannot "
      "run.");
  script.add("#\n");
  script.comment(
      "It holds the secrets of this connection, and gives them to openssl on its command line: "
      "whoever reads this file, or watches the processes of this machine, can read the "
      "connection.");
  script.add(openssl::prologue);
}

}  // namespace

OpensslScript openssl_script(const Document& document) {
  if (std::string refusal = refusal_of(document); !refusal.empty()) return {{}, std::move(refusal)};
  Script script(document);
  write_opening(script);
  openssl::write_messages(script);
  openssl::write_signatures(script);
  openssl::write_key_agreement(script);
  openssl::write_key_schedule(script);
  openssl::write_finished(script);
  openssl::write_records(script);
  openssl::write_chain(script);
  if (script.checks() == 0)
    return {{},
            "nothing of this connection can be checked: neither secrets nor a signature are known"};
  script.add(openssl::epilogue);
  return {script.take(), {}};
}

}  // namespace glasstls::inspect
