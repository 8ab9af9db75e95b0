// A client's certificate that is malformed, not to be trusted, or not its own.
// RFC 5246, 7.4.6 and 7.4.8; RFC 8422, 5.5.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/support/data_files.h"
#include "tests/tls/asking.h"
#include "tests/tls/refused.h"
#include "x509/encode.h"
#include "x509/pem.h"

namespace glasstls::tls {
namespace {

using crypto::SignatureScheme;
using handshake::Certificate;
using handshake::CertificateVerify;
using test::ScriptedClient;
using test::ServerPeers;
using enum ClientAuthentication;

using Shown = std::shared_ptr<const handshake::Credential>;

ServerPeers::Step certificate(const test::Change<Certificate>& change = {}) {
  return [change](ScriptedClient& client) { client.certificate(change); };
}

void expect_refused_certificate(ServerPeers& peers, Expected expected) {
  expected.message = "Certificate";
  expect_refused(peers, expected);
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, "WaitClientCertificate");
}

/// Distrusted in either mode: a bad certificate is not taken for none.
void expect_distrusted(const test::Lab& lab, const Shown& shown, AlertDescription alert,
                       std::string_view reason_part, const test::Change<Certificate>& change = {},
                       const test::Change<ServerSettings>& more = {}) {
  for (const auto mode : {requested, required}) {
    ServerPeers peers(showing(shown), asking(lab, mode, more));
    peers.hello();
    peers.run({certificate(change)});
    expect_refused_certificate(
        peers, {.alert = alert, .reason_part = reason_part, .cause = Failed::Cause::certificate});
    ASSERT_NE(peers.find<Failed>(), nullptr);
    EXPECT_EQ(peers.find<Failed>()->reason, peers.find<Failed>()->verdict->summary);
  }
}

// --- Not to be trusted

TEST(BadClientCertificate, OfAnUnknownCaIsUnknownCa) {
  test::Lab lab, stranger("Stranger");
  expect_distrusted(lab, stranger.client(), AlertDescription::unknown_ca, "CN=Stranger");
}

TEST(BadClientCertificate, WithADamagedSignatureIsBadCertificate) {
  test::Lab lab;
  expect_distrusted(lab, lab.client(), AlertDescription::bad_certificate, "signature",
                    [](Certificate& message) { message.certificate_list[0].der.back() ^= 1; });
}

TEST(BadClientCertificate, ThatSignedItselfIsUnknownCa) {
  test::Lab lab;
  test::TestRandom random("self-signed");
  x509::CertificateSpec spec;
  spec.kind = x509::CertificateKind::client;
  spec.subject = lab.client()->leaf().subject();
  spec.not_before = test::start_of(2028);
  spec.not_after = test::start_of(2040);
  const auto own = std::make_shared<handshake::Credential>();
  own->key = test::key_of("p256");
  own->chain = {x509::self_sign(spec, *own->key, random)};
  expect_distrusted(lab, own, AlertDescription::unknown_ca, "self-signed");
}

TEST(BadClientCertificate, ThatHasExpiredOrIsNotYetValidIsCertificateExpired) {
  test::Lab lab;
  expect_distrusted(lab, lab.issue({.first_year = 2028, .last_year = 2029}),
                    AlertDescription::certificate_expired, "expired");
  expect_distrusted(lab, lab.issue({.first_year = 2031, .last_year = 2040}),
                    AlertDescription::certificate_expired, "not valid before");
}

TEST(BadClientCertificate, OfAServerIsUnsupportedCertificate) {
  test::Lab lab;
  expect_distrusted(lab, lab.server({"alice.test"}), AlertDescription::unsupported_certificate,
                    "extKeyUsage");
}

TEST(BadClientCertificate, WhoseKeyMayNotSignIsUnsupportedCertificate) {
  test::Lab lab;
  test::Wanted wanted;
  const x509::KeyUsage agreement{1U << static_cast<unsigned>(x509::KeyUsageBit::keyAgreement)};
  wanted.more = {{x509::oid::keyUsage, true, x509::encode(agreement)}};
  const auto shown = lab.issue(wanted);
  expect_distrusted(lab, shown, AlertDescription::unsupported_certificate, "keyUsage");

  ServerPeers trusting(showing(shown),
                       asking(lab, required, [](ServerSettings& s) { s.verify_client = false; }));
  trusting.hello();
  trusting.run({certificate()});
  expect_refused_certificate(trusting, {.alert = AlertDescription::unsupported_certificate,
                                        .field = "certificate_list",
                                        .offset = 4,
                                        .section = "RFC 5246, 7.4.6"});
}

TEST(BadClientCertificate, OnNoListThoughOneIsRequiredIsCertificateUnknown) {
  test::Lab lab;
  expect_distrusted(lab, lab.client(), AlertDescription::certificate_unknown, "revocation", {},
                    [](ServerSettings& s) { s.require_crl = true; });
}

// --- Of a kind that was not asked for

void expect_wrong_kind(const test::Lab& lab, const Shown& shown,
                       const test::Change<ServerSettings>& settings, Expected expected) {
  ServerPeers peers(showing(shown), asking(lab, required, settings));
  peers.hello();
  peers.run({certificate()});
  expected.field = "certificate_list";
  expect_refused_certificate(peers, expected);
}

TEST(BadClientCertificate, OfATypeThatWasNotAskedForIsUnsupportedCertificate) {
  test::Lab lab;
  const Expected expected{.alert = AlertDescription::unsupported_certificate,
                          .section = "RFC 5246, 7.4.6",
                          .reason_part = "not asked for"};
  const auto only = [](SignatureScheme scheme) {
    return [scheme](ServerSettings& s) { s.signature_schemes = {scheme}; };
  };
  for (const char* key : {"p256", "ed25519"})
    expect_wrong_kind(lab, lab.client(key), only(SignatureScheme::rsa_pss_rsae_sha256), expected);
  expect_wrong_kind(lab, lab.client("rsa"), only(SignatureScheme::ecdsa_secp256r1_sha256),
                    expected);
}

TEST(BadClientCertificate, OnACurveThatWeLeaveOutIsIllegalParameter) {
  test::Lab lab;
  expect_wrong_kind(lab, lab.client("p384"),
                    [](ServerSettings& s) {
                      s.groups = {crypto::NamedGroup::x25519, crypto::NamedGroup::secp256r1};
                    },
                    {.alert = AlertDescription::illegal_parameter, .section = "RFC 8422, 5.5"});
}

TEST(BadClientCertificate, WithAKeyThatWeCannotUseIsUnsupportedCertificate) {
  const test::Lab lab;
  for (const auto& [file, name] :
       {std::pair{"p521", "secp521r1"}, std::pair{"rsa-1024", "RSA 1024"}}) {
    const std::string path = "data/x509/" + std::string(file) + ".pem";
    const Bytes der = x509::parse_pem(test::read_data(path)).blocks.at(0).der;
    ServerPeers peers({},
                      asking(lab, required, [](ServerSettings& s) { s.verify_client = false; }));
    peers.hello();
    peers.run({certificate([&](Certificate& message) { message.certificate_list = {{der}}; })});
    expect_refused_certificate(peers, {.alert = AlertDescription::unsupported_certificate,
                                       .section = "RFC 5246, 7.4.6",
                                       .reason_part = name});
  }
}

// --- Malformed

TEST(BadClientCertificate, ThatIsGarbageIsDecodeErrorWithItsOffset) {
  test::Lab lab;
  ServerPeers peers(showing(lab.client()), asking(lab, requested));
  peers.hello();
  peers.run({certificate([](Certificate& m) { m.certificate_list[0].der = Bytes(50, 0x5a); })});
  expect_refused_certificate(peers, {.alert = AlertDescription::decode_error,
                                     .field = "ASN.1Cert",
                                     .offset = 10});  // after header and both lengths
}

TEST(BadClientCertificate, WithAnEmptyEntryIsDecodeError) {
  test::Lab lab;
  ServerPeers peers(showing(lab.client()), asking(lab, requested));
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.handshake(handshake::HandshakeType::certificate, Bytes{0, 0, 3, 0, 0, 0});
  }});
  expect_refused_certificate(peers, {.alert = AlertDescription::decode_error,
                                     .field = "ASN.1Cert",
                                     .offset = 7,
                                     .section = "RFC 5246, 7.4.2"});
}

