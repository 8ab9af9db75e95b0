// Session: what an endpoint remembers of a handshake to make the next one short. RFC 5246, 7.3,
// figure 2; RFC 5077; RFC 7627, 5.3.
//
// A session never says what was negotiated anew: ALPN, record sizes and randoms are of the
// connection.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "crypto/suites.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/time.h"

namespace glasstls::handshake {

/// RFC 5246, F.1.4 suggests it, and RFC 9325, 3.4 wants short ones.
inline constexpr std::chrono::seconds max_session_lifetime = std::chrono::hours(24);

/// Immutable once made, and shared.
struct Session {
  crypto::CipherSuite cipher_suite{};
  bool extended_master_secret = false;
  crypto::MasterSecret master_secret;
  crypto::NamedGroup group{};                  // of the handshake that made it
  crypto::SignatureScheme signature_scheme{};  // likewise: of the server's signature

  /// Client: whom it meant to reach, a name or an address. Server: the server_name it was sent;
  /// empty: none.
  std::string server_name;
  /// Digest of what decided whom to trust and whom to be: verification and its roots, own
  /// certificates. A session is used only where it is the same.
  Bytes context;

  std::vector<x509::Certificate> peer_chain;  // as sent; empty: the peer showed none
  std::optional<std::string> verdict;         // its summary; none: the chain was not verified
  /// When all certificates of the verified path are valid.
  std::optional<x509::Time> valid_from, valid_until;

  Bytes server_end_point;  // tls-server-end-point (RFC 5929, 4); empty: there is none
  Bytes ocsp_response, signed_certificate_timestamps;  // client: as the server sent them

  x509::Time established;  // when the full handshake was
  x509::Time expires;      // renewal never moves it; at most max_session_lifetime later

  // The client's ways to name it to the server; either may be empty, not both.
  Bytes session_id;
  Bytes ticket;

  /// Whether it may be used at that time: not expired, and the peer's certificates still valid.
  bool is_current(x509::Time now) const;
};

/// For a ticket, a file or a store elsewhere. The bytes hold the master secret in clear: whoever
/// has them can read and take over the connections that use it.
crypto::SecretBytes encode_session(const Session& session);

/// nullopt unless the bytes are what encode_session() of this version makes.
std::optional<Session> decode_session(View bytes);

}  // namespace glasstls::handshake
