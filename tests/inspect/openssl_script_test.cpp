// The scripts are run, with the openssl program of this machine.
#include "inspect/openssl_script.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "inspect/redact.h"
#include "tests/inspect/document_samples.h"
#include "tests/interop/process.h"

namespace glasstls::inspect {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

/// A folder that goes away.
class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "glasstls_script_XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string add(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Answer {
  int exit_code = 0;
  std::string said;
};

Answer run(const OpensslScript& script, const std::vector<std::string>& arguments = {},
           const std::vector<std::string>& environment = {}) {
  EXPECT_EQ(script.refusal, "");
  const Folder folder;
  const fs::path temporary = folder.path() / "temporary";
  fs::create_directory(temporary);
  std::vector<std::string> command{"env", "TMPDIR=" + temporary.string()};
  command.insert(command.end(), environment.begin(), environment.end());
  command.insert(command.end(), {"/bin/sh", folder.add("check.sh", script.text)});
  command.insert(command.end(), arguments.begin(), arguments.end());
  test::Process process(command);
  process.end_input();
  const int exit_code = process.wait();
  EXPECT_TRUE(fs::is_empty(temporary)) << "it leaves files behind";
  return {exit_code, process.output() + process.error()};
}

std::string trusted() { return GLASSTLS_TEST_DATA "/data/tls/ca.pem"; }

#define NEEDS_OPENSSL() \
  if (test::find_program("openssl").empty()) GTEST_SKIP() << "openssl is not installed"

// --- Connections that are as they should be

struct Kind {
  const char* name;
  test::Choices choices;
};

class ScriptOf : public testing::TestWithParam<Kind> {};

std::vector<Kind> kinds() {
  using crypto::CipherSuite;
  using crypto::NamedGroup;
  using crypto::SignatureScheme;
  const auto kind = [](const char* name, CipherSuite suite, NamedGroup group,
                       SignatureScheme scheme, const char* identity, bool extended) {
    test::Choices choices;
    choices.suite = suite;
    choices.group = group;
    choices.scheme = scheme;
    choices.identity = identity;
    choices.extended_master_secret = extended;
    return Kind{name, choices};
  };
  return {
      kind("RsaPssAes256", CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, NamedGroup::x25519,
           SignatureScheme::rsa_pss_rsae_sha256, "rsa", true),
      kind("RsaPkcs1Aes128", CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
           NamedGroup::secp256r1, SignatureScheme::rsa_pkcs1_sha384, "rsa", false),
      kind("RsaChaCha20", CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
           NamedGroup::secp384r1, SignatureScheme::rsa_pss_rsae_sha512, "rsa", true),
      kind("EcdsaAes128", CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
           NamedGroup::secp256r1, SignatureScheme::ecdsa_secp256r1_sha256, "p256", true),
      kind("EcdsaP384Aes256", CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
           NamedGroup::secp384r1, SignatureScheme::ecdsa_secp384r1_sha384, "p384", false),
      kind("Ed25519ChaCha20", CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
           NamedGroup::x25519, SignatureScheme::ed25519, "ed25519", true),
  };
}

INSTANTIATE_TEST_SUITE_P(All, ScriptOf, testing::ValuesIn(kinds()),
                         [](const auto& test) { return test.param.name; });

TEST_P(ScriptOf, AFullHandshakeAgreesInEverything) {
  NEEDS_OPENSSL();
  const Document document = test::document_of(GetParam().choices);
  const Answer answer = run(openssl_script(document), {trusted()});
  EXPECT_EQ(answer.exit_code, 0) << answer.said;
  for (const char* value :
       {"the server's signature (good)", "premaster_secret", "master_secret", "key_block",
        "client_write_key", "server_write_key", "client_write_IV", "server_write_IV",
        "client_handshake_hash", "client_verify_data", "verify_data in the client's Finished",
        "server_verify_data", "the client's record 3: nonce", "the client's record 3: plaintext",
        "the client's record 3: additional data", "the client's record 3: tag",
        "the name in the certificate (good)", "the server's chain (good)"})
    EXPECT_THAT(answer.said, HasSubstr("ok       " + std::string(value))) << answer.said;
  EXPECT_THAT(answer.said, Not(HasSubstr("skipped"))) << answer.said;
}

TEST_P(ScriptOf, AFullHandshakeIsAsShellcheckWantsIt) {
  if (test::find_program("shellcheck").empty()) GTEST_SKIP() << "shellcheck is not installed";
  const Folder folder;
  const std::string text = openssl_script(test::document_of(GetParam().choices)).text;
  test::Process check({"shellcheck", folder.add("check.sh", text)});
  check.end_input();
  EXPECT_EQ(check.wait(), 0) << check.output();
}

