#include "crypto/hash.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <type_traits>

#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

static_assert(std::is_copy_constructible_v<Hash> && std::is_copy_assignable_v<Hash>);

constexpr HashAlgorithm all[] = {HashAlgorithm::sha256, HashAlgorithm::sha384,
                                 HashAlgorithm::sha512};

TEST(Hash, MatchesNistsExamples) {
  for (const auto& vector : test::vectors("sha2.rsp")) {
    const auto algorithm = test::hash_by_name(vector.section).value();
    EXPECT_EQ(wire::hex(hash(algorithm, vector.bytes("Msg")).view()), vector.text("MD"))
        << vector.section << " line " << vector.line;
  }
}

TEST(Hash, HasTheSizesOfTheStandard) {
  EXPECT_EQ(digest_size(HashAlgorithm::sha256), 32u);
  EXPECT_EQ(digest_size(HashAlgorithm::sha384), 48u);
  EXPECT_EQ(digest_size(HashAlgorithm::sha512), 64u);
  EXPECT_EQ(block_size(HashAlgorithm::sha256), 64u);
  EXPECT_EQ(block_size(HashAlgorithm::sha384), 128u);
  EXPECT_EQ(block_size(HashAlgorithm::sha512), 128u);
}

TEST(Hash, HasNames) {
  EXPECT_EQ(name_of(HashAlgorithm::sha256), "SHA-256");
  EXPECT_EQ(name_of(HashAlgorithm::sha384), "SHA-384");
  EXPECT_EQ(name_of(HashAlgorithm::sha512), "SHA-512");
}

TEST(Hash, DoesNotCareHowTheBytesAreCut) {
  Bytes message(300);
  for (std::size_t i = 0; i < message.size(); ++i) message[i] = static_cast<std::uint8_t>(i);
  for (const HashAlgorithm algorithm : all) {
    const Digest whole = hash(algorithm, message);
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
      Hash running(algorithm);
      running.update(View(message).first(cut));
      running.update(View(message).subspan(cut));
      EXPECT_EQ(running.finish(), whole) << name_of(algorithm) << " cut at " << cut;
    }
  }
}

TEST(Hash, IsNotDisturbedByFinish) {
  for (const HashAlgorithm algorithm : all) {
    Hash running(algorithm);
    EXPECT_EQ(running.finish(), hash(algorithm, {}));
    running.update(wire::as_bytes("a"));
    EXPECT_EQ(running.finish(), hash(algorithm, wire::as_bytes("a")));
    running.update(wire::as_bytes("bc"));
    EXPECT_EQ(running.finish(), hash(algorithm, wire::as_bytes("abc")));
    EXPECT_EQ(running.finish(), hash(algorithm, wire::as_bytes("abc")));
  }
}

TEST(Hash, CopiesAreIndependent) {
  Hash original(HashAlgorithm::sha384);
  original.update(wire::as_bytes("a"));
  Hash copied = original;
  copied.update(wire::as_bytes("b"));
  original.update(wire::as_bytes("c"));
  EXPECT_EQ(copied.finish(), hash(HashAlgorithm::sha384, wire::as_bytes("ab")));
  EXPECT_EQ(original.finish(), hash(HashAlgorithm::sha384, wire::as_bytes("ac")));
}

TEST(Hash, CanBeAssignedAnotherAlgorithm) {
  Hash running(HashAlgorithm::sha256);
  running.update(wire::as_bytes("x"));
  Hash other(HashAlgorithm::sha512);
  other.update(wire::as_bytes("y"));
  running = other;
  EXPECT_EQ(running.algorithm(), HashAlgorithm::sha512);
  EXPECT_EQ(running.finish(), hash(HashAlgorithm::sha512, wire::as_bytes("y")));
  const Hash& itself = running;
  running = itself;
  EXPECT_EQ(running.finish(), hash(HashAlgorithm::sha512, wire::as_bytes("y")));
}

TEST(Hash, OfAnUnknownAlgorithmIsALogicError) {
  constexpr HashAlgorithm unknown{9};
  EXPECT_THROW(Hash{unknown}, std::logic_error);
  EXPECT_THROW(digest_size(unknown), std::logic_error);
  EXPECT_EQ(name_of(unknown), "");
}

TEST(Digest, RefusesMoreThan64Bytes) {
  EXPECT_NO_THROW(Digest(Bytes(64)));
  EXPECT_THROW(Digest(Bytes(65)), std::length_error);
}

TEST(Digest, ComparesSizeAndContent) {
  EXPECT_EQ(Digest(Bytes{1, 2}), Digest(Bytes{1, 2}));
  EXPECT_NE(Digest(Bytes{1, 2}), Digest(Bytes{1, 3}));
  EXPECT_NE(Digest(Bytes{1}), Digest(Bytes{1, 0}));
}

}  // namespace
}  // namespace glasstls::crypto
