#include "crypto/signature.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "crypto/ecdsa.h"
#include "crypto/rsa.h"
#include "crypto/rsa_padding.h"
#include "tests/crypto/rsa_keys.h"
#include "tests/crypto/vectors.h"
#include "tests/support/test_random.h"

namespace glasstls::crypto {
namespace {

const Bytes message = {'m', 's', 'g'};
constexpr SignatureParameters pkcs1_sha256{SignatureAlgorithm::rsa_pkcs1, HashAlgorithm::sha256};
constexpr SignatureParameters pss_sha256{SignatureAlgorithm::rsa_pss, HashAlgorithm::sha256};

TEST(Verify, AcceptsOpensslsRsaSignatures) {
  int count = 0;
  for (const char* const bits : {"1024", "1025", "2048"}) {
    const test::RsaKey vector = test::rsa_key(bits);
    const auto key = PublicKey::rsa(vector.n, vector.e).value();
    for (const test::Case& made : vector.signatures) {
      const auto hash = test::hash_by_name(made.text("Hash")).value();
      const bool pss = made.text("Padding") == "PSS";
      const auto algorithm = pss ? SignatureAlgorithm::rsa_pss : SignatureAlgorithm::rsa_pkcs1;
      const auto other = pss ? SignatureAlgorithm::rsa_pkcs1 : SignatureAlgorithm::rsa_pss;
      const auto other_hash =
          hash == HashAlgorithm::sha256 ? HashAlgorithm::sha384 : HashAlgorithm::sha256;
      Bytes signature = made.bytes("S");
      const Bytes text = made.bytes("Msg");
      EXPECT_TRUE(verify(key, {algorithm, hash}, text, signature)) << made.line;
      EXPECT_FALSE(verify(key, {other, hash}, text, signature)) << made.line;
      EXPECT_FALSE(verify(key, {algorithm, other_hash}, text, signature)) << made.line;
      EXPECT_FALSE(verify(key, {algorithm, hash}, message, signature)) << made.line;
      signature[signature.size() / 2] ^= 1;
      EXPECT_FALSE(verify(key, {algorithm, hash}, text, signature)) << made.line;
      ++count;
    }
  }
  EXPECT_EQ(count, 16);
}

void expect_nist_file(const std::vector<test::Case>& cases) {
  Bytes n;
  int used = 0;
  for (const auto& vector : cases) {
    if (vector.has("n")) n = vector.bytes("n");
    if (!vector.has("SHAAlg")) continue;
    const auto hash = test::hash_by_name(vector.text("SHAAlg"));
    if (!hash) continue;
    const auto key = PublicKey::rsa(n, vector.bytes("e"));
    ASSERT_TRUE(key) << "line " << vector.line;
    const bool good = verify(*key, {SignatureAlgorithm::rsa_pkcs1, *hash}, vector.bytes("Msg"),
                             vector.bytes("S"));
    EXPECT_EQ(good, vector.text("Result").starts_with('P')) << "line " << vector.line;
    ++used;
  }
  EXPECT_GT(used, 80);
}

TEST(Verify, MatchesNistsPkcs1Vectors) {
  GLASSTLS_NIST_VECTORS_OR_SKIP(cases, "asymmetric/RSA/FIPS_186-2/SigVer15_186-3.rsp");
  expect_nist_file(cases);
}

// Every way to shape the encoded message wrongly: all of these were forged and must be refused.
TEST(Verify, MatchesNistsPkcs1EncodingVectors) {
  GLASSTLS_NIST_VECTORS_OR_SKIP(cases, "asymmetric/RSA/SigVer15EMTest.txt");
  expect_nist_file(cases);
}

class RsaForgery : public testing::Test {
 protected:
  /// The signature whose public operation gives `em`: only the owner of the key can forge so well.
  Bytes signed_raw(const Bytes& em) {
    return rsa::private_operation(vector_.numbers(), em, random_);
  }
  Bytes encoded() {
    Bytes em(128);
    EXPECT_TRUE(
        emsa_pkcs1_v1_5_encode(HashAlgorithm::sha256, hash(HashAlgorithm::sha256, message), em));
    return em;
  }
  bool verifies(const Bytes& signature, SignatureParameters parameters = pkcs1_sha256) {
    return verify(key_, parameters, message, signature);
  }

