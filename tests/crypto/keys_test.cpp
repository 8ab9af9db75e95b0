#include "crypto/keys.h"

#include <concepts>
#include <gtest/gtest.h>
#include <stdexcept>

#include "crypto/ec.h"
#include "crypto/signature.h"
#include "tests/crypto/rsa_keys.h"
#include "tests/support/test_random.h"

namespace glasstls::crypto {
namespace {

static_assert(std::copyable<PublicKey>);
static_assert(std::movable<PrivateKey> && !std::copyable<PrivateKey>);

Bytes modulus(std::size_t bits) {
  Bytes n((bits + 7) / 8, 0xff);
  n[0] = static_cast<std::uint8_t>(0xff >> (8 * n.size() - bits));
  return n;
}

const Bytes exponent = {1, 0, 1};

TEST(PublicKey, OfRsaKnowsItsNumbersWithoutLeadingZeros) {
  Bytes n = modulus(2047);
  n.insert(n.begin(), {0, 0});
  const auto key = PublicKey::rsa(n, Bytes{0, 1, 0, 1});
  ASSERT_TRUE(key);
  EXPECT_EQ(key->type(), KeyType::rsa);
  EXPECT_EQ(key->bits(), 2047u);
  EXPECT_EQ(wire::copy(key->modulus()), modulus(2047));
  EXPECT_EQ(wire::copy(key->public_exponent()), exponent);
  EXPECT_EQ(key->group(), std::nullopt);
  EXPECT_TRUE(key->point().empty());
  EXPECT_EQ(*key, PublicKey::rsa(modulus(2047), exponent));
  EXPECT_NE(*key, PublicKey::rsa(modulus(2046), exponent));
}

TEST(PublicKey, OfRsaRefusesBadModuli) {
  EXPECT_TRUE(PublicKey::rsa(modulus(1024), exponent));
  EXPECT_FALSE(PublicKey::rsa(modulus(1023), exponent));
  EXPECT_TRUE(PublicKey::rsa(modulus(16384), exponent));
  EXPECT_FALSE(PublicKey::rsa(modulus(16385), exponent));
  Bytes even = modulus(2048);
  even.back() = 0xfe;
  EXPECT_FALSE(PublicKey::rsa(even, exponent));
  EXPECT_FALSE(PublicKey::rsa({}, exponent));
  EXPECT_FALSE(PublicKey::rsa(Bytes(256), exponent));
}

TEST(PublicKey, OfRsaRefusesBadExponents) {
  const Bytes n = modulus(2048);
  EXPECT_TRUE(PublicKey::rsa(n, Bytes{3}));
  EXPECT_TRUE(PublicKey::rsa(n, Bytes(8, 0xff)));
  EXPECT_FALSE(PublicKey::rsa(n, {}));
  EXPECT_FALSE(PublicKey::rsa(n, Bytes{0}));
  EXPECT_FALSE(PublicKey::rsa(n, Bytes{1}));
  EXPECT_FALSE(PublicKey::rsa(n, Bytes{2}));
  EXPECT_FALSE(PublicKey::rsa(n, Bytes{1, 0, 0}));
  EXPECT_FALSE(PublicKey::rsa(n, Bytes(9, 0x01)));
}

TEST(PublicKey, OfAnEllipticCurveIsAPointOnIt) {
  test::TestRandom random;
  for (const NamedGroup group : {NamedGroup::secp256r1, NamedGroup::secp384r1}) {
    const PrivateKey generated = PrivateKey::generate_ec(group, random);
    const Bytes point = wire::copy(generated.public_key().point());
    const auto key = PublicKey::ec(group, point);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->type(), KeyType::ec);
    EXPECT_EQ(key->group(), group);
    EXPECT_EQ(key->bits(), group == NamedGroup::secp256r1 ? 256u : 384u);
    EXPECT_EQ(*key, generated.public_key());

    Bytes off = point;
    off.back() ^= 1;
    EXPECT_FALSE(PublicKey::ec(group, off));
    EXPECT_FALSE(PublicKey::ec(group, View(point).first(point.size() - 1)));
    EXPECT_FALSE(PublicKey::ec(group, Bytes{0}));
    Bytes compressed(point.begin(),
                     point.begin() + 1 + static_cast<std::ptrdiff_t>(point.size() / 2));
    compressed[0] = 2;
    EXPECT_FALSE(PublicKey::ec(group, compressed));
    EXPECT_FALSE(PublicKey::ec(NamedGroup::x25519, point));
  }
}

TEST(PublicKey, OfEd25519Is32ReducedBytes) {
  const auto key = PublicKey::ed25519(Bytes(32, 0x11));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->type(), KeyType::ed25519);
  EXPECT_EQ(key->bits(), 255u);
  EXPECT_EQ(wire::copy(key->point()), Bytes(32, 0x11));
  EXPECT_FALSE(PublicKey::ed25519(Bytes(31, 0x11)));
  EXPECT_FALSE(PublicKey::ed25519(Bytes(33, 0x11)));
  EXPECT_FALSE(PublicKey::ed25519(Bytes(32, 0xff)));
}

