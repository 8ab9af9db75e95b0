// What both sides agreed on, and what is left of a handshake when it is complete.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "crypto/suites.h"
#include "handshake/messages/finished.h"
#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/version.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::handshake {

/// What the last eight bytes of ServerHello.random say (RFC 8446, 4.1.3).
enum class DowngradeSentinel : std::uint8_t {
  none,
  tls12,  // "DOWNGRD" 01: the server could do TLS 1.3
  tls11,  // "DOWNGRD" 00: the server could do TLS 1.2 or above and chose less
};

/// How a handshake came to be short, if it did.
enum class Resumption : std::uint8_t { none, session_id, ticket };
/// "none", "session_id", "ticket".
std::string_view name_of(Resumption resumption);

/// Facts for the application.
struct Agreement {
  ProtocolVersion version = ProtocolVersion::tls12;
  crypto::CipherSuite cipher_suite{};
  crypto::NamedGroup group{};                  // if resumed: of the handshake that made the session
  crypto::SignatureScheme signature_scheme{};  // of the server's signature; likewise
  bool extended_master_secret = false;
  bool secure_renegotiation = false;
  DowngradeSentinel sentinel = DowngradeSentinel::none;

  std::vector<x509::Certificate> peer_chain;   // as sent, leaf first; if resumed: of the session
  std::optional<x509::Verdict> verdict;        // none: not verified, or resumed
  std::optional<std::string> session_verdict;  // if resumed: the session's, in words

  Resumption resumed = Resumption::none;
  bool ticket_issued = false;   // by the server, in this handshake, and not an empty one
  bool session_stored = false;  // this handshake can be resumed
  /// Client: whether a session was offered. If so and `resumed` is none, the server did not take it.
  bool session_offered = false;
  /// Client: why a session that is kept was not offered. Server: why one that was offered was not
  /// resumed. Empty: there is nothing to say.
  std::string session_remark;

  std::string server_name;              // that the client sent; empty: none
  std::string application_protocol;     // ALPN; empty: none was agreed on
  Bytes ocsp_response;                  // client: as stapled; empty: none
  Bytes signed_certificate_timestamps;  // client: likewise
  /// Of the client's certificate in this handshake: whether the server asked for one, and with what
  /// the client signed, if it had one.
  bool client_certificate_requested = false;
  std::optional<crypto::SignatureScheme> client_signature_scheme;

  std::uint16_t peer_record_size_limit = 0;  // bytes of plaintext; 0: the peer set none

  /// What we could not choose, or did not, and why. One sentence each.
  std::vector<std::string> eliminations;
};

/// What an established connection keeps for exporters and channel bindings.
struct Exporting {
  const crypto::SuiteParameters* suite = nullptr;
  Random client_random{}, server_random{};
  crypto::MasterSecret master_secret;
  bool extended_master_secret = false;
  VerifyData tls_unique{};  // the first Finished of the handshake (RFC 5929, 3)
  Bytes server_end_point;   // RFC 5929, 4; empty: there is none
};

}  // namespace glasstls::handshake
