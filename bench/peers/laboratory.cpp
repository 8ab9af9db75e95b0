#include "bench/peers/laboratory.h"

#include <stdexcept>
#include <utility>

#include "bench/peers/proof.h"

namespace glasstls::bench {

const std::vector<std::string>& Laboratory::proof(const std::string& key) {
  auto found = proofs_.find(key);
  if (found == proofs_.end()) found = proofs_.emplace(key, prove_verification(folder_, key)).first;
  return found->second;
}

Stack& Laboratory::stack(const std::string& key, const std::string& group, bool resume) {
  static_cast<void>(proof(key));  // nothing is measured of a client that verifies nothing
  std::unique_ptr<Stack>& made = stacks_[key + " " + group + (resume ? " resumed" : "")];
  if (made) return *made;
  std::unique_ptr<Stack> fresh = make_stack({folder_ + "/" + key, key, group, resume});
  if (resume) {
    Expected full = expected_of(key, group);
    full.sessions = true;
    NoMeter unmeasured;
    static_cast<void>(handshake(*fresh, full, unmeasured));
  }
  made = std::move(fresh);
  return *made;
}

Conversation Laboratory::handshake(Stack& stack, const Expected& expected, Meter& meter) {
  Conversation talk = converse(stack, meter);
  judge_.judge(expected, talk.wire);
  if (!talk.client->verified())
    throw std::runtime_error("the client does not say that it verified chain and name");
  return talk;
}

Expected expected_of(const std::string& key, const std::string& group) {
  using enum crypto::CipherSuite;
  Expected expected;
  if (key == "rsa")
    expected.suite = TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  else if (key == "p256")
    expected.suite = TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
  else
    throw std::invalid_argument("the key '" + key + "' is neither rsa nor p256");
  if (group == "x25519")
    expected.group = crypto::NamedGroup::x25519;
  else if (group == "secp256r1")
    expected.group = crypto::NamedGroup::secp256r1;
  else
    throw std::invalid_argument("the group '" + group + "' is neither x25519 nor secp256r1");
  return expected;
}

}  // namespace glasstls::bench
