#include "crypto/aead.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "crypto/constant_time.h"
#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

constexpr AeadAlgorithm all[] = {AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm,
                                 AeadAlgorithm::chacha20_poly1305};

Bytes key_of(AeadAlgorithm algorithm) { return Bytes(parameters(algorithm).enc_key_length, 0x42); }

void expect_case(AeadAlgorithm algorithm, const test::Case& vector) {
  SCOPED_TRACE(std::string(name_of(algorithm)) + " line " + std::to_string(vector.line));
  const Bytes key = vector.bytes("Key");
  const Bytes nonce = vector.bytes("IV");
  const Bytes additional_data = vector.bytes("AAD");
  const Bytes tag = vector.bytes("Tag");

  Aead opener(algorithm, key, AeadDirection::open);
  Bytes text = vector.bytes("CT");
  const bool opened = opener.open(nonce, additional_data, text, tag);
  EXPECT_EQ(opened, !vector.has("FAIL"));
  if (!opened) {
    EXPECT_TRUE(all_zero(text));
    return;
  }
  EXPECT_EQ(text, vector.bytes("PT"));

  Aead sealer(algorithm, key, AeadDirection::seal);
  Bytes sealed_tag(16);
  sealer.seal(nonce, additional_data, text, sealed_tag);
  EXPECT_EQ(text, vector.bytes("CT"));
  EXPECT_EQ(sealed_tag, tag);
}

TEST(Aead, MatchesNistsGcmVectors) {
  for (const auto& vector : test::vectors("aes_128_gcm.rsp")) {
    expect_case(AeadAlgorithm::aes_128_gcm, vector);
  }
  for (const auto& vector : test::vectors("aes_256_gcm.rsp")) {
    expect_case(AeadAlgorithm::aes_256_gcm, vector);
  }
}

TEST(Aead, MatchesRfc8439Vectors) {
  for (const auto& vector : test::vectors("chacha20_poly1305_rfc8439.rsp")) {
    expect_case(AeadAlgorithm::chacha20_poly1305, vector);
  }
}

void expect_nist_file(AeadAlgorithm algorithm, const std::vector<test::Case>& cases) {
  std::size_t used = 0;
  for (const auto& vector : cases) {
    if (vector.text("IVlen") != "96" || vector.text("Taglen") != "128") continue;
    expect_case(algorithm, vector);
    ++used;
  }
  EXPECT_GT(used, 300u);
}

TEST(Aead, MatchesAllOfNistsGcm128Vectors) {
  GLASSTLS_NIST_VECTORS_OR_SKIP(cases, "ciphers/AES/GCM/gcmDecrypt128.rsp");
  expect_nist_file(AeadAlgorithm::aes_128_gcm, cases);
}

TEST(Aead, MatchesAllOfNistsGcm256Vectors) {
  GLASSTLS_NIST_VECTORS_OR_SKIP(cases, "ciphers/AES/GCM/gcmDecrypt256.rsp");
  expect_nist_file(AeadAlgorithm::aes_256_gcm, cases);
}

TEST(Aead, HasTheParametersOfTheRfcs) {
  for (const AeadAlgorithm gcm : {AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm}) {
    EXPECT_EQ(parameters(gcm).fixed_iv_length, 4u);
    EXPECT_EQ(parameters(gcm).record_iv_length, 8u);
  }
  EXPECT_EQ(parameters(AeadAlgorithm::aes_128_gcm).enc_key_length, 16u);
  EXPECT_EQ(parameters(AeadAlgorithm::aes_256_gcm).enc_key_length, 32u);
  EXPECT_EQ(parameters(AeadAlgorithm::chacha20_poly1305).enc_key_length, 32u);
  EXPECT_EQ(parameters(AeadAlgorithm::chacha20_poly1305).fixed_iv_length, 12u);
  EXPECT_EQ(parameters(AeadAlgorithm::chacha20_poly1305).record_iv_length, 0u);
  for (const AeadAlgorithm algorithm : all) EXPECT_EQ(parameters(algorithm).tag_length, 16u);
}

TEST(Aead, OpensWhatItSealsInEveryLengthAroundABlock) {
  for (const AeadAlgorithm algorithm : all) {
    Aead sealer(algorithm, key_of(algorithm), AeadDirection::seal);
    Aead opener(algorithm, key_of(algorithm), AeadDirection::open);
    for (std::size_t length = 0; length <= 130; ++length) {
      Bytes nonce(12);
      nonce[11] = static_cast<std::uint8_t>(length);
      const Bytes additional_data(length % 19, 0x0a);
      const Bytes plain(length, 0x70);
      Bytes text = plain;
      Bytes tag(16);
      sealer.seal(nonce, additional_data, text, tag);
      EXPECT_TRUE(opener.open(nonce, additional_data, text, tag)) << length;
      EXPECT_EQ(text, plain);
    }
  }
}

struct Sealed {
  Bytes nonce = Bytes(12, 1), additional_data = Bytes(13, 2), text = Bytes(40, 3), tag = Bytes(16);
};

