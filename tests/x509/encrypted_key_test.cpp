#include "x509/encrypted_key.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "tests/x509/samples.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::x509 {
namespace {

constexpr std::string_view passphrase = "open sesame";

Bytes key_file(const std::string& name) { return samples::file("keys/" + name + ".pem"); }
Bytes key_der(const std::string& name) {
  return parse_pem(wire::as_text(key_file(name))).blocks.at(0).der;
}

void expect_decrypts(const std::string& name, const std::string& plain) {
  const auto key = parse_private_key(key_file(name), wire::as_bytes(passphrase));
  ASSERT_TRUE(key) << name << ": " << key.error().what;
  const auto same = parse_private_key(key_file(plain));
  ASSERT_TRUE(same);
  EXPECT_TRUE(key->public_key() == same->public_key()) << name;
}

// Why a key is refused that is given with this passphrase.
std::string refusal(View file, std::string_view with = passphrase) {
  const auto key = parse_private_key(file, wire::as_bytes(with));
  return key ? "" : key.error().what;
}

TEST(EncryptedKey, IsReadForEveryCipherAndHash) {
  for (const char* name : {"aes-128-cbc-sha256", "aes-192-cbc-sha256", "aes-256-cbc-sha256",
                           "des3-sha256", "aes-256-cbc-sha1", "aes-256-cbc-sha224",
                           "aes-256-cbc-sha384", "aes-256-cbc-sha512", "one-iteration"}) {
    expect_decrypts(name, "plain");
  }
}

TEST(EncryptedKey, IsReadForEveryKindOfKey) {
  expect_decrypts("rsa", "rsa-plain");
  expect_decrypts("ed25519", "ed25519-plain");
}

TEST(EncryptedKey, IsReadAsDer) {
  EXPECT_TRUE(parse_private_key(key_der("rsa"), wire::as_bytes(passphrase)));
}

TEST(EncryptedKey, NeedsItsPassphrase) {
  const auto key = parse_private_key(key_file("rsa"));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what,
            "an encrypted private key: it needs its passphrase (private key at line 1)");
  EXPECT_EQ(key.error().section, "RFC 5958, 3");
}

TEST(EncryptedKey, TellsAWrongPassphrase) {
  for (const char* name : {"aes-128-cbc-sha256", "des3-sha256", "rsa", "one-iteration"}) {
    for (const std::string_view wrong : {"", "Open sesame", "open sesame\n"}) {
      const auto key = parse_private_key(key_der(name), wire::as_bytes(wrong));
      ASSERT_FALSE(key);
      EXPECT_EQ(key.error().what, "a wrong passphrase, or a damaged private key");
      EXPECT_EQ(key.error().section, "RFC 8018, 6.2.2");
    }
  }
}

TEST(EncryptedKey, TellsAWrongPassphraseThatGivesGoodPadding) {
  // One in 256 does: among these there are some.
  const Bytes der = key_der("one-iteration");
  std::size_t good_padding = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string wrong = std::to_string(i);
    if (decrypt_private_key(der, wire::as_bytes(wrong))) ++good_padding;
    EXPECT_EQ(refusal(der, wrong), "a wrong passphrase, or a damaged private key");
  }
  EXPECT_GT(good_padding, 0u);
}

TEST(EncryptedKey, TellsDamageAsAWrongPassphrase) {
  Bytes der = key_der("rsa");
  der[der.size() - 200] ^= 1;  // two garbled blocks within the numbers
  const auto key = parse_private_key(der, wire::as_bytes(passphrase));
  EXPECT_FALSE(key);
  der = key_der("rsa");
  der.back() ^= 1;  // the padding
  EXPECT_EQ(refusal(der), "a wrong passphrase, or a damaged private key");
}

TEST(EncryptedKey, TellsWhatIsWrongWithAKeyThatWasDecrypted) {
  const auto key = parse_private_key(key_der("p521"), wire::as_bytes(passphrase));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "a key on a curve that is not used");
  // The offset counts in the file: that of the curve, within the encrypted bytes.
  const auto decrypted = decrypt_private_key(key_der("p521"), wire::as_bytes(passphrase));
  ASSERT_TRUE(decrypted);
  const Bytes curve = samples::oid(oid::secp521r1);
  const std::string_view text = wire::as_text(decrypted->der.reveal());
  EXPECT_EQ(key.error().offset, decrypted->offset + text.find(wire::as_text(curve)));
}

TEST(EncryptedKey, RefusesByNameWhatIsNotRead) {
  const std::string advice =
      ", which is not read: write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc";
  EXPECT_EQ(refusal(key_der("scrypt")),
            "a private key whose passphrase goes through id-scrypt" + advice);
  EXPECT_EQ(refusal(key_der("pbes1-sha1-3des")),
            "a private key encrypted with pbeWithSHAAnd3-KeyTripleDES-CBC" + advice);
  EXPECT_EQ(refusal(key_der("camellia")),
            "a private key encrypted with 1.2.392.200011.61.1.1.1.4" + advice);
  EXPECT_EQ(refusal(key_file("rfc1421")),
            "a private key in the old encryption of PEM (Proc-Type: 4,ENCRYPTED)" + advice +
                " (private key at line 1)");
}

