#include "crypto/prf.h"

#include <gtest/gtest.h>

#include "crypto/hmac.h"
#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

TEST(Prf, MatchesPublishedVectors) {
  for (const auto& vector : test::vectors("prf.rsp")) {
    Bytes out(vector.bytes("Output").size());
    const Bytes label = vector.bytes("Label");
    const Bytes seed = vector.bytes("Seed");
    prf(test::hash_by_name(vector.section).value(), vector.bytes("Secret"), wire::as_text(label),
        {seed}, out);
    EXPECT_EQ(wire::hex(out), vector.text("Output")) << vector.section << " line " << vector.line;
  }
}

TEST(Prf, TakesTheSeedInPieces) {
  const Bytes secret(48, 0x0b);
  const Bytes seed = {1, 2, 3, 4, 5, 6};
  Bytes whole(100);
  prf(HashAlgorithm::sha384, secret, "label", {seed}, whole);
  Bytes pieces(100);
  const View view = seed;
  prf(HashAlgorithm::sha384, secret, "label", {view.first(1), {}, view.subspan(1)}, pieces);
  EXPECT_EQ(pieces, whole);
}

TEST(Prf, IsPHashOfLabelAndSeed) {
  const Bytes secret(48, 0x0b);
  Bytes by_prf(70);
  prf(HashAlgorithm::sha256, secret, "ab", {wire::as_bytes("cd")}, by_prf);
  Bytes by_p_hash(70);
  p_hash(HashAlgorithm::sha256, secret, wire::as_bytes("abcd"), by_p_hash);
  EXPECT_EQ(by_p_hash, by_prf);
}

TEST(Prf, ShorterOutputsAreBeginningsOfLongerOnes) {
  const Bytes secret(48, 0x0b);
  Bytes longest(130);
  prf(HashAlgorithm::sha384, secret, "key expansion", {}, longest);
  for (std::size_t length = 0; length < longest.size(); ++length) {
    Bytes out(length);
    prf(HashAlgorithm::sha384, secret, "key expansion", {}, out);
    EXPECT_EQ(out, Bytes(longest.begin(), longest.begin() + static_cast<std::ptrdiff_t>(length)));
  }
}

// RFC 5246, 5, word for word, for the first two blocks.
TEST(PHash, IsTheChainOfHmacs) {
  const HashAlgorithm sha256 = HashAlgorithm::sha256;
  const Bytes secret = {9, 8, 7};
  const Bytes seed = {1, 2, 3};
  Bytes out(64);
  p_hash(sha256, secret, seed, out);

  const Digest a1 = hmac(sha256, secret, seed);
  const Digest a2 = hmac(sha256, secret, a1.view());
  Bytes expected;
  for (const Digest& a : {a1, a2}) {
    Bytes input = wire::copy(a.view());
    wire::append(input, seed);
    wire::append(expected, hmac(sha256, secret, input).view());
  }
  EXPECT_EQ(out, expected);
}

}  // namespace
}  // namespace glasstls::crypto