// Each costs a parse that fails at once, and nothing more ...
TEST(BadClientCertificate, OfSomeMalformedOnesIsRefusedForItsLeaf) {
  test::Lab lab, stranger("Stranger");
  expect_distrusted(
      lab, stranger.client(), AlertDescription::unknown_ca, "CN=Stranger",
      [](Certificate& message) { message.certificate_list.resize(64, {Bytes{0x5a}}); });
}

// ... and of more than certificate_limits allow none is read.
TEST(BadClientCertificate, OfMoreThanWeReadIsCertificateUnknown) {
  test::Lab lab;
  for (const std::size_t count : {65U, 30'000U}) {
    ServerPeers peers(showing(lab.client()), asking(lab, required));
    peers.hello();
    peers.run({[&](ScriptedClient& client) {
      client.certificate(
          [&](Certificate& message) { message.certificate_list.resize(count, {Bytes{0x5a}}); });
    }});
    expect_refused(peers, {.alert = AlertDescription::certificate_unknown,
                           .message = "Certificate",
                           .field = "certificate_list",
                           .section = "RFC 5246, 7.4.2",
                           .reason_part = "more certificates"});
  }
}

// --- Not its own

/// What comes of a CertificateVerify that was changed.
void expect_refused_proof(test::Lab& lab, const test::ClientChoices& choices,
                          const test::Change<CertificateVerify>& change, Expected expected,
                          const test::Change<ServerSettings>& settings = {}) {
  ServerPeers peers(choices, asking(lab, requested, settings));
  peers.hello();
  peers.run({[&](ScriptedClient& client) {
    client.certificate();
    client.key_exchange();
    client.certificate_verify(change);
  }});
  expected.message = "CertificateVerify";
  expected.section = "RFC 5246, 7.4.8";
  expect_refused(peers, expected);
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, "WaitCertificateVerify");
}

