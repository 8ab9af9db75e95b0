#include "x509/algorithm.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;
using samples::sequence;

Result<SignatureAlgorithm> parse(const Bytes& bytes) {
  DerReader reader(bytes);
  SignatureAlgorithm algorithm = read_signature_algorithm(reader, "signatureAlgorithm");
  reader.finish();
  if (!reader.ok()) return reader.error();
  return algorithm;
}

const Bytes null = from_hex("0500");

Bytes pss(const Oid& hash, const Oid& mask_hash, std::uint8_t salt, const Bytes& trailer = {}) {
  const Bytes mask =
      sequence({samples::oid(oid::id_mgf1), sequence({samples::oid(mask_hash), null})});
  return sequence(
      {samples::oid(oid::id_RSASSA_PSS),
       sequence({der(context_constructed(0), View(sequence({samples::oid(hash), null}))),
                 der(context_constructed(1), View(mask)),
                 der(context_constructed(2), View(Bytes{0x02, 0x01, salt})), trailer})});
}

TEST(SignatureAlgorithm, KnowsTheUsableOnes) {
  const auto rsa = parse(sequence({samples::oid(oid::sha384WithRSAEncryption), null}));
  ASSERT_TRUE(rsa);
  EXPECT_EQ(rsa->usable->algorithm, crypto::SignatureAlgorithm::rsa_pkcs1);
  EXPECT_EQ(rsa->usable->hash, crypto::HashAlgorithm::sha384);
  EXPECT_TRUE(parse(sequence({samples::oid(oid::sha256WithRSAEncryption)}))->usable);
  EXPECT_TRUE(parse(sequence({samples::oid(oid::ecdsa_with_SHA256)}))->usable);
  EXPECT_TRUE(parse(sequence({samples::oid(oid::id_Ed25519)}))->usable);
}

TEST(SignatureAlgorithm, RefusesParametersThatDoNotBelong) {
  EXPECT_FALSE(parse(sequence({samples::oid(oid::sha256WithRSAEncryption), from_hex("0400")})));
  EXPECT_EQ(parse(sequence({samples::oid(oid::ecdsa_with_SHA256), null})).error().section,
            "RFC 5758, 3.2");
  EXPECT_EQ(parse(sequence({samples::oid(oid::id_Ed25519), null})).error().section, "RFC 8410, 3");
  EXPECT_FALSE(parse(sequence({samples::oid(oid::sha256WithRSAEncryption), null, null})));
}

TEST(SignatureAlgorithm, NamesWeakAndUnknownOnesWithoutUsingThem) {
  const auto sha1 = parse(sequence({samples::oid(oid::sha1WithRSAEncryption), null}));
  ASSERT_TRUE(sha1);
  EXPECT_FALSE(sha1->usable);
  EXPECT_EQ(sha1->name, "sha1WithRSAEncryption");
  EXPECT_EQ(sha1->reason, "SHA-1 is broken");
  const auto unknown = parse(sequence({samples::oid(Oid{1, 2, 3}), null}));
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(unknown->usable);
  EXPECT_EQ(unknown->name, "1.2.3");
}

TEST(SignatureAlgorithm, ReadsPss) {
  const auto good = parse(pss(oid::id_sha384, oid::id_sha384, 48));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->usable->algorithm, crypto::SignatureAlgorithm::rsa_pss);
  EXPECT_EQ(good->usable->hash, crypto::HashAlgorithm::sha384);
  EXPECT_TRUE(parse(pss(oid::id_sha256, oid::id_sha256, 32, from_hex("a303020101"))));
}

TEST(SignatureAlgorithm, RefusesPssThatMixesHashesSaltsOrTrailers) {
  EXPECT_EQ(parse(pss(oid::id_sha256, oid::id_sha384, 32)).error().what,
            "RSASSA-PSS with two different hashes");
  EXPECT_EQ(parse(pss(oid::id_sha256, oid::id_sha256, 20)).error().what,
            "an RSASSA-PSS salt that is not as long as the hash");
  EXPECT_EQ(parse(pss(oid::id_sha256, oid::id_sha256, 32, from_hex("a303020102"))).error().what,
            "an RSASSA-PSS trailerField other than 1");
  const auto defaults = parse(sequence({samples::oid(oid::id_RSASSA_PSS), from_hex("3000")}));
  ASSERT_TRUE(defaults);  // SHA-1 throughout
  EXPECT_FALSE(defaults->usable);
}

// What is let pass, "what @offset (section); ...".
std::string borne(const Bytes& bytes) {
  DerReader reader(bytes);
  read_signature_algorithm(reader, "signatureAlgorithm");
  EXPECT_TRUE(reader.ok());
  std::string text;
  for (const Malformed& fault : reader.tolerated()) {
    text += fault.what + " @" + std::to_string(fault.offset) + " (" + std::string(fault.section) +
            "); ";
  }
  return text;
}

TEST(SignatureAlgorithm, BearsDefaultsThatAreEncoded) {
  EXPECT_EQ(borne(pss(oid::id_sha256, oid::id_sha256, 32)), "");
  EXPECT_EQ(borne(pss(oid::id_sha256, oid::id_sha256, 32, from_hex("a303020101"))),
            "the DEFAULT of trailerField encoded @67 (X.690, 11.5); ");
  EXPECT_EQ(borne(pss(oid::id_sha1, oid::id_sha1, 20)),
            "the DEFAULT of hashAlgorithm encoded @15 (X.690, 11.5); "
            "the DEFAULT of maskGenAlgorithm encoded @28 (X.690, 11.5); "
            "the DEFAULT of saltLength encoded @54 (X.690, 11.5); ");
}

TEST(SignatureAlgorithm, BearsRsaWithoutItsNull) {
  EXPECT_EQ(borne(sequence({samples::oid(oid::sha256WithRSAEncryption)})),
            "sha256WithRSAEncryption without its NULL @13 (RFC 4055, 5); ");
  EXPECT_EQ(borne(sequence({samples::oid(oid::sha256WithRSAEncryption), null})), "");
}

}  // namespace
}  // namespace glasstls::x509
