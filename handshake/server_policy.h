// What a server wants, whom it believes and who it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "handshake/credential.h"
#include "handshake/peer_verification.h"
#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

enum class ClientAuthentication : std::uint8_t {
  none,
  requested,  // a client without a certificate is served all the same
  required,   // and is refused: handshake_failure
};

/// Immutable while in use. Lists in order of preference.
struct ServerPolicy {
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> signature_schemes;  // that a client may sign with
  std::vector<crypto::SignatureScheme> signing_schemes;    // that our keys may sign with
  std::vector<std::string> application_protocols;
  bool prefer_client_order = false;

  std::shared_ptr<const Credentials> credentials;
  bool strict_server_name = false;

  bool support_extended_master_secret = true;
  bool require_extended_master_secret = false;
  std::uint16_t record_size_limit = 1 << 14;

  ClientAuthentication client_authentication = ClientAuthentication::none;
  PeerVerification verification;
  std::vector<Bytes> certificate_authorities;  // Names in DER

  std::shared_ptr<TicketKeys> ticket_keys;  // null: no tickets
  std::shared_ptr<SessionStore> sessions;   // null: no session IDs
  std::chrono::seconds session_lifetime{};
  Bytes session_context;  // Session::context of what this policy makes

  crypto::RandomSource* random = nullptr;
};

}  // namespace glasstls::handshake
