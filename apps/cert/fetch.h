// The certificates that a live TLS server shows.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "apps/address.h"
#include "wire/bytes.h"

namespace glasstls::apps {

struct FetchedChain {
  std::vector<Bytes> certificates;  // as sent: the leaf first, whether they parse or not
  std::string remark;  // the handshake ended early, but after the certificates; empty: it did not
};

/// Connects with our own client, verifies nothing, and closes. `name` goes into server_name.
/// CommandError if no certificate came, with the code that says why.
FetchedChain fetch_chain(const Address& address, const std::string& name,
                         std::chrono::milliseconds timeout);

}  // namespace glasstls::apps
