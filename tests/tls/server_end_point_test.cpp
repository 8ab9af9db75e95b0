// tls-server-end-point: which hash of the server's certificate names a connection. RFC 5929, 4.1.
#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string_view>

#include "crypto/hash.h"
#include "handshake/exporter.h"
#include "tests/support/data_files.h"
#include "tests/support/peers.h"
#include "x509/issue.h"
#include "x509/pem.h"

namespace glasstls::tls {
namespace {

using crypto::HashAlgorithm;

/// A server's certificate for the key "p256", signed with the key of that identity.
x509::Certificate signed_with(std::string_view issuer) {
  test::TestRandom random("issuer");
  const crypto::PrivateKey& key = test::identity(issuer).key;
  x509::CertificateSpec spec;
  spec.not_before = test::start_of(2028);
  spec.not_after = test::start_of(2040);
  spec.subject = test::credential("rsa")->leaf().subject();
  spec.kind = x509::CertificateKind::root;
  const x509::Certificate root = x509::self_sign(spec, key, random);
  spec.kind = x509::CertificateKind::server;
  return x509::issue(spec, test::identity("p256").key.public_key(), {root, key}, random);
}

/// One that says that it was signed with pkcs-1 `last` (RFC 8017, A.2.4), which is not verified
/// here.
x509::Certificate signed_with_pkcs1(std::uint8_t last) {
  const Bytes sha256_with_rsa{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11};
  Bytes der = wire::copy(signed_with("rsa").der());
  int found = 0;
  for (auto at = der.begin();; ++found) {
    at = std::search(at, der.end(), sha256_with_rsa.begin(), sha256_with_rsa.end());
    if (at == der.end()) break;
    at += 8;
    *at = last;
  }
  EXPECT_EQ(found, 2);  // in the tbsCertificate and behind it
  return x509::Certificate::parse(der).value();
}

x509::Certificate sample(std::string_view file) {
  const auto pem = x509::parse_pem(test::read_data(file));
  return x509::Certificate::parse(pem.blocks.at(0).der).value();
}

Bytes hash_of(const x509::Certificate& certificate, HashAlgorithm algorithm) {
  return wire::copy(crypto::hash(algorithm, certificate.der()).view());
}

TEST(ServerEndPoint, IsHashedWithTheHashOfTheSignature) {
  const std::pair<x509::Certificate, HashAlgorithm> expected[] = {
      {signed_with("rsa"), HashAlgorithm::sha256},
      {signed_with("p256"), HashAlgorithm::sha256},
      {signed_with("p384"), HashAlgorithm::sha384},
      {signed_with_pkcs1(12), HashAlgorithm::sha384},
      {signed_with_pkcs1(13), HashAlgorithm::sha512}};
  for (const auto& [certificate, algorithm] : expected)
    EXPECT_EQ(handshake::server_end_point_of(certificate), hash_of(certificate, algorithm))
        << crypto::name_of(algorithm);
}

TEST(ServerEndPoint, IsHashedWithSha256WhereTheSignaturesHashIsBroken) {
  for (const x509::Certificate& certificate :
       {signed_with_pkcs1(4), signed_with_pkcs1(5),  // MD5 and SHA-1 with RSA
        sample("data/x509/sha1-signed.pem")})        // with ECDSA
    EXPECT_EQ(handshake::server_end_point_of(certificate),
              hash_of(certificate, HashAlgorithm::sha256));
}

TEST(ServerEndPoint, IsNoneWhereTheSignatureHasNoHashOrOneThatWeDoNotKnow) {
  EXPECT_TRUE(handshake::server_end_point_of(signed_with("ed25519")).empty());
  EXPECT_TRUE(handshake::server_end_point_of(signed_with_pkcs1(14)).empty());  // SHA-224
}

/// What both sides of a connection with that certificate say.
std::optional<Bytes> end_point_with(const x509::Certificate& certificate) {
  test::ClientOptions client;
  client.settings = [](ClientSettings& s) { s.verify_peer = false; };
  auto credential = std::make_shared<handshake::Credential>();
  credential->chain = {certificate};
  credential->key = test::key_of("p256");
  test::ServerOptions server;
  server.identities = {};
  server.settings = [&](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
  };
  test::Pair pair(client, server);
  pair.complete_handshake();
  const auto type = ChannelBinding::tls_server_end_point;
  EXPECT_EQ(pair.client.connection.channel_binding(type),
            pair.server.connection.channel_binding(type));
  return pair.client.connection.channel_binding(type);
}

TEST(ServerEndPoint, IsToldOfAConnection) {
  const x509::Certificate certificate = signed_with("p384");
  EXPECT_EQ(end_point_with(certificate), hash_of(certificate, HashAlgorithm::sha384));
  EXPECT_EQ(end_point_with(signed_with("ed25519")), std::nullopt);
}

}  // namespace
}  // namespace glasstls::tls
