// ScriptedPeer: what the test doubles of a TLS 1.2 client and server have in common. They do what a
// test says, step by step.
//
// They have our codec, key schedule and record protection, but no state machine: every step can be
// left out, repeated, done out of order, or deviate. A step only queues bytes; take() gives them to
// the network. A message is changed before it is encoded (`change`), after it (`tamper`), or comes
// as bytes (handshake_bytes, plain_record, raw).
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/key_exchange.h"
#include "crypto/suites.h"
#include "handshake/codec.h"
#include "handshake/defragmenter.h"
#include "handshake/key_schedule.h"
#include "handshake/messages.h"
#include "record/connection_state.h"
#include "tests/support/test_random.h"
#include "tls/alert.h"
#include "wire/bytes.h"

namespace glasstls::test {

template <class T>
using Change = std::function<void(T&)>;

/// What a double remembers of a handshake, to resume it.
struct ScriptedSession {
  crypto::CipherSuite suite{};
  bool extended_master_secret = false;
  Bytes master_secret;  // no secret: it is a test's
  Bytes session_id;     // as the server gave it; empty: none
  Bytes ticket;         // likewise
};

class ScriptedPeer {
 public:
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;
  virtual ~ScriptedPeer() = default;

  // --- The network.

  /// Bytes from the other side, cut anywhere. Reads them as far as the keys allow, and changes keys
  /// at ChangeCipherSpec. Throws if the other side breaks the protocol.
  void receive(View bytes);
  /// All bytes queued since the last call.
  Bytes take() { return std::exchange(out_, {}); }

  // --- Steps of both sides.

  /// std::logic_error without keys.
  void change_cipher_spec();
  void finished(const Change<handshake::Finished>& change = {});
  void data(View bytes) { record(ContentType::application_data, bytes); }
  void alert(AlertLevel level, AlertDescription description);
  void close_notify() { alert(AlertLevel::warning, AlertDescription::close_notify); }

  // --- Below the steps.

  /// A whole message with a header of that type.
  void handshake(handshake::HandshakeType type, View body);
  /// A whole message as it is: into the transcript and out, in records of at most fragment_length.
  void handshake_bytes(View message);
  /// One record under the current keys.
  void record(ContentType type, View fragment, ProtocolVersion version = ProtocolVersion::tls12);
  /// One record that pretends there are no keys.
  void plain_record(ContentType type, View fragment,
                    ProtocolVersion version = ProtocolVersion::tls12);
  void raw(View bytes) { wire::append(out_, bytes); }
  /// The keys of ChangeCipherSpec, without sending it.
  void start_protecting() { write_.change_cipher_spec(); }

  /// Between merge() and split() all handshake messages gather in one record.
  void merge() { merging_ = true; }
  void split();

  std::size_t fragment_length = record::max_plaintext_length;
  ProtocolVersion record_version = ProtocolVersion::tls12;  // of handshake records
  /// Changes an encoded message, header included, before it enters the transcript.
  std::function<void(handshake::HandshakeType, Bytes&)> tamper;

  /// The types of all handshake messages sent so far, in order.
  const std::vector<handshake::HandshakeType>& sent_messages() const { return sent_messages_; }

  // --- What came.

  /// The types of all handshake messages in order.
  const std::vector<handshake::HandshakeType>& messages() const { return messages_; }
  bool has(handshake::HandshakeType type) const;
  const std::vector<tls::Alert>& alerts() const { return alerts_; }
  const Bytes& received_data() const { return received_data_; }
  /// Sizes of the application-data records' plaintexts.
  const std::vector<std::size_t>& received_sizes() const { return received_sizes_; }
  /// Sizes of all protected records' plaintexts.
  const std::vector<std::size_t>& protected_sizes() const { return protected_sizes_; }
  /// Version fields of all records.
  const std::vector<ProtocolVersion>& record_versions() const { return record_versions_; }
  bool peer_finished_is_right() const { return peer_finished_is_right_; }

  /// All messages of the handshake, of both sides.
  View transcript() const { return transcript_; }
  View master_secret() const { return master_secret_.reveal(); }
  const handshake::Random& client_random() const { return client_random_; }
  const handshake::Random& server_random() const { return server_random_; }
  /// To resume this handshake once it is complete.
  ScriptedSession session() const;
  bool resumed() const { return resumed_; }

 protected:
  enum class Side : std::uint8_t { client, server };
  ScriptedPeer(Side side, std::string_view seed);

  /// A message came, and is the last in the transcript.
  virtual void on_message(handshake::RawMessage message) = 0;
  /// Before the keys are changed: the last chance to have some.
  virtual void on_change_cipher_spec() {}

  template <class M>
  void send(M message, const Change<M>& change) {
    if (change) change(message);
    Bytes bytes = handshake::encode(message);
    if (tamper) tamper(M::type, bytes);
    handshake_bytes(bytes);
  }

  /// std::logic_error for a suite that we do not speak.
  void set_suite(crypto::CipherSuite suite);
  /// Master secret and keys, once both randoms, suite and both public keys are known and
  /// ClientKeyExchange is in the transcript.
  void agree(const crypto::EphemeralKey& own, View peer_point);
  /// The same from the session.
  void resume(const ScriptedSession& session);
  View transcript_before_last() const { return View(transcript_).first(before_last_); }

  TestRandom random_;
  handshake::Random client_random_{};
  handshake::Random server_random_{};
  bool extended_master_secret_ = false;
  Bytes session_id_;
  Bytes ticket_;

 private:
  void on_record(const record::Opened& opened);
  void on_handshake_message(handshake::RawMessage message);
  void derive_keys();
  handshake::KeySchedule key_schedule() const;
  handshake::VerifyData verify_data(Side side, View messages) const;

  Side side_;
  const crypto::SuiteParameters* suite_ = nullptr;
  crypto::MasterSecret master_secret_;
  bool resumed_ = false;

  Bytes in_;
  Bytes out_;
  Bytes merged_;
  bool merging_ = false;
  record::ReadState read_;
  record::WriteState write_;
  handshake::Defragmenter defragmenter_;
  Bytes transcript_;
  std::size_t before_last_ = 0;  // bytes of the transcript before the last message that came

  std::vector<handshake::HandshakeType> sent_messages_;
  std::vector<handshake::HandshakeType> messages_;
  bool peer_finished_is_right_ = false;
  std::vector<tls::Alert> alerts_;
  Bytes received_data_;
  std::vector<std::size_t> received_sizes_;
  std::vector<std::size_t> protected_sizes_;
  std::vector<ProtocolVersion> record_versions_;
};

}  // namespace glasstls::test