Sealed seal_sample(AeadAlgorithm algorithm) {
  Sealed sample;
  Aead sealer(algorithm, key_of(algorithm), AeadDirection::seal);
  sealer.seal(sample.nonce, sample.additional_data, sample.text, sample.tag);
  return sample;
}

void flip(Bytes& bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1u << bit % 8));
}

TEST(Aead, RefusesEveryFlippedBitAndZeroesTheText) {
  for (const AeadAlgorithm algorithm : all) {
    const Sealed good = seal_sample(algorithm);
    Aead opener(algorithm, key_of(algorithm), AeadDirection::open);
    for (Bytes Sealed::*part :
         {&Sealed::nonce, &Sealed::additional_data, &Sealed::text, &Sealed::tag}) {
      for (std::size_t bit = 0; bit < 8 * (good.*part).size(); ++bit) {
        Sealed bad = good;
        flip(bad.*part, bit);
        EXPECT_FALSE(opener.open(bad.nonce, bad.additional_data, bad.text, bad.tag));
        EXPECT_EQ(bad.text, Bytes(40));
      }
    }
    Sealed again = good;  // failures leave the key in order
    EXPECT_TRUE(opener.open(again.nonce, again.additional_data, again.text, again.tag));
    EXPECT_EQ(again.text, Bytes(40, 3));
  }
}

TEST(Aead, RefusesTextCutOrAdditionalDataMovedIntoIt) {
  for (const AeadAlgorithm algorithm : all) {
    Aead opener(algorithm, key_of(algorithm), AeadDirection::open);
    Sealed cut = seal_sample(algorithm);
    cut.text.pop_back();
    EXPECT_FALSE(opener.open(cut.nonce, cut.additional_data, cut.text, cut.tag));
    Sealed moved = seal_sample(algorithm);
    moved.text.insert(moved.text.begin(), moved.additional_data.back());
    moved.additional_data.pop_back();
    EXPECT_FALSE(opener.open(moved.nonce, moved.additional_data, moved.text, moved.tag));
  }
}

TEST(Aead, CallsWrongLengthsALogicError) {
  for (const AeadAlgorithm algorithm : all) {
    const Bytes key = key_of(algorithm);
    EXPECT_THROW(Aead(algorithm, Bytes(key.size() - 1), AeadDirection::seal), std::logic_error);
    EXPECT_THROW(Aead(algorithm, Bytes(key.size() + 1), AeadDirection::open), std::logic_error);
    EXPECT_THROW(Aead(algorithm, {}, AeadDirection::open), std::logic_error);
    Bytes text(5);
    Bytes tag(16);
    Aead sealer(algorithm, key, AeadDirection::seal);
    EXPECT_THROW(sealer.seal(Bytes(11), {}, text, tag), std::logic_error);
    EXPECT_THROW(sealer.seal(Bytes(12), {}, text, MutableView(tag).first(15)), std::logic_error);
    Aead opener(algorithm, key, AeadDirection::open);
    EXPECT_THROW((void)opener.open(Bytes(13), {}, text, tag), std::logic_error);
    EXPECT_THROW((void)opener.open(Bytes(12), {}, text, View(tag).first(12)), std::logic_error);
  }
}

TEST(Aead, CallsTheWrongDirectionALogicError) {
  for (const AeadAlgorithm algorithm : all) {
    Bytes tag(16);
    Aead sealer(algorithm, key_of(algorithm), AeadDirection::seal);
    EXPECT_THROW((void)sealer.open(Bytes(12), {}, {}, tag), std::logic_error);
    Aead opener(algorithm, key_of(algorithm), AeadDirection::open);
    EXPECT_THROW(opener.seal(Bytes(12), {}, {}, tag), std::logic_error);
  }
}

TEST(Aead, CanBeMovedAndThenIsOfNoUse) {
  Bytes tag(16);
  Aead first(AeadAlgorithm::aes_256_gcm, Bytes(32), AeadDirection::seal);
  Aead second = std::move(first);
  EXPECT_NO_THROW(second.seal(Bytes(12), {}, {}, tag));
  // NOLINTNEXTLINE(bugprone-use-after-move): this is what is tested
  EXPECT_THROW(first.seal(Bytes(12), {}, {}, tag), std::logic_error);
}

TEST(Aead, TakesUpTheKeyOfWhatIsMovedToIt) {
  const Bytes nonce(12);
  Bytes text{1, 2, 3}, same = text, tag(16), same_tag(16);
  Aead(AeadAlgorithm::aes_128_gcm, Bytes(16, 7), AeadDirection::seal).seal(nonce, {}, text, tag);
  Aead other(AeadAlgorithm::aes_256_gcm, Bytes(32), AeadDirection::seal);
  other = Aead(AeadAlgorithm::aes_128_gcm, Bytes(16, 7), AeadDirection::seal);
  other.seal(nonce, {}, same, same_tag);
  EXPECT_EQ(same, text);
  EXPECT_EQ(same_tag, tag);
}

}  // namespace
}  // namespace glasstls::crypto
