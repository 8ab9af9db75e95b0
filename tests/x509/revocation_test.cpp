// CRLs as verify() takes them. NIST's PKITS (pkits_test.cpp) holds the other half.
#include "x509/revocation.h"

#include <gtest/gtest.h>

#include "tests/x509/forge.h"

namespace glasstls::x509 {
namespace {

using forge::Forge;

struct Case {
  Forge forge;
  TrustStore roots = forge.anchor("root");
  std::vector<Certificate> chain{forge.leaf("root")};
  std::vector<CertificateList> crls;
  bool require_crl = false;
  Time at = time_from(2026, 6, 1, 0, 0, 0).value();

  Verdict verdict() const {
    VerifyRequest request;
    request.chain = chain;
    request.roots = &roots;
    request.at = at;
    request.crls = crls;
    request.require_crl = require_crl;
    return verify(request);
  }
};

std::string words(const Verdict& verdict) {
  for (const Check& check : verdict.path().checks) {
    if (check.rule == Rule::revocation) return check.detail;
  }
  return "no check";
}

TEST(Revocation, IsNotSpokenOfWithoutLists) {
  Case without;
  EXPECT_TRUE(without.verdict().trusted);
  EXPECT_EQ(words(without.verdict()), "no check");
}

TEST(Revocation, RefusesWhoIsListed) {
  Case listed;
  listed.crls = {listed.forge.crl("root", {5, listed.forge.last_serial_number(), 900})};
  const Verdict verdict = listed.verdict();
  EXPECT_FALSE(verdict.trusted);
  EXPECT_EQ(wire::name_of(verdict.alert), "certificate_revoked");
  EXPECT_EQ(verdict.section, "RFC 5280, 6.3");
  listed.crls = {listed.forge.crl("root", {5, 900})};
  EXPECT_TRUE(listed.verdict().trusted);
  EXPECT_EQ(words(listed.verdict()), "not revoked, says the CRL of 2026-01-01 00:00:00 UTC");
}

TEST(Revocation, RequiresACurrentListOfTheIssuerWhereAsked) {
  Case required;
  required.require_crl = true;
  const auto refused = [&](const std::string& why) {
    const Verdict verdict = required.verdict();
    EXPECT_FALSE(verdict.trusted);
    EXPECT_EQ(wire::name_of(verdict.alert), "certificate_unknown");
    EXPECT_EQ(words(verdict), "a current CRL of its issuer is required: " + why);
  };
  refused("no CRL of its issuer was given");
  required.crls = {required.forge.crl("another", {})};
  refused("no CRL of its issuer was given");
  required.crls = {Forge("another").crl("root", {})};
  refused(
      "the CRL of 2026-01-01 00:00:00 UTC does not count: its issuer did not sign it, or may not "
      "sign CRLs");
  required.crls.push_back(required.forge.crl("root", {}));
  EXPECT_TRUE(required.verdict().trusted);
}

TEST(Revocation, DoesNotAskForAListOfAnAnchorsIssuer) {
  Case anchor;
  anchor.roots = {};
  anchor.roots.add(anchor.chain[0]);
  anchor.require_crl = true;
  EXPECT_TRUE(anchor.verdict().trusted);
}

// A forged list must not revoke, nor one of another CA.
TEST(Revocation, BelievesNoListThatTheIssuerDidNotSign) {
  Case forged;
  forged.crls = {Forge("another").crl("root", {forged.forge.last_serial_number()}),
                 forged.forge.crl("another", {forged.forge.last_serial_number()})};
  EXPECT_TRUE(forged.verdict().trusted);
  EXPECT_EQ(words(forged.verdict()),
            "not checked: the CRL of 2026-01-01 00:00:00 UTC does not count: its issuer did not "
            "sign it, or may not sign CRLs");
}

}  // namespace
}  // namespace glasstls::x509