  test::RsaKey vector_ = test::rsa_key("1024");
  PublicKey key_ = PublicKey::rsa(vector_.n, vector_.e).value();
  test::TestRandom random_;
};

TEST_F(RsaForgery, TheRightEncodingVerifies) { EXPECT_TRUE(verifies(signed_raw(encoded()))); }

TEST_F(RsaForgery, RefusesEveryChangedByteOfTheEncoding) {
  for (std::size_t i = 1; i < 128; ++i) {
    Bytes em = encoded();
    em[i] ^= 0x01;
    EXPECT_FALSE(verifies(signed_raw(em))) << "byte " << i;
  }
}

TEST_F(RsaForgery, RefusesADigestInfoWithoutNull) {
  // SEQUENCE { SEQUENCE { OID }, OCTET STRING }: two bytes less, two bytes more padding.
  Bytes em = encoded();
  const std::size_t start = 128 - 51;
  em.erase(em.begin() + start + 15, em.begin() + start + 17);
  em[start + 1] = static_cast<std::uint8_t>(em[start + 1] - 2);
  em[start + 3] = static_cast<std::uint8_t>(em[start + 3] - 2);
  em.insert(em.begin() + 2, 2, 0xff);
  ASSERT_EQ(em.size(), 128u);
  EXPECT_FALSE(verifies(signed_raw(em)));
}

TEST_F(RsaForgery, RefusesShortPaddingWithRubbishBehindTheDigest) {
  Bytes em = encoded();
  Bytes forged(em.begin(), em.begin() + 10);
  wire::append(forged, View(em).last(52));  // 00, DigestInfo
  forged.resize(128, 0x77);
  EXPECT_FALSE(verifies(signed_raw(forged)));
}

TEST_F(RsaForgery, RefusesOtherLengths) {
  Bytes signature = signed_raw(encoded());
  Bytes longer = signature;
  longer.insert(longer.begin(), 0);
  EXPECT_FALSE(verifies(longer));
  EXPECT_FALSE(verifies({}));
  signature.pop_back();
  EXPECT_FALSE(verifies(signature));
}

TEST_F(RsaForgery, RefusesNumbersNotBelowTheModulus) {
  EXPECT_FALSE(verifies(Bytes(128, 0xff)));
  EXPECT_FALSE(verifies(Bytes(128, 0xff), pss_sha256));
  EXPECT_FALSE(verifies(vector_.n));
  EXPECT_FALSE(verifies(Bytes(128)));
  EXPECT_FALSE(verifies(Bytes(128), pss_sha256));
}

TEST_F(RsaForgery, RefusesAPssEncodingWithAnotherSaltLength) {
  Bytes em(128);
  const Digest digest = hash(HashAlgorithm::sha256, message);
  ASSERT_TRUE(emsa_pss_encode(HashAlgorithm::sha256, digest, Bytes(32, 1), 1023, em));
  EXPECT_TRUE(verifies(signed_raw(em), pss_sha256));
  ASSERT_TRUE(emsa_pss_encode(HashAlgorithm::sha256, digest, Bytes(20, 1), 1023, em));
  EXPECT_FALSE(verifies(signed_raw(em), pss_sha256));
}

TEST(Verify, RefusesAModulusTooSmallForThePadding) {
  const test::RsaKey vector = test::rsa_key("1024");
  const auto key = PublicKey::rsa(vector.n, vector.e).value();
  EXPECT_FALSE(verify(key, SignatureScheme::rsa_pss_rsae_sha512, message, Bytes(128, 1)));
}

TEST(Verify, RefusesAPssSignatureWhoseSpareByteIsNotZero) {
  // 1,025 bits: the encoded message is a byte shorter than the modulus.
  const test::RsaKey vector = test::rsa_key("1025");
  const auto key = PublicKey::rsa(vector.n, vector.e).value();
  const Digest digest = hash(HashAlgorithm::sha256, message);
  test::TestRandom random;
  Bytes em(128);
  Bytes spare_byte_set;
  do {  // until it is below the modulus
    Bytes salt(32);
    random.fill(salt);
    ASSERT_TRUE(emsa_pss_encode(HashAlgorithm::sha256, digest, salt, 1024, em));
    spare_byte_set = em;
    spare_byte_set.insert(spare_byte_set.begin(), 1);
  } while (spare_byte_set >= vector.n);
  em.insert(em.begin(), 0);
  const auto sign_raw = [&](const Bytes& representative) {
    return rsa::private_operation(vector.numbers(), representative, random);
  };
  EXPECT_TRUE(verify(key, pss_sha256, message, sign_raw(em)));
  EXPECT_FALSE(verify(key, pss_sha256, message, sign_raw(spare_byte_set)));
}

TEST(Verify, RefusesAKeyOfAnotherType) {
  test::TestRandom random;
  const PrivateKey ec = PrivateKey::generate_ec(NamedGroup::secp256r1, random);
  const PrivateKey ed25519 = PrivateKey::generate_ed25519(random);
  const PrivateKey rsa = test::rsa_key("2048").private_key();
  for (const PrivateKey* key : {&ec, &ed25519, &rsa}) {
    for (const SchemeParameters& scheme : all_schemes()) {
      if (scheme.key_type == key->type()) continue;
      EXPECT_FALSE(verify(key->public_key(), scheme.id, message, Bytes(64, 1)));
    }
  }
}

TEST(Verify, RefusesSchemesThatAreNotUsable) {
  test::TestRandom random;
  const PrivateKey key = PrivateKey::generate_ec(NamedGroup::secp256r1, random);
  const Bytes signature = key.sign(SignatureScheme::ecdsa_secp256r1_sha256, message, random);
  EXPECT_FALSE(verify(key.public_key(), SignatureScheme::ecdsa_sha1, message, signature));
  EXPECT_FALSE(verify(key.public_key(), SignatureScheme{0}, message, signature));
}

// RFC 5246 schemes name a hash and an algorithm, not a curve.
TEST(Verify, LetsEcdsaHashesAndCurvesMix) {
  test::TestRandom random;
  for (const NamedGroup group : {NamedGroup::secp256r1, NamedGroup::secp384r1}) {
    const PrivateKey key = PrivateKey::generate_ec(group, random);
    for (const auto scheme :
         {SignatureScheme::ecdsa_secp256r1_sha256, SignatureScheme::ecdsa_secp384r1_sha384}) {
      EXPECT_TRUE(verify(key.public_key(), scheme, message, key.sign(scheme, message, random)));
    }
    const auto sha256 = SignatureScheme::ecdsa_secp256r1_sha256;
    const auto sha384 = SignatureScheme::ecdsa_secp384r1_sha384;
    EXPECT_FALSE(verify(key.public_key(), sha384, message, key.sign(sha256, message, random)));
  }
}

TEST(Verify, RefusesEcdsaOfAnotherKeyAndEveryChangedByte) {
  test::TestRandom random;
  const auto scheme = SignatureScheme::ecdsa_secp256r1_sha256;
  const PrivateKey key = PrivateKey::generate_ec(NamedGroup::secp256r1, random);
  const PrivateKey other = PrivateKey::generate_ec(NamedGroup::secp256r1, random);
  const Bytes good = key.sign(scheme, message, random);
  EXPECT_FALSE(verify(other.public_key(), scheme, message, good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 1;
    EXPECT_FALSE(verify(key.public_key(), scheme, message, bad)) << "byte " << i;
  }
  Bytes trailing = good;
  trailing.push_back(0);
  EXPECT_FALSE(verify(key.public_key(), scheme, message, trailing));
}

}  // namespace
}  // namespace glasstls::crypto
