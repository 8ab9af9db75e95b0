#include "crypto/rsa_padding.h"

#include <gtest/gtest.h>

namespace glasstls::crypto {
namespace {

constexpr HashAlgorithm sha256 = HashAlgorithm::sha256;
const Digest digest = hash(sha256, wire::as_bytes("abc"));
const std::string digest_hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(EmsaPkcs1, IsWhatRfc8017Says) {
  Bytes em(64);
  ASSERT_TRUE(emsa_pkcs1_v1_5_encode(sha256, digest, em));
  EXPECT_EQ(wire::hex(em),
            "0001ffffffffffffffffffff00"
            "3031300d060960864801650304020105000420" +
                digest_hex);
}

TEST(EmsaPkcs1, NeedsEightBytesOfPadding) {
  for (const HashAlgorithm algorithm :
       {HashAlgorithm::sha256, HashAlgorithm::sha384, HashAlgorithm::sha512}) {
    const std::size_t shortest = 11 + 19 + digest_size(algorithm);
    Bytes em(shortest);
    EXPECT_TRUE(emsa_pkcs1_v1_5_encode(algorithm, hash(algorithm, {}), em));
    Bytes shorter(shortest - 1);
    EXPECT_FALSE(emsa_pkcs1_v1_5_encode(algorithm, hash(algorithm, {}), shorter));
  }
}

TEST(EmsaPkcs1, CallsAnUnknownHashALogicError) {
  Bytes em(256);
  EXPECT_THROW((void)emsa_pkcs1_v1_5_encode(HashAlgorithm{9}, digest, em), std::logic_error);
}

Bytes pss(std::size_t em_bits, const Bytes& salt) {
  Bytes em((em_bits + 7) / 8);
  EXPECT_TRUE(emsa_pss_encode(sha256, digest, salt, em_bits, em));
  return em;
}

TEST(EmsaPss, VerifiesWhatItEncodesForEveryBitLength) {
  for (std::size_t em_bits = 1016; em_bits <= 1032; ++em_bits) {
    const Bytes em = pss(em_bits, Bytes(32, 0x5a));
    EXPECT_TRUE(emsa_pss_verify(sha256, digest, em_bits, em)) << em_bits;
    EXPECT_EQ(em.back(), 0xbc);
  }
}

TEST(EmsaPss, NeedsRoomForHashSaltAndTwoBytes) {
  Bytes em(66);
  EXPECT_TRUE(emsa_pss_encode(sha256, digest, Bytes(32), 528, em));
  EXPECT_TRUE(emsa_pss_verify(sha256, digest, 528, em));
  Bytes shorter(65);
  EXPECT_FALSE(emsa_pss_encode(sha256, digest, Bytes(32), 520, shorter));
  EXPECT_FALSE(emsa_pss_verify(sha256, digest, 520, shorter));
}

TEST(EmsaPss, RefusesAnotherSaltLength) {
  for (const std::size_t length : {0u, 1u, 31u, 33u, 48u}) {
    EXPECT_FALSE(emsa_pss_verify(sha256, digest, 1023, pss(1023, Bytes(length, 1)))) << length;
  }
}

TEST(EmsaPss, RefusesEveryFlippedBit) {
  const Bytes good = pss(1023, Bytes(32, 0x5a));
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1u << bit % 8));
    EXPECT_FALSE(emsa_pss_verify(sha256, digest, 1023, bad)) << "bit " << bit;
  }
}

}  // namespace
}  // namespace glasstls::crypto