TEST(PrivateKey, OfRsaRefusesNumbersThatDoNotFitTogether) {
  const test::RsaKey good = test::rsa_key("1024");
  EXPECT_TRUE(PrivateKey::rsa(good.numbers()));
  test::RsaKey other_prime = good;
  other_prime.p = test::rsa_key("1025").p;
  EXPECT_FALSE(PrivateKey::rsa(other_prime.numbers()));
  test::RsaKey swapped = good;
  std::swap(swapped.p, swapped.q);
  EXPECT_FALSE(PrivateKey::rsa(swapped.numbers()));
  test::RsaKey no_modulus = good;
  no_modulus.n.clear();
  EXPECT_FALSE(PrivateKey::rsa(no_modulus.numbers()));
}

TEST(PrivateKey, OfAnEllipticCurveRefusesScalarsOutOfRange) {
  EXPECT_TRUE(PrivateKey::ec(NamedGroup::secp256r1, Bytes(32, 0x01)));
  EXPECT_FALSE(PrivateKey::ec(NamedGroup::secp256r1, Bytes(32)));
  EXPECT_FALSE(PrivateKey::ec(NamedGroup::secp256r1, Bytes(32, 0xff)));
  EXPECT_FALSE(PrivateKey::ec(NamedGroup::secp256r1, Bytes(31, 0x01)));
  EXPECT_FALSE(PrivateKey::ec(NamedGroup::secp384r1, Bytes(32, 0x01)));
  EXPECT_FALSE(PrivateKey::ec(NamedGroup::x25519, Bytes(32, 0x01)));
}

TEST(PrivateKey, OfEd25519Takes32Bytes) {
  EXPECT_TRUE(PrivateKey::ed25519(Bytes(32, 0x01)));
  EXPECT_FALSE(PrivateKey::ed25519(Bytes(31, 0x01)));
  EXPECT_FALSE(PrivateKey::ed25519(Bytes(64, 0x01)));
}

TEST(PrivateKey, RevealsItsNumbersForWriting) {
  const test::RsaKey vector = test::rsa_key("1024");
  const PrivateKey rsa = vector.private_key();
  EXPECT_TRUE(PrivateKey::rsa(rsa.reveal_rsa()));
  EXPECT_EQ(wire::copy(rsa.reveal_rsa().prime1), vector.p);
  EXPECT_EQ(wire::copy(rsa.reveal_rsa().coefficient), vector.qinv);
  EXPECT_THROW((void)rsa.reveal_scalar(), std::logic_error);

  const auto ec = PrivateKey::ec(NamedGroup::secp256r1, Bytes(32, 0x01));
  EXPECT_EQ(wire::copy(ec->reveal_scalar()), Bytes(32, 0x01));
  EXPECT_THROW((void)ec->reveal_rsa(), std::logic_error);
}

TEST(PrivateKey, CanBeReplacedByAnother) {
  auto key = PrivateKey::ec(NamedGroup::secp256r1, Bytes(32, 0x01));
  *key = *PrivateKey::ed25519(Bytes(32, 0x02));
  EXPECT_EQ(key->type(), KeyType::ed25519);
  EXPECT_EQ(wire::copy(key->reveal_scalar()), Bytes(32, 0x02));
}

