#include "tests/support/scripted_peer.h"

#include <algorithm>
#include <stdexcept>

namespace glasstls::test {

using handshake::HandshakeType;

namespace {

constexpr std::size_t largest_message = 0xffffff;

}  // namespace

ScriptedPeer::ScriptedPeer(Side side, std::string_view seed)
    : random_(seed),
      side_(side),
      read_(record::default_record_limit, nullptr),
      write_(record::default_record_limit, nullptr),
      defragmenter_(largest_message) {}

// --- Receiving

void ScriptedPeer::receive(View bytes) {
  wire::append(in_, bytes);
  std::size_t used = 0;
  while (in_.size() - used >= record::header_length) {
    const MutableView rest = MutableView(in_).subspan(used);
    const record::Header header = record::parse_header(rest, {false, read_.is_protected()});
    const std::size_t size = record::header_length + header.length;
    if (rest.size() < size) break;
    record_versions_.push_back(header.version);
    on_record(read_.open(header, rest.first(size)));
    used += size;
  }
  in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(used));
}

void ScriptedPeer::on_record(const record::Opened& opened) {
  if (read_.is_protected()) protected_sizes_.push_back(opened.plaintext.size());
  switch (opened.type) {
    case ContentType::change_cipher_spec:
      static_cast<void>(
          handshake::decode_change_cipher_spec(opened.plaintext, defragmenter_.aligned()));
      on_change_cipher_spec();
      return read_.change_cipher_spec();
    case ContentType::alert:
      return alerts_.push_back(tls::receive_alert(opened.plaintext, nullptr));
    case ContentType::application_data:
      received_sizes_.push_back(opened.plaintext.size());
      return wire::append(received_data_, opened.plaintext);
    case ContentType::handshake:
      defragmenter_.add(opened.plaintext);
      while (const auto message = defragmenter_.next()) on_handshake_message(*message);
  }
}

void ScriptedPeer::on_handshake_message(handshake::RawMessage message) {
  messages_.push_back(message.type);
  if (message.type == HandshakeType::finished) {
    const Side sender = side_ == Side::client ? Side::server : Side::client;
    const auto finished = handshake::decode<handshake::Finished>(message.bytes);
    peer_finished_is_right_ = finished.verify_data == verify_data(sender, transcript_);
  }
  before_last_ = transcript_.size();
  wire::append(transcript_, message.bytes);
  on_message(message);
}

bool ScriptedPeer::has(HandshakeType type) const {
  return std::find(messages_.begin(), messages_.end(), type) != messages_.end();
}

// --- Secrets

void ScriptedPeer::set_suite(crypto::CipherSuite suite) {
  suite_ = crypto::find(suite);
  if (suite_ == nullptr) throw std::logic_error("the double speaks known suites only");
}

handshake::KeySchedule ScriptedPeer::key_schedule() const {
  if (suite_ == nullptr) throw std::logic_error("the double does not know the suite yet");
  return handshake::KeySchedule(*suite_, client_random_, server_random_, nullptr);
}

void ScriptedPeer::agree(const crypto::EphemeralKey& own, View peer_point) {
  const handshake::KeySchedule schedule = key_schedule();
  const auto premaster = schedule.agree(own, peer_point);
  master_secret_ = extended_master_secret_
                       ? schedule.derive_extended_master_secret(
                             premaster, crypto::hash(suite_->prf_hash, transcript_))
                       : schedule.derive_master_secret(premaster);
  derive_keys();
}

void ScriptedPeer::resume(const ScriptedSession& session) {
  resumed_ = true;
  set_suite(session.suite);
  master_secret_ = crypto::MasterSecret::copy_of(session.master_secret);
  derive_keys();
}

void ScriptedPeer::derive_keys() {
  const handshake::ConnectionKeys keys = key_schedule().derive_keys(master_secret_);
  const bool is_client = side_ == Side::client;
  read_.set_pending(is_client ? keys.server_write : keys.client_write);
  write_.set_pending(is_client ? keys.client_write : keys.server_write);
}

handshake::VerifyData ScriptedPeer::verify_data(Side side, View messages) const {
  return key_schedule().derive_verify_data(
      side == Side::client ? handshake::client_finished : handshake::server_finished,
      master_secret_, crypto::hash(suite_->prf_hash, messages));
}

ScriptedSession ScriptedPeer::session() const {
  return {suite_->id, extended_master_secret_, wire::copy(master_secret()), session_id_, ticket_};
}

// --- Steps

void ScriptedPeer::change_cipher_spec() {
  const std::uint8_t one = 1;
  record(ContentType::change_cipher_spec, View(&one, 1));
  write_.change_cipher_spec();
}

void ScriptedPeer::finished(const Change<handshake::Finished>& change) {
  send(handshake::Finished{verify_data(side_, transcript_)}, change);
}

void ScriptedPeer::alert(AlertLevel level, AlertDescription description) {
  record(ContentType::alert, tls::make_alert({level, description}, nullptr));
}

// --- Below the steps

void ScriptedPeer::handshake(HandshakeType type, View body) {
  Bytes message;
  wire::Writer writer(message);
  writer.field("msg_type", type);
  writer.opaque("body", wire::copy(body), within<0, 0xffffff>);
  handshake_bytes(message);
}

void ScriptedPeer::handshake_bytes(View message) {
  if (!message.empty()) sent_messages_.push_back(HandshakeType(message[0]));
  wire::append(transcript_, message);
  if (merging_) return wire::append(merged_, message);
  while (!message.empty()) {
    const View fragment = message.first(std::min(message.size(), fragment_length));
    record(ContentType::handshake, fragment, record_version);
    message = message.subspan(fragment.size());
  }
}

void ScriptedPeer::split() {
  merging_ = false;
  record(ContentType::handshake, std::exchange(merged_, {}), record_version);
}

void ScriptedPeer::record(ContentType type, View fragment, ProtocolVersion version) {
  const std::size_t at = out_.size();
  out_.resize(at + write_.record_size(fragment.size()));
  write_.seal(type, version, fragment, MutableView(out_).subspan(at));
}

void ScriptedPeer::plain_record(ContentType type, View fragment, ProtocolVersion version) {
  const std::size_t at = out_.size();
  out_.resize(at + record::header_length);
  record::write_header({type, version, static_cast<std::uint16_t>(fragment.size())},
                       MutableView(out_).subspan(at));
  raw(fragment);
}

}  // namespace glasstls::test