const Expected wrong_signature{
    .alert = AlertDescription::decrypt_error, .field = "signature", .offset = 6};
const Expected wrong_scheme{
    .alert = AlertDescription::illegal_parameter, .field = "algorithm", .offset = 4};

SignatureScheme first_scheme_for(const std::string& key) {
  for (const crypto::SchemeParameters& scheme : crypto::all_schemes())
    if (scheme.key_type == test::identity(key).key.type()) return scheme.id;
  throw std::logic_error("no scheme for " + key);
}

TEST(BadClientProof, WithAWrongSignatureIsDecryptError) {
  test::Lab lab;
  for (const std::string key : {"rsa", "p256", "p384", "ed25519"}) {
    const auto choices = showing(lab.client(key), first_scheme_for(key));
    expect_refused_proof(
        lab, choices, [](CertificateVerify& m) { m.handshake_messages.signature.back() ^= 1; },
        wrong_signature);
    for (const std::size_t size : {0U, 1U, 2000U})
      expect_refused_proof(
          lab, choices, [&](CertificateVerify& m) { m.handshake_messages.signature.resize(size); },
          wrong_signature);
  }
}

TEST(BadClientProof, WithAnotherKeyThanTheCertificatesIsDecryptError) {
  test::Lab lab;
  const auto stolen = std::make_shared<handshake::Credential>(*lab.client("p256"));
  test::TestRandom random("thief");
  stolen->key = std::make_shared<const crypto::PrivateKey>(
      crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random));
  expect_refused_proof(lab, showing(stolen), {}, wrong_signature);
}

TEST(BadClientProof, OfAnotherHandshakeIsDecryptError) {
  test::Lab lab;
  const auto choices = showing(lab.client());
  handshake::DigitallySigned replayed;
  ServerPeers other(choices, asking(lab, required));
  other.hello();
  other.client.certificate();
  other.client.key_exchange();
  other.client.certificate_verify(
      [&](CertificateVerify& message) { replayed = message.handshake_messages; });
  test::ClientChoices again = choices;
  again.seed = "another client";
  expect_refused_proof(
      lab, again, [&](CertificateVerify& m) { m.handshake_messages = replayed; }, wrong_signature);
}

TEST(BadClientProof, MadeWithAnotherSchemeThanItSaysIsDecryptError) {
  test::Lab lab;
  expect_refused_proof(
      lab, showing(lab.client("p256")),
      [](CertificateVerify& m) {
        m.handshake_messages.algorithm = SignatureScheme::ecdsa_secp384r1_sha384;
      },
      wrong_signature);
  expect_refused_proof(
      lab, showing(lab.client("rsa"), SignatureScheme::rsa_pss_rsae_sha256),
      [](CertificateVerify& m) {
        m.handshake_messages.algorithm = SignatureScheme::rsa_pkcs1_sha256;
      },
      wrong_signature);
}

TEST(BadClientProof, WithASchemeThatWasNotOfferedIsIllegalParameter) {
  test::Lab lab;
  for (const unsigned scheme : {0x0201U, 0x0203U, 0x0603U, 0x0101U, 0x080bU, 0x1a1aU})
    expect_refused_proof(
        lab, showing(lab.client()),
        [&](CertificateVerify& m) { m.handshake_messages.algorithm = SignatureScheme(scheme); },
        wrong_scheme);
  expect_refused_proof(lab, showing(lab.client("p256"), SignatureScheme::ecdsa_secp256r1_sha256),
                       {}, wrong_scheme, [](ServerSettings& s) {
                         s.signature_schemes = {SignatureScheme::ecdsa_secp384r1_sha384,
                                                SignatureScheme::rsa_pss_rsae_sha256};
                       });
}

TEST(BadClientProof, WithASchemeForAnotherKeyIsIllegalParameter) {
  test::Lab lab;
  for (const std::string key : {"rsa", "p256", "ed25519"})
    for (const std::string other : {"rsa", "p256", "ed25519"}) {
      if (key == other) continue;
      expect_refused_proof(
          lab, showing(lab.client(key), first_scheme_for(key)),
          [&](CertificateVerify& m) { m.handshake_messages.algorithm = first_scheme_for(other); },
          wrong_scheme);
    }
}

}  // namespace
}  // namespace glasstls::tls
