// Engine: the inside of Connection. Here the record layer and the handshake meet, and here is the
// only function of the library that catches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "handshake/defragmenter.h"
#include "handshake/endpoint.h"
#include "handshake/exchange.h"
#include "record/buffers.h"
#include "record/connection_state.h"
#include "tls/config.h"
#include "tls/connection.h"
#include "tls/event.h"
#include "tls/event_queue.h"
#include "tls/fanout.h"
#include "x509/server_name.h"

namespace glasstls::tls {

class Engine final : private handshake::Channel {
 public:
  /// A client.
  Engine(std::shared_ptr<const Config> config, std::optional<x509::ServerName> name,
         std::vector<std::shared_ptr<Observer>> observers);
  /// A server.
  Engine(std::shared_ptr<const Config> config, std::vector<std::shared_ptr<Observer>> observers);

  MutableView receive_buffer();
  void received(std::size_t size);
  void rest();
  void end_of_stream();
  View to_send() const { return send_buffer_.pending(); }
  void sent(std::size_t size) { send_buffer_.consume(size); }
  std::size_t write(View plaintext);
  bool writable() const;
  void close();
  void abort(AlertDescription description);
  std::optional<Event> next_event();
  void answer(const handshake::Signature& signature);
  Bytes export_keying_material(std::string_view label, std::optional<View> context,
                               std::size_t length) const;
  std::optional<Bytes> channel_binding(ChannelBinding type) const;

 private:
  // handshake::Channel
  void send_handshake(View message) override;
  void send_change_cipher_spec() override;
  void receive_change_cipher_spec() override { read_.change_cipher_spec(); }
  void set_pending(const crypto::TrafficKeys& write, const crypto::TrafficKeys& read) override;
  void limit_records(std::uint16_t to_send, std::uint16_t to_receive) override;
  void version_negotiated() override { version_negotiated_ = true; }

  // Receiving: one record at a time. `false`: no whole record is there.
  bool process_record();
  bool refuse_plain_text(View first_bytes);
  void bound_useless_records(const record::Opened& opened);
  void dispatch(const record::Opened& opened);
  void on_handshake(View fragment);
  void take_messages();
  void receive_message(handshake::RawMessage message);
  bool is_renegotiation(handshake::HandshakeType type) const;
  void on_renegotiation(handshake::RawMessage message);
  void on_change_cipher_spec(View fragment);
  void on_alert(View fragment);
  void on_close_notify();
  void on_application_data(View data);
  void on_end_of_stream();
  void report_progress();
  void stop_reading();

  // Signatures: by the credential's key at once, or asked for.
  bool waits_for_signature() const { return endpoint_ && endpoint_->signature_request(); }
  void settle_signature();

  // Sending.
  std::size_t max_fragment() const;
  void send_record(ContentType type, View plaintext);
  void send_alert(AlertLevel level, AlertDescription description);
  void watch_limit(Direction direction, const record::ConnectionState& state);

  // Failing.
  template <class Work>
  void guarded(Work&& work) noexcept;
  void end_with(Failed failed);
  void forget_everything() noexcept;
  Failed described(const ProtocolError& error) const;

  bool established() const { return endpoint_ && endpoint_->established(); }
  bool may_write() const { return endpoint_ && (established() || endpoint_->may_send_early()); }
  const handshake::Exporting& exporting() const;

  std::shared_ptr<const Config> config_;
  Fanout fanout_;
  Observer* observer_;  // null if nobody looks

  record::ReceiveBuffer receive_buffer_;
  record::SendBuffer send_buffer_;
  record::ReadState read_;
  record::WriteState write_;

  handshake::Exchange exchange_;
  handshake::Defragmenter defragmenter_;
  std::unique_ptr<handshake::Endpoint> endpoint_;         // gone after a failure
  std::optional<handshake::RawMessage> current_message_;  // being handled

  EventQueue events_;
  std::size_t held_ = 0;  // bytes of the record that the last event's view lies in
  bool drained_ = true;   // next_event() has said that there is nothing

  bool version_negotiated_ = false;
  bool first_record_seen_ = false;
  bool handshake_reported_ = false;
  bool false_start_reported_ = false;
  bool answered_ = false;  // the message being handled made this side send its flight
  bool end_of_stream_ = false;
  bool reading_ = true;  // false after close_notify, a failure, or a used-up key
  bool close_notify_sent_ = false;
  bool writing_ended_ = false;  // by close_notify or a failure: the write key is wiped
  bool closed_by_application_ = false;
  bool failed_ = false;
  bool untold_failure_ = false;  // failed, and there was no memory for the event

  bool limit_is_near_[2] = {false, false};  // told, by Direction

  unsigned empty_records_ = 0;
  unsigned warning_alerts_ = 0;
  unsigned renegotiations_ = 0;
  std::size_t peer_record_limit_ = record::max_plaintext_length;  // RFC 8449: of what we send
};

}  // namespace glasstls::tls
