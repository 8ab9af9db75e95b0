// ScriptedServer: a test double of a TLS 1.2 server that does what a test says, step by step. What
// it shares with the client is in scripted_peer.h.
//
//   server.receive(client bytes);                    // the ClientHello
//   server.hello([](ServerHello& hello) { hello.cipher_suite = CipherSuite{0x1301}; });
//   network.take(server.take());
#pragma once

#include <optional>
#include <string>

#include "tests/support/identity.h"
#include "tests/support/scripted_peer.h"

namespace glasstls::test {

/// What a server that follows the rules chooses.
struct Choices {
  crypto::CipherSuite suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  crypto::NamedGroup group = crypto::NamedGroup::x25519;
  crypto::SignatureScheme scheme = crypto::SignatureScheme::rsa_pss_rsae_sha256;
  std::string identity = "rsa";
  bool extended_master_secret = true;
  std::string seed = "server";
  Bytes session_id{};             // given to the client; empty: none
  std::optional<Bytes> ticket{};  // given to a client that asks; none: no NewSessionTicket
};

class ScriptedServer final : public ScriptedPeer {
 public:
  explicit ScriptedServer(Choices choices = {});

  // --- Steps. RFC 5246, 7.3, figure 1.

  void hello(const Change<handshake::ServerHello>& change = {});
  void certificate(const Change<handshake::Certificate>& change = {});
  void certificate_status(View response);
  /// `before` changes what is signed, `after` the signed message.
  void key_exchange(const Change<handshake::ServerKeyExchange>& before = {},
                    const Change<handshake::ServerKeyExchange>& after = {});
  void certificate_request(const Change<handshake::CertificateRequest>& change = {});
  void done();
  void new_session_ticket(const Change<handshake::NewSessionTicket>& change = {});
  /// Not in the transcript.
  void hello_request();

  /// The steps hello() to done(); change_cipher_spec() and finished(), which need the client's
  /// second flight, and NewSessionTicket before them if it was promised.
  void first_flight();
  void second_flight();

  /// Figure 2: a hello that takes up that session, and keys. What follows is second_flight(). The
  /// session_id is the client's, unless changed.
  void resuming_hello(const ScriptedSession& session,
                      const Change<handshake::ServerHello>& change = {});

  // --- What came.

  const handshake::ClientHello& client_hello() const { return client_hello_.value(); }
  /// Of the client: empty if it has none.
  const handshake::Certificate& client_certificate() const { return client_certificate_.value(); }
  bool client_certificate_was_empty() const {
    return client_certificate_ && client_certificate_->certificate_list.empty();
  }
  const handshake::CertificateVerify& certificate_verify() const {
    return certificate_verify_.value();
  }
  /// Whether the client's leaf signed all messages before its CertificateVerify.
  bool client_signature_is_right() const { return client_signature_is_right_; }

 private:
  void on_message(handshake::RawMessage message) override;
  void on_certificate_verify(handshake::CertificateVerify message);
  bool client_offers(handshake::ExtensionType type) const;
  void send_hello(handshake::ServerHello message, const Change<handshake::ServerHello>& change);

  Choices choices_;
  const Identity& identity_;
  crypto::EphemeralKey ephemeral_;
  bool ticket_promised_ = false;

  std::optional<handshake::ClientHello> client_hello_;
  std::optional<handshake::Certificate> client_certificate_;
  std::optional<handshake::CertificateVerify> certificate_verify_;
  bool client_signature_is_right_ = false;
};

}  // namespace glasstls::test
