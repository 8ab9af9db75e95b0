#include "handshake/client_sessions.h"

#include <algorithm>
#include <utility>

namespace glasstls::handshake {

namespace {

std::string text_of(const std::optional<x509::ServerName>& name) {
  return name ? name->text() : std::string();
}

/// Nothing if the session may be offered.
std::string why_not_offered(const Session& session, const ClientPolicy& policy,
                            const std::string& name) {
  const Offer& offer = policy.offer;
  const auto& suites = offer.cipher_suites;
  if (!session.is_current(policy.verification.now()))
    return "it has expired, or the server's certificates have";
  if (session.context != policy.session_context)
    return "it was made under another trust, or with other certificates of ours";
  if (session.server_name != name) return "it was made with another server";
  if (std::find(suites.begin(), suites.end(), session.cipher_suite) == suites.end())
    return "its cipher suite is not offered";
  if (session.extended_master_secret && !offer.extended_master_secret)
    return "it has extended_master_secret, which is not offered";
  if (!session.extended_master_secret && policy.require_extended_master_secret)
    return "it lacks extended_master_secret, which is required";
  if (session.session_id.empty() && (session.ticket.empty() || !offer.session_ticket))
    return "it has a ticket only, and tickets are switched off";
  return {};
}

}  // namespace

OfferedSession session_to_offer(const ClientPolicy& policy,
                                const std::optional<x509::ServerName>& name) {
  if (!policy.sessions) return {};
  const std::string text = text_of(name);
  auto session = policy.sessions->find(client_session_key(text, policy.session_context));
  if (!session) return {};
  const std::string reason = why_not_offered(*session, policy, text);
  if (reason.empty()) return {std::move(session), {}};
  return {nullptr, "a session is kept but not offered: " + reason};
}

void keep(const ClientPolicy& policy, std::shared_ptr<const Session> session) {
  const Bytes key = client_session_key(session->server_name, session->context);
  policy.sessions->put(key, std::move(session));
}

void drop_session(const ClientPolicy& policy, const Session& session) {
  if (!policy.sessions) return;
  const Bytes key = client_session_key(session.server_name, session.context);
  const auto kept = policy.sessions->find(key);
  if (kept && kept->session_id == session.session_id && kept->ticket == session.ticket)
    policy.sessions->remove(key);
}

x509::Time expiry(x509::Time established, x509::Time now, std::uint32_t ticket_lifetime_hint) {
  const x509::Time longest{established.seconds + max_session_lifetime.count()};
  if (ticket_lifetime_hint == 0) return longest;
  return std::min(longest, x509::Time{now.seconds + ticket_lifetime_hint});
}

}  // namespace glasstls::handshake
