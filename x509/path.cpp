#include "x509/path.h"

#include <algorithm>

#include "crypto/signature.h"
#include "x509/findings.h"
#include "x509/name_constraints.h"
#include "x509/policy.h"
#include "x509/profile.h"
#include "x509/revocation.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

// Both name a key, and not the same one: subject names its issuer's in authorityKeyIdentifier.
bool names_another_key(const Certificate& subject, const Certificate& issuer) {
  const auto& authority = subject.extensions().authority_key_identifier;
  const auto& own = issuer.extensions().subject_key_identifier;
  return authority && authority->key_identifier && own && *authority->key_identifier != *own;
}

View whole_extension(const Certificate& certificate, const Oid& oid) {
  const Extension* extension = certificate.extensions().find(oid);
  return extension == nullptr ? View() : extension->whole;
}

class PathValidator {
 public:
  PathValidator(std::span<const Certificate> path, const VerifyRequest& request, Work& work)
      : path_(path),
        request_(request),
        work_(work),
        findings_(path, request.profile),
        policies_(request.policies, std::max<std::size_t>(path.size() - 1, 1),
                  work.policy_nodes_left()) {}

  Findings& findings() { return findings_; }

  void check_anchor(std::size_t index) {
    check_version(index);
    check_validity(index);
    check_public_key(index);
    check_issuer_role(index);
    check_anchor_profile(path_, index, findings_);
  }

  // From the anchor down: policies are carried along (RFC 5280, 6.1.3 and 6.1.4).
  void check_certified(std::size_t index) {
    check_version(index);
    check_serial_number(index);
    check_signature(index);
    check_validity(index);
    check_public_key(index);
    if (!forged_) check_revocation(path_, index, request_, work_, findings_);
    check_name_constraints(index);
    check_policy(index);
    check_critical_extensions(index);
    if (index == 0) {
      check_not_ca();
      check_leaf_use();
      check_leaf_profile(path_, request_.purpose, findings_);
    } else {
      check_issuer_role(index);
      check_extended_key_usage(index);
      check_ca_profile(path_, index, findings_);
    }
  }

  // What the leaf itself says, whoever vouches for it.
  void check_leaf_alone() {
    check_version(0);
    check_validity(0);
    check_public_key(0);
    check_policy(0);
    check_critical_extensions(0);
    check_leaf_use();
  }

 private:
  void check_version(std::size_t index) {
    const int version = path_[index].version();
    findings_.judge(
        version == 3, Rule::version, index,
        "version " + std::to_string(version) + (version == 3 ? "" : ", only 3 is trusted"),
        path_[index].parts().version);
  }

  void check_serial_number(std::size_t index) {
    const bool proper = path_[index].serial_is_proper();
    findings_.judge(
        proper, Rule::serial_number, index,
        proper ? "positive, at most 20 bytes" : "not a positive number of at most 20 bytes",
        path_[index].parts().serial_number);
  }

  void check_validity(std::size_t index) {
    const Certificate& certificate = path_[index];
    const View part = certificate.parts().validity;
    const std::string until = to_string(certificate.not_after());
    const auto now = [&] { return ", and it is " + to_string(request_.at); };
    if (request_.at < certificate.not_before()) {
      findings_.fail(Rule::validity, index,
                     "not valid before " + to_string(certificate.not_before()) + now(), part);
    } else if (request_.at > certificate.not_after()) {
      findings_.fail(Rule::validity, index, "expired: valid until " + until + now(), part);
    } else {
      findings_.pass(Rule::validity, index, "valid until " + until, part);
    }
  }

  void check_public_key(std::size_t index) {
    const SubjectPublicKey& key = path_[index].public_key();
    findings_.judge(key.key.has_value(), Rule::public_key, index,
                    key.key ? key.name : key.name + ": " + key.reason,
                    path_[index].parts().subject_public_key_info);
  }

  void check_signature(std::size_t index) {
    const Certificate& subject = path_[index];
    const Certificate& issuer = path_[index + 1];
    const SignatureAlgorithm& algorithm = subject.signature_algorithm();
    findings_.judge(subject.issuer() == issuer.subject(), Rule::name_chaining, index,
                    "issued by " + shortened(to_string(subject.issuer())), subject.parts().issuer);
    findings_.judge(algorithm.usable.has_value(), Rule::signature_algorithm, index,
                    algorithm.usable ? algorithm.name : algorithm.name + ": " + algorithm.reason,
                    subject.parts().signature);
    if (!algorithm.usable) {
      forged_ = true;
      return;
    }
    const auto good = issuer.public_key().key
                          ? work_.signed_by(subject.tbs(), algorithm, subject.signature(), issuer)
                          : std::optional(false);
    forged_ = forged_ || good != true;
    if (!good) return findings_.fail(Rule::work_bound, index, "too many signatures to check");
    tell_signature(index, *good);
  }

