#include "inspect/dissect/key_exchange.h"

#include <gtest/gtest.h>

namespace glasstls::inspect {
namespace {

using crypto::CipherSuite;
using enum KeyExchangeMethod;

struct Case {
  unsigned suite;
  KeyExchangeMethod method;
  std::string_view signature;
  CipherKind kind;
  std::string_view cipher;
  std::string_view hash;
  std::size_t tag_length;
};

const Case cases[] = {
    {0x0000, null, "", CipherKind::null, "NULL_NULL", "", 0},
    {0x0002, rsa, "", CipherKind::null, "NULL", "SHA", 0},
    {0x0003, rsa_export, "RSA", CipherKind::stream, "RC4_40", "MD5", 0},
    {0x0005, rsa, "", CipherKind::stream, "RC4_128", "SHA", 0},
    {0x000d, dh, "", CipherKind::block, "3DES_EDE_CBC", "SHA", 0},
    {0x0011, dhe, "DSS", CipherKind::block, "DES40_CBC", "SHA", 0},
    {0x001b, dh_anon, "", CipherKind::block, "3DES_EDE_CBC", "SHA", 0},
    {0x001e, unknown, "", CipherKind::block, "DES_CBC", "SHA", 0},  // Kerberos
    {0x003c, rsa, "", CipherKind::block, "AES_128_CBC", "SHA256", 0},
    {0x0062, rsa_export, "RSA", CipherKind::block, "DES_CBC", "SHA", 0},
    {0x009f, dhe, "RSA", CipherKind::aead, "AES_256_GCM", "SHA384", 16},
    {0x00a8, psk, "", CipherKind::aead, "AES_128_GCM", "SHA256", 16},
    {0x00aa, dhe_psk, "", CipherKind::aead, "AES_128_GCM", "SHA256", 16},
    {0x00b6, rsa_psk, "", CipherKind::block, "AES_128_CBC", "SHA256", 0},
    {0x00c6, tls13, "", CipherKind::aead, "SM4_GCM", "SM3", 16},
    {0x1301, tls13, "", CipherKind::aead, "AES_128_GCM", "SHA256", 16},
    {0x1305, tls13, "", CipherKind::aead, "AES_128_CCM_8", "SHA256", 8},
    {0x1306, tls13, "", CipherKind::aead, "AEGIS_256", "SHA512", 16},
    {0xc004, ecdh, "", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc013, ecdhe, "RSA", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc018, ecdh_anon, "", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc01d, srp, "", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc01e, srp, "RSA", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc01f, srp, "DSS", CipherKind::block, "AES_128_CBC", "SHA", 0},
    {0xc037, ecdhe_psk, "", CipherKind::block, "AES_128_CBC", "SHA256", 0},
    {0xc09c, rsa, "", CipherKind::aead, "AES_128_CCM", "", 16},
    {0xc0aa, dhe_psk, "", CipherKind::aead, "AES_128_CCM_8", "", 8},
    {0xc0ae, ecdhe, "ECDSA", CipherKind::aead, "AES_128_CCM_8", "", 8},
    {0xc0b4, tls13, "", CipherKind::null, "SHA256", "SHA256", 0},
    {0xc103, unknown, "", CipherKind::aead, "KUZNYECHIK_MGM_L", "", 16},
    {0xcca8, ecdhe, "RSA", CipherKind::aead, "CHACHA20_POLY1305", "SHA256", 16},
    {0xfeff, rsa, "", CipherKind::block, "3DES_EDE_CBC", "SHA", 0},
    {0x0047, unknown, "", CipherKind::unknown, "", "", 0},
    {0x1a1a, unknown, "", CipherKind::unknown, "", "", 0},
};

TEST(KeyExchange, IsWhatTheSuitesNameSays) {
  for (const Case& example : cases) {
    const KeyExchange exchange = key_exchange_of(static_cast<CipherSuite>(example.suite));
    EXPECT_EQ(exchange.method, example.method) << std::hex << example.suite;
    EXPECT_EQ(exchange.signature, example.signature) << std::hex << example.suite;
    EXPECT_EQ(exchange.is_signed(), !example.signature.empty());
  }
}

TEST(Cipher, IsWhatTheSuitesNameSays) {
  for (const Case& example : cases) {
    const Cipher cipher = cipher_of(static_cast<CipherSuite>(example.suite));
    EXPECT_EQ(cipher.kind, example.kind) << std::hex << example.suite;
    EXPECT_EQ(cipher.name, example.cipher) << std::hex << example.suite;
    EXPECT_EQ(cipher.hash, example.hash) << std::hex << example.suite;
    EXPECT_EQ(cipher.tag_length, example.tag_length) << std::hex << example.suite;
  }
}

TEST(KeyExchange, IsKnownForEverySuiteOfTheUsualKinds) {
  for (unsigned number = 0; number <= 0xffff; ++number) {
    const auto suite = static_cast<CipherSuite>(number);
    const std::string_view name = name_of(suite);
    for (const std::string_view kind : {"TLS_RSA_", "TLS_DH", "TLS_ECDH", "TLS_PSK_", "TLS_SRP_"})
      if (name.starts_with(kind)) {
        EXPECT_NE(key_exchange_of(suite).method, unknown) << name;
        EXPECT_NE(cipher_of(suite).kind, CipherKind::unknown) << name;
      }
  }
}

TEST(KeyExchange, OfOurSuitesIsEphemeralAndSigned) {
  for (const auto& suite : crypto::all_suites()) {
    EXPECT_EQ(key_exchange_of(suite.id).method, ecdhe);
    EXPECT_TRUE(key_exchange_of(suite.id).is_signed());
    EXPECT_EQ(cipher_of(suite.id).kind, CipherKind::aead);
  }
}

TEST(WhyNotDecrypted, IsSaidForSuitesThatWeDoNotSpeak) {
  EXPECT_EQ(why_not_decrypted(CipherSuite{0x002f}),
            "this suite is not implemented by GlassTLS: its records stay encrypted (RSA key "
            "transport, a block cipher in CBC mode with a MAC)");
  EXPECT_EQ(why_not_decrypted(CipherSuite{0x0002}),
            "this suite is not implemented by GlassTLS: its records are not opened (RSA key "
            "transport, no encryption, only a MAC)");
  EXPECT_EQ(why_not_decrypted(CipherSuite{0x0047}),
            "this suite is in no registry: its records stay as they are");
  EXPECT_EQ(why_not_decrypted(CipherSuite{0xc030}), "");
}

TEST(WordsFor, AreThereForEveryKind) {
  for (int method = 0; method <= static_cast<int>(tls13); ++method)
    EXPECT_FALSE(words_for(static_cast<KeyExchangeMethod>(method)).empty()) << method;
  for (int kind = 0; kind <= static_cast<int>(CipherKind::aead); ++kind)
    EXPECT_FALSE(words_for(static_cast<CipherKind>(kind)).empty()) << kind;
}

}  // namespace
}  // namespace glasstls::inspect