TEST(OpensslScript, ChecksTheClientsSignatureToo) {
  NEEDS_OPENSSL();
  const Answer answer = run(openssl_script(test::document_of_pair(false)));
  EXPECT_EQ(answer.exit_code, 0) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("ok       the client's signature (good)"));
  EXPECT_THAT(answer.said,
              HasSubstr("skipped  the server's chain: no trusted certificates were given"));
}

TEST(OpensslScript, SaysWhatOfAResumedConnectionCannotBeDerived) {
  NEEDS_OPENSSL();
  const Answer answer = run(openssl_script(test::document_of_pair(true)));
  EXPECT_EQ(answer.exit_code, 0) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("skipped  master_secret: it is that of the session"));
  EXPECT_THAT(answer.said, HasSubstr("ok       key_block"));
  EXPECT_THAT(answer.said, HasSubstr("ok       verify_data in the client's Finished"));
}

TEST(OpensslScript, DoesWithoutThePremasterSecretAsAfterAKeyLog) {
  NEEDS_OPENSSL();
  Document document = test::document_of();
  for (Secret& secret : document.secrets)
    if (secret.name == "premaster_secret" || secret.name == "ephemeral_private_key") {
      secret.state = Knowledge::unknown;
      secret.output.clear();
    }
  const Answer answer = run(openssl_script(document));
  EXPECT_EQ(answer.exit_code, 0) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("skipped  premaster_secret: it needs the ephemeral private"));
  EXPECT_THAT(answer.said, HasSubstr("skipped  master_secret: the premaster secret is not known"));
  EXPECT_THAT(answer.said, HasSubstr("ok       key_block"));
}

TEST(OpensslScript, ChecksTheSignatureOfAConnectionWithoutSecrets) {
  NEEDS_OPENSSL();
  Document document = test::document_of();
  for (Secret& secret : document.secrets) {
    secret.state = Knowledge::unknown;
    secret.output.clear();
  }
  const Answer answer = run(openssl_script(document));
  EXPECT_EQ(answer.exit_code, 0) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("ok       the server's signature (good)"));
  EXPECT_THAT(answer.said, HasSubstr("skipped  the key schedule: the master secret is not known"));
}

// --- Values that are not as they should be

void expect_difference(const Document& document, const std::string& what) {
  const Answer answer = run(openssl_script(document));
  EXPECT_EQ(answer.exit_code, 1) << what << "\n" << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("DIFFERS  " + what)) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("Something differs."));
}

TEST(OpensslScript, FindsEveryAlteredSecret) {
  NEEDS_OPENSSL();
  const Document good = test::document_of();
  for (Id id = 0; id < good.secrets.size(); ++id) {
    if (good.secrets[id].state != Knowledge::known) continue;
    Document document = good;
    document.secrets[id].output.back() ^= 1;
    const Answer answer = run(openssl_script(document));
    EXPECT_EQ(answer.exit_code, 1) << good.secrets[id].name << "\n" << answer.said;
    EXPECT_THAT(answer.said, HasSubstr("DIFFERS  ")) << good.secrets[id].name;
  }
}

class AlteredRecord : public testing::TestWithParam<bool> {};  // by ChaCha20

INSTANTIATE_TEST_SUITE_P(Aeads, AlteredRecord, testing::Values(false, true),
                         [](const auto& test) { return test.param ? "ChaCha20" : "AesGcm"; });

TEST_P(AlteredRecord, IsFoundByItsPart) {
  NEEDS_OPENSSL();
  const Document good = test::document_of(kinds()[GetParam() ? 2 : 0].choices);
  Id id = 0;
  while (good.records[id].side != Side::client || good.records[id].protection != Protection::opened)
    ++id;
  const std::string name = "the client's record " + std::to_string(good.records[id].number) + ": ";
  Document document = good;
  document.records[id].nonce[0] ^= 1;
  expect_difference(document, name + "nonce");
  document = good;
  document.records[id].additional_data[12] ^= 1;
  expect_difference(document, name + "additional data");
  document = good;
  const Range& tag = *document.records[id].tag;
  document.buffers[tag.buffer].bytes[tag.offset + 15] ^= 1;
  expect_difference(document, name + "tag");
  document = good;
  const Range& ciphertext = *document.records[id].ciphertext;
  document.buffers[ciphertext.buffer].bytes[ciphertext.offset] ^= 1;
  expect_difference(document, name + "plaintext");
}

TEST(OpensslScript, FindsAVerdictThatIsWrong) {
  NEEDS_OPENSSL();
  const Document good = test::document_of();
  const std::pair<const char*, const char*> verdicts[] = {
      {"server_signature", "the server's signature"},
      {"certificate_name", "the name in the certificate"}};
  for (const auto& [check, what] : verdicts) {
    Document document = good;
    for (Check& row : document.checks)
      if (row.name == check) row.verdict = Verdict::failed;
    expect_difference(document, what);
  }
}

