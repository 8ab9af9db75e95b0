// Chains and lists made to cost a verifier its time: each ends within the bounds of Limits, with a
// verdict that says so. What is counted is work, never time.
#include <gtest/gtest.h>

#include "tests/x509/forge.h"
#include "x509/encode.h"
#include "x509/verify.h"

namespace glasstls::x509 {
namespace {

using forge::Forge;

const Time spring_2026 = time_from(2026, 4, 1, 0, 0, 0).value();

VerifyRequest request_of(const std::vector<Certificate>& chain, const TrustStore& roots) {
  VerifyRequest request;
  request.chain = chain;
  request.roots = &roots;
  request.at = spring_2026;
  return request;
}

void expect_refused(const Verdict& verdict, Rule rule, AlertDescription alert,
                    const std::string& summary) {
  EXPECT_FALSE(verdict.trusted);
  const Check* failure = verdict.path().failure();
  ASSERT_NE(failure, nullptr);
  EXPECT_EQ(name_of(failure->rule), name_of(rule));
  EXPECT_EQ(wire::name_of(verdict.alert), wire::name_of(alert));
  EXPECT_EQ(verdict.summary, summary);
}

std::string ca_name(std::size_t number) { return "CA" + std::to_string(number); }

/// Every one of `count` CAs certified by every other: count * (count - 1) certificates.
void add_mesh(Forge& forge, std::size_t count, std::vector<Certificate>& chain) {
  for (std::size_t subject = 0; subject < count; ++subject) {
    for (std::size_t issuer = 0; issuer < count; ++issuer) {
      if (issuer != subject) chain.push_back(forge.ca(ca_name(issuer), ca_name(subject)));
    }
  }
}

// 306 certificates and more than 10^9 paths of eight.
TEST(Pathological, MeshOfCrossSignedCasWithoutAnAnchorEnds) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("CA0")};
  add_mesh(forge, 18, chain);
  const VerifyRequest request = request_of(chain, roots);
  const Verdict verdict = verify(request);
  expect_refused(verdict, Rule::work_bound, AlertDescription::certificate_unknown,
                 "bounded work: too many ways to an anchor: not all were tried");
  EXPECT_EQ(verdict.paths.size(), request.limits.paths);
  EXPECT_LE(verdict.signature_checks, request.limits.signature_checks);
}

TEST(Pathological, OneWayOutOfAMeshIsFound) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("CA0")};
  add_mesh(forge, 18, chain);
  chain.push_back(forge.ca("root", "CA17"));
  const Verdict verdict = verify(request_of(chain, roots));
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_EQ(verdict.signature_checks, verdict.path().certificates.size() - 1);
}

// 300 certificates of one CA: each makes a path of its own to the anchor, and none is good.
TEST(Pathological, HundredsOfPathsToAnAnchorAreNotAllTried) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("CA0")};
  for (int i = 0; i < 300; ++i) chain.push_back(forge.ca("root", "CA0"));
  VerifyRequest request = request_of(chain, roots);
  request.purpose = Purpose::client;
  const Verdict verdict = verify(request);
  expect_refused(verdict, Rule::work_bound, AlertDescription::certificate_unknown,
                 "bounded work: too many ways to an anchor: not all were tried");
  EXPECT_EQ(verdict.paths.size(), request.limits.paths);
  EXPECT_EQ(verdict.signature_checks, 2 * request.limits.paths);
}

// As above, but it is the signatures that are not good: the key of another CA of that name.
TEST(Pathological, HundredsOfWrongIssuersCostNoMoreSignatureChecksThanAllowed) {
  Forge forge;
  Forge other("other");
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("CA0")};
  for (int i = 0; i < 300; ++i) chain.push_back(other.ca("root", "CA0"));
  const VerifyRequest request = request_of(chain, roots);
  const Verdict verdict = verify(request);
  expect_refused(verdict, Rule::work_bound, AlertDescription::certificate_unknown,
                 "bounded work: too many ways to an anchor: not all were tried");
  EXPECT_LE(verdict.signature_checks, request.limits.signature_checks);
}

