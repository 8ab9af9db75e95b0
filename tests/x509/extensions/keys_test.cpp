#include <gtest/gtest.h>

#include "tests/x509/extensions/reading.h"

namespace glasstls::x509 {
namespace {

using samples::read;
using samples::refusal;

TEST(BasicConstraints, RefusesWhatIsMalformed) {
  const Oid& id = oid::basicConstraints;
  EXPECT_EQ(refusal(id, "3000"), "");
  EXPECT_EQ(refusal(id, "30060101ff020100"), "");
  EXPECT_EQ(refusal(id, "3003020100"), "a pathLenConstraint without cA @2 (RFC 5280, 4.2.1.9)");
  EXPECT_EQ(refusal(id, "30060101ff0201ff"), "a negative INTEGER @5 (X.690, 8.3.3)");
  EXPECT_EQ(refusal(id, "3003010101"), "a BOOLEAN that is neither 00 nor FF @2 (X.690, 11.1)");
  EXPECT_EQ(refusal(id, "30050101ff0500"), "expected INTEGER, found NULL @5 (X.690, 8.1.2)");
  EXPECT_EQ(refusal(id, "0500"), "expected SEQUENCE, found NULL @0 (X.690, 8.1.2)");
}

TEST(BasicConstraints, BearsAnEncodedFalse) {
  const auto reading = read(oid::basicConstraints, "3003010100");
  EXPECT_EQ(reading.refusal, "");
  EXPECT_FALSE(reading.values.basic_constraints->ca);
  EXPECT_EQ(reading.borne,
            std::vector<std::string>{"the DEFAULT FALSE of cA encoded @2 (X.690, 11.5)"});
}

TEST(KeyUsage, RefusesWhatIsMalformed) {
  const Oid& id = oid::keyUsage;
  EXPECT_EQ(refusal(id, "03020780"), "");
  EXPECT_EQ(refusal(id, "0303070080"), "");
  EXPECT_EQ(refusal(id, "030100"), "a keyUsage that allows nothing @0 (RFC 5280, 4.2.1.3)");
  EXPECT_EQ(refusal(id, "03020700"), "a keyUsage that allows nothing @0 (RFC 5280, 4.2.1.3)");
  EXPECT_EQ(refusal(id, "0303060040"), "bits that have no name @0 (RFC 5280, 4.2.1.3)");
  EXPECT_EQ(refusal(id, "030400000001"), "bits that have no name @0 (RFC 5280, 4.2.1.3)");
  EXPECT_EQ(refusal(id, "0302078000"), "an element that nothing asks for here @4 (X.690, 8.9.2)");
}

TEST(KeyUsage, BearsZerosAtTheEnd) {
  const auto reading = read(oid::keyUsage, "03020680");
  EXPECT_EQ(reading.values.key_usage->bits, 1u);
  EXPECT_EQ(reading.borne, std::vector<std::string>{
                               "zeros at the end of a list of named bits @0 (X.690, 11.2.2)"});
  EXPECT_TRUE(read(oid::keyUsage, "03020780").borne.empty());
}

TEST(KeyUsage, NumbersTheBitsAsTheRfc) {
  const auto reading = read(oid::keyUsage, "0303070680");
  EXPECT_EQ(to_string(*reading.values.key_usage), "keyCertSign, cRLSign, decipherOnly");
  EXPECT_EQ(reading.fields.find("KeyUsage")->text, "keyCertSign, cRLSign, decipherOnly");
}

TEST(ExtKeyUsage, IsNotEmpty) {
  EXPECT_EQ(refusal(oid::extKeyUsage, "3000"),
            "an extKeyUsage without purposes @0 (RFC 5280, 4.2.1.12)");
}

TEST(AuthorityKeyIdentifier, HoldsIdentifierIssuerAndSerial) {
  const auto reading = read(oid::authorityKeyIdentifier, "30118003aabbcca1058203414243820300ff01");
  ASSERT_EQ(reading.refusal, "");
  const AuthorityKeyIdentifier& authority = *reading.values.authority_key_identifier;
  EXPECT_EQ(wire::hex(*authority.key_identifier), "aabbcc");
  ASSERT_EQ(authority.issuer.size(), 1u);
  EXPECT_EQ(to_string(authority.issuer[0]), "DNS:ABC");
  EXPECT_EQ(wire::hex(*authority.serial_number), "00ff01");
  EXPECT_TRUE(read(oid::authorityKeyIdentifier, "3000").refusal.empty());
}

TEST(AuthorityKeyIdentifier, RefusesHalfAReference) {
  const Oid& id = oid::authorityKeyIdentifier;
  const char* const half = "an issuer without a serial or the reverse @0 (RFC 5280, 4.2.1.1)";
  EXPECT_EQ(refusal(id, "3003820101"), half);
  EXPECT_EQ(refusal(id, "3007a1058203414243"), half);
  EXPECT_EQ(refusal(id, "3002a100"), "an empty list of names @2 (RFC 5280, 4.2.1.6)");
}

TEST(SubjectKeyIdentifier, IsAnOctetString) {
  EXPECT_EQ(wire::hex(*read(oid::subjectKeyIdentifier, "0402aabb").values.subject_key_identifier),
            "aabb");
  EXPECT_EQ(refusal(oid::subjectKeyIdentifier, "0500"),
            "expected OCTET STRING, found NULL @0 (X.690, 8.1.2)");
}

}  // namespace
}  // namespace glasstls::x509
