// Exchange: what a handshake's machine uses to talk. Every message passes here, in both directions,
// and on its way enters the transcript and is shown to the observer: the only place where that
// happens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/traffic_keys.h"
#include "handshake/codec.h"
#include "handshake/messages/change_cipher_spec.h"
#include "handshake/transcript.h"
#include "wire/observer.h"

namespace glasstls::handshake {

/// What a handshake asks of the record layer, which it does not know.
class Channel {
 public:
  virtual ~Channel() = default;
  /// Sends a whole message, in as many records as it takes.
  virtual void send_handshake(View message) = 0;
  /// Sends ChangeCipherSpec; the next record is sealed with the pending keys.
  virtual void send_change_cipher_spec() = 0;
  /// A ChangeCipherSpec was due and came: the next record is opened with the pending keys.
  virtual void receive_change_cipher_spec() = 0;
  /// Sets the pending keys of both directions (RFC 5246, 6.1).
  virtual void set_pending(const crypto::TrafficKeys& write, const crypto::TrafficKeys& read) = 0;
  /// What both sides want of the other's protected records (RFC 8449), in bytes of plaintext; 0: the
  /// protocol's limit.
  virtual void limit_records(std::uint16_t to_send, std::uint16_t to_receive) = 0;
  /// The version is settled: from here on every record must carry 0x0303.
  virtual void version_negotiated() = 0;
};

/// Shows a message when it goes out of scope: whether it could be decoded or not, as far as it
/// could.
class ShownAtEnd {
 public:
  ShownAtEnd(Observer* observer, Direction direction, Spec spec, View bytes)
      : observer_(observer), direction_(direction), spec_(spec), bytes_(bytes) {}
  ShownAtEnd(const ShownAtEnd&) = delete;
  ShownAtEnd& operator=(const ShownAtEnd&) = delete;
  ~ShownAtEnd() {
    if (observer_ != nullptr)
      observer_->message({direction_, spec_.name, spec_.section, bytes_, fields_});
  }

  /// Where the reader tells its fields; null if nobody looks.
  FieldSink* sink() { return observer_ != nullptr ? &fields_ : nullptr; }

 private:
  Observer* observer_;
  Direction direction_;
  Spec spec_;
  View bytes_;
  FieldTree fields_;
};

class Exchange {
 public:
  /// `observer` may be null; `max_kept` bounds the transcript's raw bytes.
  Exchange(Channel& channel, Observer* observer, std::size_t max_kept)
      : channel_(channel), observer_(observer), transcript_(max_kept) {}

  Channel& channel() { return channel_; }
  Observer* observer() const { return observer_; }
  Transcript& transcript() { return transcript_; }

  template <class M>
  void send(const M& message) {
    const Bytes bytes = encode(message);
    transcript_.add_own(bytes);
    show<M>(Direction::sent, bytes);
    channel_.send_handshake(bytes);
  }

  /// Decodes a message of the type that was due.
  template <class M>
  M receive(View bytes) {
    transcript_.add(bytes);
    ShownAtEnd shown(observer_, Direction::received, M::spec, bytes);
    return decode<M>(bytes, shown.sink());
  }

  /// Shows, without decoding it, a message that may not come now or that stays out of the
  /// transcript.
  void show_undecoded(RawMessage message) const;
  /// Shows a ChangeCipherSpec that may not come now.
  void show_refused(const ChangeCipherSpec& message) const;

  void send_change_cipher_spec();
  void receive_change_cipher_spec(const ChangeCipherSpec& message);

 private:
  template <class M>
  void show(Direction direction, View bytes) const {
    if (observer_ == nullptr) return;
    ShownAtEnd shown(observer_, direction, M::spec, bytes);
    static_cast<void>(decode<M>(bytes, shown.sink()));
  }
  void show_change_cipher_spec(Direction direction, std::uint8_t type) const;

  Channel& channel_;
  Observer* observer_;
  Transcript transcript_;
};

}  // namespace glasstls::handshake
