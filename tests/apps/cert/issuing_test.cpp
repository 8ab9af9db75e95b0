#include "apps/cert/issuing.h"

#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <vector>

#include "apps/cert/making.h"
#include "tests/apps/cert/scratch.h"
#include "tests/support/test_random.h"
#include "x509/encode.h"
#include "x509/name_text.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::apps {
namespace {

using testing::HasSubstr;
using x509::CertificateKind;

const x509::Time from{1735689600}, until{2366841600}, now{1780272000};

crypto::PrivateKey p256(std::string_view seed) {
  test::TestRandom random(seed);
  return crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random);
}

x509::CertificateSpec ca_spec() {
  x509::CertificateSpec spec;
  spec.kind = CertificateKind::root;
  spec.subject = x509::common_name("CA");
  spec.not_before = from;
  spec.not_after = until;
  return spec;
}

x509::Certificate self_signed(const x509::CertificateSpec& spec) {
  test::TestRandom random;
  return x509::self_sign(spec, p256("ca"), random);
}

// --- The CA -------------------------------------------------------------------------------------

class Authority : public testing::Test {
 protected:
  std::string write(const x509::Certificate& certificate) const {
    return scratch_.write("ca.pem", certificate_pem(certificate));
  }
  std::string key_file(const crypto::PrivateKey& key) const {
    const crypto::SecretBytes pem = x509::private_key_pem(key);
    return scratch_.write("key.pem", std::string(wire::as_text(pem.reveal())));
  }
  std::string attempt(const x509::Certificate& certificate, x509::Time at = now) const {
    return refusal([&] {
      static_cast<void>(read_authority(write(certificate), key_file(p256("ca")), "", at));
    });
  }

  Scratch scratch_;
};

TEST_F(Authority, IsACaWithItsKey) { EXPECT_EQ(attempt(self_signed(ca_spec())), "accepted"); }

TEST_F(Authority, IsFoundAmongSeveralByItsKey) {
  x509::CertificateSpec spec = ca_spec();
  spec.subject = x509::common_name("Another");
  test::TestRandom random;
  const std::string both = certificate_pem(x509::self_sign(spec, p256("another"), random)) +
                           certificate_pem(self_signed(ca_spec()));
  const CertificateAuthority authority =
      read_authority(scratch_.write("both.pem", both), key_file(p256("ca")), "", now);
  EXPECT_EQ(x509::to_string(authority.certificate().subject()), "CN=CA");
  EXPECT_EQ(authority.certificates.size(), 2U);
}

TEST_F(Authority, IsRefusedWithAnotherKey) {
  EXPECT_EQ(refusal([&] {
              static_cast<void>(
                  read_authority(write(self_signed(ca_spec())), key_file(p256("x")), "", now));
            }),
            scratch_.file("key.pem") + " does not hold the private key of CN=CA (" +
                scratch_.file("ca.pem") + ")");
}

TEST_F(Authority, IsRefusedIfItIsNoCa) {
  x509::CertificateSpec spec = ca_spec();
  spec.more = {{x509::oid::basicConstraints, true, x509::encode(x509::BasicConstraints{})}};
  EXPECT_EQ(attempt(self_signed(spec)),
            scratch_.file("ca.pem") +
                ": CN=CA is not a CA: basicConstraints does not say cA TRUE (RFC 5280, 4.2.1.9)");
}

TEST_F(Authority, IsRefusedIfItMayNotSignCertificates) {
  x509::CertificateSpec spec = ca_spec();
  spec.more = {{x509::oid::keyUsage, true, x509::encode(x509::KeyUsage{1 << 6})}};
  EXPECT_EQ(attempt(self_signed(spec)),
            scratch_.file("ca.pem") +
                ": CN=CA may not sign certificates: its keyUsage lacks keyCertSign (RFC 5280, "
                "4.2.1.3)");
}

TEST_F(Authority, IsRefusedOutsideItsValidity) {
  const x509::Certificate ca = self_signed(ca_spec());
  EXPECT_EQ(attempt(ca, {from.seconds - 1}),
            scratch_.file("ca.pem") + ": CN=CA is not valid before 2025-01-01 00:00:00 UTC");
  EXPECT_EQ(attempt(ca, {until.seconds + 1}),
            scratch_.file("ca.pem") + ": CN=CA has been valid until 2045-01-01 00:00:00 UTC");
  EXPECT_EQ(attempt(ca, from), "accepted");
  EXPECT_EQ(attempt(ca, until), "accepted");
}