TEST(Pathological, CasThatCertifyEachOtherAreNoPath) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("A"), forge.ca("B", "A"), forge.ca("A", "B")};
  const Verdict verdict = verify(request_of(chain, roots));
  expect_refused(verdict, Rule::path_to_anchor, AlertDescription::unknown_ca,
                 "the intermediate certificate CN=B: path to a trust anchor: its issuer CN=A is in "
                 "the path already and is not the one trust anchor");
  EXPECT_EQ(verdict.paths.size(), 1u);
  EXPECT_EQ(verdict.path().certificates.size(), 3u);
}

// Dead ends are told up to a bound; behind it the one that got furthest still decides.
TEST(Pathological, DeadEndThatGetsFurtherTakesThePlaceOfTheOneThatWasKept) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("A"), forge.ca("X", "A"), forge.ca("B", "A"),
                                       forge.ca("Y", "B")};
  VerifyRequest request = request_of(chain, roots);
  request.limits.paths = 1;
  const Verdict verdict = verify(request);
  EXPECT_FALSE(verdict.trusted);
  ASSERT_EQ(verdict.paths.size(), 1u);
  EXPECT_EQ(verdict.path().certificates.size(), 3u);  // leaf, A, B
}

TEST(Pathological, LoopIsLeftWhereOneOfItsCasHasAnAnchor) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("A"), forge.ca("B", "A"), forge.ca("A", "B"),
                                       forge.ca("root", "B")};
  const Verdict verdict = verify(request_of(chain, roots));
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_EQ(verdict.path().certificates.size(), 4u);  // leaf, A, B, root
  EXPECT_EQ(verdict.signature_checks, 3u);
}

// Self-signed, one name and one key: all of them are the same CA.
TEST(Pathological, HundredsOfCertificatesOfOneCaAreOneStep) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("A")};
  for (int i = 0; i < 300; ++i) chain.push_back(forge.ca("A", "A"));
  const Verdict verdict = verify(request_of(chain, roots));
  expect_refused(verdict, Rule::path_to_anchor, AlertDescription::unknown_ca,
                 "the intermediate certificate CN=A: path to a trust anchor: self-signed, and not "
                 "the one trust anchor");
  EXPECT_EQ(verdict.path().certificates.size(), 2u);
  EXPECT_LE(verdict.signature_checks, Limits{}.signature_checks);
}

/// A path of `count` intermediates, the leaf first.
std::vector<Certificate> deep_chain(Forge& forge, std::size_t count) {
  std::vector<Certificate> chain{forge.leaf(ca_name(count))};
  for (std::size_t i = count; i > 0; --i) {
    chain.push_back(forge.ca(i == 1 ? "root" : ca_name(i - 1), ca_name(i)));
  }
  return chain;
}

TEST(Pathological, DeepestPathAllowedIsTrusted) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain = deep_chain(forge, Limits{}.intermediates);
  const Verdict verdict = verify(request_of(chain, roots));
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_EQ(verdict.signature_checks, Limits{}.intermediates + 1);
}

TEST(Pathological, DeeperPathsAreRefused) {
  for (const std::size_t count : {Limits{}.intermediates + 1, std::size_t{300}}) {
    Forge forge;
    const TrustStore roots = forge.anchor("root");
    const std::vector<Certificate> chain = deep_chain(forge, count);
    const Verdict verdict = verify(request_of(chain, roots));
    expect_refused(
        verdict, Rule::work_bound, AlertDescription::certificate_unknown,
        "the intermediate certificate CN=" + ca_name(count - Limits{}.intermediates + 1) +
            ": bounded work: the path has too many intermediate certificates");
    EXPECT_EQ(verdict.paths.size(), 1u);
    EXPECT_LE(verdict.signature_checks, Limits{}.intermediates);
  }
}

