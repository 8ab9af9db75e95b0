// Records and the buffers that hold them. RFC 5246, 6.2.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "crypto/aead.h"
#include "inspect/making/draft.h"
#include "inspect/making/messages.h"
#include "record/framing.h"

namespace glasstls::inspect {

namespace {

template <class Number>
Named named(Number value) {
  return {static_cast<std::uint64_t>(value), std::string(name_of(value))};
}

/// The segments of each side, in order of its stream.
class Segments {
 public:
  explicit Segments(const Document& document) : document_(document) {
    for (Id id = 0; id < document.segments.size(); ++id)
      ids_[wire::index_of(document.segments[id].side)].push_back(id);
  }

  /// Those that brought [begin, end) of that side's stream.
  std::vector<Id> between(Side side, std::uint64_t begin, std::uint64_t end) const {
    const std::vector<Id>& all = ids_[wire::index_of(side)];
    const auto first = std::partition_point(all.begin(), all.end(), [&](Id id) {
      return document_.segments[id].offset + document_.segments[id].length <= begin;
    });
    const auto last = std::partition_point(
        first, all.end(), [&](Id id) { return document_.segments[id].offset < end; });
    return {first, last};
  }

 private:
  const Document& document_;
  std::array<std::vector<Id>, 2> ids_;
};

/// Where explicit nonce, ciphertext and tag lie: known of suites that we speak, and of records that
/// were opened.
void place_parts(const Draft& draft, const Recording::Record& seen, Record& record) {
  const std::size_t fragment = seen.wire.size() - record::header_length;
  const auto part = [&](std::size_t offset, std::size_t length) {
    return Range{record.buffer, record::header_length + offset, length};
  };
  const crypto::SuiteParameters* suite = draft.suite();
  if (suite == nullptr) {
    record.ciphertext = part(0, fragment);
    return;
  }
  const crypto::AeadParameters& aead = crypto::parameters(suite->aead);
  if (fragment < aead.record_iv_length + aead.tag_length) {
    record.ciphertext = part(0, fragment);
    return;
  }
  const std::size_t size = fragment - aead.record_iv_length - aead.tag_length;
  if (aead.record_iv_length > 0) record.nonce_explicit = part(0, aead.record_iv_length);
  record.ciphertext = part(aead.record_iv_length, size);
  record.tag = part(aead.record_iv_length + size, aead.tag_length);
}

void protect(Draft& draft, const Recording::Record& seen, Record& record) {
  if (!seen.is_protected) return;
  record.sequence_number = seen.sequence_number;
  record.nonce = seen.nonce;
  record.additional_data = seen.additional_data;
  place_parts(draft, seen, record);
  if (!seen.not_opened.empty()) {
    record.protection = Protection::sealed;
    record.reason = said(seen.not_opened);
    return;
  }
  record.protection = seen.authentic ? Protection::opened : Protection::not_authentic;
  if (!seen.authentic) return;
  Buffer plaintext;
  plaintext.side = record.side;
  plaintext.origin = Origin::decrypted;
  plaintext.bytes = seen.plaintext;
  plaintext.sources = {*record.ciphertext};
  record.plaintext = static_cast<Id>(draft.document.buffers.size());
  draft.document.buffers.push_back(std::move(plaintext));
}

void add_record(Draft& draft, const Segments& segments, const Recording::Record& seen) {
  Document& document = draft.document;
  Buffer buffer;
  buffer.side = draft.recording.side_of(seen.direction);
  buffer.origin = Origin::record;
  buffer.bytes = seen.wire;
  buffer.stream_offset = seen.stream_offset;
  buffer.segments =
      segments.between(buffer.side, seen.stream_offset, seen.stream_offset + seen.wire.size());

  Record record;
  record.side = buffer.side;
  record.number = seen.number;
  record.type = named(seen.type);
  record.version = named(seen.version);
  record.buffer = static_cast<Id>(document.buffers.size());
  if (!buffer.segments.empty()) record.time = document.segments[buffer.segments.back()].time;
  document.buffers.push_back(std::move(buffer));
  protect(draft, seen, record);
  document.records.push_back(std::move(record));
  add_fields_of_record(draft, static_cast<Id>(document.records.size() - 1));
}

/// In the order in which they were on the wire: an endpoint may have spoken before it read what had
/// come already. Without times, in the order in which they were told.
std::vector<const Recording::Record*> in_order(const Draft& draft, const Segments& segments) {
  std::vector<std::pair<Nanoseconds, const Recording::Record*>> timed;
  bool all_timed = true;
  for (const Recording::Record& seen : draft.recording.records) {
    const std::uint64_t end = seen.stream_offset + seen.wire.size();
    const std::vector<Id> ids =
        segments.between(draft.recording.side_of(seen.direction), seen.stream_offset, end);
    const auto time = ids.empty() ? std::nullopt : draft.document.segments[ids.back()].time;
    all_timed = all_timed && time.has_value();
    timed.emplace_back(time.value_or(0), &seen);
  }
  if (all_timed)
    std::stable_sort(timed.begin(), timed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Recording::Record*> records;
  records.reserve(timed.size());
  for (const auto& [time, seen] : timed) records.push_back(seen);
  return records;
}

}  // namespace

/// Each record with its messages: what the hellos settle decides how later records are cut.
void make_records(Draft& draft) {
  for (const Recording::Segment& seen : draft.recording.segments)
    draft.document.segments.push_back({seen.side, seen.offset, seen.length, seen.time, seen.frame});
  const Segments segments(draft.document);
  MessageMaker messages(draft);
  for (const Recording::Record* seen : in_order(draft, segments)) {
    if (seen->wire.size() < record::header_length)
      continue;  // nothing that a reader would call one
    add_record(draft, segments, *seen);
    messages.take(static_cast<Id>(draft.document.records.size() - 1));
  }
  messages.finish();
}

}  // namespace glasstls::inspect
