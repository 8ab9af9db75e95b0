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

TEST(Extensions, KnowWhereTheyAre) {
  const Certificate leaf = samples::certificate("server-rsa");
  for (const Extension& extension : leaf.extensions().all) {
    EXPECT_EQ(extension.whole[0], 0x30);
    EXPECT_EQ(extension.offset,
              static_cast<std::size_t>(extension.value.data() - leaf.der().data()));
    EXPECT_EQ(extension.value.data() + extension.value.size(),
              extension.whole.data() + extension.whole.size());
  }
}

TEST(Extensions, OfPathValidationAreProcessed) {
  for (const Oid& id : {oid::basicConstraints, oid::keyUsage, oid::extKeyUsage, oid::subjectAltName,
                        oid::nameConstraints, oid::certificatePolicies, oid::policyMappings,
                        oid::policyConstraints, oid::inhibitAnyPolicy}) {
    EXPECT_TRUE(is_processed(id)) << display(id);
  }
  for (const Oid& id : {oid::authorityKeyIdentifier, oid::cRLDistributionPoints, oid::issuerAltName,
                        oid::tlsfeature, oid::precertificatePoison}) {
    EXPECT_FALSE(is_processed(id)) << display(id);
  }
}

TEST(Extensions, BearAnEncodedFalseOfCritical) {
  const Bytes bytes = sequence(
      {sequence({samples::oid(Oid{1, 2, 3}), from_hex("010100"), der(Tag::octet_string, View())})});
  DerReader reader(bytes);
  const Extensions extensions = read_extensions(reader);
  ASSERT_TRUE(reader.ok());
  EXPECT_FALSE(extensions.all.at(0).critical);
  ASSERT_EQ(reader.tolerated().size(), 1u);
  EXPECT_EQ(reader.tolerated()[0].what, "the DEFAULT FALSE of critical encoded");
  EXPECT_EQ(reader.tolerated()[0].offset, 8u);
  EXPECT_EQ(reader.tolerated()[0].section, "X.690, 11.5");
}

}  // namespace
}  // namespace glasstls::x509
