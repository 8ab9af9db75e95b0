#include "apps/cert/verify_command.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/apps/cert/run_program.h"
#include "tests/apps/cert/scratch.h"
#include "tests/support/data_files.h"
#include "x509/pem.h"

namespace glasstls::apps {
namespace {

using test::read_data;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Words = std::vector<std::string>;

Outcome verify(const std::string& ca, const std::string& leaf, const Words& more = {}) {
  Words words{"verify", "--ca", certificate_file(ca), "--at", "2026-01-01T00:00:00Z"};
  words.insert(words.end(), more.begin(), more.end());
  words.push_back(leaf.find('/') == std::string::npos ? certificate_file(leaf) : leaf);
  return run_cert(words);
}

TEST(Verify, SaysWhoVouchesForWhom) {
  const Outcome good = verify("ca-rsa.pem", "server-rsa.pem", {"--name", "test"});
  EXPECT_EQ(good.code, 0) << good.output << good.error;
  EXPECT_THAT(good.first_line(), StartsWith("trusted: the trust anchor CN=GlassTLS test CA (RSA) "
                                            "vouches for the certificate of CN=test"));
}

TEST(Verify, TakesFurtherCertificatesOfTheFileAsUntrusted) {
  EXPECT_EQ(verify("ca-ec.pem", "server-chain.pem").code, 0);
  const Outcome alone = verify("ca-ec.pem", "server-via-intermediate.pem");
  EXPECT_EQ(alone.code, 7);
  EXPECT_THAT(alone.first_line(), HasSubstr("path to a trust anchor"));
  EXPECT_EQ(verify("ca-ec.pem", "server-via-intermediate.pem",
                   {"--untrusted", certificate_file("intermediate.pem")})
                .code,
            0);
}

TEST(Verify, SaysFirstWhichCertificateCheckRuleAndBytes) {
  const Outcome expired = verify("ca-ec.pem", "expired.pem");
  EXPECT_EQ(expired.code, 7);
  EXPECT_THAT(expired.first_line(),
              AllOf(StartsWith("not trusted: the certificate of CN=test: validity: "),
                    HasSubstr("(RFC 5280, 4.1.2.5, bytes ")));
  EXPECT_THAT(expired.output,
              HasSubstr("\n-- a guess --\n  cause   the certificate must be renewed"));
}

TEST(Verify, JudgesAsOfTheGivenTime) {
  EXPECT_EQ(run_cert({"verify", "--ca", certificate_file("ca-ec.pem"), "--at", "2025-03-01",
                      certificate_file("expired.pem")})
                .code,
            0);
  EXPECT_EQ(run_cert({"verify", "--ca", certificate_file("ca-rsa.pem"), "--at",
                      "2046-01-01T00:00:00Z", certificate_file("server-rsa.pem")})
                .code,
            7);
}

TEST(Verify, HoldsThePurposeAndTheName) {
  EXPECT_EQ(verify("ca-ec.pem", "client-ec256.pem").code, 7);
  EXPECT_EQ(verify("ca-ec.pem", "client-ec256.pem", {"--purpose", "client"}).code, 0);
  EXPECT_EQ(verify("ca-rsa.pem", "server-rsa.pem", {"--name", "127.0.0.1"}).code, 0);
  const Outcome other = verify("ca-rsa.pem", "server-rsa.pem", {"--name", "other.example"});
  EXPECT_EQ(other.code, 7);
  EXPECT_THAT(other.first_line(), HasSubstr("RFC 9525"));
}

TEST(Verify, ExplainsEveryCheck) {
  const Outcome told = verify("ca-ec.pem", "expired.pem", {"--explain"});
  EXPECT_EQ(told.code, 7);
  EXPECT_THAT(told.output,
              AllOf(StartsWith("not trusted: "), HasSubstr("\npath 1 of "),
                    HasSubstr("     FAILED validity"), HasSubstr("     ok     signature")));
}

TEST(Verify, PrintsOneJsonDocument) {
  const Outcome told = verify("ca-ec.pem", "expired.pem", {"--json"});
  EXPECT_EQ(told.code, 7);
  const auto json = nlohmann::json::parse(told.output);
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["outcome"]["exit_code"], 7);
  EXPECT_EQ(json["request"]["purpose"], "server");
  EXPECT_EQ(json["request"]["at"], "2026-01-01 00:00:00 UTC");
  EXPECT_EQ(json["verdict"]["trusted"], false);
  const auto& path = json["verdict"]["paths"][json["verdict"]["decisive"].get<std::size_t>()];
  EXPECT_EQ(path["certificates"][0]["subject"], "CN=test");
  bool failed = false;
  for (const auto& check : path["checks"]) {
    if (check["outcome"] != "failed") continue;
    failed = true;
    EXPECT_EQ(check["rule"], "validity");
    EXPECT_EQ(check["range"]["length"].get<int>() > 0, true);
  }
  EXPECT_TRUE(failed);
}

TEST(Verify, TellsRemarksAndRefusesThemIfStrict) {
  const Outcome lenient = verify("ca-rsa.pem", "server-rsa.pem");
  const Outcome strict = verify("ca-rsa.pem", "server-rsa.pem", {"--strict"});
  EXPECT_EQ(lenient.output.find("remark: ") != std::string::npos, strict.code == 7);
}

TEST(Verify, RequiresAListIfAsked) {
  const Outcome told = verify("ca-rsa.pem", "server-rsa.pem", {"--require-crl"});
  EXPECT_EQ(told.code, 7);
  EXPECT_THAT(told.first_line(), HasSubstr("revocation"));
}

TEST(Verify, RefusesContentThatBreaksARule) {
  Bytes bad = x509::parse_pem(read_data("data/x509/server-rsa.pem")).blocks.at(0).der;
  bad.push_back(0);
  const Scratch trailing_folder;
  const std::string trailing =
      trailing_folder.write("trailing.pem", x509::to_pem("CERTIFICATE", bad));
  const Outcome told = verify("ca-rsa.pem", trailing);
  EXPECT_EQ(told.code, 7);
  EXPECT_EQ(told.first_line(), "not trusted: " + trailing +
                                   ", certificate 1 (line 1): bytes after the end of the value "
                                   "(X.690, 8.1.1, byte " +
                                   std::to_string(bad.size() - 1) + ")");
  const auto json = nlohmann::json::parse(verify("ca-rsa.pem", trailing, {"--json"}).output);
  EXPECT_EQ(json["outcome"]["malformed"]["offset"], bad.size() - 1);
  EXPECT_TRUE(json["verdict"].is_null());
}

TEST(Verify, CanDoWithoutAMalformedCertificateThatNoPathNeeds) {
  const Scratch extra_folder;
  const std::string extra =
      extra_folder.write("extra.pem", x509::to_pem("CERTIFICATE", Bytes{0x30, 0x00}));
  const Outcome told = verify("ca-rsa.pem", "server-rsa.pem", {"--untrusted", extra});
  EXPECT_EQ(told.code, 0) << told.output;
  EXPECT_THAT(told.error, HasSubstr("left out"));
}

TEST(Verify, RefusesAFileThatIsMissingOrHoldsNoCertificate) {
  const Outcome missing = verify("ca-rsa.pem", "no-such.pem");
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.error, HasSubstr("no-such.pem: No such file"));
  const Outcome key = verify("ca-rsa.pem", "server-rsa-key.pem");
  EXPECT_EQ(key.code, 2);
  EXPECT_THAT(key.error, HasSubstr("holds no certificate (expected PEM or DER)"));
  const std::string whole = read_data("data/x509/server-rsa.pem");
  const Scratch cut_folder;
  const std::string cut = cut_folder.write("cut.pem", whole.substr(0, whole.size() / 2));
  const Outcome truncated = verify("ca-rsa.pem", cut);
  EXPECT_EQ(truncated.code, 2);
  EXPECT_THAT(truncated.error, HasSubstr("line 1: BEGIN without END (RFC 7468, 2)"));
}

