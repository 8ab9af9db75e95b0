// What we make, judged by the tools that others use for it: certificates, requests, private keys.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "tests/interop/peers.h"
#include "tests/support/test_random.h"
#include "x509/encode.h"
#include "x509/issue.h"
#include "x509/name_text.h"
#include "x509/pem.h"
#include "x509/private_key.h"
#include "x509/request.h"

namespace glasstls::test {
namespace {

using crypto::PrivateKey;
using x509::Certificate;
using x509::CertificateKind;
using x509::CertificateSpec;

PrivateKey generate(const std::string& kind, crypto::RandomSource& random) {
  if (kind == "rsa") return PrivateKey::generate_rsa(2048, random);
  if (kind == "p256") return PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random);
  if (kind == "p384") return PrivateKey::generate_ec(crypto::NamedGroup::secp384r1, random);
  return PrivateKey::generate_ed25519(random);
}

CertificateSpec spec(CertificateKind kind, std::string_view subject) {
  CertificateSpec spec;
  spec.kind = kind;
  spec.subject = x509::parse_name(subject).value();
  spec.not_before = x509::time_from(2025, 1, 1, 0, 0, 0).value();
  spec.not_after = x509::time_from(2045, 1, 1, 0, 0, 0).value();
  return spec;
}

x509::GeneralName dns(std::string_view name) {
  return {x509::GeneralNameKind::dNSName, wire::copy(wire::as_bytes(name)), {}};
}

CertificateSpec server_spec(std::string_view subject) {
  CertificateSpec server = spec(CertificateKind::server, subject);
  server.names = {dns("test"), dns("localhost")};
  return server;
}

/// A root, an intermediate, a server and a client, all with keys of one kind, in files.
class Making : public testing::TestWithParam<std::string> {
 protected:
  Making()
      : random_("making " + GetParam()),
        root_key_(generate(GetParam(), random_)),
        root_(self_sign(spec(CertificateKind::root, "CN=Lab CA,O=Lab,C=DE"), root_key_, random_)),
        middle_key_(generate(GetParam(), random_)),
        middle_(issue(spec(CertificateKind::intermediate, "CN=Lab Intermediate,O=Lab,C=DE"),
                      middle_key_.public_key(), {root_, root_key_}, random_)),
        key_(generate(GetParam(), random_)) {
    write("root.pem", pem(root_));
    write("middle.pem", pem(middle_));
    write("root-key.pem", wire::as_text(x509::private_key_pem(root_key_).reveal()));
    write("key.pem", wire::as_text(x509::private_key_pem(key_).reveal()));
  }

  static std::string pem(const Certificate& certificate) {
    return x509::to_pem("CERTIFICATE", certificate.der());
  }
  void write(const std::string& name, std::string_view content) {
    folder_.write(name, std::string(content));
  }
  std::string path(const std::string& name) const { return folder_.file(name); }
  Bytes read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return wire::copy(wire::as_bytes(text));
  }

  Certificate issue_leaf(const CertificateSpec& wanted) {
    const Certificate leaf = issue(wanted, key_.public_key(), {middle_, middle_key_}, random_);
    write("leaf.pem", pem(leaf));
    write("chain.pem", pem(leaf) + pem(middle_) + pem(root_));
    return leaf;
  }

  // Runs a program to its end; tells what it said unless it succeeded.
  static testing::AssertionResult succeeds(const std::vector<std::string>& command) {
    Process process(command);
    process.end_input();
    if (process.wait() == 0) return testing::AssertionSuccess();
    return testing::AssertionFailure() << process.describe();
  }

  testing::AssertionResult openssl_verifies(const std::string& purpose) {
    return succeeds({"openssl", "verify", "-x509_strict", "-policy_check", "-CAfile",
                     path("root.pem"), "-untrusted", path("middle.pem"), "-purpose", purpose,
                     path("leaf.pem")});
  }

  TestRandom random_;
  PrivateKey root_key_;
  Certificate root_;
  PrivateKey middle_key_;
  Certificate middle_;
  PrivateKey key_;

 private:
  TemporaryFolder folder_;
};

