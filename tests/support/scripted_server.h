// ScriptedServer: a test double of a TLS 1.2 server that does what a test says, step by step.
//
// It has our codec, key schedule and record protection, but no state machine: every step can be
// left out, repeated, done out of order, or deviate. A step only queues bytes; take() gives them to
// the network. A message is changed before it is encoded (`change`), after it (`tamper`), or comes
// as bytes (handshake_bytes, plain_record, raw).
//
//   server.receive(client bytes);                    // the ClientHello
//   server.hello([](ServerHello& hello) { hello.cipher_suite = CipherSuite{0x1301}; });
//   network.take(server.take());
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/key_exchange.h"
#include "handshake/defragmenter.h"
#include "handshake/key_schedule.h"
#include "handshake/messages.h"
#include "handshake/transcript.h"
#include "record/connection_state.h"
#include "tests/support/identity.h"
#include "tests/support/test_random.h"
#include "tls/alert.h"
#include "wire/bytes.h"

namespace glasstls::test {

/// What a server that follows the rules chooses.
struct Choices {
  crypto::CipherSuite suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  crypto::NamedGroup group = crypto::NamedGroup::x25519;
  crypto::SignatureScheme scheme = crypto::SignatureScheme::rsa_pss_rsae_sha256;
  std::string identity = "rsa";
  bool extended_master_secret = true;
  std::string seed = "server";
};

template <class T>
using Change = std::function<void(T&)>;

class ScriptedServer {
 public:
  explicit ScriptedServer(Choices choices = {});

  // --- The network.

  /// Bytes from the client, cut anywhere. Reads them as far as the keys allow, derives keys at
  /// ClientKeyExchange and changes them at ChangeCipherSpec. Throws if the client breaks the
  /// protocol.
  void receive(View bytes);
  /// All bytes queued since the last call.
  Bytes take() { return std::exchange(out_, {}); }

  // --- Steps. RFC 5246, 7.3, figure 1.

  void hello(const Change<handshake::ServerHello>& change = {});
  void certificate(const Change<handshake::Certificate>& change = {});
  /// `before` changes what is signed, `after` the signed message.
  void key_exchange(const Change<handshake::ServerKeyExchange>& before = {},
                    const Change<handshake::ServerKeyExchange>& after = {});
  void certificate_request();
  void done();
  /// Needs the client's second flight: std::logic_error without keys.
  void change_cipher_spec();
  void finished(const Change<handshake::Finished>& change = {});
  void data(View bytes);
  void alert(AlertLevel level, AlertDescription description);
  void close_notify() { alert(AlertLevel::warning, AlertDescription::close_notify); }
  /// Not in the transcript.
  void hello_request();

  /// The steps hello() to done(); change_cipher_spec() and finished().
  void first_flight();
  void second_flight();

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

  // --- What came.

  const handshake::ClientHello& client_hello() const { return client_hello_.value(); }
  /// The types of all handshake messages in order.
  const std::vector<handshake::HandshakeType>& messages() const { return messages_; }
  bool client_certificate_was_empty() const { return client_certificate_was_empty_; }
  bool client_finished_is_right() const { return client_finished_is_right_; }
  const std::vector<tls::Alert>& alerts() const { return alerts_; }
  const Bytes& received_data() const { return received_data_; }
  /// Sizes of the application-data records' plaintexts.
  const std::vector<std::size_t>& received_sizes() const { return received_sizes_; }
  /// Version fields of all records.
  const std::vector<ProtocolVersion>& record_versions() const { return record_versions_; }
  View master_secret() const { return master_secret_.reveal(); }
  const handshake::Random& server_random() const { return server_random_; }

 private:
  template <class M>
  void send(M message, const Change<M>& change);
  void on_record(const record::Opened& opened);
  void on_message(handshake::RawMessage message);
  void on_client_key_exchange(const handshake::ClientKeyExchange& message);
  handshake::KeySchedule key_schedule() const;

  Choices choices_;
  const Identity& identity_;
  TestRandom random_;
  const crypto::SuiteParameters& suite_;
  crypto::EphemeralKey ephemeral_;

  Bytes in_;
  Bytes out_;
  Bytes merged_;
  bool merging_ = false;

  record::ReadState read_;
  record::WriteState write_;
  handshake::Defragmenter defragmenter_;
  handshake::Transcript transcript_;

  std::optional<handshake::ClientHello> client_hello_;
  handshake::Random server_random_{};
  bool extended_master_secret_ = false;
  crypto::MasterSecret master_secret_;

  std::vector<handshake::HandshakeType> messages_;
  bool client_certificate_was_empty_ = false;
  bool client_finished_is_right_ = false;
  std::vector<tls::Alert> alerts_;
  Bytes received_data_;
  std::vector<std::size_t> received_sizes_;
  std::vector<ProtocolVersion> record_versions_;
};

}  // namespace glasstls::test