std::string path_length(std::optional<std::uint32_t> of_ca, std::optional<std::uint32_t> asked) {
  x509::CertificateSpec spec = ca_spec();
  spec.path_length = of_ca;
  std::uint32_t length = 0;
  const std::string refused =
      refusal([&] { length = path_length_below(self_signed(spec), asked); });
  return refused == "accepted" ? std::to_string(length) : refused;
}

TEST(PathLength, StaysBelowTheCas) {
  EXPECT_EQ(path_length({}, {}), "0");
  EXPECT_EQ(path_length({}, 3), "3");
  EXPECT_EQ(path_length(2, 1), "1");
  EXPECT_EQ(path_length(0, {}),
            "CN=CA may not sign other CAs: its pathLenConstraint is 0 (RFC 5280, 4.2.1.9)");
  EXPECT_EQ(path_length(2, 2),
            "--path-length 2 is too long below CN=CA, whose own is 2 (RFC 5280, 4.2.1.9)");
}

// --- The certificate ----------------------------------------------------------------------------

std::string issued_below(const std::vector<x509::NewExtension>& of_ca, CertificateKind kind) {
  x509::CertificateSpec spec = ca_spec();
  spec.more = of_ca;
  const x509::Certificate ca = self_signed(spec);
  const crypto::PrivateKey ca_key = p256("ca");
  x509::CertificateSpec leaf;
  leaf.kind = kind;
  leaf.subject = x509::common_name("leaf");
  leaf.names = parse_general_names({"example.test"});
  leaf.not_before = from;
  leaf.not_after = until;
  test::TestRandom random;
  const x509::Certificate issued =
      x509::issue(leaf, p256("leaf").public_key(), {ca, ca_key}, random);
  return refusal([&] { check_issued(issued, ca, kind, now); });
}

TEST(Issued, IsMadeOnlyIfItCanBeTrusted) {
  EXPECT_EQ(issued_below({}, CertificateKind::server), "accepted");
  EXPECT_EQ(issued_below({}, CertificateKind::client), "accepted");
  EXPECT_EQ(issued_below({}, CertificateKind::intermediate), "accepted");
}

TEST(Issued, IsRefusedWhereTheCasNameConstraintsForbidIt) {
  const std::vector<x509::NewExtension> constraints = {
      {x509::oid::nameConstraints, true,
       x509::encode(x509::NameConstraints{parse_general_names({"other.test"}), {}})}};
  for (const auto kind :
       {CertificateKind::server, CertificateKind::client, CertificateKind::intermediate})
    EXPECT_THAT(issued_below(constraints, kind),
                HasSubstr("the certificate would be of no use, so none is made: "));
}

// --- The request --------------------------------------------------------------------------------

x509::CertificationRequest request_for(const std::vector<x509::NewExtension>& extensions) {
  test::TestRandom random;
  return x509::make_request(x509::common_name("leaf"), extensions, p256("leaf"), random);
}

TEST(Request, MustBeSignedByItsKey) {
  const x509::CertificationRequest good = request_for({});
  EXPECT_EQ(refusal([&] { check_request(good, "a.csr"); }), "accepted");
  Bytes bytes = wire::copy(good.der());
  bytes.back() ^= 1;
  const auto bad = x509::CertificationRequest::parse(bytes);
  ASSERT_TRUE(bad);
  EXPECT_EQ(refusal([&] { check_request(*bad, "a.csr"); }),
            "a.csr: its signature is wrong: whoever sent it did not show that the key is theirs "
            "(RFC 2986, 3)");
}

TEST(Request, MustHaveAStrongKey) {
  test::TestRandom random;
  const auto weak = x509::make_request(x509::common_name("leaf"), {},
                                       crypto::PrivateKey::generate_rsa(1024, random), random);
  EXPECT_THAT(refusal([&] { check_request(weak, "a.csr"); }),
              testing::StartsWith("a.csr: its key is not accepted: "));
}

}  // namespace
}  // namespace glasstls::apps