TEST(EncryptedKey, RefusesWithoutAPassphraseToo) {
  const auto key = parse_private_key(key_der("scrypt"));
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().what.find("id-scrypt"), std::string::npos);
}

TEST(EncryptedKey, BoundsTheIterations) {
  EXPECT_EQ(refusal(key_der("too-many-iterations")),
            "an iterationCount above 10,000,000, which would take too long");
}

// An EncryptedPrivateKeyInfo from its parts, each of which a test may spoil.
struct Parts {
  Bytes salt = samples::der(Tag::octet_string, Bytes(8, 1));
  Bytes iterations = samples::from_hex("020101");
  Bytes key_length;
  Bytes prf;
  Bytes cipher = samples::oid(oid::aes128_CBC_PAD);
  Bytes iv = samples::der(Tag::octet_string, Bytes(16));
  Bytes data = samples::der(Tag::octet_string, Bytes(32));

  Bytes encoded() const {
    using samples::sequence;
    const Bytes derivation =
        sequence({samples::oid(oid::id_PBKDF2), sequence({salt, iterations, key_length, prf})});
    const Bytes pbes2 = sequence({derivation, sequence({cipher, iv})});
    return sequence({sequence({samples::oid(oid::id_PBES2), pbes2}), data});
  }
};

TEST(EncryptedKey, RefusesParametersThatDoNotFit) {
  const auto refused = [](auto spoil) {
    Parts parts;
    spoil(parts);
    return refusal(parts.encoded());
  };
  const auto octets = [](std::size_t size) { return samples::der(Tag::octet_string, Bytes(size)); };
  EXPECT_EQ(refused([](Parts&) {}), "a wrong passphrase, or a damaged private key");
  EXPECT_EQ(refused([&](Parts& p) { p.salt = octets(0); }), "a salt that is not 1 to 1,024 bytes");
  EXPECT_EQ(refused([&](Parts& p) { p.salt = octets(1025); }),
            "a salt that is not 1 to 1,024 bytes");
  EXPECT_EQ(refused([&](Parts& p) { p.salt = octets(1024); }),
            "a wrong passphrase, or a damaged private key");
  EXPECT_EQ(refused([](Parts& p) { p.iterations = samples::from_hex("020100"); }),
            "an iterationCount of 0");
  EXPECT_EQ(refused([](Parts& p) { p.key_length = samples::from_hex("020120"); }),
            "a keyLength that is not the cipher's");
  EXPECT_EQ(refused([](Parts& p) { p.key_length = samples::from_hex("020110"); }),
            "a wrong passphrase, or a damaged private key");
  EXPECT_EQ(refused([&](Parts& p) { p.iv = octets(15); }), "an IV that is not one block");
  EXPECT_EQ(refused([&](Parts& p) { p.data = octets(33); }),
            "encryptedData that is not whole blocks");
  EXPECT_EQ(refused([&](Parts& p) { p.data = octets(0); }),
            "encryptedData that is not whole blocks");
  EXPECT_EQ(refused([](Parts& p) {
              p.prf = samples::sequence({samples::oid(oid::id_sha256), samples::from_hex("0500")});
            }),
            "a private key whose passphrase goes through id-sha256, which is not read: write it "
            "anew with openssl pkcs8 -topk8 -v2 aes-256-cbc");
}

TEST(EncryptedKey, RefusesTruncationAtEveryByte) {
  const Bytes der = key_der("one-iteration");
  for (std::size_t size = 0; size < der.size(); ++size) {
    ASSERT_FALSE(parse_private_key(View(der).first(size), wire::as_bytes(passphrase))) << size;
  }
  EXPECT_EQ(refusal(samples::joined({der, Bytes{0}})), "bytes after the end of the value");
}

TEST(EncryptedKey, IsToldFromOthers) {
  EXPECT_TRUE(needs_passphrase(key_file("rsa")));
  EXPECT_TRUE(needs_passphrase(key_der("rsa")));
  EXPECT_FALSE(needs_passphrase(key_file("plain")));
  EXPECT_FALSE(needs_passphrase(key_der("plain")));
  EXPECT_FALSE(needs_passphrase(samples::file("server-rsa-key-pkcs1.pem")));
  EXPECT_FALSE(needs_passphrase(samples::file("server-ec256-key-sec1.pem")));
  EXPECT_FALSE(needs_passphrase(key_file("rfc1421")));  // a passphrase does not help there
  EXPECT_FALSE(needs_passphrase(samples::file("server-ec256.pem")));
  EXPECT_FALSE(needs_passphrase(samples::certificate("server-ec256").der()));
  EXPECT_FALSE(needs_passphrase({}));
  EXPECT_FALSE(needs_passphrase(wire::as_bytes("hello")));
}

}  // namespace
}  // namespace glasstls::x509
