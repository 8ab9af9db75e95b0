// The profile `strict`, and the remarks that `standard` makes of the same.
#include "x509/profile.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

#include "tests/support/test_random.h"
#include "tests/x509/forge.h"
#include "tests/x509/samples.h"
#include "x509/encode.h"
#include "x509/issue.h"

namespace glasstls::x509 {
namespace {

using Change = std::function<void(Draft&)>;

/// A good chain of root, intermediate and leaf, each of which a test may spoil before it is signed.
class Chain {
 public:
  explicit Chain(const Change& leaf = {}, const Change& intermediate = {}, const Change& root = {})
      : random_("profile"), key_(crypto::PrivateKey::generate_ed25519(random_)) {
    CertificateSpec spec;
    spec.not_before = time_from(2026, 1, 1, 0, 0, 0).value();
    spec.not_after = time_from(2027, 1, 1, 0, 0, 0).value();
    spec.kind = CertificateKind::root;
    spec.subject = forge::name("root");
    const Certificate anchor = sign(spec, nullptr, root);
    spec.kind = CertificateKind::intermediate;
    spec.subject = forge::name("intermediate");
    const Certificate ca = sign(spec, &anchor, intermediate);
    spec.kind = CertificateKind::server;
    spec.subject = forge::name("test");
    spec.names = {forge::dns("test")};
    chain_ = {sign(spec, &ca, leaf), ca};
    roots_.add(anchor);
  }

  Verdict verdict(Profile profile) const {
    VerifyRequest request;
    request.chain = chain_;
    request.roots = &roots_;
    request.name = ServerName::parse("test");
    request.at = time_from(2026, 6, 1, 0, 0, 0).value();
    request.profile = profile;
    return verify(request);
  }

 private:
  Certificate sign(const CertificateSpec& spec, const Certificate* issuer, const Change& change) {
    Draft draft = draft_of(spec, key_.public_key(), issuer, random_);
    if (change) change(draft);
    return Certificate::parse(x509::sign(draft, key_, random_)).value();
  }

