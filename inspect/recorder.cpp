#include "inspect/recorder.h"

#include <algorithm>
#include <optional>
#include <string>

namespace glasstls::inspect {

namespace {

std::size_t index_of(Direction direction) { return static_cast<std::size_t>(direction); }

Field own(const wire::Field& seen) {
  return {std::string(seen.name),
          seen.depth,
          seen.begin,
          seen.content,
          seen.end,
          seen.number,
          seen.text};
}

/// What was not dissected at all did not stop anywhere.
std::optional<std::size_t> stop_of(const wire::MessageSeen& seen) {
  if (seen.fields.fields().empty()) return std::nullopt;
  std::size_t reached = 0;
  for (const wire::Field& field : seen.fields.fields())
    reached = std::max(reached, field.end.value_or(std::max(field.begin, field.content)));
  if (seen.fields.complete() && reached >= seen.bytes.size()) return std::nullopt;
  return reached;
}

}  // namespace

bool Recorder::has_room(Direction direction) {
  if (document_.entries.size() < options_.entries) return true;
  ++document_.omitted[index_of(direction)].entries;
  return false;
}

template <class Row>
void Recorder::add(std::vector<Row>& table, EntryKind kind, Row row) {
  table.push_back(std::move(row));
  document_.entries.push_back({kind, table.size() - 1});
  if (listener_) listener_(document_, document_.entries.back());
}

void Recorder::record(const wire::RecordSeen& seen) noexcept {
  if (seen.type == ContentType::application_data && seen.authentic) {
    std::size_t& kept = application_data_kept_[index_of(seen.direction)];
    if (kept == options_.application_data_records) {
      Omitted& omitted = document_.omitted[index_of(seen.direction)];
      ++omitted.application_data_records;
      omitted.application_data_bytes += seen.plaintext.size();
      return;
    }
    ++kept;
  }
  if (!has_room(seen.direction)) return;
  Record record;
  record.direction = seen.direction;
  record.type = seen.type;
  record.version = seen.version;
  record.wire = wire::copy(seen.wire);
  record.plaintext = wire::copy(seen.plaintext);
  record.is_protected = seen.is_protected;
  if (seen.is_protected) {
    record.sequence_number = seen.sequence_number;
    record.nonce = wire::copy(seen.nonce);
    record.additional_data = wire::copy(seen.additional_data);
    record.authentic = seen.authentic;
  }
  add(document_.records, EntryKind::record, std::move(record));
}

void Recorder::message(const wire::MessageSeen& seen) noexcept {
  if (!has_room(seen.direction)) return;
  Message message;
  message.direction = seen.direction;
  message.name = seen.name;
  message.section = seen.section;
  message.bytes = wire::copy(seen.bytes);
  message.fields.reserve(seen.fields.fields().size());
  for (const wire::Field& field : seen.fields.fields()) message.fields.push_back(own(field));
  message.stopped_at = stop_of(seen);
  add(document_.messages, EntryKind::message, std::move(message));
}

void Recorder::secret(const wire::SecretSeen& seen) noexcept {
  if (!has_room(Direction::sent)) return;
  Secret secret;
  secret.name = seen.name;
  secret.section = seen.section;
  secret.label = seen.label;
  secret.inputs.assign(seen.inputs.begin(), seen.inputs.end());
  // Whatever another observer of the same connection asked for.
  if (options_.expose_secrets) secret.value = wire::copy(seen.value);
  add(document_.secrets, EntryKind::secret, std::move(secret));
}

void Recorder::transition(const wire::TransitionSeen& seen) noexcept {
  if (!has_room(Direction::sent)) return;
  add(document_.transitions, EntryKind::transition,
      Transition{std::string(seen.from), std::string(seen.on), std::string(seen.to),
                 std::string(seen.reason)});
}

}  // namespace glasstls::inspect
