// Judge: whether a handshake was what was asked for, by what both sides sent. What a library says
// about itself is not heard here.
#pragma once

#include <set>

#include "bench/peers/clear_text.h"
#include "crypto/groups.h"
#include "crypto/suites.h"
#include "wire/bytes.h"

namespace glasstls::bench {

struct Expected {
  crypto::CipherSuite suite{};
  crypto::NamedGroup group{};
  bool resumed = false;   // else a full handshake
  bool sessions = false;  // a full handshake may issue a ticket
};

/// All bytes of a handshake.
struct Wire {
  Bytes client, server;
};

/// One for all handshakes of a process: a public key may be used once.
class Judge {
 public:
  /// std::runtime_error, with what was otherwise than expected.
  void judge(const Expected& expected, const Wire& wire);

 private:
  void judge_full(const Expected& expected, const ClearText& client, const ClearText& server);
  void expect_fresh(const Bytes& public_key, const crypto::GroupParameters& group);

  std::set<Bytes> public_keys_;
};

}  // namespace glasstls::bench
