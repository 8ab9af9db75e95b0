// Config: how connections behave. Checked once, immutable, shared by any number of connections and
// threads. What it points to (credentials, ticket keys, session stores) is thread-safe and may
// change while connections run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "handshake/client_policy.h"
#include "handshake/credential.h"
#include "handshake/peer_verification.h"
#include "handshake/server_policy.h"
#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "record/framing.h"
#include "record/protection.h"
#include "x509/crl.h"
#include "x509/time.h"
#include "x509/trust_store.h"
#include "x509/verify.h"

namespace glasstls::tls {

/// The largest body that a ClientHello can have; no other message needs more.
inline constexpr std::size_t default_max_handshake_message = 131'396;

/// How much a peer may send in a row that brings nothing. One more of it is unexpected_message; 0
/// bears none.
struct Patience {
  std::uint16_t empty_records = 32;
  std::uint16_t warning_alerts = 4;
  std::uint16_t renegotiation_attempts = 4;   // after the handshake, each answered with a warning
  std::uint16_t ignored_hello_requests = 32;  // to a client, in a whole handshake
};

/// What both sides may set. The defaults are good.
struct CommonSettings {
  // In order of preference. Empty: all that we speak, in our order; of the suites those that the
  // signature schemes can serve.
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> signature_schemes;  // for verifying, and for signing too ...
  std::vector<crypto::SignatureScheme> signing_schemes;    // ... unless these say otherwise

  /// ALPN (RFC 7301), in order of preference: 1 to 255 bytes each. Empty: none is offered, or the
  /// client's offer is ignored.
  std::vector<std::string> application_protocols;

  // How the peer's certificates are judged.
  std::shared_ptr<const x509::TrustStore> roots;
  x509::Profile certificate_profile = x509::Profile::standard;
  std::vector<x509::CertificateList> crls;  // who is on one of them is refused
  bool require_crl = false;                 // so is who is on none that is current
  handshake::OwnCheck own_check;            // the application's own word on them
  x509::Limits certificate_limits;          // on the work that they can cause

  bool require_extended_master_secret = false;  // refuse peers without it (RFC 7627)

  /// The largest plaintext of a protected record that we are willing to receive (RFC 8449): 64 to
  /// 16,384 bytes. 0: the protocol's; a client tells none then, a server answers with 16,384.
  std::uint16_t record_size_limit = 0;
  /// The largest plaintext of a record that we send: 64 to 16,384 bytes.
  std::size_t max_send_fragment = record::max_plaintext_length;

  std::size_t max_handshake_message = default_max_handshake_message;  // bytes of body
  std::uint64_t record_limit = record::default_record_limit;          // records under one key
  Patience patience;

  /// After the peer's close_notify: false answers it at once (RFC 5246, 7.2.1), true lets the
  /// application go on writing until it calls close().
  bool finish_writes_after_peer_closed = false;

  crypto::RandomSource* random =
      nullptr;                      // null: the system's. Must outlive the Config, thread-safe
  std::function<x509::Time()> now;  // empty: the system's clock. Thread-safe
};

/// What a client may set. Only `roots` must be given.
struct ClientSettings : CommonSettings {
  bool verify_peer = true;  // false: whoever answers is believed. For experiments only.

  bool offer_extended_master_secret = true;  // RFC 7627

  /// Sessions are kept here and offered again (null: neither). Only under the same name and trust;
  /// without a name all servers are the same one, so that the store should serve one server only.
  std::shared_ptr<handshake::SessionStore> sessions;
  bool offer_tickets = true;  // RFC 5077; false: session IDs only. Without `sessions` neither.

  bool request_ocsp_response = false;                  // status_request, RFC 6066
  bool request_signed_certificate_timestamps = false;  // RFC 6962

  /// Who the client is, if a server asks: the first that suits it.
  std::vector<std::shared_ptr<const handshake::Credential>> credentials;
  /// If none of them suits: false goes on without (RFC 5246, 7.4.6), true ends the handshake.
  bool insist_on_credentials = false;

  /// Data may be written when our Finished is sent, before the server's has come (RFC 7918).
  bool false_start = false;
};

/// What a server may set. Only `credentials` must be given.
struct ServerSettings : CommonSettings {
  std::shared_ptr<const handshake::Credentials> credentials;

  bool prefer_client_order = false;  // of suites and groups, rather than our own
  bool strict_server_name = false;   // a name that no certificate is for: unrecognized_name

  bool support_extended_master_secret = true;  // RFC 7627; false: for experiments only

  handshake::ClientAuthentication client_authentication = handshake::ClientAuthentication::none;
  bool verify_client = true;  // false: whatever certificate a client shows is believed
  /// Names of CAs in DER, told to clients that they may choose a certificate. Empty: none are told.
  std::vector<Bytes> certificate_authorities;

  std::shared_ptr<handshake::TicketKeys> ticket_keys;  // null: no tickets (RFC 5077)
  /// Sessions by ID, for clients without tickets. Null: none.
  std::shared_ptr<handshake::SessionStore> sessions;
  std::chrono::seconds session_lifetime = std::chrono::hours(2);  // 1 second to 24 hours
};

class Config {
 public:
  /// Throws std::invalid_argument, with the reason, for settings that make no sense: unknown or
  /// repeated values, no roots to verify with, suites that no offered scheme or credential can
  /// serve, bounds out of range.
  explicit Config(ClientSettings settings);
  explicit Config(ServerSettings settings);

  /// The same but for where randomness and time come from: for a connection with sources of its own.
  /// As of CommonSettings, neither empty.
  Config(const Config& other, crypto::RandomSource& random, std::function<x509::Time()> now);

  /// std::logic_error for a Config of the other side.
  const handshake::ClientPolicy& client() const;
  const handshake::ServerPolicy& server() const;
  bool is_server() const { return std::holds_alternative<handshake::ServerPolicy>(policy_); }

  crypto::RandomSource& random() const { return *random_; }
  std::size_t max_handshake_message() const { return max_handshake_message_; }
  std::size_t max_send_fragment() const { return max_send_fragment_; }
  std::uint64_t record_limit() const { return record_limit_; }
  const Patience& patience() const { return patience_; }
  bool finish_writes_after_peer_closed() const { return finish_writes_after_peer_closed_; }

 private:
  explicit Config(const CommonSettings& settings);

  std::variant<handshake::ClientPolicy, handshake::ServerPolicy> policy_;
  crypto::RandomSource* random_;
  std::size_t max_handshake_message_;
  std::size_t max_send_fragment_;
  std::uint64_t record_limit_;
  Patience patience_;
  bool finish_writes_after_peer_closed_;
};

}  // namespace glasstls::tls