TEST(PrivateKey, IsGeneratedFromTheRandomSourceOnly) {
  test::TestRandom one("generate");
  test::TestRandom two("generate");
  EXPECT_EQ(PrivateKey::generate_ec(NamedGroup::secp384r1, one).public_key(),
            PrivateKey::generate_ec(NamedGroup::secp384r1, two).public_key());
  EXPECT_EQ(PrivateKey::generate_ed25519(one).public_key(),
            PrivateKey::generate_ed25519(two).public_key());
  EXPECT_EQ(PrivateKey::generate_rsa(1024, one).public_key(),
            PrivateKey::generate_rsa(1024, two).public_key());
  EXPECT_THROW(PrivateKey::generate_rsa(1023, one), std::logic_error);
  EXPECT_THROW(PrivateKey::generate_rsa(16385, one), std::logic_error);
  EXPECT_THROW(PrivateKey::generate_ec(NamedGroup::x25519, one), std::logic_error);
}

TEST(PrivateKey, SignsInEverySchemeOfItsTypeAndNoOther) {
  test::TestRandom random;
  const Bytes message = {1, 2, 3};
  std::vector<PrivateKey> keys;
  keys.push_back(test::rsa_key("2048").private_key());
  keys.push_back(PrivateKey::generate_ec(NamedGroup::secp256r1, random));
  keys.push_back(PrivateKey::generate_ec(NamedGroup::secp384r1, random));
  keys.push_back(PrivateKey::generate_ed25519(random));
  for (const PrivateKey& key : keys) {
    for (const SchemeParameters& scheme : all_schemes()) {
      SCOPED_TRACE(std::string(name_of(key.type())) + " " + std::string(scheme.name));
      if (scheme.key_type != key.type()) {
        EXPECT_THROW((void)key.sign(scheme.id, message, random), std::logic_error);
        continue;
      }
      const Bytes signature = key.sign(scheme.id, message, random);
      EXPECT_TRUE(verify(key.public_key(), scheme.id, message, signature));
      EXPECT_FALSE(verify(key.public_key(), scheme.id, Bytes{1, 2}, signature));
    }
    EXPECT_THROW((void)key.sign(SignatureScheme::rsa_pkcs1_sha1, message, random),
                 std::logic_error);
  }
}

TEST(PrivateKey, SignsPkcs1AsOpensslDoes) {
  for (const char* const bits : {"1024", "1025", "2048"}) {
    const test::RsaKey vector = test::rsa_key(bits);
    const PrivateKey key = vector.private_key();
    test::TestRandom random;
    for (const test::Case& signature : vector.signatures) {
      if (signature.text("Padding") != "PKCS1") continue;
      const std::string hash = signature.text("Hash").substr(4);
      const auto scheme = scheme_by_name("rsa_pkcs1_sha" + hash).value();
      EXPECT_EQ(key.sign(scheme, signature.bytes("Msg"), random), signature.bytes("S"));
    }
  }
}

TEST(PrivateKey, SaltsPssFromTheRandomSource) {
  const PrivateKey key = test::rsa_key("1025").private_key();
  const auto scheme = SignatureScheme::rsa_pss_rsae_sha256;
  test::TestRandom one("one");
  test::TestRandom again("one");
  test::TestRandom two("two");
  const Bytes signature = key.sign(scheme, {}, one);
  EXPECT_EQ(key.sign(scheme, {}, again), signature);
  EXPECT_NE(key.sign(scheme, {}, two), signature);
}

TEST(PrivateKey, CallsASchemeThatDoesNotFitTheModulusALogicError) {
  const PrivateKey key = test::rsa_key("1024").private_key();
  test::TestRandom random;
  EXPECT_THROW((void)key.sign(SignatureScheme::rsa_pss_rsae_sha512, {}, random), std::logic_error);
  EXPECT_NO_THROW((void)key.sign(SignatureScheme::rsa_pss_rsae_sha384, {}, random));
}

}  // namespace
}  // namespace glasstls::crypto
