// The classic tutorial (CA key and certificate, server key and request, certificate signed by the
// CA), each step made by us or by the openssl command, in every combination. What comes out is
// judged by both.
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <tuple>
#include <vector>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

/// Runs a program to its end; it must succeed. Its standard output.
std::string succeed(const Words& command) {
  Process process(command);
  process.end_input();
  EXPECT_EQ(process.wait(), 0) << process.describe();
  return process.output();
}

std::string ours(const Words& arguments) {
  const Client done = run_glasstls(arguments);
  EXPECT_EQ(done.exit_code, 0) << done.all;
  return done.output;
}

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// What `openssl genpkey` wants for a kind of key of ours.
Words genpkey_options(const std::string& kind) {
  if (kind == "rsa") return {"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"};
  if (kind == "ec") return {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"};
  if (kind == "p384") return {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"};
  return {"-algorithm", "ED25519"};
}

class Tutorial {
 public:
  explicit Tutorial(std::string kind) : kind_(std::move(kind)) {}

  std::string file(const std::string& name) const { return folder_.file(name); }

  void our_ca() const {
    ours({"cert", "ca", "--subject", "CN=Tutorial CA", "--key-type", kind_, "--key-out",
          file("ca-key.pem"), "--out", file("ca-cert.pem")});
  }
  void openssl_ca() const {
    succeed(Words{"openssl", "genpkey", "-out", file("ca-key.pem")} + genpkey_options(kind_));
    succeed({"openssl", "req", "-x509", "-new", "-key", file("ca-key.pem"), "-days", "3650",
             "-subj", "/CN=Tutorial CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out",
             file("ca-cert.pem")});
  }

  void our_request() const {
    ours({"cert", "request", "--name", "example.test", "--name", "127.0.0.1", "--key-type", kind_,
          "--key-out", file("server-key.pem"), "--out", file("server.csr")});
  }
  void openssl_request() const {
    succeed(Words{"openssl", "genpkey", "-out", file("server-key.pem")} + genpkey_options(kind_));
    succeed({"openssl", "req", "-new", "-key", file("server-key.pem"), "-subj", "/CN=example.test",
             "-addext", "subjectAltName=DNS:example.test,IP:127.0.0.1", "-out",
             file("server.csr")});
  }

  void our_issue() const {
    ours({"cert", "issue", "--ca", file("ca-cert.pem"), "--ca-key", file("ca-key.pem"), "--request",
          file("server.csr"), "--copy-extensions", "--out", file("server-cert.pem")});
  }
  void openssl_issue() const {
    const std::string extensions = folder_.write(
        "extensions.cnf",
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        "extendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
    succeed({"openssl", "x509", "-req", "-in", file("server.csr"), "-CA", file("ca-cert.pem"),
             "-CAkey", file("ca-key.pem"), "-CAcreateserial", "-days", "30", "-copy_extensions",
             "copy", "-extfile", extensions, "-out", file("server-cert.pem")});
  }

  /// The openssl command reads the key and the request, and both judges trust the certificate.
  void judge() const {
    succeed({"openssl", "pkey", "-in", file("server-key.pem"), "-check", "-noout"});
    succeed({"openssl", "req", "-in", file("server.csr"), "-verify", "-noout"});
    for (const std::string name : {"example.test", "127.0.0.1"}) {
      const std::string option = name == "127.0.0.1" ? "-verify_ip" : "-verify_hostname";
      succeed({"openssl", "verify", "-x509_strict", "-purpose", "sslserver", option, name,
               "-CAfile", file("ca-cert.pem"), file("server-cert.pem")});
      ours({"cert", "verify", "--strict", "--ca", file("ca-cert.pem"), "--name", name,
            file("server-cert.pem")});
    }
  }

 private:
  std::string kind_;
  TemporaryFolder folder_;
};

enum class Maker { us, openssl };
using Steps = std::tuple<std::string, Maker, Maker, Maker>;  // key, CA, request, certificate

class Interchange : public testing::TestWithParam<Steps> {};

TEST_P(Interchange, HoldsAtEveryStepOfTheTutorial) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const auto& [kind, ca, request, certificate] = GetParam();
  const Tutorial tutorial(kind);
  ca == Maker::us ? tutorial.our_ca() : tutorial.openssl_ca();
  request == Maker::us ? tutorial.our_request() : tutorial.openssl_request();
  certificate == Maker::us ? tutorial.our_issue() : tutorial.openssl_issue();
  tutorial.judge();
}

std::string name_of(const testing::TestParamInfo<Steps>& steps) {
  const auto by = [](Maker maker) { return maker == Maker::us ? "us" : "openssl"; };
  return std::get<0>(steps.param) + "_ca_by_" + by(std::get<1>(steps.param)) + "_request_by_" +
         by(std::get<2>(steps.param)) + "_issued_by_" + by(std::get<3>(steps.param));
}

const auto makers = testing::Values(Maker::us, Maker::openssl);

INSTANTIATE_TEST_SUITE_P(Tutorial, Interchange,
                         testing::Combine(testing::Values("rsa", "ec", "p384", "ed25519"), makers,
                                          makers, makers),
                         name_of);

// --- The program alone --------------------------------------------------------------------------

unsigned mode_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

TEST(Lab, IsTrustedByBothAndKeepsItsKeysToItself) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  ours({"cert", "lab", folder.file("lab"), "--key", "ec", "--intermediate"});
  const std::string lab = folder.file("lab/");
  for (const std::string name : {"ca", "intermediate", "server", "client"})
    EXPECT_EQ(mode_of(lab + name + "-key.pem"), 0600U) << name;
  for (const std::string name : {"test", "localhost"})
    succeed({"openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", name,
             "-CAfile", lab + "ca-cert.pem", "-untrusted", lab + "server-chain.pem",
             lab + "server-cert.pem"});
  for (const std::string name : {"127.0.0.1", "::1"})
    ours({"cert", "verify", "--strict", "--ca", lab + "ca-cert.pem", "--name", name, "--untrusted",
          lab + "server-chain.pem", lab + "server-cert.pem"});
  succeed({"openssl", "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile",
           lab + "ca-cert.pem", lab + "client-cert.pem"});
  ours({"cert", "verify", "--strict", "--ca", lab + "ca-cert.pem", "--purpose", "client",
        lab + "client-cert.pem"});
}

TEST(Lab, IsOverwrittenByForceOnly) {
  const TemporaryFolder folder;
  const Words make = {"cert", "lab", folder.path(), "--key", "ed25519"};
  ours(make);
  const Client again = run_glasstls(make);
  EXPECT_EQ(again.exit_code, 2) << again.all;
  EXPECT_TRUE(again.says("ca-key.pem exists; --force replaces it")) << again.all;
  ours(make + Words{"--force"});
}

TEST(Lab, ServesAndIsVerifiedWithItsOwnFiles) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder folder;
  ours({"cert", "lab", folder.path(), "--intermediate"});
  const Server server =
      openssl_server({folder.file("server-cert.pem"), folder.file("server-key.pem")},
                     {"-cert_chain", folder.file("intermediate-cert.pem")});
  const Client client = run_glasstls({"client", "127.0.0.1:" + std::to_string(server.port), "--ca",
                                      folder.file("ca-cert.pem"), "--linger", "0", "--send", ""});
  EXPECT_EQ(client.exit_code, 0) << client.all;
}

