#include "x509/issue.h"

#include <gtest/gtest.h>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/signature.h"
#include "tests/support/test_random.h"
#include "tests/x509/samples.h"
#include "x509/encode.h"
#include "x509/name_text.h"

namespace glasstls::x509 {
namespace {

using crypto::NamedGroup;
using crypto::PrivateKey;

GeneralName dns(std::string_view name) {
  return {GeneralNameKind::dNSName, wire::copy(wire::as_bytes(name)), {}};
}

CertificateSpec spec(CertificateKind kind, std::string_view subject) {
  CertificateSpec spec;
  spec.kind = kind;
  spec.subject = parse_name(subject).value();
  spec.not_before = time_from(2026, 1, 1, 0, 0, 0).value();
  spec.not_after = time_from(2060, 12, 31, 23, 59, 59).value();
  return spec;
}

CertificateSpec server_spec() {
  CertificateSpec server = spec(CertificateKind::server, "CN=test");
  server.names = {dns("test"), {GeneralNameKind::iPAddress, {127, 0, 0, 1}, {}}};
  return server;
}

// A root of each kind of key signs; the tests look at what it gives.
struct Authority {
  explicit Authority(PrivateKey root_key)
      : key(std::move(root_key)),
        certificate(self_sign(spec(CertificateKind::root, "CN=Lab CA"), key, random)) {}
  Issuer issuer() const { return {certificate, key}; }