TEST(OpensslScript, FindsAnAlteredSignature) {
  NEEDS_OPENSSL();
  Document document = test::document_of();
  for (const Field& field : document.fields)
    if (field.path == "ServerKeyExchange.signed_params.signature")
      document.buffers[field.content.buffer].bytes[field.content.offset] ^= 1;
  expect_difference(document, "the server's signature: openssl says bad");
}

TEST(OpensslScript, FindsAChainThatOpensslDoesNotTrust) {
  NEEDS_OPENSSL();
  const std::string other = (fs::path(trusted()).parent_path() / "other-ca.pem").string();
  const Answer answer = run(openssl_script(test::document_of()), {other});
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_THAT(answer.said, HasSubstr("DIFFERS  the server's chain: openssl says bad"));
}

// --- What it needs

TEST(OpensslScript, SaysThatItNeedsOpenssl) {
  const OpensslScript script = openssl_script(test::document_of());
  const Answer none = run(script, {}, {"PATH=/nowhere"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.said, HasSubstr("this needs the openssl program, version 3.0 or later"));
  const Folder folder;
  const std::string old = folder.add("openssl", "#!/bin/sh\necho 'OpenSSL 1.1.1w  11 Sep 2023'\n");
  fs::permissions(old, fs::perms::owner_all);
  const Answer answer = run(script, {}, {"PATH=" + folder.path().string() + ":/usr/bin:/bin"});
  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.said, HasSubstr("version 3.0 or later"));
}

TEST(OpensslScript, SaysHowItIsUsed) {
  NEEDS_OPENSSL();
  const OpensslScript script = openssl_script(test::document_of());
  EXPECT_EQ(run(script, {"/nowhere/ca.pem"}).exit_code, 2);
  EXPECT_EQ(run(script, {trusted(), trusted()}).exit_code, 2);
}

// --- Refusals

void expect_refusal(const Document& document, const std::string& why) {
  const OpensslScript script = openssl_script(document);
  EXPECT_EQ(script.text, "");
  EXPECT_THAT(script.refusal, HasSubstr(why));
}

TEST(OpensslScript, IsRefusedForARedactedDocument) {
  Document document = test::document_of();
  redact(document);
  expect_refusal(document, "redacted");
}

TEST(OpensslScript, IsRefusedWithoutAServerHello) { expect_refusal({}, "no ServerHello"); }

TEST(OpensslScript, IsRefusedForOtherVersions) {
  Document document = test::document_of();
  document.connection.version = {0x0304, "TLS 1.3"};
  expect_refusal(document, "not TLS 1.2");
}

TEST(OpensslScript, IsRefusedWhereNothingCanBeChecked) {
  Document document;
  document.connection.negotiated = true;
  document.connection.version = {0x0303, "TLS 1.2"};
  expect_refusal(document, "nothing of this connection can be checked");
}

// --- Strangers' texts

TEST(OpensslScript, HoldsNoTextOfStrangers) {
  const std::string text = "'\"; touch owned; $(touch owned) `touch owned`\nEND\ntouch owned\n#";
  Document document = test::document_of();
  Connection& connection = document.connection;
  connection.source = connection.client = connection.server = connection.prelude = text;
  connection.server_name = connection.application_protocol = connection.resumed = text;
  connection.cipher_suite.name = connection.version.name = connection.signature_scheme = text;
  connection.group = text;
  for (Field& field : document.fields) field.text = field.number.name = text;
  for (Certificate& certificate : document.certificates)
    certificate.subject = certificate.issuer = text;
  for (Check& check : document.checks) check.reason = {text, {text, text}};
  for (Record& record : document.records) record.type.name = text;
  document.messages.front().name = text;
  for (Secret& secret : document.secrets) secret.formula = secret.label = text;
  const OpensslScript script = openssl_script(document);
  ASSERT_NE(script.text, "");
  EXPECT_THAT(script.text, Not(HasSubstr("owned;")));
  EXPECT_THAT(script.text, Not(HasSubstr("touch owned")));
  EXPECT_THAT(script.text, Not(HasSubstr("$(touch")));
}

TEST(OpensslScript, GivesAHostileNameToOpensslAsAName) {
  NEEDS_OPENSSL();
  Document document = test::document_of();
  for (const Field& field : document.fields)
    if (field.name == "host_name")
      for (std::size_t i = 0; i < field.content.length; ++i)
        document.buffers[field.content.buffer].bytes[field.content.offset + i] =
            static_cast<std::uint8_t>("`exit 77`;;;;"[i]);
  const Answer answer = run(openssl_script(document));
  EXPECT_EQ(answer.exit_code, 1) << answer.said;
  EXPECT_THAT(answer.said, HasSubstr("DIFFERS  the name in the certificate: openssl says bad"));
}

}  // namespace
}  // namespace glasstls::inspect