TEST(Issue, WritesToStandardOutputAndTellsTheRestOnStandardError) {
  const TemporaryFolder folder;
  const std::string key = folder.file("key.pem");
  ours({"cert", "key", "--type", "ec", "--out", key});
  EXPECT_EQ(mode_of(key), 0600U);
  const std::string ca =
      folder.write("ca.pem", ours({"cert", "ca", "--subject", "/O=Example/CN=CA", "--key", key}));
  const std::string request = folder.write(
      "a.csr", ours({"cert", "request", "--name", "a.test", "--key-out", folder.file("a.pem")}));
  const Client issued = run_glasstls(
      {"cert", "issue", "--ca", ca, "--ca-key", key, "--request", "-", "--copy-extensions"},
      succeed({"cat", request}));
  EXPECT_EQ(issued.exit_code, 0) << issued.all;
  EXPECT_TRUE(issued.output.starts_with("-----BEGIN CERTIFICATE-----\n")) << issued.all;
  EXPECT_TRUE(issued.says("requested subjectAltName: DNS:a.test (copied)")) << issued.all;
}

/// One CA and one request, for refusals and purposes.
class Issuing : public testing::Test {
 protected:
  void SetUp() override {
    ours({"cert", "ca", "--subject", "CN=CA", "--key-type", "ec", "--key-out", file("ca-key.pem"),
          "--out", file("ca.pem"), "--days", "30", "--path-length", "1"});
    ours({"cert", "request", "--subject", "CN=a", "--name", "a.test", "--key-type", "ec",
          "--key-out", file("a-key.pem"), "--out", file("a.csr")});
  }
  std::string file(const std::string& name) const { return folder_.file(name); }
  Client issue(const Words& more) const {
    return run_glasstls(Words{"cert", "issue", "--ca", file("ca.pem"), "--ca-key",
                              file("ca-key.pem"), "--request", file("a.csr")} +
                        more);
  }

  TemporaryFolder folder_;
};

TEST_F(Issuing, RefusesAServerWithoutAName) {
  const Client refused = issue({});
  EXPECT_EQ(refused.exit_code, 2) << refused.all;
  EXPECT_TRUE(refused.says(
      "a server's certificate needs a DNS name or an IP address, and the common "
      "name does not count (RFC 9525, 6.3): give --name HOST, or --copy-extensions for "
      "those that are requested (DNS:a.test)"))
      << refused.all;
  EXPECT_EQ(refused.output, "");
}

