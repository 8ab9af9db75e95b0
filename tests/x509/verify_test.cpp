#include "x509/verify.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

/// A judgement that a test bends where it wants.
struct Case {
  std::vector<Certificate> chain;
  TrustStore roots = samples::store("ca-ec");
  std::optional<ServerName> name = ServerName::parse("test");
  Time at = samples::mid_2026();
  Purpose purpose = Purpose::server;
  Limits limits{};

  explicit Case(const std::string& sample) : chain(samples::chain(sample)) {}
  Case(const std::string& sample, const std::string& anchors) : Case(sample) {
    roots = samples::store(anchors);
  }

  Profile profile = Profile::standard;
  PolicyInputs policies{};

  Verdict verdict() const {
    VerifyRequest request;
    request.chain = chain;
    request.roots = &roots;
    request.name = name;
    request.at = at;
    request.purpose = purpose;
    request.profile = profile;
    request.policies = policies;
    request.limits = limits;
    return verify(request);
  }
};

/// The first failed check names this rule, and the verdict follows it.
void expect_refused(const Verdict& verdict, Rule rule, AlertDescription alert,
                    const std::string& in_summary) {
  EXPECT_FALSE(verdict.trusted);
  const Check* failed = verdict.path().failure();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(name_of(failed->rule), name_of(rule));
  EXPECT_EQ(wire::name_of(verdict.alert), wire::name_of(alert));
  EXPECT_FALSE(verdict.section.empty());
  EXPECT_NE(verdict.summary.find(in_summary), std::string::npos) << verdict.summary;
}

void expect_trusted(const Verdict& verdict) {
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_TRUE(verdict.path().trusted());
  EXPECT_EQ(verdict.path().failure(), nullptr);
}

TEST(Verify, TrustsGoodChainsOfEveryKeyAndSignature) {
  expect_trusted(Case("server-rsa", "ca-rsa").verdict());
  expect_trusted(Case("server-rsa-pss", "ca-rsa").verdict());
  expect_trusted(Case("server-ec256").verdict());
  expect_trusted(Case("server-ec384").verdict());
  expect_trusted(Case("server-ed25519").verdict());
}

TEST(Verify, TellsOfAnAnchorOfTheIssuersNameThatDoesNotParse) {
  const Certificate anchor = samples::certificate("ca-ec");
  Bytes damaged = wire::copy(anchor.der());
  const auto spki = static_cast<std::size_t>(anchor.spki().data() - anchor.der().data());
  damaged[spki] = 0x31;
  Case one("server-ec256", "ca-rsa");
  EXPECT_TRUE(one.roots.add(damaged).empty());
  expect_refused(one.verdict(), Rule::path_to_anchor, AlertDescription::unknown_ca,
                 "; a trust anchor of that name is malformed: expected SEQUENCE, found SET (byte " +
                     std::to_string(spki) + ")");
}

TEST(Verify, SaysWhoVouchesForWhom) {
  const Verdict verdict = Case("server-ec256").verdict();
  EXPECT_EQ(verdict.summary,
            "the trust anchor CN=GlassTLS test CA (EC) vouches for the certificate of CN=test");
  ASSERT_EQ(verdict.path().certificates.size(), 2u);
  EXPECT_EQ(verdict.path().certificates[1], samples::certificate("ca-ec"));
  EXPECT_EQ(verdict.signature_checks, 1u);
}

TEST(Verify, BuildsOverIntermediatesInAnyOrder) {
  Case good("server-chain");
  expect_trusted(good.verdict());
  good.chain = {samples::certificate("server-via-intermediate"),
                samples::certificate("server-rsa"),
                samples::certificate("ca-ec"),
                samples::certificate("ca-rsa"),
                samples::certificate("intermediate"),
                samples::certificate("intermediate")};
  expect_trusted(good.verdict());
  EXPECT_EQ(good.verdict().path().certificates.size(), 3u);
}

TEST(Verify, AcceptsAnIntermediateAsAnAnchor) {
  expect_trusted(Case("server-chain", "intermediate").verdict());
}

TEST(Verify, RefusesAnEmptyChain) {
  Case empty("server-ec256");
  empty.chain.clear();
  expect_refused(empty.verdict(), Rule::chain_present, AlertDescription::bad_certificate,
                 "no certificate");
}

TEST(Verify, RefusesUnknownIssuers) {
  expect_refused(Case("server-ec256", "ca-rsa").verdict(), Rule::path_to_anchor,
                 AlertDescription::unknown_ca, "its issuer CN=GlassTLS test CA (EC) was not sent");
  expect_refused(Case("server-via-intermediate").verdict(), Rule::path_to_anchor,
                 AlertDescription::unknown_ca, "its issuer CN=GlassTLS test intermediate");
  expect_refused(Case("self-signed").verdict(), Rule::path_to_anchor, AlertDescription::unknown_ca,
                 "self-signed");
  Case nothing("server-ec256");
  nothing.roots = {};
  expect_refused(nothing.verdict(), Rule::path_to_anchor, AlertDescription::unknown_ca,
                 "0 trust anchors");
}

