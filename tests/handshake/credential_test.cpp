#include "handshake/credential.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/data_files.h"
#include "tests/support/identity.h"
#include "x509/private_key.h"

namespace glasstls::handshake {
namespace {

std::vector<x509::Certificate> certificates(const std::string& path) {
  return *x509::parse_certificates(wire::as_bytes(test::read_data(path)));
}

std::shared_ptr<const crypto::PrivateKey> key_of(const std::string& identity) {
  const std::string pem = test::read_data("data/tls/" + identity + ".key");
  return std::make_shared<const crypto::PrivateKey>(*x509::parse_private_key(wire::as_bytes(pem)));
}

Credential credential(const std::string& identity) {
  Credential credential;
  credential.chain = certificates("data/tls/" + identity + ".pem");
  credential.key = key_of(identity);
  return credential;
}

std::shared_ptr<const Credential> shared(const std::string& identity) {
  return std::make_shared<const Credential>(credential(identity));
}

std::string refusal(const Credential& credential) {
  try {
    check(credential);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "taken";
}

std::string refusal_of_certificate(const std::string& name) {
  Credential credential;
  credential.chain = certificates("data/x509/" + name + ".pem");
  return refusal(credential);
}

TEST(Credential, IsForTheNamesOfItsLeaf) {
  const Credential server = credential("rsa");
  EXPECT_TRUE(server.is_for("server.test"));
  EXPECT_FALSE(server.is_for("other.test"));
  EXPECT_FALSE(server.is_for("a.server.test"));
  EXPECT_FALSE(server.is_for("192.0.2.1"));  // an iPAddress is not a DNS name
  EXPECT_FALSE(server.is_for(""));
}

TEST(Credential, IsForWhatAWildcardStandsFor) {
  Credential wildcard;
  wildcard.chain = certificates("data/x509/wildcard.pem");
  EXPECT_TRUE(wildcard.is_for("a.example.com"));
  EXPECT_TRUE(wildcard.is_for("b.example.com"));
  EXPECT_FALSE(wildcard.is_for("example.com"));
  EXPECT_FALSE(wildcard.is_for("a.b.example.com"));
}

TEST(Credential, IsNotForItsCommonName) {
  Credential old;
  old.chain = certificates("data/x509/cn-only.pem");
  EXPECT_FALSE(old.is_for("test"));
}

TEST(Credential, IsTakenWithEachKindOfKey) {
  for (const char* identity : {"rsa", "p256", "p384", "ed25519"})
    EXPECT_EQ(refusal(credential(identity)), "taken") << identity;
}

TEST(Credential, IsTakenWithItsKeyElsewhere) {
  Credential elsewhere = credential("p256");
  elsewhere.key = nullptr;
  EXPECT_EQ(refusal(elsewhere), "taken");
}

TEST(Credential, IsTakenWithoutKeyUsage) {
  EXPECT_EQ(refusal_of_certificate("self-signed"), "taken");
}

TEST(Credential, IsRefusedWithoutACertificate) {
  EXPECT_EQ(refusal(Credential{}), "a credential has no certificate");
}

TEST(Credential, IsRefusedWithAnotherKey) {
  Credential mixed = credential("p256");
  mixed.key = key_of("p384");
  EXPECT_EQ(refusal(mixed), "the key is not that of the certificate of CN=server.test");
  mixed.key = key_of("ed25519");
  EXPECT_EQ(refusal(mixed), "the key is not that of the certificate of CN=server.test");
}

TEST(Credential, IsRefusedWithWhatNoMessageCanHold) {
  Credential full = credential("p256");
  full.signed_certificate_timestamps = Bytes(60'000);
  full.ocsp_response = Bytes(0xffffff - 4);
  EXPECT_EQ(refusal(full), "taken");
  full.ocsp_response.push_back(0);
  EXPECT_EQ(refusal(full),
            "the certificate of CN=server.test has a larger OCSP response than a "
            "CertificateStatus can hold");
  full.signed_certificate_timestamps.push_back(0);
  EXPECT_EQ(refusal(full),
            "the certificate of CN=server.test has more certificate timestamps than a "
            "ServerHello can hold");
}

TEST(Credential, IsRefusedIfItsKeyMayNotSign) {
  EXPECT_EQ(refusal(credential("rsa-encipherment")),
            "the certificate of CN=server.test may not sign: its keyUsage lacks digitalSignature");
}

TEST(Credential, IsRefusedWithAKeyThatWeDoNotUse) {
  EXPECT_EQ(refusal_of_certificate("p521"),
            "the certificate of CN=test has a key of no use (secp521r1): its curve is not used");
  EXPECT_EQ(refusal_of_certificate("rsa-1024"),
            "the certificate of CN=test has a key of no use (RSA 1024): RSA keys below 2048 bits "
            "are too weak");
}

TEST(Credentials, AreGivenAsTheyWereSet) {
  const auto rsa = shared("rsa");
  const auto p256 = shared("p256");
  Credentials credentials({rsa, p256});
  const auto before = credentials.get();
  credentials.set({p256});
  EXPECT_EQ(*before, (Credentials::List{rsa, p256}));  // who has the list keeps it
  EXPECT_EQ(*credentials.get(), (Credentials::List{p256}));
}

TEST(Credentials, RefuseAListThatServesNobody) {
  EXPECT_THROW(Credentials({}), std::invalid_argument);
  EXPECT_THROW(Credentials({nullptr}), std::invalid_argument);
  EXPECT_THROW(Credentials({shared("rsa"), shared("rsa-encipherment")}), std::invalid_argument);
}

TEST(Credentials, StayAsTheyWereWhenOthersAreRefused) {
  Credentials credentials({shared("rsa")});
  const auto before = credentials.get();
  EXPECT_THROW(credentials.set({}), std::invalid_argument);
  EXPECT_EQ(credentials.get(), before);
}

TEST(Credentials, MayBeSetWhileOthersRead) {
  const auto rsa = shared("rsa");
  const auto p256 = shared("p256");
  Credentials credentials({rsa});
  std::thread writer([&] {
    for (int i = 0; i < 500; ++i) credentials.set({i % 2 == 0 ? p256 : rsa});
  });
  for (int i = 0; i < 500; ++i) EXPECT_EQ(credentials.get()->size(), 1U);
  writer.join();
}

}  // namespace
}  // namespace glasstls::handshake
