#include "inspect/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "inspect/printable.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"

namespace glasstls::inspect {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tls::Failed;

/// How a client fails whose settings, name and clock are given.
Failed refused_certificate(const test::Change<tls::ClientSettings>& settings,
                           const std::string& name = "server.test") {
  test::ClientOptions options;
  options.name = name;
  options.settings = settings;
  test::Peers peers({}, options);
  peers.run({[](test::ScriptedServer& server) { server.first_flight(); }});
  const Failed* failed = peers.find<Failed>();
  if (failed == nullptr) throw std::runtime_error("nothing failed");
  return *failed;
}

TEST(Describe, SaysWhatWhereAndWhichRule) {
  Failed failed;
  failed.cause = Failed::Cause::protocol;
  failed.alert = AlertDescription::illegal_parameter;
  failed.reason = "the cipher suite was not offered";
  failed.section = "RFC 5246, 7.4.1.3";
  failed.message = "ServerHello";
  failed.field = "cipher_suite";
  failed.offset = 71;
  failed.state = "WaitServerHello";
  EXPECT_EQ(describe(failed),
            "the peer broke the protocol: the cipher suite was not offered\n"
            "  where   ServerHello, field cipher_suite, byte 71, while in WaitServerHello\n"
            "  rule    RFC 5246, 7.4.1.3\n"
            "  alert   illegal_parameter, sent\n"
            "  -- a guess --\n"
            "  cause   the server chose what was not offered, or somebody in between changed\n"
            "          a hello\n"
            "  try     compare both hellos with --explain");
}

// A peer that kept to all rules, and with which nothing could be settled.
TEST(Describe, BlamesNobodyForADisagreement) {
  Failed failed;
  failed.cause = Failed::Cause::protocol;
  failed.alert = AlertDescription::no_application_protocol;
  failed.reason = "nothing in common";
  EXPECT_THAT(describe(failed), StartsWith("no agreement with the peer: nothing in common\n"));
}

TEST(Describe, SaysWhichSideSentTheAlert) {
  Failed failed;
  failed.cause = Failed::Cause::peer_alert;
  failed.alert = AlertDescription::handshake_failure;
  failed.reason = "the peer sent a fatal alert";
  EXPECT_THAT(describe(failed), StartsWith("the peer sent a fatal alert: handshake_failure\n"));
  EXPECT_THAT(describe(failed), HasSubstr("handshake_failure, received"));
  failed.alert = static_cast<AlertDescription>(200);
  EXPECT_THAT(describe(failed), HasSubstr("alert 200, received"));
}

TEST(Describe, HasOneLinePerFailedCheck) {
  const Failed failed = refused_certificate(
      [](tls::ClientSettings& settings) { settings.now = test::after_validity; }, "other.test");
  const std::string text = describe(failed);
  EXPECT_THAT(text, StartsWith("the peer's certificate is not trusted: "));
  EXPECT_THAT(text, AllOf(HasSubstr("failed  certificate 0 (CN=server.test): validity: expired"),
                          HasSubstr("failed  certificate 0 (CN=server.test): name: ")));
  EXPECT_THAT(text, HasSubstr("-- a guess --"));
}

TEST(Describe, HasOneLinePerChoiceThatDidNotFit) {
  Failed failed;
  failed.cause = Failed::Cause::protocol;
  failed.alert = AlertDescription::handshake_failure;
  failed.reason = "nothing fits";
  failed.eliminations = {"x25519: the client does not offer it", "secp256r1: likewise"};
  EXPECT_THAT(describe(failed), HasSubstr("\n  not     x25519: the client does not offer it"
                                          "\n  not     secp256r1: likewise"));
  EXPECT_EQ(facts_of(failed).eliminations, failed.eliminations);
}

TEST(Describe, AdvisesToPassTheCa) {
  const std::string text = describe(refused_certificate(
      [](tls::ClientSettings& settings) { settings.roots = test::roots("other-ca"); }));
  EXPECT_THAT(text, HasSubstr("unknown_ca, sent"));
  EXPECT_THAT(text, HasSubstr("--ca"));
}

TEST(Describe, GuessesNothingWhereNothingIsKnown) {
  Failed failed;
  failed.cause = Failed::Cause::peer_alert;
  failed.alert = AlertDescription::export_restriction_RESERVED;
  failed.reason = "the peer sent a fatal alert";
  EXPECT_THAT(describe(failed), Not(HasSubstr("guess")));
}

TEST(Describe, IsSafeAndFitsATerminal) {
  Failed failed;
  failed.cause = Failed::Cause::certificate;
  failed.alert = AlertDescription::bad_certificate;
  failed.reason = "name: has \x1b[2J\xc2\x9b" + std::string(300, 'x');
  failed.verdict.emplace();
  failed.verdict->paths.push_back({{},
                                   false,
                                   {{x509::Rule::server_name,
                                     x509::Outcome::failed,
                                     0,
                                     {},
                                     "\x1b]0;owned\x07",
                                     "RFC 9525, 6",
                                     AlertDescription::bad_certificate}}});
  const std::string text = describe(failed);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xc2\x9b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80U) << line;
}

TEST(FactsOf, AnAgreementNamesEverything) {
  test::Peers peers;
  peers.complete_handshake();
  const AgreementFacts facts = facts_of(peers.find<tls::HandshakeCompleted>()->agreement);
  EXPECT_EQ(facts.version, "TLS 1.2");
  EXPECT_EQ(facts.cipher_suite, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  EXPECT_EQ(facts.group, "x25519");
  EXPECT_EQ(facts.signature_scheme, "rsa_pss_rsae_sha256");
  EXPECT_TRUE(facts.extended_master_secret);
  EXPECT_TRUE(facts.secure_renegotiation);
  EXPECT_EQ(facts.downgrade_sentinel, "none");
  ASSERT_EQ(facts.peer_chain.size(), 1U);
  EXPECT_THAT(facts.peer_chain[0].not_after, HasSubstr(" UTC"));
  ASSERT_TRUE(facts.verdict);
  EXPECT_TRUE(facts.verdict->trusted);
  EXPECT_EQ(facts.verdict->alert, "");
  EXPECT_EQ(facts.verdict->path.size(), 2U);
  for (const CheckFacts& check : facts.verdict->checks)
    EXPECT_NE(check.outcome, "failed") << check.rule;
}

TEST(FactsOf, AnAgreementOnUnknownNumbersShowsThem) {
  handshake::Agreement agreement;
  agreement.cipher_suite = crypto::CipherSuite{0x1308};
  EXPECT_EQ(facts_of(agreement).cipher_suite, "0x1308");
}

}  // namespace
}  // namespace glasstls::inspect
