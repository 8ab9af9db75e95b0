#include "x509/revocation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace glasstls::x509 {

namespace {

bool may_sign_crls(const Certificate& certificate) {
  const auto& usage = certificate.extensions().key_usage;
  return !usage || usage->has(KeyUsageBit::cRLSign);
}

bool same_name(const GeneralName& a, const GeneralName& b) {
  return a.kind == b.kind && a.value == b.value && a.directory == b.directory;
}

// 6.3.3 (b) (2) (i): one of the names of the list's point is one of the certificate's points. Names
// relative to the CRL issuer are compared as they stand.
bool shares_a_point(const DistributionPoint& point, const Extensions& extensions) {
  if (!extensions.crl_distribution_points) return false;
  const auto shares_name = [&](const DistributionPoint& other) {
    if (other.reasons || !other.crl_issuer.empty()) return false;
    return std::any_of(point.full_name.begin(), point.full_name.end(), [&](const GeneralName& a) {
      return std::any_of(other.full_name.begin(), other.full_name.end(),
                         [&](const GeneralName& b) { return same_name(a, b); });
    });
  };
  return std::any_of(extensions.crl_distribution_points->begin(),
                     extensions.crl_distribution_points->end(), shares_name);
}

/// Issuer and serial number are the list's own issuer's: an entry is of that certificate, whatever
/// else the list covers.
bool is_direct(const CertificateList& list) {
  const auto& scope = list.issuing_distribution_point();
  return !list.is_delta() &&
         !(scope && (scope->indirect_crl || scope->only_contains_attribute_certs));
}

/// Why a list cannot clear a certificate; nullopt if it can.
std::optional<std::string> out_of_scope(const CertificateList& list,
                                        const Certificate& certificate) {
  if (list.is_delta()) return "it is a delta CRL";
  const auto& scope = list.issuing_distribution_point();
  if (!scope) return std::nullopt;
  if (scope->indirect_crl) return "it is an indirect CRL";
  if (scope->only_contains_attribute_certs) return "it is for attribute certificates";
  if (scope->only_contains_user_certs && certificate.is_ca()) return "it is not for CAs";
  if (scope->only_contains_ca_certs && !certificate.is_ca()) return "it is for CAs only";
  if (scope->point && !shares_a_point(*scope->point, certificate.extensions())) {
    return "it is of another distribution point";
  }
  return std::nullopt;
}

/// What one list says of one certificate.
struct Answer {
  enum class Kind { no_answer, good, revoked, too_much_work } kind = Kind::no_answer;
  std::string why;
};

class Revocation {
 public:
  Revocation(std::span<const Certificate> path, std::size_t index, const VerifyRequest& request,
             Work& work)
      : path_(path), index_(index), request_(request), work_(work), certificate_(path[index]) {}

  /// Revoked by one list is revoked; good by one is good if none says otherwise.
  Answer ask() {
    Answer best{Answer::Kind::no_answer, "no CRL of its issuer was given"};
    bool first = true;
    for (const CertificateList& list : request_.crls) {
      if (!(list.issuer() == certificate_.issuer())) continue;
      Answer answer = ask(list);
      if (answer.kind == Answer::Kind::revoked || answer.kind == Answer::Kind::too_much_work) {
        return answer;
      }
      if (first || answer.kind == Answer::Kind::good) best = std::move(answer);
      first = false;
    }
    return best;
  }

 private:
  Answer ask(const CertificateList& list) {
    const std::string whose = "the CRL of " + to_string(list.this_update());
    const auto none = [&](const std::string& why) {
      return Answer{Answer::Kind::no_answer, whose + " does not count: " + why};
    };
    const auto beyond = out_of_scope(list, certificate_);
    const RevokedCertificate* entry =
        is_direct(list) ? list.find(certificate_.serial_number()) : nullptr;
    if (beyond && entry == nullptr) return none(*beyond);
    const std::optional<bool> authentic = is_authentic(list);
    if (!authentic) return {Answer::Kind::too_much_work, "too many signatures to check"};
    if (!*authentic) return none("its issuer did not sign it, or may not sign CRLs");

    if (entry != nullptr) {
      const std::string reason = entry->reason ? " (" + reason_text(*entry->reason) + ")" : "";
      return {Answer::Kind::revoked,
              "revoked on " + to_string(entry->revocation_date) + reason + ", says " + whose};
    }
    return good_unless_incomplete(list, whose, none);
  }

