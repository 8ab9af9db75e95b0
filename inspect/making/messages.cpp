#include "inspect/making/messages.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "handshake/codec.h"
#include "inspect/making/fields.h"
#include "record/framing.h"

namespace glasstls::inspect {

namespace {

using wire::index_of;

std::size_t size_of(const std::vector<Range>& ranges) {
  std::size_t size = 0;
  for (const Range& range : ranges) size += range.length;
  return size;
}

Text words_for_message(const std::string& name) {
  const std::string key = worded({"message." + name, "message.unknown"});
  return key.empty() ? Text{} : said(key);
}

}  // namespace

DissectContext MessageMaker::context(Side side) const {
  return {side, draft_.version, draft_.cipher_suite};
}

void MessageMaker::take(Id id) {
  const Record& record = draft_.document.records[id];
  if (record.protection != Protection::none && !record.plaintext) return;
  Piece piece;
  piece.record = id;
  piece.range =
      record.plaintext
          ? Range{*record.plaintext, 0, draft_.document.buffers[*record.plaintext].bytes.size()}
          : Range{record.buffer, record::header_length,
                  draft_.document.buffers[record.buffer].bytes.size() - record::header_length};
  const Side side = record.side;
  const View bytes = draft_.document.bytes(piece.range);
  switch (static_cast<ContentType>(record.type.number)) {
    case ContentType::handshake:
      waiting_[index_of(side)].push_back(piece);
      return take_handshake(side);
    case ContentType::change_cipher_spec:
      return add(side, piece.range, {id}, dissect_change_cipher_spec(bytes));
    case ContentType::alert: return add(side, piece.range, {id}, dissect_alert(bytes));
    case ContentType::application_data: return add_data(piece, side);
  }
}

/// As many messages as are whole.
void MessageMaker::take_handshake(Side side) {
  std::vector<Piece>& waiting = waiting_[index_of(side)];
  while (true) {
    std::size_t there = 0;
    Bytes header;
    for (const Piece& piece : waiting) {
      const View bytes = draft_.document.bytes(piece.range);
      there += bytes.size();
      const std::size_t missing = handshake::message_header_length - header.size();
      wire::append(header, bytes.first(std::min(missing, bytes.size())));
    }
    if (header.size() < handshake::message_header_length) return;
    const std::size_t size =
        handshake::message_header_length +
        (std::size_t{header[1]} << 16 | std::size_t{header[2]} << 8 | header[3]);
    if (there < size) return;
    add_handshake(side, size, true);
  }
}

/// The next `size` bytes of what waits: one range if they lie in one record, else a buffer of
/// their own.
Range MessageMaker::joined(Side side, std::size_t size, std::vector<Id>& records) {
  std::vector<Piece>& waiting = waiting_[index_of(side)];
  std::vector<Range> parts;
  while (size_of(parts) < size) {
    Piece& piece = waiting.front();
    const std::size_t taken = std::min(size - size_of(parts), piece.range.length);
    parts.push_back({piece.range.buffer, piece.range.offset, taken});
    records.push_back(piece.record);
    piece.range.offset += taken;
    piece.range.length -= taken;
    if (piece.range.length == 0) waiting.erase(waiting.begin());
  }
  if (parts.size() == 1) return parts.front();
  Buffer buffer;
  buffer.side = side;
  buffer.origin = Origin::joined;
  for (const Range& part : parts) wire::append(buffer.bytes, draft_.document.bytes(part));
  buffer.sources = std::move(parts);
  const Range range{static_cast<Id>(draft_.document.buffers.size()), 0, size};
  draft_.document.buffers.push_back(std::move(buffer));
  return range;
}

void MessageMaker::add_handshake(Side side, std::size_t size, bool whole) {
  std::vector<Id> records;
  const Range range = joined(side, size, records);
  Dissection dissection = dissect_handshake(draft_.document.bytes(range), context(side));
  if (!whole)  // whatever else is wrong with it follows from this
    dissection.error = DissectionError{size,
                                       {},
                                       "the message ends here: the rest did not come",
                                       "RFC 5246, 7.4",
                                       AlertDescription::decode_error};
  add(side, range, std::move(records), dissection);
  settle(static_cast<Id>(draft_.document.messages.size() - 1));
}

void MessageMaker::add(Side side, const Range& range, std::vector<Id> records,
                       const Dissection& dissection) {
  Document& document = draft_.document;
  const auto id = static_cast<Id>(document.messages.size());
  Message& message = document.messages.emplace_back();
  message.side = side;
  message.name = dissection.name;
  message.section = dissection.section;
  message.meaning = words_for_message(message.name);
  message.range = range;
  message.time = document.records[records.back()].time;
  for (const Id record : records) document.records[record].messages.push_back(id);
  message.records = std::move(records);
  if (dissection.error)
    message.fault = Fault{dissection.error->offset, dissection.error->field,
                          verbatim(dissection.error->reason), dissection.error->section};
  add_fields_of_message(draft_, id, dissection.fields);
}

void MessageMaker::add_data(const Piece& piece, Side side) {
  Dissection dissection;
  dissection.name = "ApplicationData";
  dissection.section = "RFC 5246, 10";
  add(side, piece.range, {piece.record}, dissection);
}

/// A ServerHello decides how what follows is read.
void MessageMaker::settle(Id id) {
  const Message& message = draft_.document.messages[id];
  if (message.name == "ServerHello" && !draft_.cipher_suite) settle_by_server_hello(draft_, id);
}

void MessageMaker::finish() {
  for (const Side side : {Side::client, Side::server}) {
    std::size_t left = 0;
    for (const Piece& piece : waiting_[index_of(side)]) left += piece.range.length;
    if (left > 0) add_handshake(side, left, false);
  }
}

}  // namespace glasstls::inspect
