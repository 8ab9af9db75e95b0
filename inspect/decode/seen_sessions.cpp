#include "inspect/decode/seen_sessions.h"

#include <utility>

#include "crypto/hash.h"

namespace glasstls::inspect {

namespace {

constexpr std::uint8_t of_session_id = 0, of_ticket = 1;

Bytes name_of_session_id(View session_id) {
  Bytes name{of_session_id};
  wire::append(name, session_id);
  return name;
}

/// Tickets are long: their hash stands for them.
Bytes name_of_ticket(View ticket) {
  Bytes name{of_ticket};
  wire::append(name, crypto::hash(crypto::HashAlgorithm::sha256, ticket).view());
  return name;
}

}  // namespace

void SeenSessions::add(Bytes name, const crypto::MasterSecret& master) {
  const auto [entry, is_new] = masters_.try_emplace(std::move(name));
  entry->second = crypto::MasterSecret::copy_of(master.reveal());
  if (!is_new) return;
  order_.push_back(entry->first);
  if (order_.size() <= capacity) return;
  masters_.erase(order_.front());
  order_.pop_front();
}

const crypto::MasterSecret* SeenSessions::find(const Bytes& name) const {
  const auto found = masters_.find(name);
  return found == masters_.end() ? nullptr : &found->second;
}

void SeenSessions::add_session_id(View session_id, const crypto::MasterSecret& master) {
  if (!session_id.empty()) add(name_of_session_id(session_id), master);
}

void SeenSessions::add_ticket(View ticket, const crypto::MasterSecret& master) {
  if (!ticket.empty()) add(name_of_ticket(ticket), master);
}

const crypto::MasterSecret* SeenSessions::by_session_id(View session_id) const {
  return session_id.empty() ? nullptr : find(name_of_session_id(session_id));
}

const crypto::MasterSecret* SeenSessions::by_ticket(View ticket) const {
  return ticket.empty() ? nullptr : find(name_of_ticket(ticket));
}

}  // namespace glasstls::inspect
