#include <gtest/gtest.h>

#include "tests/x509/extensions/reading.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::joined;
using samples::read;
using samples::refusal;
using samples::sequence;

const Bytes uri = der(context(6), "http://test/crl");

Bytes point(std::initializer_list<Bytes> parts) { return sequence({sequence(parts)}); }
Bytes tagged(unsigned number, const Bytes& content) {
  return der(context_constructed(number), View(content));
}

TEST(CRLDistributionPoints, ReadsEveryPart) {
  const auto reading =
      read(oid::cRLDistributionPoints,
           point({tagged(0, tagged(0, joined({uri, der(context(2), "test")}))),
                  samples::from_hex("81020560"), tagged(2, der(context(2), "issuer"))}));
  ASSERT_EQ(reading.refusal, "");
  const DistributionPoint& first = reading.values.crl_distribution_points->at(0);
  ASSERT_EQ(first.full_name.size(), 2u);
  EXPECT_EQ(to_string(first.full_name[0]), "URI:http://test/crl");
  EXPECT_EQ(first.reasons, 0b110);
  EXPECT_EQ(to_string(first.crl_issuer.at(0)), "DNS:issuer");
  EXPECT_FALSE(first.name_relative_to_crl_issuer);
  EXPECT_EQ(reading.fields.find("uniformResourceIdentifier")->text, "URI:http://test/crl");
}

TEST(CRLDistributionPoints, ReadsARelativeName) {
  const Bytes attribute = sequence({samples::oid(oid::commonName), der(Tag::utf8_string, "crl")});
  const auto reading = read(oid::cRLDistributionPoints, point({tagged(0, tagged(1, attribute))}));
  ASSERT_EQ(reading.refusal, "");
  const auto& relative = reading.values.crl_distribution_points->at(0).name_relative_to_crl_issuer;
  ASSERT_TRUE(relative);
  EXPECT_EQ(to_string(relative->at(0)), "CN=crl");
}

TEST(CRLDistributionPoints, RefusesWhatIsMalformed) {
  const Oid& id = oid::cRLDistributionPoints;
  const char* unnamed = "a DistributionPoint without a name or a cRLIssuer @2 (RFC 5280, 4.2.1.13)";
  EXPECT_EQ(refusal(id, "3000"), "an empty list of distribution points @0 (RFC 5280, 4.2.1.13)");
  EXPECT_EQ(refusal(id, point({})), unnamed);
  EXPECT_EQ(refusal(id, point({samples::from_hex("81020560")})), unnamed);
  EXPECT_EQ(refusal(id, point({tagged(0, tagged(0, {}))})),
            "an empty list of names @6 (RFC 5280, 4.2.1.6)");
  EXPECT_EQ(refusal(id, point({tagged(0, tagged(1, {}))})),
            "a RelativeDistinguishedName without attributes @6 (RFC 5280, 4.1.2.4)");
  EXPECT_EQ(refusal(id, point({tagged(0, tagged(0, uri)), samples::from_hex("8103060040")})),
            "bits that have no name @25 (RFC 5280, 4.2.1.13)");
}

TEST(FreshestCRL, HasTheSameForm) {
  const auto reading = read(oid::freshestCRL, point({tagged(2, der(context(2), "issuer"))}));
  ASSERT_EQ(reading.refusal, "");
  EXPECT_EQ(reading.values.freshest_crl->size(), 1u);
  EXPECT_FALSE(reading.values.crl_distribution_points);
}

TEST(AuthorityInfoAccess, ReadsMethodsAndLocations) {
  const auto reading = read(
      oid::authorityInfoAccess,
      sequence({sequence({samples::oid(oid::id_ad_ocsp), uri}),
                sequence({samples::oid(oid::id_ad_caIssuers), tagged(4, samples::name("x"))})}));
  ASSERT_EQ(reading.refusal, "");
  const auto& descriptions = *reading.values.authority_info_access;
  ASSERT_EQ(descriptions.size(), 2u);
  EXPECT_EQ(descriptions[0].method, oid::id_ad_ocsp);
  EXPECT_EQ(to_string(descriptions[0].location), "URI:http://test/crl");
  EXPECT_EQ(to_string(descriptions[1].location), "directory:CN=x");
}

TEST(SubjectInfoAccess, IsNotEmpty) {
  const char* empty = "an empty list of access descriptions @0 (RFC 5280, 4.2.2.1)";
  EXPECT_EQ(refusal(oid::subjectInfoAccess, "3000"), empty);
  EXPECT_EQ(refusal(oid::authorityInfoAccess, "3000"), empty);
  const auto reading = read(oid::subjectInfoAccess,
                            sequence({sequence({samples::oid(oid::id_ad_caRepository), uri})}));
  EXPECT_EQ(reading.values.subject_info_access->at(0).method, oid::id_ad_caRepository);
}

}  // namespace
}  // namespace glasstls::x509
