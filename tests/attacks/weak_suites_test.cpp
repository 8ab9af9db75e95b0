// What is weak is not spoken: export keys, RSA key exchange, finite-field Diffie-Hellman, CBC, RC4,
// small blocks, no encryption, compression. Each attack asks for it under all the names that it
// ever had, of our server and in our client's name.
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "crypto/key_exchange.h"
#include "tests/attacks/support.h"
#include "tests/tls/flights.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using handshake::CompressionMethod;
using handshake::HandshakeType;
using handshake::ServerHello;
using Parts = std::vector<std::string_view>;

/// A man in the middle asks our server for nothing else: it refuses, and no secret is made.
void expect_server_refuses(const std::vector<CipherSuite>& suites) {
  const auto witness = std::make_shared<Witness>();
  test::ServerPeers peers({}, watched_server(witness));
  peers.hello([&](ClientHello& hello) { hello.cipher_suites = suites; });
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .message = "ClientHello",
                         .field = "cipher_suites",
                         .section = "RFC 5246, 7.4.1.3"});
  EXPECT_TRUE(witness->secrets.empty());
}

/// A server of the attacker's chooses it, whatever our client offered.
void expect_client_refuses(CipherSuite suite) {
  const auto witness = std::make_shared<Witness>();
  test::Peers peers({}, watched_client(witness));
  peers.run({[&](test::ScriptedServer& server) {
    server.hello([&](ServerHello& hello) { hello.cipher_suite = suite; });
  }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerHello",
                         .field = "cipher_suite",
                         .section = "RFC 5246, 7.4.1.3"});
  EXPECT_TRUE(witness->secrets.empty());
}

/// Nor can a program switch it on.
void expect_settings_refuse(CipherSuite suite) {
  ClientSettings settings;
  settings.roots = test::roots();
  settings.cipher_suites = {suite};
  EXPECT_THROW(Config{settings}, std::invalid_argument) << name_of(suite);
}

void expect_unspoken(const Parts& parts, std::size_t at_least) {
  const std::vector<CipherSuite> suites = suites_named(parts);
  EXPECT_GE(suites.size(), at_least);
  expect_server_refuses(suites);
  for (const CipherSuite suite : suites) {
    expect_client_refuses(suite);
    expect_settings_refuse(suite);
  }
}

TEST(Attacks, FreakHasNoExportSuiteToFallBackTo) { expect_unspoken({"_EXPORT"}, 21); }

// The other half of FREAK: the client asked for good RSA, and took a signed 512-bit RSA key in a
// ServerKeyExchange all the same. Under the suites that we speak such a message has no meaning.
TEST(Attacks, FreakTemporaryRsaKeyIsNoServerKeyExchange) {
  const auto witness = std::make_shared<Witness>();
  test::Peers peers({}, watched_client(witness));
  Bytes params{0, 64};  // rsa_modulus<1..2^16-1>: 512 bits
  wire::append(params, Bytes(64, 0xc5));
  wire::append(params, Bytes{0, 3, 1, 0, 1});  // rsa_exponent: 65537
  peers.run({[&](test::ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.handshake(HandshakeType::server_key_exchange, params);
  }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerKeyExchange",
                         .field = "curve_type",
                         .section = "RFC 8422, 5.4"});
  EXPECT_TRUE(witness->secrets.empty());
}

// DHE_EXPORT, DHE and static DH: no group to weaken, and no shared secret whose leading zeros are
// cut off (Raccoon).
TEST(Attacks, LogjamHasNoDiffieHellmanGroupToWeaken) {
  expect_unspoken({"TLS_DHE_", "TLS_DH_"}, 137);
}

// Mavrogiannopoulos and others, 2012: the signature does not cover the suite, so that parameters of
// one key exchange were passed off as those of another. Only one kind can be read here.
TEST(Attacks, CrossProtocolParametersAreOfOneKindOnly) {
  const Bytes explicit_prime{1}, explicit_char2{2};
  for (const Bytes& curve_type : {explicit_prime, explicit_char2, Bytes{0, 128}}) {
    test::Peers peers;
    peers.run({[&](test::ScriptedServer& server) {
      server.hello();
      server.certificate();
      Bytes body = curve_type;
      body.resize(400, 0x11);
      server.handshake(HandshakeType::server_key_exchange, body);
    }});
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter, .field = "curve_type"});
  }
}

// RFC 8422, 5.10: a leading zero stays. What is cut off can be timed.
TEST(Attacks, RaccoonLeadingZerosOfTheSecretStay) {
  test::TestRandom random("raccoon");
  for (const auto group : {crypto::NamedGroup::secp256r1, crypto::NamedGroup::x25519}) {
    const auto ours = crypto::EphemeralKey::generate(group, random);
    bool zero_seen = false;
    for (int i = 0; i < 4000 && !zero_seen; ++i) {
      const auto theirs = crypto::EphemeralKey::generate(group, random);
      const crypto::PremasterSecret secret = ours.agree(theirs.public_key());
      ASSERT_EQ(secret.size(), 32U);
      zero_seen = secret.reveal()[0] == 0;
    }
    EXPECT_TRUE(zero_seen);
  }
}

