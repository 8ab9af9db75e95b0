#include <gtest/gtest.h>

#include "tests/x509/extensions/reading.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;
using samples::read;
using samples::refusal;
using samples::sequence;

const Oid some{1, 2, 3};

Bytes policies(std::initializer_list<Bytes> qualifiers) {
  return sequence({sequence({samples::oid(some), sequence(qualifiers)})});
}

Bytes qualifier(const Oid& id, const Bytes& value) { return sequence({samples::oid(id), value}); }

Bytes notice(const Bytes& content) {
  return policies({qualifier(oid::id_qt_unotice, sequence({content}))});
}

TEST(CertificatePolicies, ReadsUriAndNotice) {
  const Bytes reference =
      sequence({der(Tag::utf8_string, "Example"), sequence({from_hex("020101")})});
  const Bytes text = der(Tag::utf8_string, "Be \x1b[31mwarned");
  const auto reading =
      read(oid::certificatePolicies,
           policies({qualifier(oid::id_qt_cps, der(Tag::ia5_string, "http://test/cps")),
                     qualifier(oid::id_qt_unotice, sequence({reference, text}))}));
  ASSERT_EQ(reading.refusal, "");
  const PolicyInformation& information = reading.values.certificate_policies->at(0);
  EXPECT_EQ(information.policy, some);
  ASSERT_EQ(information.qualifiers.size(), 2u);
  EXPECT_EQ(information.qualifiers[0].id, oid::id_qt_cps);
  EXPECT_EQ(information.qualifiers[0].text, "http://test/cps");
  EXPECT_EQ(information.qualifiers[0].qualifier, der(Tag::ia5_string, "http://test/cps"));
  EXPECT_EQ(information.qualifiers[1].text, "Be \\1b[31mwarned");
  EXPECT_EQ(information.qualifiers[1].qualifier, sequence({reference, text}));
  EXPECT_EQ(reading.fields.find("explicitText")->text, "Be \\1b[31mwarned");
}

TEST(CertificatePolicies, KeepsUnknownQualifiersAndEmptyNotices) {
  const auto unknown =
      read(oid::certificatePolicies, policies({qualifier(Oid{1, 2, 9}, from_hex("0500"))}));
  EXPECT_EQ(wire::hex(unknown.values.certificate_policies->at(0).qualifiers.at(0).qualifier),
            "0500");
  EXPECT_EQ(read(oid::certificatePolicies, notice({})).refusal, "");
}

TEST(CertificatePolicies, RefusesWhatIsMalformed) {
  const Oid& id = oid::certificatePolicies;
  EXPECT_EQ(refusal(id, "3000"), "certificatePolicies without policies @0 (RFC 5280, 4.2.1.4)");
  EXPECT_EQ(refusal(id, "300c300406022a03300406022a03"),
            "a policy named twice @0 (RFC 5280, 4.2.1.4)");
  EXPECT_EQ(refusal(id, policies({})), "an empty list of policyQualifiers @8 (RFC 5280, 4.2.1.4)");
  EXPECT_EQ(refusal(id, policies({qualifier(oid::id_qt_cps, from_hex("0c0161"))})),
            "expected IA5String, found UTF8String @22 (X.690, 8.1.2)");
  EXPECT_EQ(refusal(id, notice(from_hex("0500"))),
            "a DisplayText that is a NULL, not a string @24 (RFC 5280, 4.2.1.4)");
  EXPECT_EQ(refusal(id, notice(from_hex("0c0100"))),
            "a UTF8String with an embedded NUL @24 (RFC 5280, 4.1.2.4)");
}

TEST(CertificatePolicies, BearsNoticesOfOtherStringTypes) {
  const auto reading = read(oid::certificatePolicies, notice(der(Tag::printable_string, "a")));
  EXPECT_EQ(reading.values.certificate_policies->at(0).qualifiers.at(0).text, "a");
  EXPECT_EQ(reading.borne, std::vector<std::string>{
                               "a DisplayText written as PrintableString @24 (RFC 5280, 4.2.1.4)"});
  const auto wide =
      read(oid::certificatePolicies, notice(der(Tag::bmp_string, View(Bytes{0, 65}))));
  EXPECT_EQ(wide.values.certificate_policies->at(0).qualifiers.at(0).text, "A");
  EXPECT_TRUE(wide.borne.empty());
}

Bytes mapping(const Oid& from, const Oid& to) {
  return sequence({sequence({samples::oid(from), samples::oid(to)})});
}

TEST(PolicyMappings, ReadsPairs) {
  const auto reading = read(oid::policyMappings, mapping(some, Oid{1, 2, 4}));
  ASSERT_EQ(reading.refusal, "");
  EXPECT_EQ(reading.values.policy_mappings->at(0).issuer_domain, some);
  EXPECT_EQ(reading.values.policy_mappings->at(0).subject_domain, (Oid{1, 2, 4}));
}

TEST(PolicyMappings, RefusesAnyPolicyAndEmptyLists) {
  const Oid& id = oid::policyMappings;
  EXPECT_EQ(refusal(id, "3000"), "policyMappings without mappings @0 (RFC 5280, 4.2.1.5)");
  EXPECT_EQ(refusal(id, mapping(oid::anyPolicy, some)),
            "a policy mapping from anyPolicy @2 (RFC 5280, 4.2.1.5)");
  EXPECT_EQ(refusal(id, mapping(some, oid::anyPolicy)),
            "a policy mapping to anyPolicy @2 (RFC 5280, 4.2.1.5)");
}

TEST(PolicyConstraints, ReadsEitherOrBoth) {
  const auto both = read(oid::policyConstraints, "3006800100810105");
  EXPECT_EQ(both.values.policy_constraints->require_explicit_policy, 0u);
  EXPECT_EQ(both.values.policy_constraints->inhibit_policy_mapping, 5u);
  const auto second = read(oid::policyConstraints, "3003810101");
  EXPECT_FALSE(second.values.policy_constraints->require_explicit_policy);
  EXPECT_EQ(second.values.policy_constraints->inhibit_policy_mapping, 1u);
}

TEST(PolicyConstraints, RefusesNoneAndNegativeOnes) {
  const Oid& id = oid::policyConstraints;
  EXPECT_EQ(refusal(id, "3000"), "policyConstraints without constraints @0 (RFC 5280, 4.2.1.11)");
  EXPECT_EQ(refusal(id, "30038001ff"), "a negative INTEGER @2 (X.690, 8.3.3)");
  EXPECT_EQ(refusal(id, "3006810100800100"),
            "an element that nothing asks for here @5 (X.690, 8.9.2)");
}

TEST(InhibitAnyPolicy, IsANumber) {
  EXPECT_EQ(read(oid::inhibitAnyPolicy, "020103").values.inhibit_any_policy, 3u);
  EXPECT_EQ(refusal(oid::inhibitAnyPolicy, "0201ff"), "a negative INTEGER @0 (X.690, 8.3.3)");
}

}  // namespace
}  // namespace glasstls::x509
