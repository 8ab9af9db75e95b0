#include "x509/profile.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace glasstls::x509 {

namespace {

enum class Must { be_critical, not_be_critical };

struct Criticality {
  Oid oid;
  Must must;
  std::string_view section;
};

constexpr Criticality criticalities[] = {
    {oid::nameConstraints, Must::be_critical, "RFC 5280, 4.2.1.10"},
    {oid::policyConstraints, Must::be_critical, "RFC 5280, 4.2.1.11"},
    {oid::inhibitAnyPolicy, Must::be_critical, "RFC 5280, 4.2.1.14"},
    {oid::keyUsage, Must::be_critical, "CA/Browser Forum BR, 7.1.2.10.7"},
    {oid::subjectDirectoryAttributes, Must::not_be_critical, "RFC 5280, 4.2.1.8"},
    {oid::freshestCRL, Must::not_be_critical, "RFC 5280, 4.2.1.15"},
    {oid::authorityInfoAccess, Must::not_be_critical, "RFC 5280, 4.2.2.1"},
    {oid::subjectInfoAccess, Must::not_be_critical, "RFC 5280, 4.2.2.2"},
    {oid::authorityKeyIdentifier, Must::not_be_critical, "RFC 5280, 4.2.1.1"},
    {oid::subjectKeyIdentifier, Must::not_be_critical, "RFC 5280, 4.2.1.2"},
};

class Profiler {
 public:
  Profiler(const Certificate& certificate, std::size_t index, Findings& findings)
      : certificate_(certificate),
        extensions_(certificate.extensions()),
        index_(index),
        findings_(findings) {}

  void check_encoding() {
    for (const Malformed& deviation : certificate_.deviations()) {
      const View at = certificate_.der().subspan(deviation.offset - certificate_.base(), 1);
      findings_.remark(Rule::encoding, index_, deviation.what, at, deviation.section);
    }
  }

  void check_criticality() {
    for (const Criticality& rule : criticalities) {
      const Extension* extension = extensions_.find(rule.oid);
      const bool wanted = rule.must == Must::be_critical;
      if (extension == nullptr || extension->critical == wanted) continue;
      findings_.remark(Rule::criticality, index_,
                       display(rule.oid) + (wanted ? " is not critical" : " is critical"),
                       extension->whole, rule.section);
    }
  }

  void check_issuer() {
    check_basic_constraints();
    if (!extensions_.key_usage) {
      findings_.remark(Rule::key_usage, index_, "no keyUsage: every use is allowed", {},
                       "RFC 5280, 4.2.1.3");
    }
    if (!extensions_.subject_key_identifier) {
      findings_.remark(Rule::key_identifiers, index_, "no subjectKeyIdentifier", {},
                       "RFC 5280, 4.2.1.2");
    }
  }

  // RFC 5280 wants it in all but self-signed certificates. The issuer may not be known (nullptr).
  void check_authority(const Certificate* issuer) {
    const auto& authority = extensions_.authority_key_identifier;
    if (!authority || !authority->key_identifier) {
      return findings_.remark(Rule::key_identifiers, index_,
                              "no keyIdentifier in authorityKeyIdentifier", {},
                              "RFC 5280, 4.2.1.1");
    }
    if (issuer == nullptr) return;
    const auto& own = issuer->extensions().subject_key_identifier;
    if (own && *own != *authority->key_identifier) {
      findings_.remark(Rule::key_identifiers, index_,
                       "authorityKeyIdentifier names another key than its issuer's",
                       part(oid::authorityKeyIdentifier), "RFC 5280, 4.2.1.1");
    }
  }

  void check_end_entity(Purpose purpose) {
    const bool signs =
        extensions_.key_usage && extensions_.key_usage->has(KeyUsageBit::keyCertSign);
    if (signs && !certificate_.is_ca()) {
      findings_.remark(Rule::key_usage, index_, "keyCertSign, but not a CA", part(oid::keyUsage),
                       "RFC 5280, 4.2.1.3");
    }
    if (extensions_.name_constraints && !certificate_.is_ca()) {
      findings_.remark(Rule::name_constraints, index_, "nameConstraints, but not a CA",
                       part(oid::nameConstraints), "RFC 5280, 4.2.1.10");
    }
    check_subject();
    if (purpose == Purpose::any || extensions_.extended_key_usage) return;
    findings_.remark(Rule::extended_key_usage, index_, "no extKeyUsage: every purpose is allowed",
                     {}, "CA/Browser Forum BR, 7.1.2.7.6");
  }

 private:
  View part(const Oid& oid) const {
    const Extension* extension = extensions_.find(oid);
    return extension == nullptr ? View() : extension->whole;
  }

  void check_basic_constraints() {
    const Extension* extension = extensions_.find(oid::basicConstraints);
    if (extension != nullptr && certificate_.is_ca() && !extension->critical) {
      findings_.remark(Rule::criticality, index_, "a CA's basicConstraints is not critical",
                       extension->whole, "RFC 5280, 4.2.1.9");
    }
  }

  // 4.1.2.6: who has no subject is known by its subjectAltName alone.
  void check_subject() {
    if (!certificate_.subject().empty()) return;
    const Extension* names = extensions_.find(oid::subjectAltName);
    if (names != nullptr && names->critical) return;
    findings_.remark(Rule::subject, index_,
                     names == nullptr ? "neither a subject nor a subjectAltName"
                                      : "no subject, and subjectAltName is not critical",
                     certificate_.parts().subject, "RFC 5280, 4.1.2.6");
  }

  const Certificate& certificate_;
  const Extensions& extensions_;
  std::size_t index_;
  Findings& findings_;
};

}  // namespace

void check_anchor_profile(std::span<const Certificate> path, std::size_t index,
                          Findings& findings) {
  Profiler profiler(path[index], index, findings);
  profiler.check_encoding();
  profiler.check_criticality();
  profiler.check_issuer();
}

void check_ca_profile(std::span<const Certificate> path, std::size_t index, Findings& findings) {
  check_anchor_profile(path, index, findings);
  Profiler(path[index], index, findings).check_authority(&path[index + 1]);
}

void check_leaf_profile(std::span<const Certificate> path, Purpose purpose, Findings& findings) {
  Profiler profiler(path[0], 0, findings);
  profiler.check_encoding();
  profiler.check_criticality();
  if (path.size() > 1) profiler.check_authority(&path[1]);
  if (path[0].is_ca()) profiler.check_issuer();
  profiler.check_end_entity(purpose);
}

void check_alone(const Certificate& certificate, Findings& findings) {
  Profiler profiler(certificate, 0, findings);
  profiler.check_encoding();
  profiler.check_criticality();
  if (!certificate.is_self_issued()) profiler.check_authority(nullptr);
  if (certificate.is_ca())
    profiler.check_issuer();
  else
    profiler.check_end_entity(Purpose::server);
}

}  // namespace glasstls::x509