TEST(Attacks, PoodleHasNoCbcPaddingToAsk) { expect_unspoken({"_CBC_"}, 195); }

// BEAST needs a chained IV, Lucky 13 a MAC under the padding; both need CBC. All else that a suite
// may lack: a key, a server, a cipher.
TEST(Attacks, NullAndAnonymousSuitesAreNotSpoken) {
  expect_unspoken({"_WITH_NULL", "_anon_", "TLS_PSK_", "TLS_NULL"}, 75);
}

TEST(Attacks, Rc4IsNotSpoken) { expect_unspoken({"_RC4_", "_RC2_"}, 26); }

// Sweet32: blocks of 64 bits repeat after 32 GB.
TEST(Attacks, Sweet32HasNoSmallBlocksToCollide) {
  expect_unspoken({"_3DES_", "_DES_", "_DES40_", "_IDEA_", "_RC2_", "28147"}, 52);
}

TEST(Attacks, BleichenbacherHasNoRsaKeyExchangeToAsk) {
  expect_unspoken({"TLS_RSA_WITH_", "TLS_RSA_EXPORT", "TLS_RSA_PSK_"}, 60);
}

// Under our suites a client sends 256 bytes of "RSA ciphertext" all the same. Nothing is ever
// decrypted with the server's key, so that no answer can depend on what is in them.
TEST(Attacks, BleichenbacherCiphertextsAreAllAnsweredAlike) {
  const std::size_t modulus = test::identity("rsa").key.public_key().bits() / 8;
  Bytes first_answer;
  for (const char* const seed : {"conforming", "not conforming", "another"}) {
    Bytes body{static_cast<std::uint8_t>(modulus >> 8), static_cast<std::uint8_t>(modulus)};
    body.resize(2 + modulus);
    test::TestRandom(seed).fill(MutableView(body).subspan(2));
    Middle middle;
    middle.server.hears(middle.client.says());
    static_cast<void>(middle.server.says());
    Bytes message{16, 0, static_cast<std::uint8_t>(body.size() >> 8),
                  static_cast<std::uint8_t>(body.size())};
    wire::append(message, body);
    middle.server.hears(as_record(message));
    const Bytes answer = middle.server.says();
    EXPECT_TRUE(middle.server.saw->secrets.empty());
    expect_failed(middle.server, AlertDescription::decode_error, "WaitClientKeyExchange");
    EXPECT_EQ(answer.size(), 7U);
    if (first_answer.empty()) first_answer = answer;
    EXPECT_EQ(answer, first_answer);
  }
}

// A certificate that allows encryption only is one that no handshake of ours can use.
TEST(Attacks, BleichenbacherKeyForEncryptionIsNotTaken) {
  test::TestRandom random;
  EXPECT_THROW(test::server_config(random, {.identities = {"rsa-encipherment"}}),
               std::invalid_argument);
}

// --- CRIME

TEST(Attacks, CrimeHasNoCompressionToMeasure) {
  constexpr auto deflate = CompressionMethod(1);
  const test::Peers offers;
  EXPECT_EQ(offers.server.client_hello().compression_methods, std::vector{CompressionMethod::null});

  test::Peers server_compresses;
  server_compresses.run({[&](test::ScriptedServer& server) {
    server.hello([&](ServerHello& hello) { hello.compression_method = deflate; });
  }});
  expect_refused(server_compresses, {.alert = AlertDescription::illegal_parameter,
                                     .message = "ServerHello",
                                     .field = "compression_method"});

  test::ServerPeers client_compresses;
  client_compresses.hello([&](ClientHello& hello) { hello.compression_methods = {deflate}; });
  expect_refused(client_compresses, {.alert = AlertDescription::illegal_parameter,
                                     .message = "ClientHello",
                                     .field = "compression_methods"});

  test::ServerPeers client_may;
  client_may.complete_handshake([&](ClientHello& hello) {
    hello.compression_methods = {deflate, CompressionMethod::null};
  });
  EXPECT_EQ(client_may.client.server_hello().compression_method, CompressionMethod::null);
}

// What CRIME looks at: the attacker's guess beside the cookie. A right guess is as long as a wrong
// one.
TEST(Attacks, CrimeGuessesAreAllOfOneLength) {
  std::size_t length = 0;
  for (const std::string guess : {"cookie=secret", "cookie=guess1", "cookie=aaaaaa"}) {
    Middle middle;
    middle.stand_aside();
    const std::string request = "GET /" + guess + " HTTP/1.1\r\nCookie: cookie=secret\r\n\r\n";
    middle.client.connection.write(wire::as_bytes(request));
    const std::size_t seen = middle.client.says().size();
    EXPECT_EQ(seen, record::header_length + 8 + request.size() + 16);
    if (length == 0) length = seen;
    EXPECT_EQ(seen, length);
  }
}

}  // namespace
}  // namespace glasstls::tls
