#include "x509/policy.h"

#include <algorithm>

namespace glasstls::x509 {

namespace {

void decrement(std::size_t& counter) {
  if (counter > 0) --counter;
}

// A critical qualifier has to be understood (RFC 5280, 4.2.1.4).
bool has_unknown_qualifier(const Extensions& extensions) {
  const Extension* extension = extensions.find(oid::certificatePolicies);
  if (extension == nullptr || !extension->critical) return false;
  for (const PolicyInformation& information : *extensions.certificate_policies) {
    for (const PolicyQualifier& qualifier : information.qualifiers) {
      if (qualifier.id != oid::id_qt_cps && qualifier.id != oid::id_qt_unotice) return true;
    }
  }
  return false;
}

}  // namespace

// 6.1.2 (a), (d), (e), (f): the first level is anyPolicy alone.
PolicyGraph::PolicyGraph(const PolicyInputs& inputs, std::size_t length, std::size_t& nodes_left)
    : acceptable_(inputs.acceptable.begin(), inputs.acceptable.end()),
      explicit_policy_(inputs.require_explicit ? 0 : length + 1),
      policy_mapping_(inputs.inhibit_mapping ? 0 : length + 1),
      inhibit_any_policy_(inputs.inhibit_any_policy ? 0 : length + 1),
      nodes_left_(nodes_left) {
  if (acceptable_.contains(oid::anyPolicy)) acceptable_.clear();
  levels_.push_back({{}, true});
}

bool PolicyGraph::take(std::size_t count) {
  exhausted_ = exhausted_ || count > nodes_left_;
  nodes_left_ -= std::min(count, nodes_left_);
  return !exhausted_;
}

std::optional<PolicyGraph::Refusal> PolicyGraph::process(const Certificate& certificate,
                                                         bool is_leaf) {
  const Extensions& extensions = certificate.extensions();
  const bool self_issued = certificate.is_self_issued();
  if (has_unknown_qualifier(extensions)) {
    return Refusal{false, "a critical certificatePolicies with a qualifier that is not understood"};
  }
  intersect(extensions, inhibit_any_policy_ > 0 || (!is_leaf && self_issued));
  if (is_leaf) {  // 6.1.5 (a), (b)
    decrement(explicit_policy_);
    const auto& constraints = extensions.policy_constraints;
    if (constraints && constraints->require_explicit_policy == 0u) explicit_policy_ = 0;
  }
  const Refusal too_much{true, "too many policies to follow"};
  if (exhausted_) return too_much;
  if (explicit_policy_ == 0 && levels_.back().empty()) {  // 6.1.3 (f)
    return Refusal{false, "a policy is required here, and none is valid"};
  }
  if (!is_leaf) {
    map(extensions);
    tighten(extensions, self_issued);
    return exhausted_ ? std::optional(too_much) : std::nullopt;
  }
  const auto valid = valid_policies();
  if (explicit_policy_ == 0 && valid && valid->empty()) {  // 6.1.5 (g)
    return Refusal{false, "a policy is required, and no acceptable one is valid"};
  }
  return std::nullopt;
}

// 6.1.3 (d), (e): of the policies that the level above leads to, those that the certificate names
// stay; where it led to anyPolicy, all that the certificate names come in.
void PolicyGraph::intersect(const Extensions& extensions, bool any_counts) {
  Level& level = levels_.back();
  if (!extensions.certificate_policies) {
    level = {};
    return;
  }
  if (!take(extensions.certificate_policies->size())) return;
  std::set<Oid> named;
  for (const PolicyInformation& information : *extensions.certificate_policies) {
    named.insert(information.policy);
  }
  const bool names_any = named.erase(oid::anyPolicy) > 0 && any_counts;
  const bool led_to_any = level.any;
  if (!names_any) {
    std::erase_if(level.nodes, [&](const auto& node) { return !named.contains(node.first); });
    level.any = false;
  }
  if (!led_to_any) return;
  for (const Oid& policy : named) level.nodes.try_emplace(policy);
}

// 6.1.4 (b): what the next certificate may name, and for which of ours it stands.
void PolicyGraph::map(const Extensions& extensions) {
  Level& level = levels_.back();
  Level next;
  next.any = level.any;
  std::set<Oid> mapped;
  if (extensions.policy_mappings) {
    if (!take(extensions.policy_mappings->size())) return;
    for (const PolicyMapping& mapping : *extensions.policy_mappings) {
      mapped.insert(mapping.issuer_domain);
      if (policy_mapping_ == 0) continue;
      if (level.any) level.nodes.try_emplace(mapping.issuer_domain);
      if (!level.nodes.contains(mapping.issuer_domain)) continue;
      next.nodes[mapping.subject_domain].parents.insert(mapping.issuer_domain);
    }
  }
  if (policy_mapping_ == 0) {
    std::erase_if(level.nodes, [&](const auto& node) { return mapped.contains(node.first); });
  }
  for (const auto& [policy, node] : level.nodes) {
    if (!mapped.contains(policy)) next.nodes[policy].parents.insert(policy);
  }
  levels_.push_back(std::move(next));
}

// 6.1.4 (h), (i), (j).
void PolicyGraph::tighten(const Extensions& extensions, bool self_issued) {
  if (!self_issued) {
    decrement(explicit_policy_);
    decrement(policy_mapping_);
    decrement(inhibit_any_policy_);
  }
  const auto limit = [](std::size_t& counter, const std::optional<std::uint32_t>& skip_certs) {
    if (skip_certs) counter = std::min<std::size_t>(counter, *skip_certs);
  };
  if (extensions.policy_constraints) {
    limit(explicit_policy_, extensions.policy_constraints->require_explicit_policy);
    limit(policy_mapping_, extensions.policy_constraints->inhibit_policy_mapping);
  }
  limit(inhibit_any_policy_, extensions.inhibit_any_policy);
}

// 6.1.5 (g), and RFC 9618, 5.5: from the last level upwards to the policies that stand right below
// anyPolicy; those are in the domain of the user's own set.
std::optional<std::set<Oid>> PolicyGraph::valid_policies() const {
  if (levels_.back().any) {
    if (acceptable_.empty()) return std::nullopt;
    return acceptable_;
  }
  std::set<Oid> valid;
  std::set<Oid> reached;
  for (const auto& [policy, node] : levels_.back().nodes) reached.insert(policy);
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    std::set<Oid> above;
    for (const Oid& policy : reached) {
      const Node& node = level->nodes.at(policy);
      above.insert(node.parents.begin(), node.parents.end());
      const bool acceptable = acceptable_.empty() || acceptable_.contains(policy);
      if (node.parents.empty() && acceptable) valid.insert(policy);
    }
    reached = std::move(above);
  }
  return valid;
}

}  // namespace glasstls::x509
