#include "crypto/password.h"

#include <gtest/gtest.h>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/crypto/vectors.h"

namespace glasstls::crypto {
namespace {

const std::map<std::string, Pbkdf2Hash> hashes{{"sha1", Pbkdf2Hash::sha1},
                                               {"sha224", Pbkdf2Hash::sha224},
                                               {"sha256", Pbkdf2Hash::sha256},
                                               {"sha384", Pbkdf2Hash::sha384},
                                               {"sha512", Pbkdf2Hash::sha512}};

const std::map<std::string, CbcCipher> ciphers{{"aes_128", CbcCipher::aes_128},
                                               {"aes_192", CbcCipher::aes_192},
                                               {"aes_256", CbcCipher::aes_256},
                                               {"des_ede3", CbcCipher::des_ede3}};

TEST(Password, DerivesThePublishedKeys) {
  std::size_t run = 0;
  for (const auto& vector : test::vectors("pbkdf2.rsp")) {
    const auto iterations = static_cast<std::uint32_t>(std::stoul(vector.text("c")));
    const SecretBytes key = pbkdf2(hashes.at(vector.section), vector.bytes("P"), vector.bytes("S"),
                                   iterations, std::stoul(vector.text("dkLen")));
    EXPECT_EQ(wire::hex(key.reveal()), vector.text("DK")) << "line " << vector.line;
    ++run;
  }
  EXPECT_EQ(run, 13u);
}

TEST(Password, DerivesFromAnEmptyPassphrase) {
  // Python: hashlib.pbkdf2_hmac("sha256", b"", b"salt", 1, 16)
  EXPECT_EQ(wire::hex(pbkdf2(Pbkdf2Hash::sha256, {}, wire::as_bytes("salt"), 1, 16).reveal()),
            "f135c27993baf98773c5cdb40a5706ce");
}

TEST(Password, RefusesToDeriveNothing) {
  EXPECT_THROW(pbkdf2(Pbkdf2Hash::sha1, {}, {}, 0, 16), std::logic_error);
  EXPECT_THROW(pbkdf2(Pbkdf2Hash::sha1, {}, {}, 1, 0), std::logic_error);
}

TEST(Password, CallsAnUnknownHashOrCipherALogicError) {
  EXPECT_THROW(pbkdf2(Pbkdf2Hash{9}, {}, {}, 1, 16), std::logic_error);
  EXPECT_THROW(key_length(CbcCipher{9}), std::logic_error);
}

TEST(Password, DecryptsEveryCipherAndPadding) {
  std::size_t run = 0;
  for (const auto& vector : test::vectors("cbc.rsp")) {
    const auto text = cbc_decrypt(ciphers.at(vector.section), vector.bytes("Key"),
                                  vector.bytes("IV"), vector.bytes("Ciphertext"));
    ASSERT_TRUE(text) << "line " << vector.line;
    EXPECT_EQ(wire::hex(text->reveal()), vector.text("Plaintext")) << "line " << vector.line;
    ++run;
  }
  EXPECT_EQ(run, 20u);
}

TEST(Password, RefusesEveryPaddingButOne) {
  // The last byte of the IV changes the last byte of the only block: that of its padding.
  for (const auto& vector : test::vectors("cbc.rsp")) {
    if (!vector.text("Plaintext").empty()) continue;  // a whole block of padding
    const CbcCipher cipher = ciphers.at(vector.section);
    std::size_t accepted = 0;
    for (unsigned change = 0; change < 256; ++change) {
      Bytes iv = vector.bytes("IV");
      iv.back() = static_cast<std::uint8_t>(iv.back() ^ change);
      const auto text = cbc_decrypt(cipher, vector.bytes("Key"), iv, vector.bytes("Ciphertext"));
      if (!text) continue;
      ++accepted;  // as it is, or as a padding of one byte
      EXPECT_TRUE(text->size() == 0 || text->size() + 1 == block_length(cipher));
    }
    EXPECT_EQ(accepted, 2u) << vector.section;
  }
}

TEST(Password, RefusesWhatIsNotWholeBlocks) {
  const Bytes key(16);
  EXPECT_FALSE(cbc_decrypt(CbcCipher::aes_128, key, key, {}));
  for (const std::size_t size : {1u, 15u, 17u}) {
    EXPECT_FALSE(cbc_decrypt(CbcCipher::aes_128, key, key, Bytes(size))) << size;
  }
}

TEST(Password, WantsKeysAndIvsOfTheirLengths) {
  for (const auto& [name, cipher] : ciphers) {
    const Bytes key(key_length(cipher));
    const Bytes block(block_length(cipher));
    EXPECT_THROW(cbc_decrypt(cipher, Bytes(key.size() - 1), block, block), std::logic_error);
    EXPECT_THROW(cbc_decrypt(cipher, key, Bytes(block.size() + 1), block), std::logic_error);
    EXPECT_NO_THROW(cbc_decrypt(cipher, key, block, block)) << name;
  }
}

}  // namespace
}  // namespace glasstls::crypto
