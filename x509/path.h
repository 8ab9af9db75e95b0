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

#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::x509 {

/// What one call of verify() has spent so far, over all its paths.
class Work {
 public:
  explicit Work(const Limits& limits)
      : limits_(limits), comparisons_left_(limits.name_comparisons) {}

  /// Whether the issuer's key made the subject's signature; each pair is computed once. nullopt if
  /// the bound on signature checks is reached.
  std::optional<bool> signed_by(const Certificate& subject, const Certificate& issuer);

  /// False if the bound is reached.
  bool take_build_step() { return build_steps_++ < limits_.build_steps; }

  std::size_t& comparisons_left() { return comparisons_left_; }
  std::size_t signature_checks() const { return signatures_.size(); }
  const Limits& limits() const { return limits_; }

 private:
  using Edge = std::pair<const std::uint8_t*, const std::uint8_t*>;  // der() of both

  Limits limits_;
  std::size_t build_steps_ = 0;
  std::size_t comparisons_left_;
  std::map<Edge, bool> signatures_;
};

/// Validates `path` (leaf first, anchor last; a leaf that is itself an anchor stands alone). The
/// checks come in the order of RFC 5280, 6.1: from the anchor down.
std::vector<Check> validate_path(std::span<const Certificate> path, const VerifyRequest& request,
                                 Work& work);

/// What can be said of a path that reaches no anchor: `why` it ends, then what the leaf's own
/// contents tell.
std::vector<Check> explain_dead_end(std::span<const Certificate> path, const VerifyRequest& request,
                                    Work& work, std::string why, Rule rule);

}  // namespace glasstls::x509