TEST(Verify, DoesNotTrustASentRoot) {
  Case sent("server-by-impostor");
  sent.chain.push_back(samples::certificate("impostor"));
  sent.roots = samples::store("ca-rsa");
  expect_refused(sent.verdict(), Rule::path_to_anchor, AlertDescription::unknown_ca, "self-signed");
}

TEST(Verify, RefusesAnotherCaOfTheSameName) {
  expect_refused(Case("server-by-impostor").verdict(), Rule::signature,
                 AlertDescription::unknown_ca, "another CA of the same name");
  expect_refused(Case("server-by-impostor-no-ids").verdict(), Rule::signature,
                 AlertDescription::bad_certificate, "not made by the key of");
}

TEST(Verify, FindsTheRightOneOfTwoCasOfTheSameName) {
  for (const char* leaf : {"server-by-impostor", "server-by-impostor-no-ids", "server-ec256"}) {
    Case both(leaf);
    both.roots.add(samples::certificate("impostor"));
    expect_trusted(both.verdict());
  }
}

TEST(Verify, TakesBothEdgesOfValidity) {
  Case edge("server-ec256");
  edge.at = *time_from(2025, 1, 1, 0, 0, 0);
  expect_trusted(edge.verdict());
  edge.at = *time_from(2045, 1, 1, 0, 0, 0);
  expect_trusted(edge.verdict());
  edge.at = *time_from(2024, 12, 31, 23, 59, 59);
  expect_refused(edge.verdict(), Rule::validity, AlertDescription::certificate_expired,
                 "not valid before 2025-01-01 00:00:00 UTC");
  edge.at = *time_from(2045, 1, 1, 0, 0, 1);
  expect_refused(edge.verdict(), Rule::validity, AlertDescription::certificate_expired,
                 "expired: valid until 2045-01-01 00:00:00 UTC");
}

TEST(Verify, RefusesExpiredAndNotYetValidLeaves) {
  expect_refused(Case("expired").verdict(), Rule::validity, AlertDescription::certificate_expired,
                 "the certificate of CN=test: validity: expired");
  expect_refused(Case("not-yet-valid").verdict(), Rule::validity,
                 AlertDescription::certificate_expired, "not valid before 2040");
}

TEST(Verify, RefusesWrongNames) {
  expect_refused(Case("wrong-name").verdict(), Rule::server_name, AlertDescription::bad_certificate,
                 "not valid for test, only for DNS:other.example");
  expect_refused(Case("cn-only").verdict(), Rule::server_name, AlertDescription::bad_certificate,
                 "the common name does not count");
  Case address("server-ec256");
  address.name = ServerName::parse("127.0.0.2");
  expect_refused(address.verdict(), Rule::server_name, AlertDescription::bad_certificate,
                 "not valid for 127.0.0.2");
  address.name = ServerName::parse("::1");
  expect_trusted(address.verdict());
  Case unchecked("wrong-name");
  unchecked.name.reset();
  expect_trusted(unchecked.verdict());
}

TEST(Verify, RefusesWrongPurposes) {
  expect_refused(Case("wrong-eku").verdict(), Rule::extended_key_usage,
                 AlertDescription::unsupported_certificate, "does not allow id-kp-serverAuth");
  expect_refused(Case("any-eku").verdict(), Rule::extended_key_usage,
                 AlertDescription::unsupported_certificate, "does not allow id-kp-serverAuth");
  expect_refused(Case("eku-ca-chain").verdict(), Rule::extended_key_usage,
                 AlertDescription::unsupported_certificate, "CN=Clients only");
  expect_refused(Case("wrong-key-usage").verdict(), Rule::key_usage,
                 AlertDescription::unsupported_certificate, "lacks digitalSignature");
  Case client("client-ec256");
  client.name.reset();
  expect_refused(client.verdict(), Rule::extended_key_usage,
                 AlertDescription::unsupported_certificate, "id-kp-serverAuth");
  client.purpose = Purpose::client;
  expect_trusted(client.verdict());
  client.purpose = Purpose::any;
  expect_trusted(client.verdict());
}

TEST(Verify, RefusesIssuersThatMayNotIssue) {
  expect_refused(Case("not-a-ca-chain").verdict(), Rule::basic_constraints,
                 AlertDescription::unknown_ca, "CN=Not a CA: basicConstraints: not a CA");
  expect_refused(Case("no-cert-sign-chain").verdict(), Rule::key_usage,
                 AlertDescription::unknown_ca, "lacks keyCertSign");
  expect_refused(Case("path-length-chain").verdict(), Rule::path_length,
                 AlertDescription::unknown_ca, "1 CA certificates below, 0 allowed");
  expect_refused(Case("v1-ca-chain").verdict(), Rule::version, AlertDescription::bad_certificate,
                 "CN=Version 1 CA: version: version 1");
}

