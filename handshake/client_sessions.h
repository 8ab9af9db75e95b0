// Which session a client offers, and which it keeps. RFC 5246, F.1.4; RFC 5077, 3.4; RFC 7627, 5.3.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "handshake/client_policy.h"
#include "handshake/session.h"
#include "x509/server_name.h"
#include "x509/time.h"

namespace glasstls::handshake {

/// The session to offer, if there is one, and why one that is kept is not offered.
struct OfferedSession {
  std::shared_ptr<const Session> session;
  std::string remark;
};

/// Asks the policy's store for a session with this peer. One that is not current any more, or made
/// under another trust, or with what the policy does not offer any more, is not offered.
OfferedSession session_to_offer(const ClientPolicy& policy,
                                const std::optional<x509::ServerName>& name);

/// Keeps a session in the policy's store, in the place of the one before with this peer.
void keep(const ClientPolicy& policy, std::shared_ptr<const Session> session);

/// Takes that session from the policy's store, unless another has taken its place.
void drop_session(const ClientPolicy& policy, const Session& session);

/// When a session of now may last be used: the ticket's lifetime hint, if it says one (RFC 5077,
/// 3.3), and never longer than max_session_lifetime.
x509::Time expiry(x509::Time established, x509::Time now, std::uint32_t ticket_lifetime_hint);

}  // namespace glasstls::handshake
