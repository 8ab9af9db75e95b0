#include <gtest/gtest.h>

#include "tests/x509/extensions/reading.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::read;
using samples::refusal;
using samples::sequence;

TEST(NameConstraints, RefusesWhatIsMalformed) {
  const Oid& id = oid::nameConstraints;
  EXPECT_EQ(refusal(id, "3000"), "nameConstraints without subtrees @0 (RFC 5280, 4.2.1.10)");
  EXPECT_EQ(refusal(id, "3002a000"), "an empty list of subtrees @2 (RFC 5280, 4.2.1.10)");
  EXPECT_EQ(refusal(id, "3007a0053003820161"), "");
  EXPECT_EQ(refusal(id, "300aa0083006820161800101"),
            "a subtree with minimum or maximum @9 (RFC 5280, 4.2.1.10)");
  EXPECT_EQ(refusal(id, "300ea00c300a87080a000000ff00ff00"),
            "an iPAddress subtree that is not a subnet @6 (RFC 5280, 4.2.1.10)");
  EXPECT_EQ(refusal(id, "300aa008300687040a000000"),
            "an iPAddress subtree that is not a subnet @6 (RFC 5280, 4.2.1.10)");
}

TEST(NameConstraints, MayHoldEmptyNames) {
  const auto reading = read(oid::nameConstraints, "3006a10430028200");
  EXPECT_EQ(reading.refusal, "");
  EXPECT_TRUE(reading.values.name_constraints->permitted.empty());
  EXPECT_TRUE(reading.values.name_constraints->excluded.at(0).value.empty());
}

TEST(IssuerAltName, IsAListOfNames) {
  const auto reading = read(oid::issuerAltName, "3003820161");
  EXPECT_EQ(to_string(reading.values.issuer_alt_name->at(0)), "DNS:a");
  EXPECT_EQ(refusal(oid::issuerAltName, "3000"), "an empty list of names @0 (RFC 5280, 4.2.1.6)");
}

Bytes attribute(std::initializer_list<Bytes> values) {
  return sequence(
      {sequence({samples::oid(Oid{1, 2, 3}), der(Tag::set, View(samples::joined(values)))})});
}

TEST(SubjectDirectoryAttributes, KeepsValuesAsDer) {
  const auto reading =
      read(oid::subjectDirectoryAttributes, attribute({{0x02, 0x01, 0x05}, {0x0c, 0x01, 0x61}}));
  ASSERT_EQ(reading.refusal, "");
  const DirectoryAttribute& first = reading.values.subject_directory_attributes->at(0);
  EXPECT_EQ(first.type, (Oid{1, 2, 3}));
  ASSERT_EQ(first.values.size(), 2u);
  EXPECT_EQ(wire::hex(first.values[1]), "0c0161");
}

TEST(SubjectDirectoryAttributes, RefusesEmptyListsAndSetsOutOfOrder) {
  const Oid& id = oid::subjectDirectoryAttributes;
  EXPECT_EQ(refusal(id, "3000"),
            "subjectDirectoryAttributes without attributes @0 (RFC 5280, 4.2.1.8)");
  EXPECT_EQ(refusal(id, attribute({})), "an attribute without values @8 (RFC 5280, 4.2.1.8)");
  EXPECT_EQ(refusal(id, attribute({{0x0c, 0x01, 0x61}, {0x02, 0x01, 0x05}})),
            "a SET OF that is not in ascending order @13 (X.690, 11.6)");
}

}  // namespace
}  // namespace glasstls::x509
