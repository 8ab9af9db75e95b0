// Policies: which hold, which stand for others, and how far.
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "x509/extensions/readers.h"
#include "x509/string_type.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view policies_section = "RFC 5280, 4.2.1.4";

//   DisplayText ::= CHOICE { ia5String, visibleString, bmpString, utf8String }
std::string read_display_text(DerReader& der, std::string_view field) {
  std::string text;
  der.field(field, [&] {
    const Element value = der.any({});
    check_string(der, value);
    der.require(is_string(value.tag), value.offset,
                "a DisplayText that is " + with_article(to_string(value.tag)) + ", not a string",
                policies_section);
    if (!der.ok()) return;
    const bool named = value.tag == Tag::ia5_string || value.tag == Tag::visible_string ||
                       value.tag == Tag::bmp_string || value.tag == Tag::utf8_string;
    if (!named) {
      der.tolerate(value.offset, "a DisplayText written as " + to_string(value.tag),
                   policies_section);
    }
    text = printable(text_of(value.tag, value.content).value_or(wire::hex(value.content)));
    der.describe(text);
  });
  return text;
}

//   NoticeReference ::= SEQUENCE { organization DisplayText, noticeNumbers SEQUENCE OF INTEGER }
void read_notice_reference(DerReader& der) {
  der.sequence("noticeRef", [&] {
    read_display_text(der, "organization");
    der.sequence("noticeNumbers", [&] {
      while (!der.done()) der.integer("INTEGER");
    });
  });
}

//   UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL,
//                             explicitText DisplayText OPTIONAL }
std::string read_user_notice(DerReader& der) {
  std::string text;
  der.sequence("UserNotice", [&] {
    if (der.next() == Tag::sequence) read_notice_reference(der);
    if (!der.done()) text = read_display_text(der, "explicitText");
  });
  return text;
}

std::string read_cps_uri(DerReader& der) {
  std::string text;
  der.field("cPSuri", [&] {
    const Element value = der.element({}, Tag::ia5_string);
    check_string(der, value);
    text = printable(wire::as_text(value.content));
    der.describe(text);
  });
  return text;
}

//   PolicyQualifierInfo ::= SEQUENCE { policyQualifierId OBJECT IDENTIFIER, qualifier ANY }
PolicyQualifier read_qualifier(DerReader& der) {
  PolicyQualifier qualifier;
  der.sequence("PolicyQualifierInfo", [&] {
    qualifier.id = der.object_identifier("policyQualifierId");
    qualifier.qualifier = wire::copy(der.covering([&] {
      if (qualifier.id == oid::id_qt_cps) {
        qualifier.text = read_cps_uri(der);
      } else if (qualifier.id == oid::id_qt_unotice) {
        qualifier.text = read_user_notice(der);
      } else {
        der.any("qualifier");
      }
    }));
  });
  return qualifier;
}

//   PolicyInformation ::= SEQUENCE { policyIdentifier OBJECT IDENTIFIER,
//                                    policyQualifiers SEQUENCE SIZE (1..MAX) OF ... OPTIONAL }
PolicyInformation read_policy_information(DerReader& der) {
  PolicyInformation information;
  der.sequence("PolicyInformation", [&] {
    information.policy = der.object_identifier("policyIdentifier");
    if (der.done()) return;
    const std::size_t begin = der.offset();
    der.sequence("policyQualifiers", [&] {
      while (!der.done()) information.qualifiers.push_back(read_qualifier(der));
    });
    der.require(!information.qualifiers.empty(), begin, "an empty list of policyQualifiers",
                policies_section);
  });
  return information;
}

bool has_duplicates(const std::vector<PolicyInformation>& policies) {
  std::vector<Oid> oids;
  oids.reserve(policies.size());
  for (const PolicyInformation& information : policies) oids.push_back(information.policy);
  std::sort(oids.begin(), oids.end());
  return std::adjacent_find(oids.begin(), oids.end()) != oids.end();
}

}  // namespace

std::vector<PolicyInformation> read_certificate_policies(DerReader& der) {
  std::vector<PolicyInformation> policies;
  const std::size_t begin = der.offset();
  der.sequence("CertificatePolicies", [&] {
    while (!der.done()) policies.push_back(read_policy_information(der));
  });
  der.require(!policies.empty(), begin, "certificatePolicies without policies", policies_section);
  der.require(!has_duplicates(policies), begin, "a policy named twice", policies_section);
  return policies;
}

//   PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF
//     SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }
std::vector<PolicyMapping> read_policy_mappings(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.5";
  std::vector<PolicyMapping> mappings;
  const std::size_t begin = der.offset();
  der.sequence("PolicyMappings", [&] {
    while (!der.done()) {
      const std::size_t mapping_at = der.offset();
      PolicyMapping& mapping = mappings.emplace_back();
      der.sequence("PolicyMapping", [&] {
        mapping.issuer_domain = der.object_identifier("issuerDomainPolicy");
        mapping.subject_domain = der.object_identifier("subjectDomainPolicy");
      });
      der.require(mapping.issuer_domain != oid::anyPolicy, mapping_at,
                  "a policy mapping from anyPolicy", section);
      der.require(mapping.subject_domain != oid::anyPolicy, mapping_at,
                  "a policy mapping to anyPolicy", section);
    }
  });
  der.require(!mappings.empty(), begin, "policyMappings without mappings", section);
  return mappings;
}

//   PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] INTEGER OPTIONAL,
//                                    inhibitPolicyMapping [1] INTEGER OPTIONAL }
PolicyConstraints read_policy_constraints(DerReader& der) {
  PolicyConstraints constraints;
  const std::size_t begin = der.offset();
  der.sequence("PolicyConstraints", [&] {
    der.require(!der.done(), begin, "policyConstraints without constraints", "RFC 5280, 4.2.1.11");
    if (der.next() == context(0)) {
      constraints.require_explicit_policy = der.small_integer("requireExplicitPolicy", context(0));
    }
    if (der.next() == context(1)) {
      constraints.inhibit_policy_mapping = der.small_integer("inhibitPolicyMapping", context(1));
    }
  });
  return constraints;
}

}  // namespace glasstls::x509
