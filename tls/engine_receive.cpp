// Engine, the receiving half: records to messages, alerts and data. RFC 5246, 6.2 and 7.
#include <string>
#include <utility>

#include "handshake/codec.h"
#include "handshake/messages/hello_request.h"
#include "record/framing.h"
#include "tls/alert.h"
#include "tls/engine.h"

namespace glasstls::tls {

bool Engine::process_record() {
  if (!reading_ || failed_) return false;
  // Once the stream has ended, what is left to read may say why.
  if (waits_for_signature() && !end_of_stream_) return false;
  const MutableView pending = receive_buffer_.pending();
  if (!first_record_seen_ && refuse_plain_text(pending)) return false;
  if (pending.size() < record::header_length) return false;

  const record::Header header =
      record::parse_header(pending, {version_negotiated_, read_.is_protected()});
  const std::size_t size = record::header_length + header.length;
  if (pending.size() < size) return false;
  first_record_seen_ = true;

  const record::Opened opened = read_.open(header, pending.first(size));
  held_ = size;  // given back at the next call, so that an event's view stays valid
  bound_useless_records(opened);
  dispatch(opened);
  if (read_.is_protected() && reading_) watch_limit(Direction::received, read_);
  if (events_.empty()) receive_buffer_.consume(std::exchange(held_, 0));
  return true;
}

/// Before the first record: a peer of another protocol begins in plain text.
bool Engine::refuse_plain_text(View first_bytes) {
  if (first_bytes.size() < record::header_length && !end_of_stream_) return false;
  const auto protocol = record::plain_text_protocol(first_bytes);
  if (!protocol) return false;
  Failed failed;
  failed.cause = Failed::Cause::not_tls;
  failed.reason =
      "the peer does not speak TLS: its first bytes look like " + std::string(*protocol);
  failed.section = "RFC 5246, 6.2.1";
  failed.offset = 0;
  end_with(std::move(failed));
  return true;
}

/// Nothing obliges a peer to make progress, so that records which bring none are counted.
void Engine::bound_useless_records(const record::Opened& opened) {
  if (opened.plaintext.empty()) {
    ++empty_records_;
  } else if (opened.type != ContentType::alert) {  // progress
    empty_records_ = 0;
    warning_alerts_ = 0;
    if (opened.type == ContentType::application_data) renegotiations_ = 0;
  }
  require(empty_records_ <= config_->patience().empty_records, AlertDescription::unexpected_message,
          "too many empty records in a row", "RFC 5246, 6.2.1");
}

void Engine::dispatch(const record::Opened& opened) {
  switch (opened.type) {
    case ContentType::handshake: return on_handshake(opened.plaintext);
    case ContentType::change_cipher_spec: return on_change_cipher_spec(opened.plaintext);
    case ContentType::alert: return on_alert(opened.plaintext);
    case ContentType::application_data: return on_application_data(opened.plaintext);
  }
}

void Engine::on_handshake(View fragment) {
  defragmenter_.add(fragment);
  take_messages();
}

/// While a signature is awaited the messages wait too.
void Engine::take_messages() {
  while (!waits_for_signature()) {
    const auto message = defragmenter_.next();
    if (!message) return;
    current_message_ = message;
    if (is_renegotiation(message->type))
      on_renegotiation(*message);
    else
      receive_message(*message);
    current_message_.reset();
    settle_signature();
    report_progress();
  }
}

void Engine::receive_message(handshake::RawMessage message) {
  answered_ = false;
  endpoint_->receive(message);
  if (answered_ && !established()) defragmenter_.expect_end_of_flight();
}

void Engine::report_progress() {
  if (endpoint_->may_send_early() && !std::exchange(false_start_reported_, true))
    events_.push(FalseStart{});
  if (!established() || std::exchange(handshake_reported_, true)) return;
  renegotiations_ = 0;
  events_.push(HandshakeCompleted{endpoint_->take_agreement()});
}

/// What a client may hear at any time (7.4.1.1), and a server once it is established (7.4.1.2).
bool Engine::is_renegotiation(handshake::HandshakeType type) const {
  if (config_->is_server()) return established() && type == handshake::HandshakeType::client_hello;
  return type == handshake::HandshakeType::hello_request;
}

/// 7.4.1.1: ignored during a handshake; afterwards answered with a warning, for we do not
/// renegotiate.
void Engine::on_renegotiation(handshake::RawMessage message) {
  exchange_.show_undecoded(message);
  if (!config_->is_server())
    static_cast<void>(handshake::decode<handshake::HelloRequest>(message.bytes));
  const Patience& patience = config_->patience();
  const unsigned bound =
      established() ? patience.renegotiation_attempts : patience.ignored_hello_requests;
  require(++renegotiations_ <= bound, AlertDescription::unexpected_message,
          config_->is_server() ? "too many attempts to renegotiate in a row"
                               : "too many HelloRequests in a row",
          config_->is_server() ? "RFC 5246, 7.4.1.2" : "RFC 5246, 7.4.1.1");
  if (!established() || close_notify_sent_) return;
  // A peer that does not read its answers gets no more of them: the buffer is bounded.
  if (write_.record_size(Alert::length) <= send_buffer_.room())
    send_alert(AlertLevel::warning, AlertDescription::no_renegotiation);
  events_.push(RenegotiationRefused{});
}

/// A key at hand signs at once; for another the application is asked, and the handshake rests. Comes
/// after each message, and none is handled while an answer is awaited: so it asks once.
void Engine::settle_signature() {
  while (const handshake::SignatureRequest* request =
             endpoint_ ? endpoint_->signature_request() : nullptr) {
    if (!request->credential->key) {
      events_.push(SignatureWanted{*request});
      return;
    }
    crypto::RandomSource& random = config_->random().stream(crypto::RandomPurpose::signature);
    endpoint_->receive(handshake::Signature{
        request->id, request->credential->key->sign(request->scheme, request->content, random)});
  }
}

/// 7.1: one byte of value 1, and only between two handshake messages.
void Engine::on_change_cipher_spec(View fragment) {
  endpoint_->receive(handshake::decode_change_cipher_spec(fragment, defragmenter_.aligned()));
  report_progress();
}

void Engine::on_alert(View fragment) {
  const Alert alert = receive_alert(fragment, observer_);
  if (alert.description == AlertDescription::close_notify) return on_close_notify();
  if (alert.level == AlertLevel::fatal) {
    Failed failed;
    failed.cause = Failed::Cause::peer_alert;
    failed.alert = alert.description;
    failed.reason = "the peer sent a fatal alert";
    failed.section = "RFC 5246, 7.2.2";
    return end_with(std::move(failed));
  }
  require(++warning_alerts_ <= config_->patience().warning_alerts,
          AlertDescription::unexpected_message, "too many warning alerts in a row",
          "RFC 5246, 7.2");
  events_.push(WarningReceived{alert.description});
}

/// 7.2.1: the peer has said all it had to say; unless told otherwise so have we.
void Engine::on_close_notify() {
  if (!established()) {
    Failed failed;
    failed.cause = Failed::Cause::peer_alert;
    failed.alert = AlertDescription::close_notify;
    failed.reason = "the peer closed the connection during the handshake";
    failed.section = "RFC 5246, 7.2.1";
    if (!close_notify_sent_) send_alert(AlertLevel::warning, AlertDescription::close_notify);
    return end_with(std::move(failed));
  }
  stop_reading();
  if (!close_notify_sent_ && !config_->finish_writes_after_peer_closed())
    send_alert(AlertLevel::warning, AlertDescription::close_notify);
  events_.push(PeerClosed{});
}

void Engine::on_application_data(View data) {
  require(established(), AlertDescription::unexpected_message,
          "application data came before the handshake was complete", "RFC 5246, 7.3");
  defragmenter_.expect_no_half_message();
  if (!data.empty()) events_.push(ApplicationData{data});
}

void Engine::stop_reading() {
  reading_ = false;
  read_.wipe();
}

/// RFC 5246, 7.2.1: without close_notify nobody knows whether something was cut off.
void Engine::on_end_of_stream() {
  if (!reading_ || failed_) return;
  Failed failed;
  failed.cause = Failed::Cause::truncated;
  failed.reason = established() ? "the connection ended without close_notify: data may be missing"
                                : "the connection ended during the handshake";
  failed.section = "RFC 5246, 7.2.1";
  if (!receive_buffer_.empty()) {  // not even a whole record
    failed.message = "record";
    failed.offset = receive_buffer_.pending().size();
  }
  end_with(std::move(failed));
}

}  // namespace glasstls::tls
