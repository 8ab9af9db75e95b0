#include "inspect/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "inspect/printable.h"
#include "tests/inspect/certificate_samples.h"

namespace glasstls::inspect {
namespace {

using test::sample_time;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What verify() says of the file's certificates, trusting another's.
VerdictFacts judged(const std::string& chain, const std::string& ca, x509::Time at = sample_time) {
  const auto certificates =
      x509::parse_certificates(wire::as_bytes(test::read_data("data/x509/" + chain)));
  x509::TrustStore roots;
  static_cast<void>(roots.add(wire::as_bytes(test::read_data("data/x509/" + ca))));
  x509::VerifyRequest request;
  request.chain = *certificates;
  request.roots = &roots;
  request.at = at;
  request.name = x509::ServerName::parse("test");
  return facts_of(verify(request));
}

TEST(VerdictFacts, HaveEveryPathAndTheDecisiveOne) {
  const VerdictFacts facts = judged("server-chain.pem", "ca-ec.pem");
  EXPECT_TRUE(facts.trusted) << facts.summary;
  ASSERT_FALSE(facts.paths.empty());
  const PathFacts& path = facts.paths.at(facts.decisive);
  EXPECT_TRUE(path.trusted);
  EXPECT_TRUE(path.anchored);
  EXPECT_EQ(path.certificates.size(), facts.path.size());
  EXPECT_THAT(path.certificates.back().role, StartsWith("the trust anchor "));
  EXPECT_EQ(path.certificates.back().fingerprint.size(), 64U);
}

TEST(Headline, SaysWhichCertificateCheckRuleAndBytes) {
  const VerdictFacts facts = judged("expired.pem", "ca-ec.pem");
  EXPECT_FALSE(facts.trusted);
  EXPECT_EQ(facts.alert, "certificate_expired");
  EXPECT_THAT(headline(facts), AllOf(StartsWith("not trusted: the certificate of CN=test: "
                                                "validity: "),
                                     HasSubstr("(RFC 5280, 4.1.2.5, bytes ")));
  EXPECT_THAT(headline(facts), Not(HasSubstr("\n")));
}

TEST(Headline, SaysWhoVouchesForWhom) {
  EXPECT_THAT(headline(judged("server-rsa.pem", "ca-rsa.pem")),
              StartsWith("trusted: the trust anchor CN=GlassTLS test CA (RSA) vouches for"));
}

TEST(VerdictText, MarksEachCheckAndFitsTheTerminal) {
  VerdictTextOptions options;
  const std::string text = to_text(judged("expired.pem", "ca-ec.pem"), options);
  EXPECT_THAT(text, StartsWith("path 1 of "));
  EXPECT_THAT(text, HasSubstr("  0  the certificate of CN=test\n"));
  EXPECT_THAT(text, HasSubstr("     FAILED validity"));
  EXPECT_THAT(text, HasSubstr("     ok     signature"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    EXPECT_LE(columns(text.substr(begin, end - begin)), 80U);
}

TEST(VerdictText, UsesMarksAndColoursIfTheTerminalCan) {
  VerdictTextOptions options;
  options.utf8 = true;
  options.color = true;
  const std::string text = to_text(judged("expired.pem", "ca-ec.pem"), options);
  EXPECT_THAT(text, AllOf(HasSubstr("\u2717"), HasSubstr("\u2713"), HasSubstr("\x1b[1;31m")));
  EXPECT_THAT(text, Not(HasSubstr("FAILED")));
}

TEST(VerdictText, CanLeaveOutThePathsThatDoNotDecide) {
  VerdictFacts facts = judged("server-rsa.pem", "ca-rsa.pem");
  facts.paths.insert(facts.paths.begin(), PathFacts{});
  facts.decisive = 1;
  VerdictTextOptions options;
  EXPECT_THAT(to_text(facts, options), AllOf(HasSubstr("path 1 of 2"), HasSubstr("path 2 of 2")));
  options.decisive_only = true;
  EXPECT_THAT(to_text(facts, options), Not(HasSubstr("path 1 of 2")));
}

TEST(VerdictText, IsSafeForATerminal) {
  VerdictFacts facts;
  facts.summary = "\x1b[2J";
  PathFacts path;
  path.certificates.push_back({"\x1b", "\x1b", "\xc2\x9b", "00", "\x07", ""});
  path.checks.push_back({"\x1b", "failed", 0, ByteRange{1, 2}, "\x1b", "\x1b", ""});
  path.checks.push_back({"x", "remark", 0, {}, "\x1b", "\x1b", ""});
  facts.path = {"\x1b"};
  facts.checks = path.checks;
  facts.paths = {path};
  for (const std::string& text : {headline(facts), remarks_of(facts), to_text(facts)})
    for (const char* bad : {"\x1b", "\x07", "\xc2\x9b"}) EXPECT_THAT(text, Not(HasSubstr(bad)));
}

TEST(Remarks, HaveALineEach) {
  VerdictFacts facts;
  PathFacts path;
  path.certificates.push_back({"the certificate of CN=x", "CN=x", "", "", "", ""});
  path.checks.push_back({"keyUsage", "remark", 0, ByteRange{7, 3}, "is missing", "RFC 5280", ""});
  path.checks.push_back({"validity", "passed", 0, {}, "fine", "RFC 5280", ""});
  facts.path = {"CN=x"};
  facts.checks = path.checks;
  facts.paths = {path};
  EXPECT_EQ(remarks_of(facts),
            "remark: the certificate of CN=x: keyUsage: is missing (RFC 5280, bytes 7 to 9)\n");
}

}  // namespace
}  // namespace glasstls::inspect
