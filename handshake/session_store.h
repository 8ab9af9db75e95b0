// Where sessions are kept: the server's by session ID, the client's by whom they were made with.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "handshake/session.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

/// Sessions by a key: for a server the session ID, for a client Policy's idea of the peer (see
/// client_session_key()). Another store, of a file or of another process, implements this;
/// encode_session() makes the bytes. Calls come from any thread and must not wait for long; an
/// exception of find() or put() ends the handshake with internal_error.
class SessionStore {
 public:
  virtual ~SessionStore() = default;
  /// Null if there is none. Whether it is still current is the caller's to ask.
  virtual std::shared_ptr<const Session> find(const Bytes& key) = 0;
  /// Replaces what was there.
  virtual void put(const Bytes& key, std::shared_ptr<const Session> session) = 0;
  virtual void remove(const Bytes& key) noexcept = 0;
};

/// Keeps them in memory, so many and no more: the one that was not used for longest goes first.
class SessionCache final : public SessionStore {
 public:
  /// With a capacity of 0 nothing is kept.
  explicit SessionCache(std::size_t capacity) : capacity_(capacity) {}

  std::shared_ptr<const Session> find(const Bytes& key) override;
  void put(const Bytes& key, std::shared_ptr<const Session> session) override;
  void remove(const Bytes& key) noexcept override;

  std::size_t size() const;
  /// All of them, the last used first.
  std::vector<std::shared_ptr<const Session>> all() const;

 private:
  struct Entry {
    Bytes key;
    std::shared_ptr<const Session> session;
  };

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last used first
  std::map<Bytes, std::list<Entry>::iterator> by_key_;
};

/// How a client's store knows the peer: the name it is to have, and the context of trust.
Bytes client_session_key(const std::string& server_name, View context);

}  // namespace glasstls::handshake
