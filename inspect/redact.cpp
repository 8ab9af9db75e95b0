#include "inspect/redact.h"

#include <vector>

namespace glasstls::inspect {

namespace {

/// Which buffers hold what was decrypted, or was joined from that.
std::vector<bool> decrypted(const Document& document) {
  std::vector<bool> is_decrypted(document.buffers.size());
  for (std::size_t id = 0; id < document.buffers.size(); ++id) {
    const Buffer& buffer = document.buffers[id];
    is_decrypted[id] = buffer.origin == Origin::decrypted;
    if (buffer.origin != Origin::joined) continue;
    for (const Range& source : buffer.sources)
      is_decrypted[id] = is_decrypted[id] || is_decrypted[source.buffer];
  }
  return is_decrypted;
}

void clear(Field& field) {
  field.kind = ValueKind::none;
  field.number = {};
  field.text.clear();
  field.value_meaning = {};
  field.notes.clear();
}

void redact_messages(Document& document, const std::vector<bool>& is_decrypted) {
  for (Message& message : document.messages) {
    if (!is_decrypted[message.range.buffer]) continue;
    message.summary = {"summary.redacted", {}};
    if (message.fault) message.fault->reason = {"summary.redacted", {}};
  }
  for (Field& field : document.fields)
    if (is_decrypted[field.range.buffer]) clear(field);
  for (Certificate& certificate : document.certificates)
    if (is_decrypted[document.messages[certificate.message].range.buffer])
      certificate = Certificate{certificate.message,
                                certificate.field,
                                certificate.place,
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                {}};
}

/// Bytes that checks compared: all but those of public values.
void redact_checks(Document& document) {
  for (Check& check : document.checks) {
    if (check.subject.table == Table::secret && document.secrets[check.subject.id].is_public)
      continue;
    if (check.name == "downgrade_sentinel") continue;  // bytes of a hello
    check.expected.clear();
    check.actual.clear();
  }
}

}  // namespace

void hide_secrets(Document& document) {
  for (Secret& secret : document.secrets) {
    if (secret.is_public || secret.state != Knowledge::known) continue;
    secret.output.clear();
    secret.state = Knowledge::redacted;
  }
  redact_checks(document);
  document.connection.has_secrets = false;
}

void redact(Document& document) {
  const std::vector<bool> is_decrypted = decrypted(document);
  redact_messages(document, is_decrypted);
  for (std::size_t id = 0; id < document.buffers.size(); ++id)
    if (is_decrypted[id]) document.buffers[id].bytes.clear();
  for (Record& record : document.records) record.nonce.clear();
  hide_secrets(document);
  document.connection.redacted = true;
}

}  // namespace glasstls::inspect