  void tell_signature(std::size_t index, bool good) {
    const Certificate& issuer = path_[index + 1];
    const std::string key = "the key of " + shortened(to_string(issuer));
    const View part = path_[index].parts().signature_value;
    if (good) {
      findings_.pass(Rule::signature, index, "made by " + key, part);
    } else if (!issuer.public_key().key) {
      findings_.fail(Rule::signature, index, "cannot be checked with " + key, part);
    } else if (!names_another_key(path_[index], issuer)) {
      findings_.fail(Rule::signature, index, "not made by " + key, part);
    } else {
      findings_.fail(
          Rule::signature, index,
          "not made by " + key + ", which is another CA of the same name (key identifiers differ)",
          part, AlertDescription::unknown_ca);
    }
  }

  // Not in a path whose signatures are not good: whoever sends it could make us compare without end.
  void check_name_constraints(std::size_t index) {
    const Certificate& subject = path_[index];
    if (forged_ || (index > 0 && subject.is_self_issued())) return;
    const View names = whole_extension(subject, oid::subjectAltName);
    for (std::size_t above = index + 1; above < path_.size(); ++above) {
      const auto& constraints = path_[above].extensions().name_constraints;
      if (!constraints) continue;
      const auto violation =
          name_constraint_violation(*constraints, subject, work_.comparisons_left());
      if (violation && work_.comparisons_left() == 0) {
        return findings_.fail(Rule::work_bound, index, "too many names to compare");
      }
      const std::string by = " (constraints of " + shortened(to_string(path_[above])) + ")";
      findings_.judge(!violation, Rule::name_constraints, index,
                      (violation ? *violation : "every name is permitted") + by, names);
    }
  }

  // The same holds for policies.
  void check_policy(std::size_t index) {
    if (forged_ || policy_refused_) return;
    const View part = whole_extension(path_[index], oid::certificatePolicies);
    if (const auto refusal = policies_.process(path_[index], index == 0)) {
      policy_refused_ = true;
      const Rule rule = refusal->too_much_work ? Rule::work_bound : Rule::policy;
      return findings_.fail(rule, index, refusal->why, part);
    }
    if (index == 0) findings_.pass(Rule::policy, index, valid_policies(), part);
  }

  std::string valid_policies() const {
    const auto policies = policies_.valid_policies();
    if (!policies) return "valid for any policy";
    if (policies->empty()) return "valid for no policy, and none is required";
    std::string text = "valid for ";
    for (const Oid& policy : *policies) {
      text += (policy == *policies->begin() ? "" : ", ") + display(policy);
    }
    return text;
  }

  void check_critical_extensions(std::size_t index) {
    for (const Extension& extension : path_[index].extensions().all) {
      if (!extension.critical) continue;
      const bool processed = is_processed(extension.oid);
      findings_.judge(
          processed, Rule::critical_extensions, index,
          display(extension.oid) + (processed ? " is understood" : " is critical, not understood"),
          extension.whole);
    }
  }

  // May this certificate sign certificates, and this many levels of them?
  void check_issuer_role(std::size_t index) {
    const Certificate& issuer = path_[index];
    const bool ca = issuer.is_ca();
    findings_.judge(ca, Rule::basic_constraints, index,
                    ca ? "a CA" : "not a CA, but signs certificates",
                    whole_extension(issuer, oid::basicConstraints));
    check_path_length(index);
    const auto& usage = issuer.extensions().key_usage;
    if (!usage) return;  // a remark of the profile
    const bool may_sign = usage->has(KeyUsageBit::keyCertSign);
    findings_.judge(may_sign, Rule::key_usage, index,
                    to_string(*usage) + (may_sign ? "" : ": lacks keyCertSign"),
                    whole_extension(issuer, oid::keyUsage), AlertDescription::unknown_ca);
  }

  void check_path_length(std::size_t index) {
    const auto& constraints = path_[index].extensions().basic_constraints;
    if (!constraints || !constraints->path_length) return;
    const auto below = path_.subspan(1, index - 1);
    const auto count = static_cast<std::size_t>(std::count_if(
        below.begin(), below.end(),
        [](const Certificate& certificate) { return !certificate.is_self_issued(); }));
    findings_.judge(count <= *constraints->path_length, Rule::path_length, index,
                    std::to_string(count) + " CA certificates below, " +
                        std::to_string(*constraints->path_length) + " allowed",
                    whole_extension(path_[index], oid::basicConstraints));
  }

  void check_not_ca() {
    if (request_.purpose == Purpose::any) return;
    const bool ca = path_[0].is_ca();
    findings_.judge(!ca, Rule::basic_constraints, 0,
                    ca ? "a CA certificate used as a leaf" : "not a CA",
                    whole_extension(path_[0], oid::basicConstraints),
                    AlertDescription::unsupported_certificate);
  }