TEST_F(Issuing, DoesNotOutliveTheCaAndSaysSo) {
  const Client issued = issue({"--name", "b.test", "--days", "60"});
  EXPECT_EQ(issued.exit_code, 0) << issued.all;
  EXPECT_TRUE(issued.says("note: valid until")) << issued.all;
  EXPECT_TRUE(issued.says("names: DNS:b.test")) << issued.all;
}

TEST_F(Issuing, RefusesTheCasOwnNameAndAPathLengthWithoutACa) {
  const Client same = issue({"--name", "b.test", "--subject", "CN=CA"});
  EXPECT_EQ(same.exit_code, 2) << same.all;
  EXPECT_TRUE(same.says("the request's subject is the CA's own, CN=CA")) << same.all;
  const Client length = issue({"--name", "b.test", "--path-length", "1"});
  EXPECT_EQ(length.exit_code, 2) << length.all;
  EXPECT_TRUE(length.says("--path-length is for --purpose ca")) << length.all;
}

TEST_F(Issuing, MakesAClientsCertificateWithoutNames) {
  ASSERT_EQ(issue({"--purpose", "client", "--out", file("a.pem")}).exit_code, 0);
  ours(
      {"cert", "verify", "--strict", "--ca", file("ca.pem"), "--purpose", "client", file("a.pem")});
}

TEST_F(Issuing, MakesAnIntermediateAndItsChain) {
  const Client ca = issue({"--purpose", "ca", "--subject", "CN=Sub CA", "--out", file("sub.pem")});
  ASSERT_EQ(ca.exit_code, 0) << ca.all;
  ours({"cert", "request", "--name", "b.test", "--key-type", "ec", "--key-out", file("b-key.pem"),
        "--out", file("b.csr")});
  const Client leaf =
      run_glasstls({"cert", "issue", "--ca", file("sub.pem"), "--ca-key", file("a-key.pem"),
                    "--request", file("b.csr"), "--copy-extensions", "--out", file("b.pem"),
                    "--chain-out", file("chain.pem")});
  ASSERT_EQ(leaf.exit_code, 0) << leaf.all;
  ours({"cert", "verify", "--strict", "--ca", file("ca.pem"), "--name", "b.test",
        file("chain.pem")});
  const Client below =
      run_glasstls({"cert", "issue", "--ca", file("sub.pem"), "--ca-key", file("a-key.pem"),
                    "--request", file("b.csr"), "--purpose", "ca"});
  EXPECT_EQ(below.exit_code, 2) << below.all;
  EXPECT_TRUE(below.says("CN=Sub CA may not sign other CAs: its pathLenConstraint is 0"))
      << below.all;
}

TEST_F(Issuing, KnowsThreePurposes) {
  const Client refused = issue({"--purpose", "root"});
  EXPECT_EQ(refused.exit_code, 2) << refused.all;
  EXPECT_TRUE(refused.says("'root' is none of server, client, ca")) << refused.all;
}

TEST_F(Issuing, NeverOverwritesItsInputs) {
  const Client refused = issue({"--name", "b.test", "--out", file("ca-key.pem"), "--force"});
  EXPECT_EQ(refused.exit_code, 2) << refused.all;
  EXPECT_TRUE(refused.says("ca-key.pem is an input of this command")) << refused.all;
}

TEST(CertCommand, NamesWhatIsNotASubcommand) {
  const Client unknown = run_glasstls({"cert", "isue"});
  EXPECT_EQ(unknown.exit_code, 2) << unknown.all;
  EXPECT_TRUE(unknown.says("isue")) << unknown.all;
  const Client none = run_glasstls({"cert"});
  EXPECT_EQ(none.exit_code, 2) << none.all;
  EXPECT_TRUE(none.says("A subcommand is required")) << none.all;
}

TEST(CertCommand, BeginsItsHelpWithExamples) {
  for (const Words& command :
       {Words{"cert"}, Words{"cert", "lab"}, Words{"cert", "key"}, Words{"cert", "ca"},
        Words{"cert", "request"}, Words{"cert", "issue"}, Words{"cert", "zoo"}}) {
    const Client help = run_glasstls(command + Words{"--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_TRUE(help.output.starts_with("Examples:\n  glasstls cert ")) << help.output;
  }
}

TEST(ZooCommand, WritesTheManifestAndEveryFileItNames) {
  const TemporaryFolder folder;
  const Client made = run_glasstls({"cert", "zoo", folder.file("zoo")});
  EXPECT_EQ(made.exit_code, 0) << made.all;
  EXPECT_EQ(mode_of(folder.file("zoo/leaf-key.pem")), 0600U);
  EXPECT_EQ(mode_of(folder.file("zoo/manifest.json")) & 0400U, 0400U);
  ours({"cert", "verify", "--ca", folder.file("zoo/root.pem"), "--untrusted",
        folder.file("zoo/intermediate.pem"), "--name", "www.example.test",
        folder.file("zoo/good.pem")});
  EXPECT_EQ(run_glasstls({"cert", "zoo", folder.file("zoo")}).exit_code, 2);
}

}  // namespace
}  // namespace glasstls::test