  test::TestRandom random_;
  crypto::PrivateKey key_;
  std::vector<Certificate> chain_;
  TrustStore roots_;
};

Change without(const Oid& oid) {
  return [oid](Draft& draft) {
    std::erase_if(draft.extensions, [&](const NewExtension& e) { return e.oid == oid; });
  };
}
Change turned(const Oid& oid) {
  return [oid](Draft& draft) {
    for (NewExtension& e : draft.extensions) {
      if (e.oid == oid) e.critical = !e.critical;
    }
  };
}
Change with(const Oid& oid, bool critical, Bytes value) {
  return [=](Draft& draft) {
    without(oid)(draft);
    draft.extensions.push_back({oid, critical, value});
  };
}

std::size_t remarks(const Verdict& verdict) {
  const auto& checks = verdict.path().checks;
  return static_cast<std::size_t>(std::count_if(
      checks.begin(), checks.end(), [](const Check& c) { return c.outcome == Outcome::remark; }));
}

/// Trusted with this one remark; and the strict profile refuses it in the same words.
void expect_remark(const Chain& chain, Rule rule, const std::string& summary) {
  const Verdict standard = chain.verdict(Profile::standard);
  EXPECT_TRUE(standard.trusted) << standard.summary;
  EXPECT_EQ(remarks(standard), 1u) << summary;
  const Verdict strict = chain.verdict(Profile::strict);
  EXPECT_FALSE(strict.trusted);
  ASSERT_NE(strict.path().failure(), nullptr) << summary;
  EXPECT_EQ(name_of(strict.path().failure()->rule), name_of(rule));
  EXPECT_EQ(strict.summary, summary);
  EXPECT_EQ(wire::name_of(strict.alert), wire::name_of(alert_of(rule)));
}

const char* const leaf = "the certificate of CN=test: ";
const char* const intermediate = "the intermediate certificate CN=intermediate: ";
const char* const root = "the trust anchor CN=root: ";

TEST(StrictProfile, TrustsWhatWeMakeWithoutARemark) {
  const Verdict verdict = Chain().verdict(Profile::strict);
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_EQ(remarks(Chain().verdict(Profile::standard)), 0u);
}

TEST(StrictProfile, WantsKeyIdentifiers) {
  expect_remark(Chain(without(oid::authorityKeyIdentifier)), Rule::key_identifiers,
                leaf + std::string("key identifiers: no keyIdentifier in authorityKeyIdentifier"));
  expect_remark(Chain({}, without(oid::subjectKeyIdentifier)), Rule::key_identifiers,
                intermediate + std::string("key identifiers: no subjectKeyIdentifier"));
  expect_remark(Chain({}, {}, without(oid::subjectKeyIdentifier)), Rule::key_identifiers,
                root + std::string("key identifiers: no subjectKeyIdentifier"));
  const Bytes other = encode(AuthorityKeyIdentifier{Bytes(20, 7), {}, std::nullopt});
  expect_remark(Chain(with(oid::authorityKeyIdentifier, false, other)), Rule::key_identifiers,
                leaf + std::string("key identifiers: authorityKeyIdentifier names another key than "
                                   "its issuer's"));
}

// RFC 5280, 4.2.1.4: a critical policy is bound to qualifiers that are understood.
TEST(StandardProfile, RefusesAnUnknownQualifierOfACriticalPolicy) {
  const Oid policy{1, 3, 6, 1, 4, 1, 99999, 1};
  const Oid unknown{1, 3, 6, 1, 4, 1, 99999, 2};
  const auto with_policy = [&](bool critical, const Oid& qualifier) {
    const std::vector<PolicyInformation> policies{
        {policy, {PolicyQualifier{qualifier, samples::from_hex("160161"), "a"}}}};
    return Chain(with(oid::certificatePolicies, critical, encode(policies)))
        .verdict(Profile::standard);
  };
  EXPECT_TRUE(with_policy(false, unknown).trusted);
  EXPECT_TRUE(with_policy(true, oid::id_qt_cps).trusted);
  const Verdict verdict = with_policy(true, unknown);
  EXPECT_FALSE(verdict.trusted);
  EXPECT_EQ(verdict.summary,
            leaf + std::string("policies: a critical certificatePolicies with a qualifier that is "
                               "not understood"));
  EXPECT_EQ(wire::name_of(verdict.alert), "certificate_unknown");
}

TEST(StrictProfile, WantsKeyUsageOfCas) {
  expect_remark(Chain({}, without(oid::keyUsage)), Rule::key_usage,
                intermediate + std::string("keyUsage: no keyUsage: every use is allowed"));
  expect_remark(Chain({}, {}, without(oid::keyUsage)), Rule::key_usage,
                root + std::string("keyUsage: no keyUsage: every use is allowed"));
}

TEST(StrictProfile, WantsAPurposeOfTheLeaf) {
  expect_remark(Chain(without(oid::extKeyUsage)), Rule::extended_key_usage,
                leaf + std::string("extKeyUsage: no extKeyUsage: every purpose is allowed"));
}

TEST(StrictProfile, WantsTheRightCriticality) {
  expect_remark(Chain({}, {}, turned(oid::basicConstraints)), Rule::criticality,
                root + std::string("criticality: a CA's basicConstraints is not critical"));
  expect_remark(Chain({}, turned(oid::keyUsage)), Rule::criticality,
                intermediate + std::string("criticality: keyUsage is not critical"));
  NameConstraints permitted;
  permitted.permitted = {forge::dns("test")};
  expect_remark(Chain({}, with(oid::nameConstraints, false, encode(permitted))), Rule::criticality,
                intermediate + std::string("criticality: nameConstraints is not critical"));
  expect_remark(
      Chain({}, with(oid::policyConstraints, false, encode(PolicyConstraints{9, std::nullopt}))),
      Rule::criticality,
      intermediate + std::string("criticality: policyConstraints is not critical"));
  expect_remark(Chain({}, with(oid::inhibitAnyPolicy, false, encode_inhibit_any_policy(9))),
                Rule::criticality,
                intermediate + std::string("criticality: inhibitAnyPolicy is not critical"));
}

TEST(StrictProfile, WantsKeyUsageAndNameConstraintsOfCasOnly) {
  const std::uint16_t signs = 1u << static_cast<unsigned>(KeyUsageBit::keyCertSign) |
                              1u << static_cast<unsigned>(KeyUsageBit::digitalSignature);
  expect_remark(Chain(with(oid::keyUsage, true, encode(KeyUsage{signs}))), Rule::key_usage,
                leaf + std::string("keyUsage: keyCertSign, but not a CA"));
  NameConstraints permitted;
  permitted.permitted = {forge::dns("test")};
  expect_remark(Chain(with(oid::nameConstraints, true, encode(permitted))), Rule::name_constraints,
                leaf + std::string("nameConstraints: nameConstraints, but not a CA"));
}

TEST(StrictProfile, WantsCriticalNamesWhereThereIsNoSubject) {
  expect_remark(
      Chain([](Draft& draft) { draft.subject = {}; }), Rule::subject,
      "the certificate of DNS:test: subject: no subject, and subjectAltName is not critical");
}

// The rest of what a CA must not do is refused by every profile.
TEST(StandardProfile, RefusesCriticalKeyIdentifiers) {
  for (const Oid& oid : {oid::authorityKeyIdentifier, oid::subjectKeyIdentifier}) {
    const Verdict verdict = Chain(turned(oid)).verdict(Profile::standard);
    EXPECT_FALSE(verdict.trusted);
    EXPECT_EQ(verdict.summary, leaf + std::string("critical extensions: ") + display(oid) +
                                   " is critical, not understood");
  }
}

// An encoded FALSE is not DER (X.690, 11.5), but common.
TEST(StrictProfile, RefusesWhatTheReaderTolerates) {
  const Bytes encoded_false{0x30, 0x03, 0x01, 0x01, 0x00};
  expect_remark(Chain(with(oid::basicConstraints, true, encoded_false)), Rule::encoding,
                leaf + std::string("encoding: ") +
                    Certificate::parse(Chain(with(oid::basicConstraints, true, encoded_false))
                                           .verdict(Profile::standard)
                                           .path()
                                           .certificates[0]
                                           .der())
                        ->deviations()
                        .at(0)
                        .what);
}

// As the handshake parses them: offsets count from the start of a message.
TEST(StrictProfile, FindsTheByteOfACertificateThatCameInAMessage) {
  const Bytes encoded_false{0x30, 0x03, 0x01, 0x01, 0x00};
  const Verdict made =
      Chain(with(oid::basicConstraints, true, encoded_false)).verdict(Profile::standard);
  const std::vector<Certificate> path = made.path().certificates;
  TrustStore roots;
  roots.add(path[2]);
  std::vector<Certificate> sent;
  for (const std::size_t i : {0u, 1u}) {
    sent.push_back(Certificate::parse(path[i].der(), nullptr, 100'000).value());
  }
  VerifyRequest request;
  request.chain = sent;
  request.roots = &roots;
  request.at = time_from(2026, 6, 1, 0, 0, 0).value();
  request.profile = Profile::strict;
  const Verdict verdict = verify(request);
  const Check* failure = verdict.path().failure();
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(name_of(failure->rule), "encoding");
  EXPECT_EQ(failure->range.offset + 100'000, sent[0].deviations().at(0).offset);
}

TEST(StrictProfile, HoldsForALeafThatIsItsOwnAnchor) {
  const Verdict made = Chain(without(oid::extKeyUsage)).verdict(Profile::standard);
  const std::vector<Certificate> leaf_alone{made.path().certificates[0]};
  TrustStore roots;
  roots.add(leaf_alone[0]);
  VerifyRequest request;
  request.chain = leaf_alone;
  request.roots = &roots;
  request.at = time_from(2026, 6, 1, 0, 0, 0).value();
  EXPECT_TRUE(verify(request).trusted);
  request.profile = Profile::strict;
  EXPECT_FALSE(verify(request).trusted);
}

TEST(Checks, SayWhichBytesTheyJudged) {
  const Verdict verdict = Chain().verdict(Profile::standard);
  const Path& path = verdict.path();
  std::size_t located = 0;
  for (const Check& check : path.checks) {
    if (check.range.length == 0) continue;
    ASSERT_TRUE(check.certificate);
    const View der = path.certificates[*check.certificate].der();
    ASSERT_LE(check.range.offset + check.range.length, der.size());
    if (check.rule != Rule::validity) continue;
    ++located;
    EXPECT_TRUE(wire::equal(der.subspan(check.range.offset, check.range.length),
                            path.certificates[*check.certificate].parts().validity));
  }
  EXPECT_EQ(located, 3u);
}

}  // namespace
}  // namespace glasstls::x509
