#include "apps/credential_files.h"

#include <gmock/gmock.h>

#include "apps/error.h"
#include "tests/platform/scratch.h"

namespace glasstls::apps {
namespace {

using testing::HasSubstr;

std::string file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/x509/" + name;
}

std::string refusal(const std::string& certificate, const std::string& key,
                    const std::string& passphrase = {}) {
  try {
    static_cast<void>(load_credential(certificate, key, passphrase));
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(CredentialFiles, GiveTheChainAndItsKey) {
  const auto credential = load_credential(file("server-chain.pem"), file("server-ec256-key.pem"));
  EXPECT_GT(credential->chain.size(), 1U);
  ASSERT_TRUE(credential->key);
  EXPECT_EQ(credential->key->public_key(), credential->public_key());
}

TEST(CredentialFiles, MayBeDer) {
  const platform::ScratchDirectory scratch;
  const auto pem = load_credential(file("server-rsa.pem"), file("server-rsa-key.pem"));
  const std::string der = scratch.write("leaf.der", wire::as_text(pem->leaf().der()));
  EXPECT_EQ(load_credential(der, file("server-rsa-key.pem"))->leaf(), pem->leaf());
}

TEST(CredentialFiles, MayHaveAnEncryptedKey) {
  const platform::ScratchDirectory scratch;
  const std::string right = scratch.write("right", "secret\n");
  EXPECT_TRUE(load_credential(file("server-ec256.pem"), file("encrypted-key.pem"), right)->key);
  const std::string wrong = scratch.write("passphrase", "certainly not\n");
  EXPECT_THAT(refusal(file("server-ec256.pem"), file("encrypted-key.pem"), wrong),
              HasSubstr("encrypted-key.pem: "));
}

TEST(CredentialFiles, AreNamedWhenTheyAreMissing) {
  EXPECT_EQ(refusal("/nowhere/cert.pem", file("server-rsa-key.pem")),
            "/nowhere/cert.pem: No such file or directory");
  EXPECT_EQ(refusal(file("server-rsa.pem"), "/nowhere/key.pem"),
            "/nowhere/key.pem: No such file or directory");
}

TEST(CredentialFiles, AreNamedWhenTheyAreNotOfTheirKind) {
  EXPECT_THAT(refusal(file("server-rsa-key.pem"), file("server-rsa-key.pem")),
              HasSubstr("server-rsa-key.pem: "));
  EXPECT_THAT(refusal(file("server-rsa.pem"), file("server-rsa.pem")),
              HasSubstr("server-rsa.pem: "));
}

TEST(CredentialFiles, AreRefusedIfTheyAreNotOfEachOther) {
  EXPECT_EQ(refusal(file("server-rsa.pem"), file("server-ec256-key.pem")),
            file("server-rsa.pem") + " with " + file("server-ec256-key.pem") +
                ": the key is not that of the certificate of CN=test");
}

TEST(CredentialFiles, AreRefusedIfTheKeyMayNotSign) {
  const std::string folder = std::string(GLASSTLS_TEST_DATA) + "/data/tls/";
  EXPECT_THAT(refusal(folder + "rsa-encipherment.pem", folder + "rsa-encipherment.key"),
              HasSubstr("may not sign: its keyUsage lacks digitalSignature"));
}

}  // namespace
}  // namespace glasstls::apps