/// `constraints` permitted names held against the leaf's subject and `names` alternatives, each of
/// which only the last constraint permits.
Verdict constrained(std::size_t constraints, std::size_t names) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  NameConstraints limits;
  for (std::size_t i = 1; i < constraints; ++i) {
    limits.permitted.push_back(forge::dns("d" + std::to_string(i) + ".example"));
  }
  limits.permitted.push_back(forge::dns("test"));
  std::vector<GeneralName> alternatives;
  for (std::size_t i = 0; i < names; ++i) {
    alternatives.push_back(forge::dns("n" + std::to_string(i) + ".test"));
  }
  const std::vector<Certificate> chain{
      forge.leaf("CA0", {{oid::subjectAltName, false, encode(alternatives)}}),
      forge.ca("root", "CA0", {{oid::nameConstraints, true, encode(limits)}})};
  return verify(request_of(chain, roots));
}

TEST(Pathological, NamesAreComparedUpToTheBound) {
  ASSERT_EQ(Limits{}.name_comparisons, 500u * 500u);
  const Verdict most = constrained(500, 499);  // and the subject
  EXPECT_TRUE(most.trusted) << most.summary;
  const std::string summary = "the certificate of CN=leaf: bounded work: too many names to compare";
  expect_refused(constrained(500, 500), Rule::work_bound, AlertDescription::certificate_unknown,
                 summary);
  expect_refused(constrained(5000, 5000), Rule::work_bound, AlertDescription::certificate_unknown,
                 summary);
}

// Were they compared, the refusal would be another: a peer without a CA's key causes no such work.
TEST(Pathological, NamesOfAForgedChainAreNotCompared) {
  Forge forge;
  Forge other("other");
  const TrustStore roots = forge.anchor("root");
  NameConstraints limits;
  std::vector<GeneralName> alternatives;
  for (std::size_t i = 0; i < 5000; ++i) {
    limits.permitted.push_back(forge::dns("d" + std::to_string(i) + ".example"));
    alternatives.push_back(forge::dns("n" + std::to_string(i) + ".test"));
  }
  const std::vector<Certificate> chain{
      other.leaf("CA0", {{oid::subjectAltName, false, encode(alternatives)}}),
      other.ca("root", "CA0", {{oid::nameConstraints, true, encode(limits)}})};
  expect_refused(verify(request_of(chain, roots)), Rule::signature,
                 AlertDescription::bad_certificate,
                 "the intermediate certificate CN=CA0: signature: not made by the key of CN=root");
}

Oid policy(std::size_t level, std::size_t number) {
  return Oid{1,
             3,
             6,
             1,
             4,
             1,
             99999,
             static_cast<std::uint32_t>(level),
             static_cast<std::uint32_t>(number)};
}

std::vector<PolicyInformation> policies(std::size_t level, std::size_t count) {
  std::vector<PolicyInformation> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back({policy(level, i), {}});
  return all;
}

/// Eight intermediates, each of which names `count` policies and maps every one of them to every
/// one of the next certificate: in the tree of RFC 5280, 6.1.2 that is `count`^9 leaves.
Verdict mapped(std::size_t count, const PolicyInputs& inputs) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain;
  for (std::size_t level = 1; level <= 8; ++level) {
    std::vector<PolicyMapping> mappings;
    for (std::size_t from = 0; from < count; ++from) {
      for (std::size_t to = 0; to < count; ++to) {
        mappings.push_back({policy(level, from), policy(level + 1, to)});
      }
    }
    chain.insert(chain.begin(),
                 forge.ca(level == 1 ? "root" : ca_name(level - 1), ca_name(level),
                          {{oid::certificatePolicies, false, encode(policies(level, count))},
                           {oid::policyMappings, true, encode(mappings)}}));
  }
  chain.insert(chain.begin(),
               forge.leaf("CA8", {{oid::certificatePolicies, false, encode(policies(9, count))}}));
  VerifyRequest request = request_of(chain, roots);
  request.policies = inputs;
  return verify(request);
}

