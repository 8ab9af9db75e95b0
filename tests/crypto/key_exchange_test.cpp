#include "crypto/key_exchange.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/crypto/vectors.h"
#include "tests/support/test_random.h"
#include "wire/error.h"

namespace glasstls::crypto {
namespace {

constexpr NamedGroup all[] = {NamedGroup::x25519, NamedGroup::secp256r1, NamedGroup::secp384r1};

Bytes point(const Bytes& x, const Bytes& y) {
  Bytes bytes = {0x04};
  wire::append(bytes, x);
  wire::append(bytes, y);
  return bytes;
}

/// Expects agree() to refuse `peer` and returns why.
ProtocolError refusal(const EphemeralKey& key, const Bytes& peer) {
  try {
    (void)key.agree(peer);
  } catch (const ProtocolError& error) {
    EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
    EXPECT_EQ(error.field, "point");
    return error;
  }
  ADD_FAILURE() << "not refused: " << wire::hex(peer);
  return {AlertDescription::internal_error, "not refused"};
}

TEST(EphemeralKey, BothSidesAgree) {
  for (const NamedGroup group : all) {
    test::TestRandom random(name_of(group));
    const auto ours = EphemeralKey::generate(group, random);
    const auto theirs = EphemeralKey::generate(group, random);
    const PremasterSecret a = ours.agree(theirs.public_key());
    const PremasterSecret b = theirs.agree(ours.public_key());
    EXPECT_TRUE(equal(a, b)) << name_of(group);
    EXPECT_EQ(a.size(), find(group)->shared_secret_length);
    EXPECT_EQ(ours.public_key().size(), find(group)->public_key_length);
    EXPECT_EQ(ours.group(), group);
    EXPECT_FALSE(wire::equal(ours.public_key(), theirs.public_key()));
  }
}

TEST(EphemeralKey, DependsOnTheRandomSourceOnly) {
  for (const NamedGroup group : all) {
    test::TestRandom one("same");
    test::TestRandom two("same");
    const auto a = EphemeralKey::generate(group, one);
    const auto b = EphemeralKey::generate(group, two);
    EXPECT_TRUE(wire::equal(a.public_key(), b.public_key()));
    EXPECT_EQ(one.taken(), find(group)->shared_secret_length);
  }
}

TEST(EphemeralKey, MatchesRfc7748) {
  int used = 0;
  for (const auto& vector : test::vectors("x25519_rfc7748.rsp")) {
    if (vector.section != "agreement") continue;
    const auto key = EphemeralKey::from_scalar(NamedGroup::x25519,
                                               PrivateScalar::copy_of(vector.bytes("Private")));
    EXPECT_EQ(wire::copy(key.public_key()), vector.bytes("Public"));
    EXPECT_EQ(wire::copy(key.agree(vector.bytes("Peer")).reveal()), vector.bytes("Shared"));
    ++used;
  }
  EXPECT_EQ(used, 2);
}

// Results of NIST's validity test: 1 and 2 change the peer's point; 5, 6 and 7 change our own key,
// which shows as a public key that does not belong to it; 8 changes Z.
void expect_case(NamedGroup group, const test::Case& vector) {
  SCOPED_TRACE(std::string(name_of(group)) + " line " + std::to_string(vector.line));
  const Bytes peer = point(vector.bytes("QsCAVSx"), vector.bytes("QsCAVSy"));
  const auto key = EphemeralKey::from_scalar(group, PrivateScalar::copy_of(vector.bytes("dsIUT")));
  const std::string& result = vector.text("Result");
  if (result.starts_with("F (1") || result.starts_with("F (2")) {
    EXPECT_EQ(refusal(key, peer).section, "RFC 8422, 5.11");
    return;
  }
  const bool public_key_matches =
      wire::copy(key.public_key()) == point(vector.bytes("QsIUTx"), vector.bytes("QsIUTy"));
  const bool secret_matches = wire::copy(key.agree(peer).reveal()) == vector.bytes("Z");
  EXPECT_EQ(public_key_matches && secret_matches, result.starts_with('P')) << result;
}

TEST(EphemeralKey, MatchesNistsValidityTest) {
  for (const auto& vector : test::vectors("ecdh_nist.rsp")) {
    expect_case(group_by_name(vector.section).value(), vector);
  }
}

TEST(EphemeralKey, MatchesAllOfNistsValidityTests) {
  for (const char* const role : {"init", "resp"}) {
    GLASSTLS_NIST_VECTORS_OR_SKIP(
        cases, std::string("asymmetric/ECDH/KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_") + role +
                   ".fax");
    int used = 0;
    for (const auto& vector : cases) {
      if (!vector.has("Result")) continue;
      if (vector.section == "EC - SHA256") expect_case(NamedGroup::secp256r1, vector);
      if (vector.section == "ED - SHA384") expect_case(NamedGroup::secp384r1, vector);
      used += vector.section == "EC - SHA256" || vector.section == "ED - SHA384";
    }
    EXPECT_EQ(used, 60);
  }
}

TEST(EphemeralKey, KeepsLeadingZerosOfTheSharedSecret) {
  for (const NamedGroup group : {NamedGroup::secp256r1, NamedGroup::secp384r1}) {
    test::TestRandom random("leading zeros");
    const auto key = EphemeralKey::generate(group, random);
    bool seen = false;
    for (int i = 0; i < 4000 && !seen; ++i) {
      const PremasterSecret secret = key.agree(EphemeralKey::generate(group, random).public_key());
      EXPECT_EQ(secret.size(), find(group)->shared_secret_length);
      seen = secret.reveal()[0] == 0;
    }
    EXPECT_TRUE(seen);
  }
}

class EphemeralKeyOnCurve : public testing::TestWithParam<NamedGroup> {
 protected:
  test::TestRandom random_{"peer"};
  EphemeralKey key_ = EphemeralKey::generate(GetParam(), random_);
  Bytes peer_ = wire::copy(EphemeralKey::generate(GetParam(), random_).public_key());
};

TEST_P(EphemeralKeyOnCurve, RefusesAPointOffTheCurve) {
  peer_.back() ^= 1;
  const ProtocolError error = refusal(key_, peer_);
  EXPECT_STREQ(error.what(), "the point is not on the curve");
  EXPECT_EQ(error.section, "RFC 8422, 5.11");
}

TEST_P(EphemeralKeyOnCurve, RefusesTheOriginWhichIsNotOnTheCurve) {
  EXPECT_STREQ(refusal(key_, point(Bytes(peer_.size() / 2), Bytes(peer_.size() / 2))).what(),
               "the point is not on the curve");
}

TEST_P(EphemeralKeyOnCurve, RefusesTheIdentity) {
  EXPECT_STREQ(refusal(key_, Bytes{0}).what(), "the point is not in uncompressed form");
}

TEST_P(EphemeralKeyOnCurve, RefusesACompressedPoint) {
  Bytes compressed(peer_.begin(),
                   peer_.begin() + 1 + static_cast<std::ptrdiff_t>(peer_.size() / 2));
  compressed[0] = peer_.back() % 2 == 0 ? 0x02 : 0x03;
  EXPECT_STREQ(refusal(key_, compressed).what(), "the point is not in uncompressed form");
}

TEST_P(EphemeralKeyOnCurve, RefusesAHybridPoint) {
  peer_[0] = peer_.back() % 2 == 0 ? 0x06 : 0x07;
  EXPECT_STREQ(refusal(key_, peer_).what(), "the point is not in uncompressed form");
}

TEST_P(EphemeralKeyOnCurve, RefusesEveryOtherLength) {
  refusal(key_, {});
  for (std::size_t length = 1; length < 2 * peer_.size(); ++length) {
    if (length == peer_.size()) continue;
    Bytes bad = peer_;
    bad.resize(length);
    EXPECT_STREQ(refusal(key_, bad).what(), "the point has the wrong length for its group");
  }
}

TEST_P(EphemeralKeyOnCurve, RefusesAPointOfTheOtherCurve) {
  const NamedGroup other =
      GetParam() == NamedGroup::secp256r1 ? NamedGroup::secp384r1 : NamedGroup::secp256r1;
  refusal(key_, wire::copy(EphemeralKey::generate(other, random_).public_key()));
}

TEST_P(EphemeralKeyOnCurve, CallsAScalarOutOfRangeALogicError) {
  const std::size_t length = find(GetParam())->shared_secret_length;
  EXPECT_THROW(EphemeralKey::from_scalar(GetParam(), PrivateScalar(length)), std::logic_error);
  EXPECT_THROW(EphemeralKey::from_scalar(GetParam(), PrivateScalar::copy_of(Bytes(length, 0xff))),
               std::logic_error);
  EXPECT_THROW(EphemeralKey::from_scalar(GetParam(), PrivateScalar(length - 1)), std::logic_error);
}

INSTANTIATE_TEST_SUITE_P(Secp, EphemeralKeyOnCurve,
                         testing::Values(NamedGroup::secp256r1, NamedGroup::secp384r1),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST(EphemeralKeyX25519, RefusesEveryOtherLength) {
  test::TestRandom random;
  const auto key = EphemeralKey::generate(NamedGroup::x25519, random);
  for (const std::size_t length : {0u, 1u, 31u, 33u, 64u, 65u}) {
    const ProtocolError error = refusal(key, Bytes(length, 9));
    EXPECT_STREQ(error.what(), "an x25519 public key has 32 bytes");
    EXPECT_EQ(error.section, "RFC 8422, 5.11");
  }
}

TEST(EphemeralKeyX25519, RefusesEveryPointOfSmallOrder) {
  test::TestRandom random;
  const auto key = EphemeralKey::generate(NamedGroup::x25519, random);
  const char* const small_order[] = {
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  };
  for (const char* const u : small_order) {
    Bytes peer = *wire::unhex(u);
    for (const bool top_bit : {false, true}) {
      if (top_bit) peer[31] |= 0x80;
      EXPECT_EQ(refusal(key, peer).section, "RFC 7748, 6.1");
    }
  }
}

TEST(EphemeralKey, CallsAnUnknownGroupALogicError) {
  test::TestRandom random;
  EXPECT_THROW(EphemeralKey::generate(NamedGroup{25}, random), std::logic_error);
}

TEST(EphemeralKey, IsOfNoUseAfterAMove) {
  test::TestRandom random;
  auto key = EphemeralKey::generate(NamedGroup::x25519, random);
  const EphemeralKey moved = std::move(key);
  EXPECT_NO_THROW((void)moved.agree(Bytes(32, 9)));
  // NOLINTNEXTLINE(bugprone-use-after-move): this is what is tested
  EXPECT_THROW((void)key.agree(Bytes(32, 9)), std::logic_error);
}

}  // namespace
}  // namespace glasstls::crypto
