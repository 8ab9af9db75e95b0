// One path, from the anchor down to the leaf, held against every rule. RFC 5280, 6.1. Internal to
// verify(): see verify.h for what is checked and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "x509/algorithm.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::x509 {

/// What one call of verify() has spent so far, over all its paths and those of CRL signers.
class Work {
 public:
  explicit Work(const Limits& limits)
      : limits_(limits),
        comparisons_left_(limits.name_comparisons),
        policy_nodes_left_(limits.policy_nodes) {}

  /// Whether the signer's key made this signature over these bytes; each pair is computed once.
  /// nullopt if the bound on signature checks is reached.
  std::optional<bool> signed_by(View tbs, const SignatureAlgorithm& algorithm, View signature,
                                const Certificate& signer);

  /// False if the bound is reached.
  bool take_build_step() { return build_steps_++ < limits_.build_steps; }

  /// Whether the first certificate of the request, who signs CRLs, leads to its one anchor. Such
  /// paths may ask for CRLs in turn: no signer is judged within its own judgement. nullopt: not
  /// found out, for the work that it would take, or for its depth.
  std::optional<bool> judge_crl_signer(const VerifyRequest& request);

  std::size_t& comparisons_left() { return comparisons_left_; }
  std::size_t& policy_nodes_left() { return policy_nodes_left_; }
  std::size_t signature_checks() const { return signatures_.size(); }

 private:
  using Edge = std::pair<const std::uint8_t*, const std::uint8_t*>;  // tbs and the signer's der()
  struct Known {
    bool good;
    Certificate signer;  // kept, so that its address is not another's later
  };

  Limits limits_;
  std::size_t build_steps_ = 0;
  std::size_t comparisons_left_;
  std::size_t policy_nodes_left_;
  std::map<Edge, Known> signatures_;
  std::vector<Certificate> crl_signers_;  // being judged
};

/// Validates `path` (leaf first, anchor last; a leaf that is itself an anchor stands alone). The
/// checks come in the order of RFC 5280, 6.1: from the anchor down.
std::vector<Check> validate_path(std::span<const Certificate> path, const VerifyRequest& request,
                                 Work& work);

/// What can be said of a path that reaches no anchor: `why` it ends, then what the leaf's own
/// contents tell.
std::vector<Check> explain_dead_end(std::span<const Certificate> path, const VerifyRequest& request,
                                    Work& work, std::string why, Rule rule);

/// verify(), with work that is shared.
Verdict verify(const VerifyRequest& request, Work& work);

}  // namespace glasstls::x509