TEST(Pathological, PolicyMappingsThatDoubleAtEveryLevelAreFollowed) {
  PolicyInputs inputs;
  inputs.require_explicit = true;
  for (const std::size_t count : {2u, 30u}) {
    inputs.acceptable = {policy(1, 1)};
    const Verdict verdict = mapped(count, inputs);
    EXPECT_TRUE(verdict.trusted) << verdict.summary;
    inputs.acceptable = {policy(2, 1)};  // in the domain of the first CA's own CA: not the user's
    expect_refused(mapped(count, inputs), Rule::policy, AlertDescription::certificate_unknown,
                   "the certificate of CN=leaf: policies: a policy is required, and no acceptable "
                   "one is valid");
  }
}

TEST(Pathological, ThousandsOfPoliciesWithMappingsEndAtTheBound) {
  expect_refused(mapped(50, {}), Rule::work_bound, AlertDescription::certificate_unknown,
                 "the intermediate certificate CN=CA4: bounded work: too many policies to follow");
}

TEST(Pathological, ListOfTenThousandEntriesIsSearched) {
  Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("root")};
  std::vector<std::uint32_t> others;
  for (std::uint32_t i = 0; i < 10'000; ++i) others.push_back(1'000'000 - i);
  std::vector<std::uint32_t> with_leaf = others;
  with_leaf[5'000] = forge.last_serial_number();

  VerifyRequest request = request_of(chain, roots);
  request.require_crl = true;
  const std::vector<CertificateList> good{forge.crl("root", others)};
  request.crls = good;
  const Verdict verdict = verify(request);
  EXPECT_TRUE(verdict.trusted) << verdict.summary;
  EXPECT_EQ(verdict.signature_checks, 2u);

  const std::vector<CertificateList> bad{forge.crl("root", with_leaf)};
  request.crls = bad;
  expect_refused(verify(request), Rule::revocation, AlertDescription::certificate_revoked,
                 "the certificate of CN=leaf: revocation: revoked on 2026-01-01 00:00:00 UTC, says "
                 "the CRL of 2026-01-01 00:00:00 UTC");
}

TEST(Pathological, HundredsOfListsCostNoMoreSignatureChecksThanAllowed) {
  Forge forge;
  Forge other("other");
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("root")};
  std::vector<CertificateList> lists(300, other.crl("root", {}));
  for (CertificateList& list : lists) list = other.crl("root", {});
  VerifyRequest request = request_of(chain, roots);
  request.crls = lists;
  const Verdict verdict = verify(request);
  expect_refused(verdict, Rule::work_bound, AlertDescription::certificate_unknown,
                 "the certificate of CN=leaf: bounded work: too many signatures to check");
  EXPECT_EQ(verdict.signature_checks, request.limits.signature_checks);
}

// The one certificate that may sign the root's CRLs is itself covered by those CRLs only.
TEST(Pathological, SignerOfListsDoesNotVouchForItself) {
  Forge forge;
  TrustStore roots;
  const auto usage = [](KeyUsageBit bit) {
    return std::vector<NewExtension>{
        {oid::keyUsage, true,
         encode(KeyUsage{static_cast<std::uint16_t>(1u << static_cast<unsigned>(bit))})}};
  };
  roots.add(forge.ca("root", "root", usage(KeyUsageBit::keyCertSign)));
  const std::vector<Certificate> chain{forge.leaf("root"),
                                       forge.ca("root", "root", usage(KeyUsageBit::cRLSign))};
  const std::vector<CertificateList> lists{forge.crl("root", {})};
  VerifyRequest request = request_of(chain, roots);
  request.crls = lists;
  request.require_crl = true;
  const Verdict verdict = verify(request);
  expect_refused(
      verdict, Rule::revocation, AlertDescription::certificate_unknown,
      "the certificate of CN=leaf: revocation: a current CRL of its issuer is required: "
      "the CRL of 2026-01-01 00:00:00 UTC does not count: its issuer did not sign it, or "
      "may not sign CRLs");
  EXPECT_LE(verdict.signature_checks, 4u);
}

}  // namespace
}  // namespace glasstls::x509
