// Signatures that nobody with the key has made: goto fail, Bleichenbacher's of 2006, psychic ones,
// and those over MD5 and SHA-1.
#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>

#include "crypto/rsa.h"
#include "crypto/signature.h"
#include "tests/attacks/support.h"
#include "tests/tls/asking.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using crypto::SignatureScheme;
using handshake::HandshakeType;
using handshake::ServerKeyExchange;

// CVE-2014-1266: the certificate was verified, the signature by its key was not. The attacker shows
// the real chain and signs his own ephemeral key with a key of his own.
TEST(Attacks, GotoFailSignatureOfAnotherKeyIsRefused) {
  const auto witness = std::make_shared<Witness>();
  test::Peers peers({.identity = "rsa-encipherment"}, watched_client(witness));  // whose key signs
  peers.run({[](test::ScriptedServer& server) {
    server.hello();
    server.certificate([](handshake::Certificate& message) {
      message.certificate_list = {{test::identity("rsa").chain.at(0)}};
    });
    server.key_exchange();
    server.done();
  }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                         .message = "ServerKeyExchange",
                         .field = "signature",
                         .section = "RFC 8422, 5.4"});
  EXPECT_TRUE(witness->secrets.empty());
  EXPECT_FALSE(peers.server.has(HandshakeType::client_key_exchange));
}

// The same of a client that shows alice's certificate and has another key.
TEST(Attacks, GotoFailClientWithoutTheKeyIsRefused) {
  test::Lab lab;
  auto stolen = std::make_shared<handshake::Credential>(*lab.client("p256"));
  stolen->key = std::make_shared<crypto::PrivateKey>([] {
    test::TestRandom random("mallory");
    return crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random);
  }());
  test::ServerPeers peers(showing(stolen), asking(lab, ClientAuthentication::required));
  peers.hello();
  peers.run({[](test::ScriptedClient& client) { client.second_flight(); }});
  expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                         .message = "CertificateVerify",
                         .field = "signature",
                         .section = "RFC 5246, 7.4.8"});
  EXPECT_FALSE(peers.completed());
}

// CVE-2022-21449: r = s = 0 solved the equation for every message and every key.
TEST(Attacks, PsychicSignatureIsRefused) {
  const Bytes zeros{0x30, 6, 2, 1, 0, 2, 1, 0};
  test::Choices choices;
  choices.suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
  choices.scheme = SignatureScheme::ecdsa_secp256r1_sha256;
  choices.identity = "p256";
  test::Peers server_lies(choices);
  server_lies.run({[&](test::ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange({}, [&](ServerKeyExchange& m) { m.signed_params.signature = zeros; });
  }});
  expect_refused(server_lies, {.alert = AlertDescription::decrypt_error,
                               .message = "ServerKeyExchange",
                               .field = "signature"});

  test::Lab lab;
  test::ServerPeers client_lies(showing(lab.client()), asking(lab, ClientAuthentication::required));
  client_lies.hello();
  client_lies.run({[&](test::ScriptedClient& client) {
    client.certificate();
    client.key_exchange();
    client.certificate_verify(
        [&](handshake::CertificateVerify& m) { m.handshake_messages.signature = zeros; });
  }});
  expect_refused(client_lies, {.alert = AlertDescription::decrypt_error,
                               .message = "CertificateVerify",
                               .field = "signature"});
}

