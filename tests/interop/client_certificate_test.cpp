// Our client shows its certificate to real servers that ask. RFC 5246, 7.4.4, 7.4.6 and 7.4.8.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/interop/free_port.h"
#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A lab whose keys are of one kind: see `glasstls cert lab --key`.
class LabFiles {
 public:
  explicit LabFiles(const std::string& kind) {
    const Client made = run_glasstls({"cert", "lab", folder_.file("lab"), "--key", kind});
    EXPECT_EQ(made.exit_code, 0) << made.all;
  }
  std::string ca() const { return folder_.file("lab/ca-cert.pem"); }
  Words client() const {
    return {"--cert", folder_.file("lab/client-cert.pem"), "--key",
            folder_.file("lab/client-key.pem")};
  }

 private:
  TemporaryFolder folder_;
};

/// Asks each client for a certificate of that CA; with "-Verify" it must have one.
Server asking_server(const std::string& ca, const std::string& verify = "-Verify",
                     const Words& options = {}) {
  return openssl_server(
      rsa_identity(),
      joined({"-rev", "-tls1_2", verify, "3", "-verify_return_error", "-CAfile", ca}, options));
}

const Words conversation = {"--send", "abc\nCLOSE\n", "--linger", "60"};

Client talk(const Server& server, const Words& options) {
  return run_client(server.port, joined(conversation, options));
}

struct Kind {
  const char* key;
  const char* scheme;
};

class ClientCertificate : public testing::TestWithParam<Kind> {};

TEST_P(ClientCertificate, IsAcceptedByOpenSsl) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles lab(GetParam().key);
  const Server server = asking_server(lab.ca());
  const Client client = talk(server, lab.client());
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_EQ(client.output, "cba\n");
  EXPECT_TRUE(client.says(std::string("our certificate was asked for and shown, signed with ") +
                          GetParam().scheme))
      << client.all;
  server.process->wait();
  EXPECT_THAT(server.process->output() + server.process->error(),
              HasSubstr("Peer certificate: CN = client"));
}

TEST_P(ClientCertificate, IsAcceptedByGnuTls) {
  GLASSTLS_NEEDS("gnutls-serv", "gnutls-bin");
  const LabFiles lab(GetParam().key);
  const Server server = gnutls_server(
      rsa_identity(), {"--http", "--require-client-cert", "--verify-client-cert", "--x509cafile",
                       lab.ca(), "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2"});
  const Client client = run_client(
      server.port, joined({"--send", "GET / HTTP/1.0\r\n\r\n", "--linger", "60"}, lab.client()));
  EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
  EXPECT_THAT(client.output, HasSubstr("200 OK")) << client.all;
  EXPECT_TRUE(client.says(std::string("shown, signed with ") + GetParam().scheme)) << client.all;
}

INSTANTIATE_TEST_SUITE_P(Of, ClientCertificate,
                         testing::Values(Kind{"rsa", "rsa_p"},  // PSS or PKCS #1: the server's wish
                                         Kind{"ec", "ecdsa_secp256r1_sha256"},
                                         Kind{"p384", "ecdsa_secp"}, Kind{"ed25519", "ed25519"}),
                         [](const auto& test) { return std::string(test.param.key); });

TEST(ClientCertificate, OfAServersWishIsChosenAmongSeveral) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles rsa("rsa");
  const LabFiles ec("ec");
  const Words both = joined(rsa.client(), ec.client());
  const Server wants_ecdsa = asking_server(ec.ca(), "-Verify", {"-client_sigalgs", "ECDSA+SHA256"});
  const Client with_ecdsa = talk(wants_ecdsa, both);
  EXPECT_EQ(with_ecdsa.exit_code, 0) << with_ecdsa.all;
  EXPECT_TRUE(with_ecdsa.says("signed with ecdsa_secp256r1_sha256")) << with_ecdsa.all;

  const Server wants_rsa = asking_server(rsa.ca(), "-Verify", {"-client_sigalgs", "RSA+SHA512"});
  const Client with_rsa = talk(wants_rsa, both);
  EXPECT_EQ(with_rsa.exit_code, 0) << with_rsa.all;
  EXPECT_TRUE(with_rsa.says("signed with rsa_pkcs1_sha512")) << with_rsa.all;
}