TEST_P(Making, OpensslTakesServersAndClientsInItsStrictestMode) {
  GLASSTLS_NEEDS("openssl", "openssl");
  issue_leaf(server_spec("CN=test"));
  EXPECT_TRUE(openssl_verifies("sslserver"));
  issue_leaf(server_spec(""));
  EXPECT_TRUE(openssl_verifies("sslserver"));
  EXPECT_FALSE(openssl_verifies("sslclient"));
  issue_leaf(spec(CertificateKind::client, "CN=someone"));
  EXPECT_TRUE(openssl_verifies("sslclient"));
}

TEST_P(Making, CerttoolTakesTheChain) {
  GLASSTLS_NEEDS("certtool", "gnutls-bin");
  issue_leaf(server_spec("CN=test"));
  EXPECT_TRUE(succeeds({"certtool", "--verify", "--load-ca-certificate", path("root.pem"),
                        "--verify-hostname", "test", "--verify-profile", "medium", "--infile",
                        path("chain.pem")}));
}

TEST_P(Making, BotanTakesTheChain) {
  GLASSTLS_NEEDS("botan", "botan");
  issue_leaf(server_spec("CN=test"));
  Process botan({"botan", "cert_verify", path("leaf.pem"), path("middle.pem"), path("root.pem")});
  botan.end_input();
  botan.wait();
  EXPECT_EQ(botan.output(), "Certificate passes validation checks\n") << botan.describe();
}

TEST_P(Making, OpensslTakesTheKeys) {
  GLASSTLS_NEEDS("openssl", "openssl");
  EXPECT_TRUE(succeeds({"openssl", "pkey", "-in", path("key.pem"), "-check", "-noout"}));
}

TEST_P(Making, OpensslIssuesFromOurRequestAndWeReadIt) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const std::vector<x509::GeneralName> names{dns("test")};
  const auto request =
      make_request(x509::parse_name("CN=test,O=Lab").value(),
                   {{x509::oid::subjectAltName, false, x509::encode(names)}}, key_, random_);
  write("request.pem", x509::to_pem("CERTIFICATE REQUEST", request.der()));
  EXPECT_TRUE(succeeds({"openssl", "req", "-in", path("request.pem"), "-verify", "-noout"}));
  ASSERT_TRUE(succeeds({"openssl", "x509", "-req", "-in", path("request.pem"), "-CA",
                        path("root.pem"), "-CAkey", path("root-key.pem"), "-CAcreateserial",
                        "-copy_extensions", "copyall", "-out", path("leaf.pem")}));
  const auto certificates = x509::parse_certificates(read("leaf.pem"));
  ASSERT_TRUE(certificates) << certificates.error().what;
  const Certificate& leaf = certificates->front();
  EXPECT_EQ(leaf.subject(), request.subject());
  EXPECT_TRUE(*leaf.public_key().key == key_.public_key());
  ASSERT_TRUE(leaf.extensions().subject_alt_name);
}

TEST_P(Making, WeIssueFromOpensslsRequest) {
  GLASSTLS_NEEDS("openssl", "openssl");
  ASSERT_TRUE(
      succeeds({"openssl", "req", "-new", "-key", path("key.pem"), "-subj", "/C=DE/O=Lab/CN=test",
                "-addext", "subjectAltName=DNS:test", "-out", path("request.pem")}));
  const auto request = x509::parse_request(read("request.pem"));
  ASSERT_TRUE(request) << request.error().what;
  EXPECT_TRUE(request->is_signed_by_its_key());
  CertificateSpec wanted = spec(CertificateKind::server, "");
  wanted.subject = request->subject();
  wanted.names = *request->requested_extensions().subject_alt_name;
  issue_leaf(wanted);
  EXPECT_TRUE(openssl_verifies("sslserver"));
}

TEST_P(Making, WeReadTheKeyThatOpensslEncrypts) {
  GLASSTLS_NEEDS("openssl", "openssl");
  ASSERT_TRUE(succeeds({"openssl", "pkcs8", "-topk8", "-in", path("key.pem"), "-v2", "aes-256-cbc",
                        "-passout", "pass:open sesame", "-out", path("encrypted.pem")}));
  const auto key = x509::parse_private_key(read("encrypted.pem"), wire::as_bytes("open sesame"));
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_TRUE(key->public_key() == key_.public_key());
}

INSTANTIATE_TEST_SUITE_P(Keys, Making, testing::Values("rsa", "p256", "p384", "ed25519"),
                         [](const auto& kind) { return kind.param; });

}  // namespace
}  // namespace glasstls::test
