// Negotiation on the server's side: what it makes of a ClientHello. Pure functions; each refusal
// names its rule, and each choice tells what was not chosen, and why.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "handshake/credential.h"
#include "handshake/messages/client_hello.h"
#include "handshake/messages/server_hello.h"
#include "handshake/server_policy.h"
#include "handshake/session.h"

namespace glasstls::handshake {

/// What must hold of any ClientHello before a session is looked for. Throws ProtocolError:
///   protocol_version   TLS 1.2 is not among the client's versions: supported_versions (RFC 8446,
///                      4.2.1), where it is sent, else client_version; or the latter is that of
///                      SSL 3.0 or older (RFC 7568, 3)
///   illegal_parameter  no null compression; ec_point_formats without uncompressed
///   handshake_failure  renegotiation_info not empty (RFC 5746, 3.6); no extended_master_secret, if
///                      required
/// TLS_FALLBACK_SCSV changes nothing: 1.2 is the highest version that we speak (RFC 7507, 3).
void check_client_hello(const ClientHello& hello, const ServerPolicy& policy);

/// renegotiation_info, or the suite value that stands for an empty one (RFC 5746, 3.6).
bool offers_secure_renegotiation(const ClientHello& hello);

/// The host_name of server_name in lower case, without a final dot; empty if there is none. Throws
/// ProtocolError(illegal_parameter) for more than one name of a type (RFC 6066, 3).
std::string requested_server_name(const ClientHello& hello);

/// The first of ours that the client offers (RFC 7301, 3.2); empty if either side leaves ALPN out.
/// Throws ProtocolError(no_application_protocol) if none fits.
std::string choose_application_protocol(const ClientHello& hello,
                                        const std::vector<std::string>& ours);

/// Whom to be, and how.
struct Choice {
  const crypto::SuiteParameters* suite = nullptr;
  crypto::NamedGroup group{};
  crypto::SignatureScheme scheme{};
  std::shared_ptr<const Credential> credential;
  bool server_name_used = false;          // the credential is for the name that was asked for
  std::vector<std::string> eliminations;  // what came before in the order, and why not
};

/// Suite, certificate, scheme and group of a full handshake.
///   suites        in our order, or the client's if the policy says so; ChaCha20-Poly1305 goes first
///                 if it is the first that the client and we know (its sender lacks AES hardware)
///   certificates  those for the name, else all; those whose chain the client says that it can verify
///                 go first (RFC 5246, 7.4.2; RFC 8446, 4.2.3)
///   groups        without supported_groups secp256r1 (RFC 8422, 4)
/// Throws ProtocolError with all eliminations: handshake_failure if nothing fits, or there is no
/// signature_algorithms (RFC 9155, 2); unrecognized_name under a strict policy.
Choice choose(const ClientHello& hello, const ServerPolicy& policy, const Credentials::List& list,
              const std::string& server_name);

/// What becomes of a session that the client offers.
struct Acceptance {
  bool accepted = false;
  std::string reason;  // why not: a full handshake then, and no alert
};

/// RFC 5246, 7.4.1.2; RFC 7627, 5.3. Throws ProtocolError(handshake_failure) if the session has
/// extended_master_secret and the hello lacks it.
Acceptance accepts(const Session& session, const ClientHello& hello, const ServerPolicy& policy,
                   const std::string& server_name, x509::Time now);

}  // namespace glasstls::handshake