  template <class None>
  Answer good_unless_incomplete(const CertificateList& list, const std::string& whose,
                                const None& none) const {
    const auto& revoked = list.revoked();
    const bool unknown_entries = std::any_of(revoked.begin(), revoked.end(), [](const auto& entry) {
      return entry.has_unknown_critical;
    });
    if (list.unknown_critical_extension() || unknown_entries) {
      return none("it has a critical extension that is not understood");
    }
    const auto& scope = list.issuing_distribution_point();
    if (scope && scope->only_some_reasons) return none("it is for some reasons only");
    if (request_.at < list.this_update()) return none("it is from the future");
    if (!list.next_update()) return none("it does not say until when it is current");
    if (request_.at > *list.next_update()) {
      return none("it is out of date since " + to_string(*list.next_update()));
    }
    return {Answer::Kind::good, "not revoked, says " + whose};
  }

  // 6.3.3 (f), (g). nullopt: the bound on signature checks is reached.
  std::optional<bool> is_authentic(const CertificateList& list) {
    const Certificate& issuer = path_[index_ + 1];
    if (may_sign_crls(issuer)) {
      const std::optional<bool> good = signed_by(list, issuer);
      if (!good || *good) return good;
    }
    for (const Certificate& signer : other_signers(list, issuer)) {
      const std::optional<bool> good = signed_by(list, signer);
      if (!good) return good;
      if (!*good) continue;
      const std::optional<bool> trusted = leads_to_the_same_anchor(signer);
      if (!trusted || *trusted) return trusted;
    }
    return false;
  }

  std::optional<bool> signed_by(const CertificateList& list, const Certificate& signer) {
    return work_.signed_by(list.tbs(), list.signature_algorithm(), list.signature(), signer);
  }

  std::vector<Certificate> other_signers(const CertificateList& list,
                                         const Certificate& issuer) const {
    std::vector<Certificate> signers;
    for (const Certificate& sent : request_.chain) {
      if (!(sent.subject() == list.issuer()) || sent == issuer || !may_sign_crls(sent)) continue;
      signers.push_back(sent);
    }
    return signers;
  }

  // The signer's own path, and its own revocation, are judged like any other.
  std::optional<bool> leads_to_the_same_anchor(const Certificate& signer) {
    std::vector<Certificate> chain{signer};
    chain.insert(chain.end(), request_.chain.begin(), request_.chain.end());
    TrustStore anchor;
    anchor.add(path_.back());
    VerifyRequest request = request_;
    request.chain = chain;
    request.roots = &anchor;
    request.name.reset();
    request.purpose = Purpose::any;
    request.profile = Profile::standard;  // a remark on the signer must not clear who is revoked
    request.policies = {};
    return work_.judge_crl_signer(request);
  }

  std::span<const Certificate> path_;
  std::size_t index_;
  const VerifyRequest& request_;
  Work& work_;
  const Certificate& certificate_;
};

}  // namespace

void check_revocation(std::span<const Certificate> path, std::size_t index,
                      const VerifyRequest& request, Work& work, Findings& findings) {
  if (request.crls.empty() && !request.require_crl) return;
  const View serial = path[index].parts().serial_number;
  Answer answer = Revocation(path, index, request, work).ask();
  switch (answer.kind) {
    case Answer::Kind::good:
      return findings.pass(Rule::revocation, index, std::move(answer.why), serial);
    case Answer::Kind::revoked:
      return findings.fail(Rule::revocation, index, std::move(answer.why), serial,
                           AlertDescription::certificate_revoked);
    case Answer::Kind::too_much_work:
      return findings.fail(Rule::work_bound, index, std::move(answer.why));
    case Answer::Kind::no_answer: break;
  }
  if (request.require_crl) {
    return findings.fail(Rule::revocation, index,
                         "a current CRL of its issuer is required: " + answer.why, serial);
  }
  findings.pass(Rule::revocation, index, "not checked: " + answer.why, serial);
}

}  // namespace glasstls::x509
