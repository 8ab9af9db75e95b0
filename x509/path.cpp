#include "x509/path.h"

#include <algorithm>

#include "crypto/signature.h"
#include "x509/name_constraints.h"

namespace glasstls::x509 {

namespace {

// Both name a key, and not the same one: subject names its issuer's in authorityKeyIdentifier.
bool names_another_key(const Certificate& subject, const Certificate& issuer) {
  const auto& authority = subject.extensions().authority_key_identifier;
  const auto& own = issuer.extensions().subject_key_identifier;
  return authority && authority->key_identifier && own && *authority->key_identifier != *own;
}

class PathValidator {
 public:
  PathValidator(std::span<const Certificate> path, const VerifyRequest& request, Work& work)
      : path_(path), request_(request), work_(work) {}

  void note(Rule rule, std::optional<std::size_t> index, bool passed, std::string detail) {
    note(rule, index, passed, std::move(detail), alert_of(rule));
  }
  void note(Rule rule, std::optional<std::size_t> index, bool passed, std::string detail,
            AlertDescription alert) {
    checks_.push_back({rule, passed, index, std::move(detail), section_of(rule), alert});
  }

  void check_anchor(std::size_t index) {
    check_version(index);
    check_validity(index);
    check_public_key(index);
    check_issuer_role(index);
  }

