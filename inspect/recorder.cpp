#include "inspect/recorder.h"

#include <utility>

namespace glasstls::inspect {

namespace {

using wire::index_of;

}  // namespace

Recorder::Recorder(RecorderOptions options) : options_(options) {
  recording_.own = options.own;
  recording_.live = options.live;
}

bool Recorder::take_room(Direction direction) {
  if (entries_ < options_.entries) return ++entries_, true;
  ++recording_.omitted[static_cast<std::size_t>(direction)].entries;
  return false;
}

// --- What every observer is told -------------------------------------------------------------------

/// Of application data only what is within the bound; the rest is counted.
bool Recorder::keeps(const wire::RecordSeen& seen) {
  if (seen.type == ContentType::application_data && seen.authentic) {
    const std::size_t size = seen.plaintext.empty() ? seen.wire.size() : seen.plaintext.size();
    std::uint64_t& kept = application_data_[index_of(recording_.side_of(seen.direction))];
    if (kept + size > options_.application_data) {
      kept = options_.application_data;  // what is kept is the beginning, without holes
      auto& omitted = recording_.omitted[static_cast<std::size_t>(seen.direction)];
      ++omitted.application_data_records;
      omitted.application_data_bytes += size;
      return false;
    }
    kept += size;
  }
  return take_room(seen.direction);
}

Recording::Record Recorder::own(const wire::RecordSeen& seen) {
  const std::size_t side = index_of(recording_.side_of(seen.direction));
  Recording::Record record;
  record.direction = seen.direction;
  record.stream_offset = stream_of_records_[side];
  record.number = records_[side];
  record.type = seen.type;
  record.version = seen.version;
  record.wire = wire::copy(seen.wire);
  record.plaintext = wire::copy(seen.plaintext);
  record.is_protected = seen.is_protected;
  if (!seen.is_protected) return record;
  record.sequence_number = seen.sequence_number;
  record.nonce = wire::copy(seen.nonce);
  record.additional_data = wire::copy(seen.additional_data);
  record.authentic = seen.authentic;
  return record;
}

void Recorder::record(const wire::RecordSeen& seen) noexcept {
  const std::size_t side = index_of(recording_.side_of(seen.direction));
  if (keeps(seen)) recording_.records.push_back(own(seen));
  stream_of_records_[side] += seen.wire.size();
  ++records_[side];
}

void Recorder::sealed(const wire::RecordSeen& seen, bool numbered, std::string reason) noexcept {
  const std::size_t side = index_of(recording_.side_of(seen.direction));
  if (keeps(seen)) {
    Recording::Record record = own(seen);
    if (!numbered) record.sequence_number.reset();
    record.not_opened = std::move(reason);
    recording_.records.push_back(std::move(record));
  }
  stream_of_records_[side] += seen.wire.size();
  ++records_[side];
}

void Recorder::secret(const wire::SecretSeen& seen) noexcept {
  if (!take_room(Direction::sent)) return;
  Recording::Secret secret;
  secret.name = seen.name;
  secret.section = seen.section;
  secret.label = seen.label;
  secret.inputs.assign(seen.inputs.begin(), seen.inputs.end());
  // Whatever another observer of the same connection asked for.
  if (options_.expose_secrets) secret.value = wire::copy(seen.value);
  recording_.secrets.push_back(std::move(secret));
}

void Recorder::transition(const wire::TransitionSeen& seen) noexcept {
  if (!take_room(Direction::sent)) return;
  recording_.transitions.push_back({std::string(seen.from), std::string(seen.on),
                                    std::string(seen.to), std::string(seen.reason)});
}

// --- What only the network's side knows ------------------------------------------------------------

void Recorder::segment(Side from, std::size_t size, std::optional<std::int64_t> time,
                       std::optional<std::uint64_t> frame) noexcept {
  std::uint64_t& offset = stream_of_segments_[index_of(from)];
  if (recording_.segments.size() < options_.segments)
    recording_.segments.push_back({from, offset, size, time, frame});
  offset += size;
}

void Recorder::end_of_stream(Side from, bool reset, std::optional<std::int64_t> time) noexcept {
  auto& end = recording_.ends[index_of(from)];
  if (!end || (reset && !end->reset)) end = Recording::End{reset, time};
}

// --- What only a passive decoder knows -------------------------------------------------------------

void Recorder::gap(Side from, std::uint64_t size, std::string reason) noexcept {
  std::uint64_t& offset = stream_of_segments_[index_of(from)];
  if (!recording_.gaps[index_of(from)])
    recording_.gaps[index_of(from)] = Recording::Gap{offset, size, std::move(reason)};
  offset += size;
}

void Recorder::unread(Side from, std::uint64_t size) noexcept {
  stream_of_records_[index_of(from)] += size;
}

void Recorder::stopped(Recording::Stop stop) noexcept {
  if (!recording_.stop) recording_.stop = std::move(stop);
}

void Recorder::unknown_secret(std::string name, std::string reason) noexcept {
  recording_.unknown.push_back({std::move(name), std::move(reason)});
}

void Recorder::remark(std::string text) noexcept { recording_.remarks.push_back(std::move(text)); }

}  // namespace glasstls::inspect