  void check_leaf_use() {
    check_leaf_key_usage();
    check_extended_key_usage(0);
    if (!request_.name) return;
    const bool matches = request_.name->matches(path_[0]);
    findings_.judge(matches, Rule::server_name, 0,
                    (matches ? "valid for " : "not valid for ") + to_string(*request_.name) +
                        (matches ? "" : presented_names()),
                    whole_extension(path_[0], oid::subjectAltName));
  }

  // Under ECDHE the leaf's key signs.
  void check_leaf_key_usage() {
    const auto& usage = path_[0].extensions().key_usage;
    if (request_.purpose == Purpose::any) return;
    if (!usage) return findings_.pass(Rule::key_usage, 0, "no keyUsage: every use is allowed");
    const bool may_sign = usage->has(KeyUsageBit::digitalSignature);
    findings_.judge(may_sign, Rule::key_usage, 0,
                    to_string(*usage) + (may_sign ? "" : ": lacks digitalSignature"),
                    whole_extension(path_[0], oid::keyUsage));
  }

  // A CA may be limited too; anyExtendedKeyUsage does for a CA, but not for a leaf.
  void check_extended_key_usage(std::size_t index) {
    const auto& purposes = path_[index].extensions().extended_key_usage;
    if (request_.purpose == Purpose::any || !purposes) return;  // absence is the profile's remark
    const Oid wanted =
        request_.purpose == Purpose::server ? oid::id_kp_serverAuth : oid::id_kp_clientAuth;
    const auto has = [&](const Oid& purpose) {
      return std::find(purposes->begin(), purposes->end(), purpose) != purposes->end();
    };
    const bool allowed = has(wanted) || (index > 0 && has(oid::anyExtendedKeyUsage));
    findings_.judge(allowed, Rule::extended_key_usage, index,
                    (allowed ? "allows " : "does not allow ") + display(wanted),
                    whole_extension(path_[index], oid::extKeyUsage));
  }

  std::string presented_names() const {
    constexpr std::size_t most = 5;
    const auto& names = path_[0].extensions().subject_alt_name;
    if (!names) return ": it has no subjectAltName, and the common name does not count";
    std::string text = ", only for ";
    for (std::size_t i = 0; i < std::min(names->size(), most); ++i) {
      text += (i == 0 ? "" : ", ") + shortened(to_string((*names)[i]));
    }
    if (names->size() > most) text += " and " + std::to_string(names->size() - most) + " more";
    return text;
  }

  std::span<const Certificate> path_;
  const VerifyRequest& request_;
  Work& work_;
  Findings findings_;
  PolicyGraph policies_;
  bool forged_ = false;  // a signature so far is not good, or not known to be
  bool policy_refused_ = false;
};

}  // namespace

std::optional<bool> Work::signed_by(View tbs, const SignatureAlgorithm& algorithm, View signature,
                                    const Certificate& signer) {
  const Edge edge{tbs.data(), signer.der().data()};
  const auto known = signatures_.find(edge);
  if (known != signatures_.end()) return known->second.good;
  if (signatures_.size() >= limits_.signature_checks) return std::nullopt;
  const auto& key = signer.public_key().key;
  const bool good =
      algorithm.usable && key && crypto::verify(*key, *algorithm.usable, tbs, signature);
  signatures_.emplace(edge, Known{good, signer});
  return good;
}

std::optional<bool> Work::judge_crl_signer(const VerifyRequest& request) {
  constexpr std::size_t deepest = 3;
  const Certificate& signer = request.chain.front();
  const bool again =
      std::find(crl_signers_.begin(), crl_signers_.end(), signer) != crl_signers_.end();
  if (again) return false;
  if (crl_signers_.size() == deepest) return std::nullopt;
  crl_signers_.push_back(signer);
  const Verdict verdict = verify(request, *this);
  crl_signers_.pop_back();
  const Check* failure = verdict.path().failure();
  if (failure != nullptr && failure->rule == Rule::work_bound) return std::nullopt;
  return verdict.trusted;
}

std::vector<Check> validate_path(std::span<const Certificate> path, const VerifyRequest& request,
                                 Work& work) {
  PathValidator validator(path, request, work);
  const std::size_t anchor = path.size() - 1;
  validator.findings().judge_path(
      true, Rule::path_to_anchor,
      anchor == 0 ? "the certificate is itself a trust anchor"
                  : "ends at the trust anchor " + shortened(to_string(path[anchor])));
  if (anchor == 0) {
    validator.check_leaf_alone();
    check_leaf_profile(path, request.purpose, validator.findings());
    return validator.findings().take();
  }
  validator.check_anchor(anchor);
  for (std::size_t index = anchor; index-- > 0;) validator.check_certified(index);
  return validator.findings().take();
}

std::vector<Check> explain_dead_end(std::span<const Certificate> path, const VerifyRequest& request,
                                    Work& work, std::string why, Rule rule) {
  PathValidator validator(path, request, work);
  validator.findings().judge(false, rule, path.size() - 1, std::move(why));
  validator.check_leaf_alone();
  return validator.findings().take();
}

}  // namespace glasstls::x509
