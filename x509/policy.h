// Certificate policies along a path: RFC 5280, 6.1, as the graph of RFC 9618. Internal to verify().
//
// RFC 5280's tree doubles with every certificate that maps two policies to two others. The graph
// keeps each policy once per certificate, with the policies above it that lead to it, so that its
// size is that of the certificates themselves.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "x509/certificate.h"
#include "x509/oid.h"
#include "x509/verify.h"

namespace glasstls::x509 {

class PolicyGraph {
 public:
  /// For a path of `length` certificates, the anchor not counted. Each policy and each mapping of a
  /// certificate takes from `nodes_left`; with none left the next certificate is refused.
  PolicyGraph(const PolicyInputs& inputs, std::size_t length, std::size_t& nodes_left);

  /// Why a certificate ends the path.
  struct Refusal {
    bool too_much_work = false;
    std::string why;
  };

  /// The next certificate downwards; the last one is the leaf. Not after a refusal.
  std::optional<Refusal> process(const Certificate& certificate, bool is_leaf);

  /// The user-constrained policies (6.1.6) after the leaf, in the anchor's domain; nullopt stands
  /// for any policy.
  std::optional<std::set<Oid>> valid_policies() const;

 private:
  struct Node {
    std::set<Oid> parents;  // policies of the level above that lead here; none: anyPolicy does
  };
  struct Level {
    std::map<Oid, Node> nodes;
    bool any = false;  // anyPolicy, with no more told about it
    bool empty() const { return nodes.empty() && !any; }
  };

  void intersect(const Extensions& extensions, bool any_counts);
  void map(const Extensions& extensions);
  void tighten(const Extensions& extensions, bool self_issued);
  bool take(std::size_t count);

  std::set<Oid> acceptable_;  // empty: any
  std::size_t explicit_policy_;
  std::size_t policy_mapping_;
  std::size_t inhibit_any_policy_;
  std::size_t& nodes_left_;
  bool exhausted_ = false;
  std::vector<Level> levels_;  // one per certificate; the last one is what the next may choose from
};

}  // namespace glasstls::x509
