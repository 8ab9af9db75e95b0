#include "x509/extensions.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::extension;
using samples::from_hex;
using samples::sequence;

Result<Extensions> parse(std::initializer_list<Bytes> list) {
  // The views of the result look into the bytes, which must stay.
  static std::vector<Bytes> kept;
  kept.push_back(sequence(list));
  DerReader reader(kept.back());
  Extensions extensions = read_extensions(reader);
  reader.finish();
  if (!reader.ok()) return reader.error();
  return extensions;
}

std::string failure(const Oid& oid, std::string_view value_hex) {
  const auto parsed = parse({extension(oid, true, from_hex(value_hex))});
  return parsed ? "" : parsed.error().what;
}

TEST(Extensions, ReadsThoseOfALeaf) {
  const Certificate leaf = samples::certificate("server-rsa");
  const Extensions& extensions = leaf.extensions();
  EXPECT_FALSE(extensions.basic_constraints->ca);
  EXPECT_EQ(to_string(*extensions.key_usage), "digitalSignature, keyEncipherment");
  EXPECT_EQ(*extensions.extended_key_usage, std::vector<Oid>{oid::id_kp_serverAuth});
  std::string names;
  for (const GeneralName& name : *extensions.subject_alt_name) names += to_string(name) + " ";
  EXPECT_EQ(names, "DNS:test DNS:localhost IP:127.0.0.1 IP:::1 ");
  EXPECT_EQ(*extensions.authority_key_identifier->key_identifier,
            *samples::certificate("ca-rsa").extensions().subject_key_identifier);
  EXPECT_TRUE(extensions.find(oid::keyUsage)->critical);
  EXPECT_FALSE(extensions.find(oid::extKeyUsage)->critical);
  EXPECT_EQ(extensions.find(oid::policyMappings), nullptr);
}

TEST(Extensions, ReadsThoseOfACa) {
  const Certificate ca = samples::certificate("intermediate");
  EXPECT_TRUE(ca.is_ca());
  EXPECT_EQ(ca.extensions().basic_constraints->path_length, 0u);
  const Certificate constrained = samples::certificate("constrained-ca");
  const auto& constraints = *constrained.extensions().name_constraints;
  ASSERT_EQ(constraints.permitted.size(), 2u);
  EXPECT_EQ(to_string(constraints.permitted[1]), "IP:127.0.0.0/255.0.0.0");
  ASSERT_EQ(constraints.excluded.size(), 1u);
  EXPECT_EQ(to_string(constraints.excluded[0]), "DNS:bad.test");
}

TEST(Extensions, KeepsUnknownOnesAsBytes) {
  const auto parsed = parse({extension(Oid{1, 2, 3}, true, from_hex("ffff"))});
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->all.size(), 1u);
  EXPECT_TRUE(parsed->all[0].critical);
  EXPECT_EQ(wire::hex(parsed->all[0].value), "ffff");
  EXPECT_FALSE(is_processed(parsed->all[0].oid));
}

TEST(Extensions, RefusesDuplicatesAndEmptyLists) {
  const Bytes one = extension(Oid{1, 2, 3}, false, from_hex("00"));
  EXPECT_EQ(parse({one, one}).error().what, "two extensions 1.2.3");
  EXPECT_EQ(parse({}).error().what, "an empty list of extensions");
}

TEST(Extensions, RefusesMalformedBasicConstraints) {
  EXPECT_EQ(failure(oid::basicConstraints, "3000"), "");
  EXPECT_EQ(failure(oid::basicConstraints, "30060101ff020100"), "");
  EXPECT_EQ(failure(oid::basicConstraints, "3003020100"), "a pathLenConstraint without cA");
  EXPECT_EQ(failure(oid::basicConstraints, "30060101ff0201ff"), "a negative INTEGER");
  EXPECT_EQ(failure(oid::basicConstraints, "3003010101"), "a BOOLEAN that is neither 00 nor FF");
  EXPECT_NE(failure(oid::basicConstraints, "30000500"), "");
}

TEST(Extensions, RefusesMalformedKeyUsage) {
  EXPECT_EQ(failure(oid::keyUsage, "03020780"), "");
  EXPECT_EQ(failure(oid::keyUsage, "0303070080"), "");
  EXPECT_EQ(failure(oid::keyUsage, "030100"), "a keyUsage that allows nothing");
  EXPECT_EQ(failure(oid::keyUsage, "03020700"), "a keyUsage that allows nothing");
  EXPECT_EQ(failure(oid::keyUsage, "03020680"), "");  // a zero too many: borne
  EXPECT_EQ(failure(oid::keyUsage, "0303060040"), "a keyUsage with unknown bits");
  EXPECT_EQ(failure(oid::keyUsage, "030400000001"), "a keyUsage with unknown bits");
}

TEST(Extensions, RefusesMalformedNames) {
  EXPECT_EQ(failure(oid::subjectAltName, "3000"), "an empty list of names");
  EXPECT_EQ(failure(oid::subjectAltName, "30028200"), "an empty name");
  EXPECT_EQ(failure(oid::subjectAltName, "30058203610062"),
            "a name with a byte that is not visible ASCII");
  EXPECT_EQ(failure(oid::subjectAltName, "30058203617f62"),
            "a name with a byte that is not visible ASCII");
  EXPECT_EQ(failure(oid::subjectAltName, "300587037f0000"),
            "an iPAddress that is not 4 or 16 bytes");
  EXPECT_EQ(failure(oid::subjectAltName, "3003890100"), "not one of the choices of GeneralName");
  EXPECT_EQ(failure(oid::subjectAltName, "3003a20161"), "not one of the choices of GeneralName");
  EXPECT_EQ(failure(oid::subjectAltName, "300388018f"), "a malformed registeredID");
}

TEST(Extensions, RefusesMalformedNameConstraints) {
  EXPECT_EQ(failure(oid::nameConstraints, "3000"), "nameConstraints without subtrees");
  EXPECT_EQ(failure(oid::nameConstraints, "3002a000"), "an empty list of subtrees");
  EXPECT_EQ(failure(oid::nameConstraints, "3007a0053003820161"), "");
  EXPECT_EQ(failure(oid::nameConstraints, "300aa0083006820161800101"),
            "a subtree with minimum or maximum");
  EXPECT_EQ(failure(oid::nameConstraints, "300ea00c300a87080a000000ff00ff00"),
            "an iPAddress subtree that is not a subnet");
  EXPECT_EQ(failure(oid::nameConstraints, "300aa008300687040a000000"),
            "an iPAddress subtree that is not a subnet");
}

TEST(Extensions, RefusesMalformedIdentifiersPurposesAndPolicies) {
  EXPECT_EQ(failure(oid::extKeyUsage, "3000"), "an extKeyUsage without purposes");
  EXPECT_EQ(failure(oid::authorityKeyIdentifier, "3003820101"),
            "an issuer without a serial or the reverse");
  EXPECT_EQ(failure(oid::subjectKeyIdentifier, "0500"), "expected OCTET STRING, found NULL");
  EXPECT_EQ(failure(oid::certificatePolicies, "3000"), "certificatePolicies without policies");
  EXPECT_EQ(failure(oid::certificatePolicies, "300c300406022a03300406022a03"),
            "a policy named twice");
}

TEST(Extensions, RefusesTrailingBytesInsideAValue) {
  EXPECT_EQ(failure(oid::keyUsage, "0302078000"), "an element that nothing asks for here");
}

}  // namespace
}  // namespace glasstls::x509
