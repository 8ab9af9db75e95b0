#include "x509/general_name.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;

struct Reading {
  GeneralName name;
  std::string refusal;  // "what @offset (section)"
  std::string borne;
};

std::string in_words(const Malformed& fault) {
  return fault.what + " @" + std::to_string(fault.offset) + " (" + std::string(fault.section) + ")";
}

Reading read(const Bytes& bytes, NameUse use = NameUse::identity) {
  Reading reading;
  DerReader reader(bytes);
  reading.name = read_general_name(reader, use);
  reader.finish();
  if (!reader.ok()) reading.refusal = in_words(reader.error());
  for (const Malformed& fault : reader.tolerated()) reading.borne += in_words(fault);
  return reading;
}

std::string text(const Bytes& bytes) { return to_string(read(bytes).name); }
std::string refusal(const Bytes& bytes) { return read(bytes).refusal; }

TEST(GeneralName, IsWrittenWithItsKind) {
  EXPECT_EQ(text(der(context(2), "test")), "DNS:test");
  EXPECT_EQ(text(der(context(1), "a@b")), "email:a@b");
  EXPECT_EQ(text(der(context(6), "http://test/")), "URI:http://test/");
  EXPECT_EQ(text(from_hex("87047f000001")), "IP:127.0.0.1");
  EXPECT_EQ(text(from_hex("88022a03")), "registeredID:1.2.3");
  EXPECT_EQ(text(der(context_constructed(4), View(samples::name("x")))), "directory:CN=x");
  EXPECT_EQ(text(from_hex("a00906022a03a003020105")), "otherName:06022a03a003020105");
  EXPECT_EQ(text(from_hex("a503810161")), "ediPartyName:810161");
  EXPECT_EQ(to_string(GeneralName{GeneralNameKind::x400Address, {0x30, 0}, {}}),
            "x400Address:3000");
  EXPECT_EQ(to_string(GeneralName{GeneralNameKind::registeredID, {0x80}, {}}), "registeredID:80");
}

TEST(GeneralName, RefusesWhatIsMalformed) {
  const std::string rule = " @0 (RFC 5280, 4.2.1.6)";
  EXPECT_EQ(refusal(from_hex("8200")), "an empty name" + rule);
  const std::string invisible = "a name with a byte that is not visible ASCII" + rule;
  EXPECT_EQ(refusal(from_hex("8203610062")), invisible);
  EXPECT_EQ(refusal(from_hex("8203612062")), invisible);
  EXPECT_EQ(refusal(from_hex("82037f6262")), invisible);
  EXPECT_EQ(refusal(from_hex("8103c3a940")), invisible);
  EXPECT_EQ(refusal(from_hex("8603610062")), invisible);
  EXPECT_EQ(refusal(from_hex("87037f0000")), "an iPAddress that is not 4 or 16 bytes" + rule);
  EXPECT_EQ(refusal(from_hex("890100")), "not one of the choices of GeneralName" + rule);
  EXPECT_EQ(refusal(from_hex("a20161")), "not one of the choices of GeneralName" + rule);
  EXPECT_EQ(refusal(from_hex("0c0161")), "not one of the choices of GeneralName" + rule);
  EXPECT_EQ(refusal({}), "not one of the choices of GeneralName" + rule);
  EXPECT_EQ(refusal(from_hex("88018f")), "a malformed registeredID" + rule);
  EXPECT_EQ(refusal(from_hex("a003020105")),
            "expected OBJECT IDENTIFIER, found INTEGER @2 (X.690, 8.1.2)");
  EXPECT_EQ(refusal(from_hex("a00406022a03")), "expected [0], found nothing @6 (X.690, 8.1.2)");
}

TEST(GeneralName, BearsSpacesInAUri) {
  const Reading reading = read(der(context(6), "ldap://test/CN=a b"));
  EXPECT_EQ(reading.refusal, "");
  EXPECT_EQ(reading.borne, "a uniformResourceIdentifier with a space @0 (RFC 5280, 4.2.1.6)");
}

TEST(GeneralName, OfASubtreeMayBeEmptyAndHasAMask) {
  EXPECT_EQ(read(from_hex("8200"), NameUse::subtree).refusal, "");
  EXPECT_EQ(to_string(read(from_hex("87080a000000ff000000"), NameUse::subtree).name),
            "IP:10.0.0.0/255.0.0.0");
  EXPECT_EQ(read(from_hex("87080a000000ff00ff00"), NameUse::subtree).refusal,
            "an iPAddress subtree that is not a subnet @0 (RFC 5280, 4.2.1.10)");
}

TEST(GeneralNames, AreNotEmpty) {
  const Bytes bytes = from_hex("3000");
  DerReader reader(bytes);
  read_general_names(reader, "names", Tag::sequence);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(in_words(reader.error()), "an empty list of names @0 (RFC 5280, 4.2.1.6)");
}

}  // namespace
}  // namespace glasstls::x509
