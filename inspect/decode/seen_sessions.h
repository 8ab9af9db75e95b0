// SeenSessions: the sessions that the connections of one capture gave, so that a connection that
// resumes one is decrypted without a key log line of its own. RFC 5246, F.1.4; RFC 5077.
#pragma once

#include <cstddef>
#include <deque>
#include <map>

#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::inspect {

/// Shared by the decoders of one capture; one thread at a time.
class SeenSessions {
 public:
  /// Of more sessions than that the oldest are forgotten.
  static constexpr std::size_t capacity = 16'384;

  /// A server gave this session ID, or this ticket. An empty one is no name. One that is given again
  /// names the later session.
  void add_session_id(View session_id, const crypto::MasterSecret& master);
  void add_ticket(View ticket, const crypto::MasterSecret& master);

  /// nullptr: not seen, or forgotten. Valid until the next session is added.
  const crypto::MasterSecret* by_session_id(View session_id) const;
  const crypto::MasterSecret* by_ticket(View ticket) const;

  std::size_t size() const { return masters_.size(); }

 private:
  void add(Bytes name, const crypto::MasterSecret& master);
  const crypto::MasterSecret* find(const Bytes& name) const;

  std::map<Bytes, crypto::MasterSecret> masters_;
  std::deque<Bytes> order_;  // the oldest first
};

}  // namespace glasstls::inspect
