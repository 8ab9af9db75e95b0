#include "x509/public_key.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;
using samples::sequence;

Result<SubjectPublicKey> parse(const Bytes& bytes) {
  DerReader reader(bytes);
  SubjectPublicKey key = read_subject_public_key(reader, "subjectPublicKeyInfo");
  reader.finish();
  if (!reader.ok()) return reader.error();
  return key;
}

Bytes bits(const Bytes& content) {
  return der(Tag::bit_string, View(samples::joined({Bytes{0}, content})));
}

Bytes rsa(const Bytes& modulus, std::string_view exponent_hex, const Bytes& parameters = {5, 0}) {
  return sequence({sequence({samples::oid(oid::rsaEncryption), parameters}),
                   bits(sequence({der(Tag::integer, View(modulus)),
                                  der(Tag::integer, View(from_hex(exponent_hex)))}))});
}

Bytes modulus(std::size_t bytes) {
  Bytes value(bytes + 1, 0xc1);
  value[0] = 0;
  return value;
}

Bytes ec(const Bytes& parameters, const Bytes& point) {
  return sequence({sequence({samples::oid(oid::id_ecPublicKey), parameters}), bits(point)});
}

TEST(SubjectPublicKey, ReadsTheKeysOfTheSamples) {
  for (const auto& sample :
       {std::pair("server-rsa", "RSA 2048"), std::pair("server-ec256", "P-256"),
        std::pair("server-ec384", "P-384"), std::pair("server-ed25519", "Ed25519")}) {
    const Certificate certificate = samples::certificate(sample.first);
    const SubjectPublicKey& key = certificate.public_key();
    EXPECT_TRUE(key.key) << sample.first;
    EXPECT_EQ(key.name, sample.second);
  }
}

TEST(SubjectPublicKey, NamesKeysThatAreNotUsed) {
  EXPECT_EQ(samples::certificate("rsa-1024").public_key().name, "RSA 1024");
  EXPECT_EQ(samples::certificate("rsa-1024").public_key().reason,
            "RSA keys below 2048 bits are too weak");
  EXPECT_FALSE(samples::certificate("rsa-1024").public_key().key);
  EXPECT_EQ(samples::certificate("p521").public_key().name, "secp521r1");
  EXPECT_FALSE(samples::certificate("p521").public_key().key);
  EXPECT_FALSE(parse(rsa(modulus(1040), "010001"))->key);
  EXPECT_EQ(parse(sequence({sequence({samples::oid(oid::id_Ed448)}), bits({1})}))->name,
            "id-Ed448");
}

TEST(SubjectPublicKey, RefusesRsaNumbersThatBreakTheRules) {
  EXPECT_TRUE(parse(rsa(modulus(256), "010001"))->key);
  EXPECT_EQ(parse(rsa(modulus(256), "01")).error().what, "an RSA exponent of 1");
  EXPECT_EQ(parse(rsa(modulus(256), "04")).error().what, "an RSA exponent that is even");
  EXPECT_EQ(parse(rsa(modulus(256), "00")).error().what, "an RSA exponent that is even");
  EXPECT_EQ(parse(rsa(modulus(256), "81")).error().what, "a negative INTEGER");
  Bytes even = modulus(256);
  even.back() = 0xc0;
  EXPECT_EQ(parse(rsa(even, "010001")).error().what, "an RSA modulus that is even");
  EXPECT_FALSE(parse(rsa(modulus(256), "010001", {})));
}

TEST(SubjectPublicKey, RefusesPointsAndCurvesThatBreakTheRules) {
  Bytes point = wire::copy(samples::certificate("server-ec256").public_key().subject_public_key);
  const Bytes p256 = samples::oid(oid::secp256r1);
  EXPECT_TRUE(parse(ec(p256, point))->key);
  EXPECT_EQ(parse(ec(sequence({p256}), point)).error().what, "explicit curve parameters");
  EXPECT_FALSE(parse(ec({}, point)));
  point.back() ^= 1;
  EXPECT_EQ(parse(ec(p256, point)).error().what, "not an uncompressed point of P-256");
  EXPECT_FALSE(parse(ec(p256, {})));
}

TEST(SubjectPublicKey, SaysWhereAndByWhichRule) {
  const auto in_words = [](const Bytes& bytes) {
    const Malformed error = parse(bytes).error();
    return error.what + " @" + std::to_string(error.offset) + " (" + std::string(error.section) +
           ")";
  };
  const Bytes p256 = samples::oid(oid::secp256r1);
  EXPECT_EQ(in_words(ec(sequence({p256}), {4})), "explicit curve parameters @13 (RFC 5480, 2.1.1)");
  EXPECT_EQ(in_words(ec(from_hex("0500"), {4})),
            "expected OBJECT IDENTIFIER, found NULL @13 (X.690, 8.1.2)");
  EXPECT_EQ(in_words(ec(p256, {4})), "not an uncompressed point of P-256 @23 (RFC 5480, 2.2)");
  EXPECT_EQ(in_words(rsa(modulus(256), "01")), "an RSA exponent of 1 @19 (RFC 8017, 3.1)");
  EXPECT_EQ(in_words(rsa(modulus(256), "04")), "an RSA exponent that is even @19 (RFC 8017, 3.1)");
  EXPECT_EQ(in_words(rsa(modulus(256), "010001", {})),
            "expected NULL, found nothing @17 (X.690, 8.1.2)");
}

TEST(SubjectPublicKey, RefusesMalformedEd25519) {
  EXPECT_FALSE(parse(sequence({sequence({samples::oid(oid::id_Ed25519)}), bits(Bytes(31, 1))})));
  const Bytes with_null = sequence({samples::oid(oid::id_Ed25519), from_hex("0500")});
  EXPECT_FALSE(parse(sequence({with_null, bits(Bytes(32, 1))})));
}

}  // namespace
}  // namespace glasstls::x509
