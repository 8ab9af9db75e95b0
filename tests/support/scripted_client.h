// ScriptedClient: a test double of a TLS 1.2 client that does what a test says, step by step. What
// it shares with the server is in scripted_peer.h.
//
//   client.hello([](ClientHello& hello) { hello.session_id = Bytes(32); });
//   network.take(client.take());
//   client.receive(server bytes);                    // its first flight
//   client.second_flight();
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handshake/credential.h"
#include "tests/support/scripted_peer.h"
#include "x509/certificate.h"

namespace glasstls::test {

/// What a client that follows the rules offers.
struct ClientChoices {
  std::vector<crypto::CipherSuite> suites{};       // empty: all that we speak
  std::vector<crypto::NamedGroup> groups{};        // likewise
  std::vector<crypto::SignatureScheme> schemes{};  // likewise
  bool extended_master_secret = true;
  bool tickets = false;                                       // asks for one
  std::string server_name = "server.test";                    // empty: none
  std::optional<ScriptedSession> session{};                   // to be resumed
  std::shared_ptr<const handshake::Credential> credential{};  // if it is asked; null: none
  crypto::SignatureScheme scheme = crypto::SignatureScheme::ecdsa_secp256r1_sha256;  // its proof's
  std::string seed = "client";
};

class ScriptedClient final : public ScriptedPeer {
 public:
  explicit ScriptedClient(ClientChoices choices = {});

  // --- Steps. RFC 5246, 7.3, figure 1.

  /// With a session: its session_id and ticket. A ticket comes with a session_id of its own, so
  /// that the echo tells whether it was taken (RFC 5077, 3.4).
  void hello(const Change<handshake::ClientHello>& change = {});
  /// Empty without a credential.
  void certificate(const Change<handshake::Certificate>& change = {});
  /// Needs the server's ServerKeyExchange. Makes the keys.
  void key_exchange(const Change<handshake::ClientKeyExchange>& change = {});
  void certificate_verify(const Change<handshake::CertificateVerify>& change = {});
  /// Of the full handshake all between ServerHelloDone and our Finished, with what the server asked
  /// for; of the short one ChangeCipherSpec and Finished.
  void second_flight();

  // --- What came.

  const handshake::ServerHello& server_hello() const { return server_hello_.value(); }
  /// The server's chain as sent; empty before it has come.
  const std::vector<x509::Certificate>& server_chain() const { return server_chain_; }
  /// The stapled OCSP response.
  const std::optional<handshake::CertificateStatus>& certificate_status() const {
    return certificate_status_;
  }
  const handshake::ServerKeyExchange& server_key_exchange() const {
    return server_key_exchange_.value();
  }
  /// Whether the server's leaf signed both randoms and its parameters.
  bool server_signature_is_right() const { return server_signature_is_right_; }
  const handshake::CertificateRequest& certificate_request() const {
    return certificate_request_.value();
  }
  const std::optional<handshake::NewSessionTicket>& new_session_ticket() const {
    return new_session_ticket_;
  }

 private:
  void on_message(handshake::RawMessage message) override;
  /// Without an echoed session_id only this tells that the server has taken the ticket.
  void on_change_cipher_spec() override;
  void take_up_session();
  void on_server_hello(handshake::ServerHello message);
  void on_certificate(const handshake::Certificate& message);
  void on_server_key_exchange(handshake::ServerKeyExchange message);
  void add_extensions(handshake::ClientExtensions& extensions) const;

  ClientChoices choices_;
  Bytes offered_session_id_;

  std::optional<handshake::ServerHello> server_hello_;
  std::vector<x509::Certificate> server_chain_;
  std::optional<handshake::CertificateStatus> certificate_status_;
  std::optional<handshake::ServerKeyExchange> server_key_exchange_;
  bool server_signature_is_right_ = false;
  std::optional<handshake::CertificateRequest> certificate_request_;
  std::optional<handshake::NewSessionTicket> new_session_ticket_;
};

/// A hello with these extensions too, behind the others.
template <class... Body>
Change<handshake::ClientHello> with(Body... body) {
  return [=](handshake::ClientHello& hello) { (hello.extensions->add(body), ...); };
}

/// A hello without the extension of that type.
Change<handshake::ClientHello> without(handshake::ExtensionType type);

}  // namespace glasstls::test