TEST(Verify, HoldsAnchorsToTheirOwnLimits) {
  expect_refused(Case("not-a-ca-chain", "not-a-ca-ca").verdict(), Rule::basic_constraints,
                 AlertDescription::unknown_ca, "the trust anchor CN=Not a CA");
  expect_refused(Case("no-cert-sign-chain", "no-cert-sign-ca").verdict(), Rule::key_usage,
                 AlertDescription::unknown_ca, "lacks keyCertSign");
  expect_refused(Case("v1-ca-chain", "v1-ca-ca").verdict(), Rule::version,
                 AlertDescription::bad_certificate, "the trust anchor CN=Version 1 CA");
  expect_refused(Case("path-length-chain", "intermediate").verdict(), Rule::path_length,
                 AlertDescription::unknown_ca, "the trust anchor CN=GlassTLS test intermediate");
  expect_refused(Case("violated-chain", "violated-ca").verdict(), Rule::name_constraints,
                 AlertDescription::bad_certificate, "is in no permitted subtree");
}

TEST(Verify, HoldsNamesToConstraints) {
  expect_trusted(Case("constrained-chain").verdict());
  expect_refused(Case("violated-chain").verdict(), Rule::name_constraints,
                 AlertDescription::bad_certificate, "DNS:test is in no permitted subtree");
  expect_refused(Case("excluded-chain").verdict(), Rule::name_constraints,
                 AlertDescription::bad_certificate, "DNS:localhost is excluded by DNS:localhost");
}

TEST(Verify, RefusesCriticalExtensionsThatItDoesNotUnderstand) {
  expect_refused(Case("unknown-critical").verdict(), Rule::critical_extensions,
                 AlertDescription::unsupported_certificate,
                 "1.3.6.1.4.1.99999.1 is critical, not understood");
  expect_trusted(Case("unknown-harmless").verdict());
}

TEST(Verify, RefusesARequiredPolicyThatIsMissing) {
  expect_trusted(Case("with-policies").verdict());
  for (const char* anchor : {"ca-ec", "policy-required"}) {
    expect_refused(Case("policy-required", anchor).verdict(), Rule::policy,
                   AlertDescription::certificate_unknown, "a policy is required here");
  }
}

TEST(Verify, RefusesWeakCryptography) {
  expect_refused(Case("sha1-signed").verdict(), Rule::signature_algorithm,
                 AlertDescription::bad_certificate, "ecdsa-with-SHA1: SHA-1 is broken");
  expect_refused(Case("rsa-1024").verdict(), Rule::public_key,
                 AlertDescription::unsupported_certificate, "RSA 1024");
  expect_refused(Case("p521").verdict(), Rule::public_key,
                 AlertDescription::unsupported_certificate, "secp521r1: its curve is not used");
}

TEST(Verify, RefusesVersion1Leaves) {
  expect_refused(Case("v1").verdict(), Rule::version, AlertDescription::bad_certificate,
                 "version 1, only 3 is trusted");
}

TEST(Verify, RefusesACaAsALeaf) {
  expect_refused(Case("ca-as-leaf").verdict(), Rule::basic_constraints,
                 AlertDescription::unsupported_certificate, "a CA certificate used as a leaf");
}

TEST(Verify, RefusesSerialNumbersThatAreNotProper) {
  samples::Draft draft;
  draft.serial = samples::from_hex("020100");
  draft.issuer = samples::name("GlassTLS test CA (EC)");
  Case zero("server-ec256");
  zero.chain = {draft.parsed().value()};
  expect_refused(zero.verdict(), Rule::serial_number, AlertDescription::bad_certificate,
                 "not a positive number");
}

TEST(Verify, TrustsALeafThatIsItselfAnAnchor) {
  expect_trusted(Case("self-signed", "self-signed").verdict());
  Case ca("self-signed-ca", "self-signed-ca");
  expect_trusted(ca.verdict());
  ca.name.reset();
  expect_trusted(ca.verdict());
  EXPECT_EQ(ca.verdict().path().certificates.size(), 1u);
}

