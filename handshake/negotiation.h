// Negotiation: what may follow from what both sides said. Pure functions; each refusal names its
// rule.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/keys.h"
#include "crypto/suites.h"
#include "handshake/agreement.h"
#include "handshake/credential.h"
#include "handshake/messages/certificate_request.h"
#include "handshake/messages/client_hello.h"
#include "handshake/messages/server_hello.h"
#include "handshake/messages/server_key_exchange.h"
#include "handshake/session.h"
#include "x509/certificate.h"

namespace glasstls::handshake {

/// What both hellos agree on.
struct Hello {
  ClientHello offer;
  ServerHello answer;
  const crypto::SuiteParameters* suite = nullptr;  // never null once accepted
  bool extended_master_secret = false;             // RFC 7627
  bool secure_renegotiation = false;               // RFC 5746
  DowngradeSentinel sentinel = DowngradeSentinel::none;

  std::string server_name;           // as the client sent it; empty: none
  std::string application_protocol;  // RFC 7301; empty: none
  bool ticket_follows = false;       // NewSessionTicket will come, perhaps an empty one (RFC 5077)
  bool status_may_follow = false;    // CertificateStatus may come (RFC 6066, 8)
  std::uint16_t peer_record_size_limit = 0;  // RFC 8449; 0: the peer set none
  std::vector<std::string> eliminations;     // what we could not choose, and why
  /// Client: why a session that is kept was not offered. Server: why one that was offered is not
  /// resumed.
  std::string session_remark;
};

/// What a client wants to offer. Lists in order of preference.
struct Offer {
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> signature_schemes;
  std::vector<std::string> application_protocols;
  std::string server_name;  // empty: none is sent
  bool extended_master_secret = true;
  bool status_request = false;
  bool signed_certificate_timestamps = false;
  std::uint16_t record_size_limit = 0;     // 0: none is told
  bool session_ticket = false;             // a ticket, or to ask for one
  std::shared_ptr<const Session> session;  // to be resumed; null: none
};

/// RFC 5246, 7.4.1.2. Compression is null. With a session, session_id names it: the one that the
/// server gave it, or a fresh one from `session_id` if there is a ticket, so that the server's echo
/// tells whether it resumes (RFC 5077, 3.4).
ClientHello make_client_hello(const Offer& offer, const Random& random,
                              const Random& session_id = {});

DowngradeSentinel downgrade_sentinel(const Random& server_random);

/// RFC 5246, 7.4.1.3 and the extensions' own rules. Throws ProtocolError:
///   protocol_version       another version than 1.2
///   illegal_parameter      a suite or compression that was not offered; a downgrade sentinel
///   for 1.1;
///                          ec_point_formats without uncompressed
///   unsupported_extension  an extension that was not offered, or is the client's alone (except
///                          supported_groups: known servers send it, and it is ignored)
///   handshake_failure      renegotiation_info not empty; no extended_master_secret, if required
///   decode_error           ALPN with another number of protocols than one
///   illegal_parameter      a protocol that was not offered
Hello accept_server_hello(ClientHello offer, ServerHello answer,
                          bool require_extended_master_secret);

/// Whether the server resumes the session (RFC 5246, 7.3): it echoed a session_id that we sent. Throws
/// ProtocolError if it does and changes what must stay: illegal_parameter for the suite,
/// handshake_failure for extended_master_secret (RFC 7627, 5.3).
bool resumes(const Hello& hello, const Session* session);

/// Whether the server's certificate can serve the suite. Throws ProtocolError:
///   unsupported_certificate  a key that we cannot use, or whose keyUsage does not allow signatures
///   illegal_parameter        a key of another type than the suite's; a curve that was not offered
void check_leaf(const Hello& hello, const x509::Certificate& leaf);

/// Whether the server's parameters and signature scheme were ours to choose from. Throws
/// ProtocolError(illegal_parameter). The signature itself is checked elsewhere.
void check_server_key_exchange(const Hello& hello, const crypto::PublicKey& leaf_key,
                               const ServerKeyExchange& message);

/// What a CertificateRequest calls such a key (RFC 5246, 7.4.4). Ed25519 goes by ecdsa_sign
/// (RFC 8422, 5.5).
ClientCertificateType type_for(crypto::KeyType key);

/// With what a client answers a CertificateRequest: the first credential of a type that was asked
/// for, with the first of our schemes that the server accepts. One that a named CA issued goes
/// before others (RFC 5246, 7.4.4: a SHOULD).
struct ClientAnswer {
  std::shared_ptr<const Credential> credential;  // null: none fits
  crypto::SignatureScheme scheme{};
  std::vector<std::string> eliminations;  // what was not chosen, and why
};
ClientAnswer answer_to(const CertificateRequest& request,
                       const std::vector<std::shared_ptr<const Credential>>& credentials,
                       const std::vector<crypto::SignatureScheme>& schemes);

/// The first of `schemes` that is among `accepted` too and that this key can use; nullopt if there
/// is none. Those for such a key that come before it are told in `eliminations`, with the reason:
/// `unless` for what is not accepted.
std::optional<crypto::SignatureScheme> scheme_for(
    const crypto::PublicKey& key, const std::vector<crypto::SignatureScheme>& schemes,
    const std::vector<crypto::SignatureScheme>& accepted, const std::string& unless,
    std::vector<std::string>& eliminations);

/// What both hellos agree on, in words.
std::string terms_of(const Hello& hello);

/// What an ECDHE ServerKeyExchange signs: client_random + server_random + params (RFC 8422, 5.4).
Bytes signed_content(const Hello& hello, const ServerKeyExchange& message);

}  // namespace glasstls::handshake
