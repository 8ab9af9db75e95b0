// PassiveDecoder: records, and what is inside them. RFC 5246, 6 and 7.
#include "inspect/decode/passive_decoder.h"

#include <algorithm>
#include <utility>

#include "inspect/decode/reasons.h"

namespace glasstls::inspect {

namespace {

/// A few damaged records are a damaged capture; many in a row are the wrong key.
constexpr std::uint64_t most_failures_in_a_row = 8;

Direction direction_of(Side side) {
  return side == Side::client ? Direction::sent : Direction::received;
}

wire::RecordSeen seen(Side from, const RecordSplitter::Record& record) {
  return {direction_of(from), record.type, record.version, record.wire, record.fragment()};
}

}  // namespace

PassiveDecoder::PassiveDecoder(const capture::KeyLog* log, SeenSessions& sessions,
                               Recorder* recorder)
    : log_(log), sessions_(sessions), recorder_(recorder) {}

void PassiveDecoder::remark(std::string_view key) {
  if (std::find(remarks_.begin(), remarks_.end(), key) != remarks_.end()) return;
  remarks_.push_back(key);
  if (recorder_ != nullptr) recorder_->remark(std::string(key));
}

void PassiveDecoder::begin_in_the_middle() {
  summary_.began_in_the_middle = true;
  if (recorder_ != nullptr) recorder_->recording().began_in_the_middle = true;
  remark(reasons::remark_began_in_the_middle);
  transcript_.tear();
  for (Way& way : ways_) way.sealed_because = reasons::began_in_the_middle;
}

// --- From the network ------------------------------------------------------------------------------

void PassiveDecoder::data(Side from, View bytes, Time time, std::optional<std::uint64_t> frame) {
  if (recorder_ != nullptr) recorder_->segment(from, bytes.size(), time, frame);
  sent(from).bytes += bytes.size();
  if (way(from).stopped) return;
  way(from).splitter.add(bytes);
  read(from);
}

void PassiveDecoder::gap(Side from, std::uint64_t size, std::string_view reason) {
  if (recorder_ != nullptr) recorder_->gap(from, size, std::string(reason));
  sent(from).missing += size;
  transcript_.tear();
  Way& torn = way(from);
  torn.protection.reset();
  torn.sealed_because = reasons::after_gap;
  torn.joiner.clear();
  torn.splitter.gap(size);
  read(from);
}

void PassiveDecoder::end(Side from, bool reset, Time time) {
  if (recorder_ != nullptr) recorder_->end_of_stream(from, reset, time);
  if (way(from).stopped) return;
  way(from).splitter.end();
  read(from);
}

void PassiveDecoder::finish() {
  for (const Side side : {Side::client, Side::server}) {
    if (way(side).stopped) continue;
    way(side).splitter.end();
    read(side);
  }
}

void PassiveDecoder::read(Side from) {
  while (!way(from).stopped) {
    const auto next = way(from).splitter.next(way(from).is_protected);
    if (const auto* record = std::get_if<RecordSplitter::Record>(&next)) {
      on(from, *record);
    } else if (const auto* fault = std::get_if<RecordSplitter::Fault>(&next)) {
      stop(from, {from,
                  "record",
                  fault->offset,
                  std::string(fault->field),
                  fault->reason,
                  std::string(fault->section),
                  {}});
      way(from).stopped = true;
    } else if (const auto* unread = std::get_if<RecordSplitter::Unread>(&next)) {
      if (recorder_ != nullptr) recorder_->unread(from, unread->size);
    } else {
      return;
    }
  }
}

void PassiveDecoder::stop(Side from, Recording::Stop stop) {
  stop.side = from;
  if (!summary_.fault) summary_.fault = stop;
  if (recorder_ != nullptr) recorder_->stopped(std::move(stop));
}

// --- Records ---------------------------------------------------------------------------------------

void PassiveDecoder::on(Side from, const RecordSplitter::Record& record) {
  ++sent(from).records;
  if (way(from).is_protected || !way(from).sealed_because.empty() ||
      (is_tls13_ && record.type == ContentType::application_data))
    on_protected(from, record);
  else
    on_plain(from, record);
}

void PassiveDecoder::on_plain(Side from, const RecordSplitter::Record& record) {
  if (record.type == ContentType::application_data)
    return seal(from, record, reasons::data_before_keys);
  if (recorder_ != nullptr) recorder_->record(seen(from, record));
  dispatch(from, record.type, record.fragment());
}

void PassiveDecoder::on_protected(Side from, const RecordSplitter::Record& record) {
  Way& own = way(from);
  if (is_tls13_) return seal(from, record, reasons::tls13);
  if (!own.protection) {
    const std::string_view reason = !own.sealed_because.empty() ? own.sealed_because
                                    : !not_derived_.empty()     ? not_derived_
                                                                : reasons::no_server_hello;
    // What a handshake record after ChangeCipherSpec holds is Finished: so the protocol says.
    if (own.is_protected && record.type == ContentType::handshake) note_finished(from);
    return seal(from, record, reason);
  }
  if (own.failed_in_a_row >= most_failures_in_a_row)
    return seal(from, record,
                own.opened == 0 ? reasons::first_records_fail : reasons::records_fail);
  open(from, record);
}

void PassiveDecoder::note_finished(Side from) {
  sent(from).finished = true;
  summary_.complete = sent(Side::client).finished && sent(Side::server).finished;
}

void PassiveDecoder::seal(Side from, const RecordSplitter::Record& record,
                          std::string_view reason) {
  ++sent(from).sealed;
  if (summary_.not_opened.empty()) summary_.not_opened = reason;
  if (recorder_ == nullptr) return;
  wire::RecordSeen told = seen(from, record);
  told.plaintext = {};
  told.is_protected = true;
  recorder_->sealed(told, false, std::string(reason));
}

/// A copy is opened: the observer sees what was on the wire.
bool PassiveDecoder::open(Side from, const RecordSplitter::Record& record) {
  Way& own = way(from);
  Bytes fragment = wire::copy(record.fragment());
  wire::RecordSeen told = seen(from, record);
  told.is_protected = true;
  told.sequence_number = own.protection->sequence_number();
  const auto plaintext = own.protection->open(record.type, fragment);
  told.nonce = own.protection->last_nonce();
  told.additional_data = own.protection->last_additional_data();
  told.authentic = plaintext.has_value();
  told.plaintext = plaintext ? View(*plaintext) : View();
  if (recorder_ != nullptr) recorder_->record(told);
  if (!plaintext) {
    ++sent(from).failed;
    ++own.failed_in_a_row;
    own.protection->skip();
    transcript_.tear();
    remark(own.opened == 0 ? reasons::remark_first_record_fails : reasons::remark_record_fails);
    return false;
  }
  ++sent(from).opened;
  ++own.opened;
  own.failed_in_a_row = 0;
  dispatch(from, record.type, *plaintext);
  return true;
}

void PassiveDecoder::dispatch(Side from, ContentType type, View content) {
  switch (type) {
    case ContentType::handshake: return on_handshake(from, content);
    case ContentType::change_cipher_spec: return on_change_cipher_spec(from, content);
    case ContentType::alert: return on_alert(from, content);
    case ContentType::application_data: return;
  }
}

// --- Messages --------------------------------------------------------------------------------------

void PassiveDecoder::tell(Side from, View bytes, const Dissection& dissection) {
  if (dissection.error) {
    const DissectionError& error = *dissection.error;
    stop(from, {from, dissection.name, error.offset, error.field, error.reason, error.section, {}});
  }
  if (recorder_ != nullptr)
    recorder_->message(
        {direction_of(from), dissection.name, dissection.section, bytes, dissection.fields});
}

void PassiveDecoder::on_alert(Side from, View fragment) {
  const Dissection dissection = dissect_alert(fragment);
  tell(from, fragment, dissection);
  if (dissection.error || fragment.size() < 2) return;
  const auto description = static_cast<AlertDescription>(fragment[1]);
  if (fragment[0] == static_cast<std::uint8_t>(AlertLevel::fatal) && !summary_.alert)
    summary_.alert = ConnectionSummary::FatalAlert{from, description};
}

void PassiveDecoder::on_change_cipher_spec(Side from, View fragment) {
  tell(from, fragment, dissect_change_cipher_spec(fragment));
  if (is_tls13_) return;  // RFC 8446, D.4: it means nothing there
  derive();
  Way& own = way(from);
  own.is_protected = true;
  own.protection = std::exchange(own.pending, std::nullopt);
  own.opened = 0;
  own.failed_in_a_row = 0;
}

void PassiveDecoder::on_handshake(Side from, View fragment) {
  MessageJoiner& joiner = way(from).joiner;
  joiner.add(fragment);
  while (const auto message = joiner.next()) on_message(from, *message);
  if (!joiner.too_long()) return;
  const View rest = joiner.waiting();
  stop(from, {from,
              "handshake message",
              1,
              "length",
              "the message claims to be longer than any can",
              "RFC 5246, 7.4",
              {}});
  transcript_.tear();
  static_cast<void>(rest);
  joiner.clear();
}

void PassiveDecoder::on_message(Side from, View message) {
  using handshake::HandshakeType;
  const auto type = static_cast<HandshakeType>(message[0]);
  if (type == HandshakeType::client_hello && handshakes_ > 0) begin_again();
  const Dissection dissection =
      dissect_handshake(message, {from, summary_.version, summary_.cipher_suite});
  if (type == HandshakeType::finished) on_finished(from);  // it covers what came before it
  if (type != HandshakeType::hello_request) transcript_.add(message);
  tell(from, message, dissection);
  switch (type) {
    case HandshakeType::client_hello: return on_client_hello(message, dissection.fields);
    case HandshakeType::server_hello: return on_server_hello(message, dissection.fields);
    case HandshakeType::new_session_ticket: return on_ticket(message, dissection.fields);
    case HandshakeType::server_key_exchange:
    case HandshakeType::certificate:
      key_exchange_seen_ = key_exchange_seen_ || from == Side::server;
      return;
    case HandshakeType::client_key_exchange:
      if (const auto* suite =
              summary_.cipher_suite ? crypto::find(*summary_.cipher_suite) : nullptr;
          suite != nullptr && transcript_.whole())
        session_hash_ = crypto::hash(suite->prf_hash, transcript_.bytes());
      return;
    case HandshakeType::hello_request: return remark(reasons::remark_hello_request);
    default: return;
  }
}

}  // namespace glasstls::inspect