// Bleichenbacher, 2006 (CVE-2006-4339; BERserk, CVE-2014-1568): under the exponent 3 a number whose
// cube begins with the right padding and digest is found by a cube root. Who does not look at what
// comes behind the digest takes it for a signature, under any modulus of 2,048 bits.
TEST(Attacks, BleichenbacherForgeryByACubeRootIsRefused) {
  const std::string_view message = "whatever the attacker wants to be signed";
  Bytes forged = wire::unhex(
                     "32cbfd4a7adc7905583d767520f51640759176d37826f2ef63ae3dc7ae1e0fb1cb941f0a3142"
                     "d5b4e6e06eb3f5cb837386fd6a283ec7dbcca87d6173015de71f4b135712fb93702b4e6c8c7a"
                     "a5fd52ff9bccb5b593")
                     .value();
  forged.insert(forged.begin(), 256 - forged.size(), 0);
  const View modulus = test::identity("rsa").key.public_key().modulus();
  const Bytes three{3};

  // It is as good as it can be: 00 01 ff ... 00, DigestInfo, the digest, and then anything.
  const Bytes cube = crypto::rsa::public_operation(modulus, three, forged).value();
  Bytes wanted =
      wire::unhex("0001ffffffffffffffff003031300d060960864801650304020105000420").value();
  wire::append(wanted, crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(message)).view());
  ASSERT_EQ(wire::hex(View(cube).first(wanted.size())), wire::hex(wanted));

  const auto key = crypto::PublicKey::rsa(modulus, three);
  ASSERT_TRUE(key);
  EXPECT_FALSE(
      crypto::verify(*key, SignatureScheme::rsa_pkcs1_sha256, wire::as_bytes(message), forged));
}

// --- SLOTH (Bhargavan and Leurent, 2016; CVE-2015-7575): collisions of MD5 and SHA-1.

constexpr SignatureScheme broken[] = {SignatureScheme(0x0101), SignatureScheme(0x0201),
                                      SignatureScheme(0x0202), SignatureScheme(0x0203),
                                      SignatureScheme(0x0301), SignatureScheme(0x0303)};

TEST(Attacks, SlothSchemesAreNeverOfferedOrAccepted) {
  const test::Peers offers;
  const auto& offered = offers.server.client_hello()
                            .find<handshake::SignatureAlgorithms>()
                            ->supported_signature_algorithms;
  for (const SignatureScheme scheme : broken) {
    EXPECT_EQ(std::count(offered.begin(), offered.end(), scheme), 0);
    test::Peers peers;
    peers.run({[&](test::ScriptedServer& server) {
      server.hello();
      server.certificate();
      server.key_exchange({}, [&](ServerKeyExchange& m) { m.signed_params.algorithm = scheme; });
    }});
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ServerKeyExchange",
                           .field = "algorithm",
                           .section = "RFC 5246, 7.4.3"});
  }
}

TEST(Attacks, SlothClientProofIsRefused) {
  test::Lab lab;
  for (const SignatureScheme scheme : broken) {
    test::ServerPeers peers(showing(lab.client()), asking(lab, ClientAuthentication::required));
    peers.hello();
    for (const SignatureScheme asked :
         peers.client.certificate_request().supported_signature_algorithms)
      EXPECT_NE(asked, scheme);
    peers.run({[&](test::ScriptedClient& client) {
      client.certificate();
      client.key_exchange();
      client.certificate_verify(
          [&](handshake::CertificateVerify& m) { m.handshake_messages.algorithm = scheme; });
    }});
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "CertificateVerify",
                           .field = "algorithm"});
  }
}

// A peer that wants nothing better gets no signature at all.
TEST(Attacks, SlothSignatureIsNeverMade) {
  test::ServerPeers client_asks({.schemes = {std::begin(broken), std::end(broken)}});
  client_asks.hello();
  expect_refused(client_asks,
                 {.alert = AlertDescription::handshake_failure, .message = "ClientHello"});

  // RFC 5246, 7.4.1.4.1 would have SHA-1 assumed where a client says nothing; RFC 9155 not.
  test::ServerPeers client_is_silent;
  client_is_silent.hello(test::without(handshake::ExtensionType::signature_algorithms));
  expect_refused(client_is_silent,
                 {.alert = AlertDescription::handshake_failure, .section = "RFC 9155, 2"});

  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.credentials = {test::credential("rsa")}; };
  test::Peers server_asks({}, options);
  server_asks.run({[](test::ScriptedServer& server) {
                     server.hello();
                     server.certificate();
                     server.key_exchange();
                     server.certificate_request([](handshake::CertificateRequest& m) {
                       m.supported_signature_algorithms = {std::begin(broken), std::end(broken)};
                     });
                     server.done();
                   },
                   [](test::ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(server_asks.completed());
  EXPECT_TRUE(server_asks.server.client_certificate_was_empty());
  EXPECT_FALSE(server_asks.server.has(HandshakeType::certificate_verify));
}

}  // namespace
}  // namespace glasstls::tls
