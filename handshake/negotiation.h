// Negotiation: what may follow from what both sides said. Pure functions; each refusal names its
// rule.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/keys.h"
#include "crypto/suites.h"
#include "handshake/messages/client_hello.h"
#include "handshake/messages/server_hello.h"
#include "handshake/messages/server_key_exchange.h"
#include "x509/certificate.h"

namespace glasstls::handshake {

/// What the last eight bytes of ServerHello.random say (RFC 8446, 4.1.3).
enum class DowngradeSentinel : std::uint8_t {
  none,
  tls12,  // "DOWNGRD" 01: the server could do TLS 1.3
  tls11,  // "DOWNGRD" 00: the server could do TLS 1.2 or above and chose less
};

/// What both hellos agree on.
struct Hello {
  ClientHello offer;
  ServerHello answer;
  const crypto::SuiteParameters* suite = nullptr;  // never null once accepted
  bool extended_master_secret = false;             // RFC 7627
  bool secure_renegotiation = false;               // RFC 5746
  DowngradeSentinel sentinel = DowngradeSentinel::none;
};

/// What a client wants to offer. Lists in order of preference.
struct Offer {
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> signature_schemes;
  std::string server_name;  // empty: none is sent
  bool extended_master_secret = true;
};

/// RFC 5246, 7.4.1.2. Compression is null; session_id is empty.
ClientHello make_client_hello(const Offer& offer, const Random& random);

DowngradeSentinel downgrade_sentinel(const Random& server_random);

/// RFC 5246, 7.4.1.3 and the extensions' own rules. Throws ProtocolError:
///   protocol_version       another version than 1.2
///   illegal_parameter      a suite or compression that was not offered; a downgrade sentinel
///   for 1.1;
///                          ec_point_formats without uncompressed
///   unsupported_extension  an extension that was not offered, or is the client's alone (except
///                          supported_groups: known servers send it, and it is ignored)
///   handshake_failure      renegotiation_info not empty; no extended_master_secret, if required
Hello accept_server_hello(ClientHello offer, ServerHello answer,
                          bool require_extended_master_secret);

/// Whether the server's certificate can serve the suite. Throws ProtocolError:
///   unsupported_certificate  a key that we cannot use, or whose keyUsage does not allow signatures
///   illegal_parameter        a key of another type than the suite's; a curve that was not offered
void check_leaf(const Hello& hello, const x509::Certificate& leaf);

/// Whether the server's parameters and signature scheme were ours to choose from. Throws
/// ProtocolError(illegal_parameter). The signature itself is checked elsewhere.
void check_server_key_exchange(const Hello& hello, const crypto::PublicKey& leaf_key,
                               const ServerKeyExchange& message);

/// What an ECDHE ServerKeyExchange signs: client_random + server_random + params (RFC 8422, 5.4).
Bytes signed_content(const Hello& hello, const ServerKeyExchange& message);

}  // namespace glasstls::handshake
