#include "tls/engine.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include "handshake/client.h"
#include "handshake/codec.h"
#include "handshake/exporter.h"
#include "handshake/server.h"
#include "tls/alert.h"

namespace glasstls::tls {

namespace {

/// An event before the limit: when a sixteenth of the key's records is left.
std::uint64_t near_limit(std::uint64_t limit) { return std::max<std::uint64_t>(limit / 16, 2); }

}  // namespace

Engine::Engine(std::shared_ptr<const Config> config,
               std::vector<std::shared_ptr<Observer>> observers)
    : config_(std::move(config)),
      fanout_(std::move(observers)),
      observer_(fanout_.empty() ? nullptr : &fanout_),
      read_(config_->record_limit(), observer_),
      write_(config_->record_limit(), observer_),
      exchange_(*this, observer_, 4 * config_->max_handshake_message()),
      defragmenter_(config_->max_handshake_message()) {
  if (config_->is_server())
    endpoint_ = std::make_unique<handshake::Server>(config_->server(), exchange_);
}

Engine::Engine(std::shared_ptr<const Config> config, std::optional<x509::ServerName> name,
               std::vector<std::shared_ptr<Observer>> observers)
    : Engine(std::move(config), std::move(observers)) {
  if (config_->client().verification.verify && !name)
    throw std::invalid_argument(
        "Connection: a certificate is to be verified, but no server name is given");
  endpoint_ = std::make_unique<handshake::Client>(config_->client(), std::move(name), exchange_);
  guarded([&] { endpoint_->start(); });
}

// --- The only try block --------------------------------------------------------------------------

template <class Work>
void Engine::guarded(Work&& work) noexcept {
  if (failed_) return;
  try {
    try {
      work();
    } catch (const handshake::CertificateRefused& refused) {
      Failed failed = described(refused);
      failed.cause = Failed::Cause::certificate;
      failed.verdict = refused.verdict;
      end_with(std::move(failed));
    } catch (const ProtocolError& error) {
      end_with(described(error));
    } catch (const std::exception& error) {
      Failed failed;
      failed.cause = Failed::Cause::internal;
      failed.alert = AlertDescription::internal_error;
      failed.reason = error.what();
      end_with(std::move(failed));
    }
  } catch (...) {  // even telling it failed: memory has run out, or what was thrown is no exception
    forget_everything();
    untold_failure_ = true;
  }
}

/// The error with everything that is known about where it happened. RFC 5246, 7.2.2.
Failed Engine::described(const ProtocolError& error) const {
  Failed failed;
  failed.cause = Failed::Cause::protocol;
  failed.alert = error.alert;
  failed.reason = error.what();
  failed.section = error.section;
  failed.message = error.message;
  failed.field = error.field;
  failed.offset = error.offset;
  failed.eliminations = error.eliminations;
  if (failed.message.empty() && current_message_) {
    failed.message = handshake::spec_of(current_message_->type).name;
    if (!failed.field.empty())
      failed.offset = handshake::offset_of(*current_message_, failed.field);
  }
  return failed;
}

void Engine::end_with(Failed failed) {
  failed.at_server = config_->is_server();
  if (endpoint_) failed.state = endpoint_->state_name();
  failed_ = true;
  const bool raised_here = failed.cause == Failed::Cause::protocol ||
                           failed.cause == Failed::Cause::certificate ||
                           failed.cause == Failed::Cause::internal;
  // RFC 5246, 7.2.2: a session must not outlive a fatal alert; 7.2.1: it may a missing close_notify.
  const bool fatal_alert = raised_here || (failed.cause == Failed::Cause::peer_alert &&
                                           failed.alert != AlertDescription::close_notify);
  if (fatal_alert && endpoint_) endpoint_->forget_session();
  if (raised_here && !writing_ended_) send_alert(AlertLevel::fatal, *failed.alert);
  forget_everything();
  events_.push(std::move(failed));
}

/// Wipes all secrets; nothing is read or written any more.
void Engine::forget_everything() noexcept {
  failed_ = true;
  reading_ = false;
  writing_ended_ = true;
  read_.wipe();
  write_.wipe();
  endpoint_.reset();
}

// --- The application's side ----------------------------------------------------------------------

MutableView Engine::receive_buffer() {
  if (!drained_ || !events_.empty() || !reading_) return {};
  MutableView space;
  guarded([&] {
    receive_buffer_.consume(std::exchange(held_, 0));
    space = receive_buffer_.free_space();
  });
  return space;
}

void Engine::received(std::size_t size) {
  if (size == 0) {
    if (!reading_ && events_.empty()) {
      held_ = 0;
      receive_buffer_.discard();
    }
    receive_buffer_.release();
    send_buffer_.release();
    return;
  }
  receive_buffer_.commit(size);
  drained_ = false;
}

void Engine::rest() {
  received(0);
  read_.rest();
  write_.rest();
}

void Engine::end_of_stream() {
  end_of_stream_ = true;
  drained_ = false;
}

bool Engine::writable() const {
  const bool peer_ended = !reading_ && !config_->finish_writes_after_peer_closed();
  return may_write() && !close_notify_sent_ && !peer_ended;
}

std::size_t Engine::write(View plaintext) {
  if (closed_by_application_) throw std::logic_error("write() after close()");
  std::size_t taken = 0;
  guarded([&] {
    while (writable() && taken < plaintext.size()) {
      const std::size_t size = std::min(plaintext.size() - taken, max_fragment());
      if (write_.record_size(size) > send_buffer_.room()) return;
      send_record(ContentType::application_data, plaintext.subspan(taken, size));
      taken += size;
    }
  });
  return taken;
}

void Engine::close() {
  closed_by_application_ = true;
  guarded([&] {
    if (!close_notify_sent_) send_alert(AlertLevel::warning, AlertDescription::close_notify);
    if (!may_write()) stop_reading();  // a handshake that was given up is not continued
  });
}

void Engine::abort(AlertDescription description) {
  if (description == AlertDescription::close_notify)
    throw std::invalid_argument("Connection: close_notify is no error; close() sends it");
  closed_by_application_ = true;
  guarded([&] {
    failed_ = true;  // nothing follows the alert, not even the close_notify of a record limit
    if (endpoint_) endpoint_->forget_session();
    if (!writing_ended_) send_alert(AlertLevel::fatal, description);
    forget_everything();
  });
}

std::optional<Event> Engine::next_event() {
  receive_buffer_.consume(std::exchange(held_, 0));
  guarded([&] {
    while (events_.empty() && process_record()) {
    }
    if (events_.empty() && end_of_stream_) on_end_of_stream();
  });
  if (std::exchange(untold_failure_, false)) {
    Failed failed;
    failed.cause = Failed::Cause::internal;
    failed.at_server = config_->is_server();
    return failed;
  }
  drained_ = events_.empty();
  return events_.pop();
}

// --- Signatures, exporters -------------------------------------------------------------------------

void Engine::answer(const handshake::Signature& signature) {
  if (failed_ || closed_by_application_) return;  // nobody waits for it any more
  const handshake::SignatureRequest* request = endpoint_->signature_request();
  if (request == nullptr || request->id != signature.id)
    throw std::logic_error("nobody asked for the signature that was given");
  guarded([&] {
    endpoint_->receive(signature);
    settle_signature();
    report_progress();
    take_messages();
  });
  drained_ = false;
}

const handshake::Exporting& Engine::exporting() const {
  if (!established())
    throw std::logic_error("there is nothing to export from: the handshake is not complete");
  return endpoint_->exporting();
}

Bytes Engine::export_keying_material(std::string_view label, std::optional<View> context,
                                     std::size_t length) const {
  return handshake::export_keying_material(exporting(), label, context, length, observer_);
}

std::optional<Bytes> Engine::channel_binding(ChannelBinding type) const {
  const handshake::Exporting& established = exporting();
  switch (type) {
    case ChannelBinding::tls_unique: return handshake::tls_unique(established);
    case ChannelBinding::tls_exporter: return handshake::tls_exporter(established, observer_);
    case ChannelBinding::tls_server_end_point:
      if (established.server_end_point.empty()) return std::nullopt;
      return established.server_end_point;
  }
  return std::nullopt;
}

// --- Sending -------------------------------------------------------------------------------------

void Engine::send_record(ContentType type, View plaintext) {
  if (writing_ended_) throw std::logic_error("nothing may be sent after the end");
  // RFC 5246, E.1: before the version is known, 0x0301 offends the fewest servers.
  const ProtocolVersion version =
      version_negotiated_ ? ProtocolVersion::tls12 : ProtocolVersion::tls10;
  const std::size_t size = write_.record_size(plaintext.size());
  write_.seal(type, version, plaintext, send_buffer_.prepare(size));
  send_buffer_.commit(size);  // if sealing failed, plaintext may lie there
  if (!failed_ && !close_notify_sent_) watch_limit(Direction::sent, write_);
}

/// The event that warns, and the close_notify at the limit, for which the last record is kept. RFC
/// 5246, 6.1 forbids sequence numbers to wrap; the limit of the AEAD comes long before.
void Engine::watch_limit(Direction direction, const record::ConnectionState& state) {
  const std::uint64_t left = state.records_left();
  bool& told = limit_is_near_[static_cast<std::size_t>(direction)];
  if (left <= near_limit(config_->record_limit()) && !std::exchange(told, true))
    events_.push(RecordLimit{direction, left});

  const std::uint64_t kept = direction == Direction::sent ? 1 : 0;
  if (left > kept) return;
  events_.push(RecordLimit{direction, 0});
  if (direction == Direction::received) stop_reading();
  if (!close_notify_sent_) send_alert(AlertLevel::warning, AlertDescription::close_notify);
}

void Engine::send_handshake(View message) {
  answered_ = true;
  while (!message.empty()) {
    const View fragment = message.first(std::min(message.size(), max_fragment()));
    send_record(ContentType::handshake, fragment);
    message = message.subspan(fragment.size());
  }
}

void Engine::send_change_cipher_spec() {
  const std::uint8_t one = 1;
  send_record(ContentType::change_cipher_spec, View(&one, 1));
  write_.change_cipher_spec();
}

void Engine::limit_records(std::uint16_t to_send, std::uint16_t to_receive) {
  if (to_send != 0)
    peer_record_limit_ = std::min<std::size_t>(to_send, record::max_plaintext_length);
  if (to_receive != 0) read_.limit_plaintext(to_receive);
}

/// RFC 8449, 4: the peer's limit is one of protected records.
std::size_t Engine::max_fragment() const {
  const std::size_t own = config_->max_send_fragment();
  return write_.is_protected() ? std::min(own, peer_record_limit_) : own;
}

void Engine::set_pending(const crypto::TrafficKeys& write, const crypto::TrafficKeys& read) {
  write_.set_pending(write);
  read_.set_pending(read);
}

void Engine::send_alert(AlertLevel level, AlertDescription description) {
  if (description == AlertDescription::close_notify) close_notify_sent_ = true;
  send_record(ContentType::alert, make_alert({level, description}, observer_));
  if (!close_notify_sent_) return;
  writing_ended_ = true;
  write_.wipe();
}

}  // namespace glasstls::tls
