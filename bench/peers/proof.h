// Proof that a stack's client verifies: that it refuses a chain, a name and a signature that are
// wrong.
#pragma once

#include <string>
#include <vector>

namespace glasstls::bench {

/// A line for each refusal, with the library's words. `lab` is the whole laboratory (README.md).
/// std::runtime_error if the client sent more than its hello before it refused, or if anybody but
/// the client ended the handshake.
std::vector<std::string> prove_verification(const std::string& lab, const std::string& key);

}  // namespace glasstls::bench