  test::TestRandom random;
  PrivateKey key;
  Certificate certificate;
};

Authority p256_authority() {
  test::TestRandom random("authority");
  return Authority(PrivateKey::generate_ec(NamedGroup::secp256r1, random));
}

bool is_signed_by(const Certificate& certificate, const crypto::PublicKey& key) {
  const auto& algorithm = certificate.signature_algorithm().usable;
  return algorithm && crypto::verify(key, *algorithm, certificate.tbs(), certificate.signature());
}

// "basicConstraints! keyUsage!": in order, critical ones marked.
std::string extensions_of(const Certificate& certificate) {
  std::string text;
  for (const Extension& extension : certificate.extensions().all) {
    text += (text.empty() ? "" : " ") + display(extension.oid) + (extension.critical ? "!" : "");
  }
  return text;
}

TEST(Issue, MakesARoot) {
  const Authority authority = p256_authority();
  const Certificate& root = authority.certificate;
  EXPECT_EQ(root.version(), 3);
  EXPECT_TRUE(root.is_self_issued());
  EXPECT_TRUE(is_signed_by(root, authority.key.public_key()));
  EXPECT_EQ(extensions_of(root), "basicConstraints! keyUsage! subjectKeyIdentifier");
  EXPECT_TRUE(root.is_ca());
  EXPECT_FALSE(root.extensions().basic_constraints->path_length);
  EXPECT_EQ(to_string(*root.extensions().key_usage), "keyCertSign, cRLSign");
  EXPECT_TRUE(root.serial_is_proper());
  EXPECT_EQ(to_string(root.not_before()), "2026-01-01 00:00:00 UTC");
  EXPECT_EQ(to_string(root.not_after()), "2060-12-31 23:59:59 UTC");
}

TEST(Issue, MakesAnIntermediate) {
  Authority authority = p256_authority();
  const auto key = PrivateKey::generate_ec(NamedGroup::secp384r1, authority.random);
  CertificateSpec wanted = spec(CertificateKind::intermediate, "CN=Lab Intermediate");
  const Certificate made = issue(wanted, key.public_key(), authority.issuer(), authority.random);
  EXPECT_EQ(extensions_of(made),
            "basicConstraints! keyUsage! subjectKeyIdentifier authorityKeyIdentifier");
  EXPECT_EQ(made.extensions().basic_constraints->path_length, 0u);
  EXPECT_EQ(made.issuer(), authority.certificate.subject());
  EXPECT_TRUE(is_signed_by(made, authority.key.public_key()));

  wanted.path_length = 2;
  wanted.more = {{oid::extKeyUsage, false, encode_extended_key_usage({oid::id_kp_serverAuth})}};
  const Certificate other = issue(wanted, key.public_key(), authority.issuer(), authority.random);
  EXPECT_EQ(other.extensions().basic_constraints->path_length, 2u);
  EXPECT_EQ(other.extensions().extended_key_usage->at(0), oid::id_kp_serverAuth);
}

TEST(Issue, MakesAServerAndAClient) {
  Authority authority = p256_authority();
  const auto key = PrivateKey::generate_ed25519(authority.random);
  const Certificate server =
      issue(server_spec(), key.public_key(), authority.issuer(), authority.random);
  EXPECT_EQ(extensions_of(server),
            "basicConstraints! keyUsage! extKeyUsage subjectKeyIdentifier authorityKeyIdentifier "
            "subjectAltName");
  EXPECT_FALSE(server.is_ca());
  EXPECT_EQ(to_string(*server.extensions().key_usage), "digitalSignature");
  EXPECT_EQ(server.extensions().extended_key_usage, std::vector{oid::id_kp_serverAuth});
  EXPECT_EQ(to_string(server.extensions().subject_alt_name->at(1)), "IP:127.0.0.1");

  const Certificate client = issue(spec(CertificateKind::client, "CN=someone"), key.public_key(),
                                   authority.issuer(), authority.random);
  EXPECT_EQ(extensions_of(client),
            "basicConstraints! keyUsage! extKeyUsage subjectKeyIdentifier authorityKeyIdentifier");
  EXPECT_EQ(client.extensions().extended_key_usage, std::vector{oid::id_kp_clientAuth});
}

TEST(Issue, MarksTheNamesCriticalIfThereIsNoSubject) {
  Authority authority = p256_authority();
  CertificateSpec wanted = server_spec();
  wanted.subject = Name();
  const Certificate made =
      issue(wanted, authority.key.public_key(), authority.issuer(), authority.random);
  EXPECT_TRUE(made.subject().empty());
  EXPECT_TRUE(made.extensions().find(oid::subjectAltName)->critical);
}

TEST(Issue, LinksKeysByTheirIdentifiers) {
  Authority authority = p256_authority();
  const Certificate made =
      issue(server_spec(), PrivateKey::generate_ed25519(authority.random).public_key(),
            authority.issuer(), authority.random);
  const Extensions& extensions = made.extensions();
  EXPECT_EQ(extensions.authority_key_identifier->key_identifier,
            authority.certificate.extensions().subject_key_identifier);
  EXPECT_EQ(extensions.subject_key_identifier->size(), 20u);
  // RFC 7093, 2 (1): openssl dgst -sha256 of the 32 bytes of the key
  const crypto::Digest digest =
      crypto::hash(crypto::HashAlgorithm::sha256, made.public_key().subject_public_key);
  EXPECT_TRUE(wire::equal(*extensions.subject_key_identifier, digest.view().first(20)));
  EXPECT_EQ(*extensions.subject_key_identifier, key_identifier(*made.public_key().key));
}

TEST(Issue, TakesTheIdentifierThatTheIssuerHas) {
  Authority authority = p256_authority();
  Authority named = p256_authority();
  CertificateSpec root = spec(CertificateKind::root, "CN=Named CA");
  root.more = {{oid::subjectKeyIdentifier, false, encode_subject_key_identifier(Bytes{1, 2, 3})}};
  const Certificate own = self_sign(root, authority.key, authority.random);
  const Certificate made =
      issue(server_spec(), named.key.public_key(), {own, authority.key}, authority.random);
  EXPECT_EQ(made.extensions().authority_key_identifier->key_identifier, (Bytes{1, 2, 3}));
}

TEST(Issue, DerivesTheIdentifierOfAnIssuerThatHasNone) {
  Authority authority = p256_authority();
  Draft draft = draft_of(spec(CertificateKind::root, "CN=Old CA"), authority.key.public_key(),
                         nullptr, authority.random);
  draft.extensions.resize(2);
  const Certificate old = Certificate::parse(sign(draft, authority.key, authority.random)).value();
  const Certificate made =
      issue(server_spec(), authority.key.public_key(), {old, authority.key}, authority.random);
  EXPECT_EQ(made.extensions().authority_key_identifier->key_identifier,
            key_identifier(authority.key.public_key()));
}

TEST(Issue, SignsWithEveryKindOfKey) {
  test::TestRandom random;
  std::vector<std::pair<PrivateKey, std::string>> kinds;
  kinds.emplace_back(PrivateKey::generate_rsa(2048, random), "sha256WithRSAEncryption");
  kinds.emplace_back(PrivateKey::generate_ec(NamedGroup::secp256r1, random), "ecdsa-with-SHA256");
  kinds.emplace_back(PrivateKey::generate_ec(NamedGroup::secp384r1, random), "ecdsa-with-SHA384");
  kinds.emplace_back(PrivateKey::generate_ed25519(random), "id-Ed25519");
  for (const auto& [key, algorithm] : kinds) {
    const Certificate root = self_sign(spec(CertificateKind::root, "CN=CA"), key, random);
    EXPECT_EQ(root.signature_algorithm().name, algorithm);
    EXPECT_TRUE(is_signed_by(root, key.public_key())) << algorithm;
    EXPECT_TRUE(root.deviations().empty()) << algorithm;
    EXPECT_TRUE(wire::equal(encode(root), root.der())) << algorithm;
  }
}

TEST(Issue, ReplacesExtensionsInPlaceAndAddsOthers) {
  Authority authority = p256_authority();
  CertificateSpec wanted = server_spec();
  const Bytes purposes = encode_extended_key_usage({oid::id_kp_serverAuth, oid::id_kp_clientAuth});
  wanted.more = {{oid::tlsfeature, false, encode_tls_features({5})},
                 {oid::extKeyUsage, true, purposes}};
  const Certificate made =
      issue(wanted, authority.key.public_key(), authority.issuer(), authority.random);
  EXPECT_EQ(extensions_of(made),
            "basicConstraints! keyUsage! extKeyUsage! subjectKeyIdentifier authorityKeyIdentifier "
            "subjectAltName tlsfeature");
  EXPECT_EQ(made.extensions().extended_key_usage->size(), 2u);
}

TEST(Issue, GivesEveryCertificateItsOwnSerialNumber) {
  test::TestRandom random;
  std::set<Bytes> seen;
  for (int i = 0; i < 200; ++i) {
    const Bytes serial = random_serial_number(random);
    EXPECT_EQ(serial.size(), 16u);
    EXPECT_EQ(serial[0] & 0xc0, 0x40);
    seen.insert(serial);
  }
  EXPECT_EQ(seen.size(), 200u);
}

TEST(Issue, RefusesWhatNoProfileAllows) {
  Authority authority = p256_authority();
  const auto refused = [&](CertificateSpec wanted) {
    EXPECT_THROW(
        draft_of(wanted, authority.key.public_key(), &authority.certificate, authority.random),
        std::logic_error);
  };
  CertificateSpec wanted = spec(CertificateKind::intermediate, "");
  refused(wanted);  // a CA without a subject
  wanted = spec(CertificateKind::server, "");
  refused(wanted);  // no name at all
  wanted = server_spec();
  wanted.not_after = Time{wanted.not_before.seconds - 1};
  refused(wanted);
  wanted = server_spec();
  wanted.path_length = 0;
  refused(wanted);
  wanted = server_spec();
  wanted.subject = Name();
  EXPECT_THROW(self_sign(wanted, authority.key, authority.random), std::logic_error);
}

TEST(Issue, RefusesAKeyThatIsNotTheIssuers) {
  Authority authority = p256_authority();
  const auto other = PrivateKey::generate_ec(NamedGroup::secp256r1, authority.random);
  EXPECT_THROW(
      issue(server_spec(), other.public_key(), {authority.certificate, other}, authority.random),
      std::logic_error);
}

TEST(Issue, RefusesNamesThatNoReaderTakes) {
  Authority authority = p256_authority();
  CertificateSpec wanted = server_spec();
  wanted.names = {dns("a b")};
  EXPECT_THROW(issue(wanted, authority.key.public_key(), authority.issuer(), authority.random),
               std::logic_error);
}

TEST(Issue, SignsDraftsRightOrWrong) {
  Authority authority = p256_authority();
  Draft draft =
      draft_of(server_spec(), authority.key.public_key(), &authority.certificate, authority.random);
  draft.version = 1;
  draft.extensions.clear();
  draft.serial_number = Bytes{0xff};
  draft.not_after = Time{draft.not_before.seconds - 1};
  const auto made = Certificate::parse(sign(draft, authority.key, authority.random));
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->version(), 1);
  EXPECT_FALSE(made->serial_is_proper());
  EXPECT_LT(made->not_after(), made->not_before());

  draft.version = 4;
  EXPECT_FALSE(Certificate::parse(sign(draft, authority.key, authority.random)));
  draft.version = 0;
  EXPECT_THROW(sign(draft, authority.key, authority.random), std::logic_error);
}

TEST(Issue, IsReproducibleFromTheSameRandomness) {
  const Authority one = p256_authority();
  const Authority other = p256_authority();
  EXPECT_EQ(one.certificate, other.certificate);
}

}  // namespace
}  // namespace glasstls::x509