TEST(ClientCertificate, IsShownOnceAndTheSessionResumed) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles lab("ec");
  for (const Words& tickets : {Words{}, Words{"-no_ticket"}}) {
    const Server server = patient_openssl_server(
        rsa_identity(), joined({"-rev", "-tls1_2", "-Verify", "3", "-CAfile", lab.ca()}, tickets));
    const Client client = talk(server, joined(lab.client(), {"--reconnect", "1"}));
    EXPECT_EQ(client.exit_code, 0) << client.all << server.process->describe();
    EXPECT_TRUE(client.says("of 1 further connections 1 was resumed")) << client.all;
  }
}

TEST(ClientCertificate, IsTold) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles lab("ec");
  const Client client = talk(asking_server(lab.ca()), joined(lab.client(), {"--json"}));
  ASSERT_EQ(client.exit_code, 0) << client.all;
  const auto agreed = nlohmann::json::parse(client.output).at("connection").at("agreement");
  EXPECT_EQ(agreed.at("client_certificate_requested"), true);
  EXPECT_EQ(agreed.at("client_signature_scheme"), "ecdsa_secp256r1_sha256");
}

TEST(ClientCertificate, MayBeMissingIfItIsOptional) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(asking_server(certificate_file("ca-ec.pem"), "-verify"), {});
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_TRUE(client.says("our certificate was asked for; none was shown")) << client.all;
}

TEST(ClientCertificate, ThatIsRequiredAndMissingEndsTheHandshake) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Client client = talk(asking_server(certificate_file("ca-ec.pem")), {});
  EXPECT_EQ(client.exit_code, 5) << client.all;
  EXPECT_TRUE(client.says("handshake_failure, received")) << client.all;
  EXPECT_TRUE(client.says("--cert and --key")) << client.all;
}

TEST(ClientCertificate, OfAnotherCaIsRefusedByTheServer) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles lab("ec");
  const Client client = talk(asking_server(certificate_file("ca-ec.pem")), lab.client());
  EXPECT_EQ(client.exit_code, 5) << client.all;
  EXPECT_TRUE(client.says("unknown_ca, received")) << client.all;
}

TEST(ClientCertificate, IsNotShownToAServerThatDoesNotAsk) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const LabFiles lab("ec");
  const Client client = talk(openssl_server(rsa_identity(), {"-rev", "-tls1_2"}), lab.client());
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_FALSE(client.says("our certificate")) << client.all;
}

// --- Files ----------------------------------------------------------------------------------------

Client refused(const Words& options) {
  const Client client = run_glasstls(joined({"client", "localhost:1", "--insecure"}, options));
  EXPECT_EQ(client.exit_code, 2) << client.all;
  return client;
}

TEST(ClientCertificateFiles, ComeInPairs) {
  const std::string certificate = certificate_file("client-ec256.pem");
  const std::string key = certificate_file("server-ec256-key.pem");
  const std::string reason = "each --cert needs its --key, and each --key its --cert";
  EXPECT_TRUE(refused({"--cert", certificate}).says(reason));
  EXPECT_TRUE(refused({"--key", key}).says(reason));
  EXPECT_TRUE(refused({"--cert", certificate, "--key", key, "--key", key}).says(reason));
}

TEST(ClientCertificateFiles, AreOfEachOther) {
  const Client client = refused({"--cert", certificate_file("client-ec256.pem"), "--key",
                                 certificate_file("server-rsa-key.pem")});
  EXPECT_TRUE(client.says("the key is not that of the certificate of CN=client")) << client.all;
}

TEST(ClientCertificateFiles, AreNamedWhenTheyAreMissing) {
  const Client client = refused({"--cert", "/nowhere/c.pem", "--key", "/nowhere/k.pem"});
  EXPECT_TRUE(client.says("/nowhere/c.pem: No such file or directory")) << client.all;
}

TEST(ClientCertificateFiles, MayHaveAPassphrase) {
  const TemporaryFolder folder;
  const Words files = {"--cert", certificate_file("client-ec256.pem"), "--key",
                       certificate_file("encrypted-key.pem")};
  EXPECT_TRUE(refused(files).says("is encrypted: give --passphrase-file FILE"));
  const Client client = run_client(
      free_port(), joined(files, {"--passphrase-file", folder.write("phrase", "secret\n")}));
  EXPECT_EQ(client.exit_code, 3) << client.all;  // the files are good; nobody listens
}

}  // namespace
}  // namespace glasstls::test
