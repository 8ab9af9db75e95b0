// The classic tutorial (docs/tutorial.md): Python and we in all four pairs, with certificates made
// by openssl; and what becomes of the tutorial's old form of certificate.
#include "tests/interop/tutorial.h"

#include <gmock/gmock.h>
#include <regex>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// What Python's scripts print, and what ours does.
const std::string agreed = "agreed on TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384\n";
const std::string python_server_heard =
    agreed + "receive msg from client 127.0.0.1 : do i connect with server ?\n";
const std::string python_client_heard =
    agreed + "receive msg from server : yes , you have client_socketect with server.\n";
const std::string our_suite = "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,";
const std::string we_verified =
    "verified: the trust anchor CN=Tutorial CA vouches for the certificate of CN=test\n";

class TutorialTest : public testing::Test {
 protected:
  void SetUp() override {
    GLASSTLS_NEEDS("openssl", "openssl");
    GLASSTLS_NEEDS("python3", "python3");
    const Client made = tutorial.run(tutorial.block("sh run certificates"));
    ASSERT_EQ(made.exit_code, 0) << made.all;
  }

  /// Makes old-cert.pem. False if this openssl writes version 3 of its own accord.
  bool make_old_certificate() {
    const Client made = tutorial.run(tutorial.block("sh run old certificate"));
    EXPECT_EQ(made.exit_code, 0) << made.all;
    return tutorial.run("openssl x509 -in old-cert.pem -noout -text").output.find("Version: 1") !=
           std::string::npos;
  }

  Tutorial tutorial;
};

#define NEEDS_OLD_CERTIFICATE() \
  if (!make_old_certificate()) GTEST_SKIP() << "this openssl makes version 3 without being asked"

// --- The four pairs ------------------------------------------------------------------------------

TEST_F(TutorialTest, PythonTalksToPython) {
  const auto [server, client] = tutorial.converse_as_shown("python server", "python client");
  EXPECT_THAT(server.output, EndsWith("\n" + python_server_heard));
  EXPECT_EQ(client.output, python_client_heard);
}

TEST_F(TutorialTest, PythonTalksToOurServer) {
  const auto [server, client] = tutorial.converse_as_shown("our server", "python client");
  EXPECT_THAT(server.output, HasSubstr(our_suite));
  EXPECT_THAT(server.output, EndsWith("server_name test\ndo i connect with server ?"));
  EXPECT_EQ(client.output, python_client_heard);
}

TEST_F(TutorialTest, WeTalkToPythonsServer) {
  const auto [server, client] = tutorial.converse_as_shown("python server", "our client");
  EXPECT_THAT(server.output, EndsWith("\n" + python_server_heard));
  EXPECT_THAT(client.output, HasSubstr(our_suite));
  EXPECT_THAT(client.output,
              EndsWith(we_verified + "yes , you have client_socketect with server."));
}

TEST_F(TutorialTest, WeTalkToOurServer) {
  const auto [server, client] = tutorial.converse_as_shown("our server", "our client");
  EXPECT_THAT(server.output, HasSubstr(our_suite));
  EXPECT_THAT(server.output, EndsWith("server_name test\ndo i connect with server ?"));
  EXPECT_THAT(client.output, HasSubstr(our_suite));
  EXPECT_THAT(client.output,
              EndsWith(we_verified + "yes , you have client_socketect with server."));
}

TEST_F(TutorialTest, OpensslAcceptsTheCertificateStrictly) {
  const Client verified = tutorial.run(tutorial.block("sh run verify"));
  EXPECT_EQ(verified.exit_code, 0) << verified.all;
  EXPECT_EQ(verified.output, tutorial.block("text run verify"));
}

// --- The walk ------------------------------------------------------------------------------------

/// What differs from run to run: offsets, sizes, bytes.
std::string without_values(const std::string& text) {
  static const std::regex values("[0-9a-f]{8,}|\\b[0-9a-f]{2}\\b|[0-9]+|[\\[\\]() ,]+");
  return std::regex_replace(text, values, " ");
}