  void check_certified(std::size_t index) {
    check_version(index);
    check_serial_number(index);
    check_signature(index);
    check_validity(index);
    check_public_key(index);
    check_name_constraints(index);
    check_policy(index);
    check_critical_extensions(index);
    if (index == 0) {
      check_not_ca();
      check_leaf_use();
    } else {
      check_issuer_role(index);
      check_extended_key_usage(index);
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

  std::vector<Check> take() { return std::move(checks_); }

 private:
  void check_version(std::size_t index) {
    const int version = path_[index].version();
    note(Rule::version, index, version == 3,
         "version " + std::to_string(version) + (version == 3 ? "" : ", only 3 is trusted"));
  }

  void check_serial_number(std::size_t index) {
    const bool proper = path_[index].serial_is_proper();
    note(Rule::serial_number, index, proper,
         proper ? "positive, at most 20 bytes" : "not a positive number of at most 20 bytes");
  }

  void check_validity(std::size_t index) {
    const Certificate& certificate = path_[index];
    const bool early = request_.at < certificate.not_before();
    const bool late = request_.at > certificate.not_after();
    const std::string now = ", and it is " + to_string(request_.at);
    if (early) {
      note(Rule::validity, index, false,
           "not valid before " + to_string(certificate.not_before()) + now);
    } else {
      note(Rule::validity, index, !late,
           (late ? "expired: valid until " : "valid until ") + to_string(certificate.not_after()) +
               (late ? now : ""));
    }
  }

  void check_public_key(std::size_t index) {
    const SubjectPublicKey& key = path_[index].public_key();
    note(Rule::public_key, index, key.key.has_value(),
         key.key ? key.name : key.name + ": " + key.reason);
  }

  void check_signature(std::size_t index) {
    const Certificate& subject = path_[index];
    const Certificate& issuer = path_[index + 1];
    const SignatureAlgorithm& algorithm = subject.signature_algorithm();
    note(Rule::name_chaining, index, subject.issuer() == issuer.subject(),
         "issued by " + to_string(subject.issuer()));
    note(Rule::signature_algorithm, index, algorithm.usable.has_value(),
         algorithm.usable ? algorithm.name : algorithm.name + ": " + algorithm.reason);
    if (!algorithm.usable) return;
    const std::string key = "the key of " + to_string(issuer);
    if (!issuer.public_key().key) {
      return note(Rule::signature, index, false, "cannot be checked with " + key);
    }
    const std::optional<bool> good = work_.signed_by(subject, issuer);
    if (!good) return note(Rule::work_bound, index, false, "too many signatures to check");
    if (*good) return note(Rule::signature, index, true, "made by " + key);
    if (!names_another_key(subject, issuer)) {
      return note(Rule::signature, index, false, "not made by " + key);
    }
    note(Rule::signature, index, false,
         "not made by " + key + ", which is another CA of the same name (key identifiers differ)",
         AlertDescription::unknown_ca);
  }

  // Not in a path whose signatures are not good: whoever sends it could make us compare without end.
  void check_name_constraints(std::size_t index) {
    if (forged()) return;
    const Certificate& subject = path_[index];
    if (index > 0 && subject.is_self_issued()) return;
    for (std::size_t above = index + 1; above < path_.size(); ++above) {
      const auto& constraints = path_[above].extensions().name_constraints;
      if (!constraints) continue;
      const auto violation =
          name_constraint_violation(*constraints, subject, work_.comparisons_left());
      if (violation && work_.comparisons_left() == 0) {
        return note(Rule::work_bound, index, false, "too many names to compare");
      }
      const std::string by = " (constraints of " + to_string(path_[above]) + ")";
      note(Rule::name_constraints, index, !violation,
           (violation ? *violation : "every name is permitted") + by);
    }
  }

  void check_policy(std::size_t index) {
    const Extensions& extensions = path_[index].extensions();
    const auto is_critical = [&](const Oid& oid) {
      const Extension* extension = extensions.find(oid);
      return extension != nullptr && extension->critical;
    };
    std::string refused;
    if (extensions.find(oid::policyConstraints)) {
      refused = "policyConstraints is not supported";
    } else if (is_critical(oid::policyMappings)) {
      refused = "a critical policyMappings is not supported";
    } else if (is_critical(oid::inhibitAnyPolicy)) {
      refused = "a critical inhibitAnyPolicy is not supported";
    } else if (is_critical(oid::certificatePolicies) &&
               extensions.certificate_policies->has_unknown_qualifier) {
      refused = "a critical certificatePolicies with a qualifier that is not understood";
    }
    note(Rule::policy, index, refused.empty(),
         refused.empty() ? "any policy is acceptable" : refused);
  }

  void check_critical_extensions(std::size_t index) {
    for (const Extension& extension : path_[index].extensions().all) {
      const bool judged_as_policy = extension.oid == oid::policyConstraints ||
                                    extension.oid == oid::policyMappings ||
                                    extension.oid == oid::inhibitAnyPolicy;
      if (!extension.critical || judged_as_policy) continue;
      const bool processed = is_processed(extension.oid);
      note(
          Rule::critical_extensions, index, processed,
          display(extension.oid) + (processed ? " is understood" : " is critical, not understood"));
    }
  }

  // May this certificate sign certificates, and this many levels of them?
  void check_issuer_role(std::size_t index) {
    const Extensions& extensions = path_[index].extensions();
    const bool ca = path_[index].is_ca();
    note(Rule::basic_constraints, index, ca, ca ? "a CA" : "not a CA, but signs certificates");
    check_path_length(index);
    if (!extensions.key_usage) {
      return note(Rule::key_usage, index, true, "no keyUsage: every use is allowed");
    }
    const bool may_sign = extensions.key_usage->has(KeyUsageBit::keyCertSign);
    note(Rule::key_usage, index, may_sign,
         to_string(*extensions.key_usage) + (may_sign ? "" : ": lacks keyCertSign"),
         AlertDescription::unknown_ca);
  }

  void check_path_length(std::size_t index) {
    const auto& constraints = path_[index].extensions().basic_constraints;
    if (!constraints || !constraints->path_length) return;
    const auto below = path_.subspan(1, index - 1);
    const auto count = static_cast<std::size_t>(std::count_if(
        below.begin(), below.end(),
        [](const Certificate& certificate) { return !certificate.is_self_issued(); }));
    note(Rule::path_length, index, count <= *constraints->path_length,
         std::to_string(count) + " CA certificates below, " +
             std::to_string(*constraints->path_length) + " allowed");
  }

  void check_not_ca() {
    if (request_.purpose == Purpose::any) return;
    const bool ca = path_[0].is_ca();
    note(Rule::basic_constraints, 0, !ca, ca ? "a CA certificate used as a leaf" : "not a CA",
         AlertDescription::unsupported_certificate);
  }

  void check_leaf_use() {
    check_leaf_key_usage();
    check_extended_key_usage(0);
    if (!request_.name) return;
    const bool matches = request_.name->matches(path_[0]);
    note(Rule::server_name, 0, matches,
         (matches ? "valid for " : "not valid for ") + to_string(*request_.name) +
             (matches ? "" : presented_names()));
  }

  // Under ECDHE the leaf's key signs.
  void check_leaf_key_usage() {
    if (request_.purpose == Purpose::any) return;
    const auto& usage = path_[0].extensions().key_usage;
    if (!usage) return note(Rule::key_usage, 0, true, "no keyUsage: every use is allowed");
    const bool may_sign = usage->has(KeyUsageBit::digitalSignature);
    note(Rule::key_usage, 0, may_sign,
         to_string(*usage) + (may_sign ? "" : ": lacks digitalSignature"));
  }

  // A CA may be limited too; anyExtendedKeyUsage does for a CA, but not for a leaf.
  void check_extended_key_usage(std::size_t index) {
    if (request_.purpose == Purpose::any) return;
    const auto& purposes = path_[index].extensions().extended_key_usage;
    if (!purposes) {
      return note(Rule::extended_key_usage, index, true,
                  "no extKeyUsage: every purpose is allowed");
    }
    const Oid wanted =
        request_.purpose == Purpose::server ? oid::id_kp_serverAuth : oid::id_kp_clientAuth;
    const auto has = [&](const Oid& purpose) {
      return std::find(purposes->begin(), purposes->end(), purpose) != purposes->end();
    };
    const bool allowed = has(wanted) || (index > 0 && has(oid::anyExtendedKeyUsage));
    note(Rule::extended_key_usage, index, allowed,
         (allowed ? "allows " : "does not allow ") + display(wanted));
  }

  bool forged() const {
    return std::any_of(checks_.begin(), checks_.end(), [](const Check& check) {
      return !check.passed &&
             (check.rule == Rule::signature || check.rule == Rule::signature_algorithm ||
              check.rule == Rule::work_bound);
    });
  }

  std::string presented_names() const {
    constexpr std::size_t most = 5;
    const auto& names = path_[0].extensions().subject_alt_name;
    if (!names) return ": it has no subjectAltName, and the common name does not count";
    std::string text = ", only for ";
    for (std::size_t i = 0; i < std::min(names->size(), most); ++i) {
      text += (i == 0 ? "" : ", ") + to_string((*names)[i]);
    }
    if (names->size() > most) text += " and " + std::to_string(names->size() - most) + " more";
    return text;
  }

  std::span<const Certificate> path_;
  const VerifyRequest& request_;
  Work& work_;
  std::vector<Check> checks_;
};

}  // namespace

std::optional<bool> Work::signed_by(const Certificate& subject, const Certificate& issuer) {
  const Edge edge{subject.der().data(), issuer.der().data()};
  const auto known = signatures_.find(edge);
  if (known != signatures_.end()) return known->second;
  if (signatures_.size() >= limits_.signature_checks) return std::nullopt;
  const auto& algorithm = subject.signature_algorithm().usable;
  const auto& key = issuer.public_key().key;
  const bool good =
      algorithm && key && crypto::verify(*key, *algorithm, subject.tbs(), subject.signature());
  signatures_.emplace(edge, good);
  return good;
}

std::vector<Check> validate_path(std::span<const Certificate> path, const VerifyRequest& request,
                                 Work& work) {
  PathValidator validator(path, request, work);
  const std::size_t anchor = path.size() - 1;
  validator.note(Rule::path_to_anchor, std::nullopt, true,
                 anchor == 0 ? "the certificate is itself a trust anchor"
                             : "ends at the trust anchor " + to_string(path[anchor]));
  if (anchor == 0) {
    validator.check_leaf_alone();
    return validator.take();
  }
  validator.check_anchor(anchor);
  for (std::size_t index = anchor; index-- > 0;) validator.check_certified(index);
  return validator.take();
}

std::vector<Check> explain_dead_end(std::span<const Certificate> path, const VerifyRequest& request,
                                    Work& work, std::string why, Rule rule) {
  PathValidator validator(path, request, work);
  validator.note(rule, path.size() - 1, false, std::move(why));
  validator.check_leaf_alone();
  return validator.take();
}

}  // namespace glasstls::x509
