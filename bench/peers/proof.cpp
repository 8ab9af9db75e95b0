#include "bench/peers/proof.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include "bench/peers/clear_text.h"
#include "bench/peers/conversation.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

/// Changes the last byte of the server's signature.
void spoil_signature(Bytes& flight) {
  for (const ClearText::Message& message : read_clear_text(flight).messages) {
    if (message.type != handshake::HandshakeType::server_key_exchange) continue;
    const View sent = message.bytes;
    const auto found = std::search(flight.begin(), flight.end(), sent.begin(), sent.end());
    if (found != flight.end()) {
      *(found + static_cast<std::ptrdiff_t>(sent.size()) - 1) ^= 1;
      return;
    }
  }
  throw std::logic_error("there is no whole ServerKeyExchange to be spoiled");
}

[[noreturn]] void unproven(const Site& site, const std::string& what, const std::string& but = {}) {
  throw std::runtime_error(site.key + ": the client did not refuse " + what + but);
}

std::string refusal(const std::string& what, const Site& site, const Tampering& tampering = {}) {
  const auto stack = make_stack(site);
  NoMeter unmeasured;
  try {
    static_cast<void>(converse(*stack, unmeasured, tampering));
  } catch (const Refusal& refused) {
    if (refused.by != Side::client)
      unproven(site, what, std::string("; the server ended it: ") + refused.what());
    if (names_of(read_clear_text(refused.before.client)) != "ClientHello")
      unproven(site, what, std::string(" before it had sent its key: ") + refused.what());
    return site.key + ", " + what + ": " + refused.what();
  }
  unproven(site, what);
}

}  // namespace

std::vector<std::string> prove_verification(const std::string& lab, const std::string& key) {
  const auto site = [&](const std::string& folder) {
    return Site{lab + folder + "/" + key, key, "x25519", false};
  };
  return {refusal("a root that did not sign the chain", site("/wrong-root")),
          refusal("a certificate for another name", site("/wrong-name")),
          refusal("a spoiled signature", site(""), spoil_signature)};
}

}  // namespace glasstls::bench