TEST_F(TutorialTest, ExplainsAgainWhatTheWalkShows) {
  const auto [server, client] =
      tutorial.converse(tutorial.block("sh python server"), tutorial.block("sh walk client"));
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_THAT(server.output, EndsWith("\n" + python_server_heard));
  const std::string explained = content_of(tutorial.file("explain.txt"));
  EXPECT_THAT(explained,
              HasSubstr(" c0 30                       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n"));
  EXPECT_THAT(explained, HasSubstr("NewSessionTicket, 186 bytes"));
  EXPECT_THAT(without_values(explained), HasSubstr(without_values(tutorial.block("text explain"))));
}

TEST_F(TutorialTest, TsharkDecryptsTheSavedHandshake) {
  GLASSTLS_NEEDS("tshark", "tshark");
  const Client read = tutorial.run(tutorial.block("sh run tshark"));
  EXPECT_EQ(read.exit_code, 0) << read.all;
  EXPECT_THAT(read.output, HasSubstr("\ndo i connect with server ?\n"));
  EXPECT_THAT(read.output, HasSubstr("\nyes , you have client_socketect with server.\n"));
}

// --- The old form --------------------------------------------------------------------------------

TEST_F(TutorialTest, OpensslRefusesSignkeyTogetherWithCa) {
  const Client refused = tutorial.run(tutorial.block("sh run signkey"));
  EXPECT_EQ(refused.exit_code, 1) << refused.all;
  EXPECT_EQ(refused.output, tutorial.block("text run signkey"));
}

TEST_F(TutorialTest, WeRefuseTheOldCertificate) {
  NEEDS_OLD_CERTIFICATE();
  const auto [server, client] =
      tutorial.converse(tutorial.block("sh old server"), tutorial.block("sh our client"));
  EXPECT_EQ(client.exit_code, 7) << client.all;
  const std::string shown = without_ports_and_breaks(tutorial.block("text old client"));
  EXPECT_THAT(shown, StartsWith("glasstls: the peer's certificate is not trusted: the certificate "
                                "of CN=test: version: version 1, only 3 is trusted where "));
  EXPECT_THAT(shown, HasSubstr("name: not valid for test: it has no subjectAltName"));
  EXPECT_THAT(without_ports_and_breaks(client.output), StartsWith(shown));
  // Python's server hears of it by our alert.
  EXPECT_EQ(server.exit_code, 1) << server.all;
  EXPECT_THAT(server.output, HasSubstr("[SSL: SSLV3_ALERT_BAD_CERTIFICATE]"));
}

TEST_F(TutorialTest, WeRefuseTheOldCertificateWithoutAConnectionToo) {
  NEEDS_OLD_CERTIFICATE();
  const Client refused =
      tutorial.run("glasstls cert verify --ca ca-cert.pem --name test old-cert.pem");
  EXPECT_EQ(refused.exit_code, 7) << refused.all;
  EXPECT_THAT(refused.output, StartsWith("not trusted: the certificate of CN=test: version: "
                                         "version 1, only 3 is trusted (RFC 5280, 4.1.2.1)\n"));
}

TEST_F(TutorialTest, PythonAcceptsTheOldCertificateByItsCommonName) {
  NEEDS_OLD_CERTIFICATE();
  const auto [server, client] =
      tutorial.converse(tutorial.block("sh old server"), tutorial.block("sh python client"));
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(client.output, python_client_heard);
  EXPECT_THAT(server.output, EndsWith("\n" + python_server_heard));
}

TEST_F(TutorialTest, PythonRefusesTheOldCertificateWhenTheCommonNameDoesNotCount) {
  NEEDS_OLD_CERTIFICATE();
  const auto [server, client] =
      tutorial.converse(tutorial.block("sh old server"), tutorial.block("sh strict client"));
  EXPECT_EQ(client.exit_code, 1) << client.all;
  EXPECT_THAT(client.output, HasSubstr("Hostname mismatch, certificate is not valid for 'test'"));
}

TEST_F(TutorialTest, OpensslAcceptsTheOldCertificateByItsCommonName) {
  NEEDS_OLD_CERTIFICATE();
  const Client verified = tutorial.run(tutorial.block("sh run old openssl"));
  EXPECT_EQ(verified.exit_code, 0) << verified.all;
  EXPECT_EQ(verified.output, tutorial.block("text run old openssl"));
}

}  // namespace
}  // namespace glasstls::test