TEST(Verify, RefusesOptionsThatItDoesNotUnderstand) {
  EXPECT_EQ(verify("ca-rsa.pem", "server-rsa.pem", {"--purpose", "mail"}).code, 2);
  EXPECT_EQ(verify("ca-rsa.pem", "server-rsa.pem", {"--policy", "1.2.x"}).code, 2);
  EXPECT_EQ(verify("ca-rsa.pem", "server-rsa.pem", {"--name", "a b"}).code, 2);
  EXPECT_EQ(run_cert({"verify", "--at", "yesterday", certificate_file("server-rsa.pem")}).code, 2);
  EXPECT_EQ(run_cert({"verify"}).code, 2);
}

TEST(Verify, TrustsAFolder) {
  const Scratch folder;
  folder.write("ca.pem", read_data("data/x509/ca-rsa.pem"));
  folder.write("README", "not a certificate\n");
  const Outcome told = run_cert(
      {"verify", "--ca", folder.path(), "--at", "2026-01-01", certificate_file("server-rsa.pem")});
  EXPECT_EQ(told.code, 0) << told.output << told.error;
}

TEST(Verify, NamesAnchorsThatItCannotUse) {
  const Scratch roots_folder;
  const std::string roots =
      roots_folder.write("roots.pem", x509::to_pem("CERTIFICATE", Bytes{0x30, 0x00}) +
                                          read_data("data/x509/ca-rsa.pem"));
  const Outcome told =
      run_cert({"verify", "--ca", roots, "--at", "2026-01-01", certificate_file("server-rsa.pem")});
  EXPECT_EQ(told.code, 0) << told.output;
  EXPECT_THAT(told.error, HasSubstr("certificate skipped: "));
  const Scratch none_folder;
  const std::string none =
      none_folder.write("none.pem", x509::to_pem("CERTIFICATE", Bytes{0x30, 0x00}));
  EXPECT_EQ(run_cert({"verify", "--ca", none, certificate_file("server-rsa.pem")}).code, 2);
}

TEST(Verify, PrintsNoColourToAFile) {
  EXPECT_THAT(verify("ca-ec.pem", "expired.pem", {"--explain"}).output, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace glasstls::apps
