#include "handshake/session_store.h"

#include <utility>

#include "wire/writer.h"

namespace glasstls::handshake {

std::shared_ptr<const Session> SessionCache::find(const Bytes& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->session;
}

void SessionCache::put(const Bytes& key, std::shared_ptr<const Session> session) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    found->second->session = std::move(session);
    entries_.splice(entries_.begin(), entries_, found->second);
    return;
  }
  if (capacity_ == 0) return;
  if (entries_.size() == capacity_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({key, std::move(session)});
  by_key_.emplace(key, entries_.begin());
}

void SessionCache::remove(const Bytes& key) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  entries_.erase(found->second);
  by_key_.erase(found);
}

std::size_t SessionCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::vector<std::shared_ptr<const Session>> SessionCache::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const Session>> sessions;
  sessions.reserve(entries_.size());
  for (const Entry& entry : entries_) sessions.push_back(entry.session);
  return sessions;
}

Bytes client_session_key(const std::string& server_name, View context) {
  Bytes key;
  wire::Writer(key).block("server_name", within<0, 0xffff>,
                          [&](wire::Writer&) { wire::append(key, wire::as_bytes(server_name)); });
  wire::append(key, context);
  return key;
}

}  // namespace glasstls::handshake