TEST(Verify, ChecksALeafThatIsItselfAnAnchorAllTheSame) {
  Case self("self-signed-ca", "self-signed-ca");
  self.name = ServerName::parse("example.com");
  expect_refused(self.verdict(), Rule::server_name, AlertDescription::bad_certificate,
                 "not valid for example.com");
  self.name.reset();
  self.at = *time_from(2046, 1, 1, 0, 0, 0);
  expect_refused(self.verdict(), Rule::validity, AlertDescription::certificate_expired, "expired");
  expect_refused(Case("wrong-eku", "wrong-eku").verdict(), Rule::extended_key_usage,
                 AlertDescription::unsupported_certificate, "does not allow");
  expect_refused(Case("wrong-key-usage", "wrong-key-usage").verdict(), Rule::key_usage,
                 AlertDescription::unsupported_certificate, "lacks digitalSignature");
  expect_refused(Case("unknown-critical", "unknown-critical").verdict(), Rule::critical_extensions,
                 AlertDescription::unsupported_certificate, "not understood");
}

TEST(Verify, BoundsTheLengthOfAPath) {
  Case bounded("server-chain");
  bounded.limits.intermediates = 1;
  expect_trusted(bounded.verdict());
  bounded.limits.intermediates = 0;
  expect_refused(bounded.verdict(), Rule::work_bound, AlertDescription::certificate_unknown,
                 "too many intermediate certificates");
}

TEST(Verify, BoundsSignatureChecks) {
  Case bounded("server-chain");
  bounded.limits.signature_checks = 1;
  expect_refused(bounded.verdict(), Rule::work_bound, AlertDescription::certificate_unknown,
                 "too many signatures");
}

TEST(Verify, SaysSoWhenABoundEndsTheSearch) {
  Case bounded("server-ec256", "impostor");
  bounded.limits.paths = 1;
  expect_refused(bounded.verdict(), Rule::work_bound, AlertDescription::certificate_unknown,
                 "not all were tried");
}

TEST(Verify, BoundsNameComparisons) {
  Case bounded("constrained-chain");
  bounded.limits.name_comparisons = 2;
  expect_refused(bounded.verdict(), Rule::work_bound, AlertDescription::certificate_unknown,
                 "too many names");
}

/// `count` CAs that may each have issued every other one: a path for every order of them.
std::vector<Certificate> tangle(std::size_t count) {
  std::vector<Certificate> all{samples::certificate("server-via-intermediate")};
  for (std::size_t i = 0; i < count; ++i) {
    samples::Draft draft;
    draft.issuer = draft.subject = samples::name("GlassTLS test intermediate");
    draft.spki = samples::sequence(
        {samples::sequence({samples::oid(Oid{1, 2, 3})}),
         samples::der(Tag::bit_string, View(Bytes{0, static_cast<std::uint8_t>(i >> 8),
                                                  static_cast<std::uint8_t>(i)}))});
    all.push_back(draft.parsed().value());
  }
  return all;
}

TEST(Verify, EndsOnHundredsOfCrossSignedIntermediates) {
  Case tangled("server-ec256");
  tangled.chain = tangle(300);
  const Verdict nowhere = tangled.verdict();
  expect_refused(nowhere, Rule::work_bound, AlertDescription::certificate_unknown, "too many");
  EXPECT_EQ(nowhere.signature_checks, 0u);

  samples::Draft anchor;
  anchor.issuer = anchor.subject = samples::name("GlassTLS test intermediate");
  tangled.roots.add(anchor.parsed().value());
  const Verdict wrong = tangled.verdict();
  EXPECT_FALSE(wrong.trusted);
  EXPECT_LE(wrong.paths.size(), 2 * tangled.limits.paths);
  EXPECT_LE(wrong.signature_checks, tangled.limits.signature_checks);
}

TEST(Verify, FindsTheWayThroughAModestTangle) {
  Case tangled("server-ec256");
  tangled.chain = tangle(5);
  tangled.chain.push_back(samples::certificate("intermediate"));
  expect_trusted(tangled.verdict());
}

TEST(Verify, GivesEveryRuleANameASectionAndAnAlert) {
  for (int i = 0; i <= static_cast<int>(Rule::server_name); ++i) {
    const auto rule = static_cast<Rule>(i);
    EXPECT_FALSE(name_of(rule).empty());
    EXPECT_TRUE(section_of(rule).starts_with(rule == Rule::encoding ? "X.690" : "RFC "));
    if (rule != Rule::chain_present) {
      EXPECT_NE(name_of(rule), name_of(Rule::chain_present)) << i;
    }
  }
}

TEST(Verify, NamesPurposesProfilesAndOutcomes) {
  EXPECT_EQ(name_of(Purpose::server), "server");
  EXPECT_EQ(name_of(Purpose::client), "client");
  EXPECT_EQ(name_of(Purpose::any), "any");
  EXPECT_EQ(name_of(Profile::standard), "standard");
  EXPECT_EQ(name_of(Profile::strict), "strict");
  EXPECT_EQ(name_of(Outcome::passed), "passed");
  EXPECT_EQ(name_of(Outcome::remark), "remark");
  EXPECT_EQ(name_of(Outcome::failed), "failed");
}

}  // namespace
}  // namespace glasstls::x509
