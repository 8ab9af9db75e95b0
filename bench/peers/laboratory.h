// Laboratory: the stack under measurement, its sites, and handshakes that are judged before they
// count.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/peers/conversation.h"
#include "bench/peers/judge.h"
#include "bench/peers/meter.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

class Laboratory {
 public:
  /// The folder that README.md describes.
  explicit Laboratory(std::string folder) : folder_(std::move(folder)) {}

  /// See prove_verification(); done once for each key.
  const std::vector<std::string>& proof(const std::string& key);

  /// Made when it is first asked for, and kept. "rsa" or "p256"; "x25519" or "secp256r1". One that
  /// resumes has done a full handshake then, which was judged.
  Stack& stack(const std::string& key, const std::string& group, bool resume);

  /// A handshake that was judged. std::runtime_error if it was not as expected, or not verified.
  Conversation handshake(Stack& stack, const Expected& expected, Meter& meter);

 private:
  std::string folder_;
  std::map<std::string, std::vector<std::string>> proofs_;  // by key
  std::map<std::string, std::unique_ptr<Stack>> stacks_;
  Judge judge_;
};

/// What a handshake of such a site is to look like; std::invalid_argument for unknown names.
Expected expected_of(const std::string& key, const std::string& group);

}  // namespace glasstls::bench
