#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "apps/cert/issuing.h"
#include "apps/cert/making.h"
#include "tests/apps/cert/scratch.h"
#include "tests/support/test_random.h"
#include "x509/encode.h"
#include "x509/name_text.h"

namespace glasstls::apps {
namespace {

using x509::CertificateKind;
using x509::KeyUsageBit;
using x509::NewExtension;

const CopyRules copy_for_server{CertificateKind::server, true, false};

x509::KeyUsage usage(std::initializer_list<KeyUsageBit> bits) {
  x509::KeyUsage value;
  for (const KeyUsageBit bit : bits)
    value.bits = static_cast<std::uint16_t>(value.bits | 1U << static_cast<unsigned>(bit));
  return value;
}

NewExtension key_usage_of(std::initializer_list<KeyUsageBit> bits) {
  return {x509::oid::keyUsage, true, x509::encode(usage(bits))};
}
NewExtension purposes_of(const std::vector<x509::Oid>& purposes) {
  return {x509::oid::extKeyUsage, false, x509::encode_extended_key_usage(purposes)};
}
NewExtension names_of(const std::vector<std::string>& names) {
  return {x509::oid::subjectAltName, false, x509::encode(parse_general_names(names))};
}
NewExtension dns_of(std::string_view text) {
  return {x509::oid::subjectAltName, false,
          x509::encode(std::vector<x509::GeneralName>{
              {x509::GeneralNameKind::dNSName, wire::copy(wire::as_bytes(text)), {}}})};
}
NewExtension constraints_of(bool ca) {
  return {x509::oid::basicConstraints, true, x509::encode(x509::BasicConstraints{ca, {}})};
}

enum class KeyOf { ec, rsa };

Copied copied(const std::vector<NewExtension>& requested, const CopyRules& rules,
              KeyOf kind = KeyOf::ec) {
  test::TestRandom random;
  const crypto::PrivateKey key =
      kind == KeyOf::rsa ? crypto::PrivateKey::generate_rsa(2048, random)
                         : crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random);
  return copy_extensions(x509::make_request(x509::common_name("a"), requested, key, random), rules);
}

/// "subjectAltName: DNS:test (copied)".
std::vector<std::string> told(const Copied& copied) {
  std::vector<std::string> lines;
  for (const RequestedExtension& one : copied.all)
    lines.push_back(one.text + " (" + one.fate + ")");
  return lines;
}

using Lines = std::vector<std::string>;

TEST(RequestedExtensions, AreShownButNotCopiedUnlessAsked) {
  const Copied none = copied({constraints_of(true),
                              names_of({"a.test", "192.0.2.1"}),
                              key_usage_of({KeyUsageBit::digitalSignature}),
                              purposes_of({x509::oid::id_kp_serverAuth}),
                              {x509::Oid{2, 999, 1}, false, {5, 0}}},
                             {CertificateKind::server, false, false});
  EXPECT_EQ(
      told(none),
      (Lines{"basicConstraints: cA TRUE (not granted: --purpose ca makes a CA)",
             "subjectAltName: DNS:a.test, IP:192.0.2.1 (not copied: --copy-extensions does it)",
             "keyUsage: digitalSignature (not copied: --copy-extensions does it)",
             "extKeyUsage: id-kp-serverAuth (not copied: --copy-extensions does it)",
             "2.999.1: 2 bytes (never copied)"}));
  EXPECT_TRUE(none.names.empty());
  EXPECT_TRUE(none.extensions.empty());
}

TEST(RequestedExtensions, AreCopiedWhenAsked) {
  const Copied all = copied({names_of({"a.test"}),
                             key_usage_of({KeyUsageBit::digitalSignature}),
                             purposes_of({x509::oid::id_kp_serverAuth}),
                             {x509::Oid{2, 999, 1}, false, {5, 0}}},
                            copy_for_server);
  EXPECT_EQ(told(all),
            (Lines{"subjectAltName: DNS:a.test (copied)", "keyUsage: digitalSignature (copied)",
                   "extKeyUsage: id-kp-serverAuth (copied)", "2.999.1: 2 bytes (never copied)"}));
  EXPECT_EQ(to_string(all.names), "DNS:a.test");
  ASSERT_EQ(all.extensions.size(), 2U);
  EXPECT_EQ(all.extensions[0].oid, x509::oid::keyUsage);
  EXPECT_TRUE(all.extensions[0].critical);
  EXPECT_EQ(all.extensions[1].oid, x509::oid::extKeyUsage);
}

TEST(RequestedExtensions, YieldToNamesThatWereGiven) {
  const Copied one = copied({names_of({"a.test"})}, {CertificateKind::server, true, true});
  EXPECT_EQ(told(one), (Lines{"subjectAltName: DNS:a.test (not copied: --name decides)"}));
  EXPECT_TRUE(one.names.empty());
}

TEST(RequestedExtensions, NeverMakeACa) {
  EXPECT_EQ(refusal([] { copied({constraints_of(true)}, copy_for_server); }),
            "the request asks for a CA certificate (basicConstraints says cA TRUE); that is made "
            "with --purpose ca only");
  EXPECT_EQ(refusal([] {
              copied({key_usage_of({KeyUsageBit::digitalSignature, KeyUsageBit::keyCertSign})},
                     copy_for_server);
            }),
            "the request asks for a CA's keyUsage (digitalSignature, keyCertSign); that is made "
            "with --purpose ca only");
}

TEST(RequestedExtensions, OfACaAreMadeAnew) {
  const Copied none = copied({constraints_of(true), key_usage_of({KeyUsageBit::keyCertSign})},
                             {CertificateKind::intermediate, true, false});
  EXPECT_EQ(told(none), (Lines{"basicConstraints: cA TRUE (made anew)",
                               "keyUsage: keyCertSign (not copied: a CA's are made anew)"}));
  EXPECT_TRUE(none.extensions.empty());
}

TEST(RequestedExtensions, LoseWhatDoesNotFit) {
  const std::vector<NewExtension> classic = {
      key_usage_of({KeyUsageBit::digitalSignature, KeyUsageBit::keyEncipherment}),
      purposes_of({x509::oid::id_kp_serverAuth, x509::oid::id_kp_codeSigning})};
  EXPECT_EQ(
      told(copied(classic, copy_for_server)),
      (Lines{"keyUsage: digitalSignature, keyEncipherment (copied but for what does not fit: "
             "digitalSignature)",
             "extKeyUsage: id-kp-serverAuth, id-kp-codeSigning (copied but for what does not fit: "
             "id-kp-serverAuth)"}));
  EXPECT_EQ(told(copied(classic, copy_for_server, KeyOf::rsa))[0],
            "keyUsage: digitalSignature, keyEncipherment (copied)");
}

TEST(RequestedExtensions, MustServeThePurpose) {
  EXPECT_EQ(
      refusal([] { copied({key_usage_of({KeyUsageBit::keyEncipherment})}, copy_for_server); }),
      "the request asks for keyUsage keyEncipherment without digitalSignature, with which TLS "
      "here can do nothing");
  EXPECT_EQ(
      refusal([] { copied({purposes_of({x509::oid::id_kp_clientAuth})}, copy_for_server); }),
      "the request asks for extKeyUsage id-kp-clientAuth without id-kp-serverAuth, which --purpose "
      "server needs");
}

TEST(RequestedExtensions, NameNobodyWithAMalformedName) {
  EXPECT_THAT(refusal([] { copied({dns_of("foo_bar.test")}, copy_for_server); }),
              testing::StartsWith("the name 'DNS:foo_bar.test' is not a DNS name"));
  EXPECT_THAT(refusal([] { copied({dns_of("*.test")}, copy_for_server); }),
              testing::StartsWith("the name 'DNS:*.test' is not a DNS name"));
}

}  // namespace
}  // namespace glasstls::apps
