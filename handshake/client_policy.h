// What a client wants, whom it believes and who it is.
#pragma once

#include <memory>
#include <vector>

#include "crypto/random.h"
#include "crypto/schemes.h"
#include "handshake/credential.h"
#include "handshake/negotiation.h"
#include "handshake/peer_verification.h"
#include "handshake/session_store.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

/// Immutable while in use.
struct ClientPolicy {
  Offer offer;  // server_name and session are filled in for each connection
  bool require_extended_master_secret = false;
  PeerVerification verification;

  std::vector<std::shared_ptr<const Credential>> credentials;  // in order of preference
  std::vector<crypto::SignatureScheme> signing_schemes;        // for their keys, likewise
  bool insist_on_credentials = false;  // who is asked, and can show none of them, gives up

  std::shared_ptr<SessionStore> sessions;  // null: none are kept, none are offered
  Bytes session_context;                   // Session::context of what this policy makes

  bool false_start = false;
  crypto::RandomSource* random = nullptr;
};

}  // namespace glasstls::handshake
