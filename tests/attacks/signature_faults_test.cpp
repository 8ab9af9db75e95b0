// Signatures with a fault in them give the key away: Boneh, DeMillo and Lipton, 1997; seen in the
// field by Weimer, 2015. A signature of ours is verified before it leaves.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "crypto/rsa.h"
#include "tests/attacks/support.h"
#include "tests/tls/asking.h"
#include "tests/tls/signing.h"

namespace glasstls::tls {
namespace {

using crypto::SignatureScheme;
using handshake::HandshakeType;

/// a - b for big-endian numbers of which a is the larger, as long as a.
Bytes difference(const Bytes& a, View b) {
  Bytes result = a;
  int borrow = 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    int digit = result.end()[-1 - static_cast<std::ptrdiff_t>(i)] - borrow;
    if (i < b.size()) digit -= b[b.size() - 1 - i];
    borrow = digit < 0 ? 1 : 0;
    result.end()[-1 - static_cast<std::ptrdiff_t>(i)] = static_cast<std::uint8_t>(digit);
  }
  return result;
}

/// What a processor makes that errs in one of the two halves of RSA-CRT: right modulo one prime,
/// wrong modulo the other. gcd(s^e - m, n) is that prime.
Bytes faulty_in_one_half(const Bytes& right, const crypto::PrivateKey& key) {
  return difference(right, key.reveal_rsa().prime2);
}

constexpr std::string_view not_sent = "the signature that was made is wrong, and was not sent";

test::ServerOptions signing_elsewhere(const std::string& identity) {
  test::ServerOptions options;
  options.settings = [=](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{keyless(identity)});
  };
  options.identities = {};
  return options;
}

TEST(Attacks, RsaCrtFaultNeverLeavesTheServer) {
  test::ServerPeers peers({}, signing_elsewhere("rsa"));
  peers.hello();
  handshake::Signature signature = signature_for(peers, "rsa");
  const Bytes right = signature.bytes;
  signature.bytes = faulty_in_one_half(right, test::identity("rsa").key);
  ASSERT_NE(signature.bytes, right);
  peers.server.answer(signature);
  const Bytes said = wire::copy(peers.server.to_send());
  peers.pump();
  expect_our_fault(peers, not_sent);
  EXPECT_FALSE(peers.client.has(HandshakeType::server_key_exchange));
  EXPECT_EQ(said.size(), 7U);  // the alert: not one byte of the signature
}

TEST(Attacks, RsaCrtFaultNeverLeavesTheClient) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.credentials = {keyless("rsa")}; };
  test::Peers peers({}, options);
  peers.run({[](test::ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange();
    server.certificate_request();
    server.done();
  }});
  handshake::Signature signature = signature_for(peers, "rsa");
  signature.bytes = faulty_in_one_half(signature.bytes, test::identity("rsa").key);
  peers.client.answer(signature);
  peers.pump();
  expect_our_fault(peers, not_sent);
  EXPECT_FALSE(peers.server.has(HandshakeType::certificate_verify));
  EXPECT_FALSE(peers.server.has(HandshakeType::finished));
}

// A key in our own memory that was damaged after it was checked: here another key's numbers.
TEST(Attacks, FaultyKeyInMemorySignsNothingThatLeaves) {
  const auto credential = test::credential("rsa");
  test::ServerOptions options;
  options.identities = {};
  options.settings = [&](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
  };
  test::ServerPeers peers({}, options);
  credential->key = test::key_of("rsa-encipherment");
  peers.hello();
  expect_our_fault(peers, not_sent);
  EXPECT_FALSE(peers.client.has(HandshakeType::server_key_exchange));
}

// The check within RSA itself, below the handshake: a wrong exponent or coefficient is such a
// fault.
TEST(Attacks, RsaCrtFaultNeverLeavesTheKey) {
  const crypto::RsaPrivateNumbers good = test::identity("rsa").key.reveal_rsa();
  test::TestRandom random;
  const Bytes message(256, 0x11);
  EXPECT_NO_THROW(crypto::rsa::private_operation(good, message, random));
  for (View crypto::RsaPrivateNumbers::*number :
       {&crypto::RsaPrivateNumbers::exponent1, &crypto::RsaPrivateNumbers::exponent2,
        &crypto::RsaPrivateNumbers::coefficient}) {
    Bytes damaged = wire::copy(good.*number);
    damaged.back() ^= 2;
    crypto::RsaPrivateNumbers faulty = good;
    faulty.*number = damaged;
    EXPECT_THROW(crypto::rsa::private_operation(faulty, message, random), std::exception);
    EXPECT_FALSE(crypto::PrivateKey::rsa(faulty));  // nor is such a key taken in the first place
  }
}

// With a nonce that follows from the message, a right and a faulty ECDSA signature of one message
// are two equations in the key. The faulty one does not leave either.
TEST(Attacks, EcdsaFaultNeverLeavesTheServer) {
  for (const std::string identity : {"p256", "ed25519"}) {
    test::ServerPeers peers({}, signing_elsewhere(identity));
    peers.hello();
    handshake::Signature signature = signature_for(peers, identity);
    signature.bytes.back() ^= 1;
    peers.server.answer(signature);
    peers.pump();
    expect_our_fault(peers, not_sent);
    EXPECT_FALSE(peers.client.has(HandshakeType::server_key_exchange));
  }
}

// PlayStation 3 (2010): one ECDSA nonce for two messages. Ours is made of key and message (RFC
// 6979), so that no broken source of randomness can repeat one.
TEST(Attacks, EcdsaNonceDoesNotComeFromTheRandomSource) {
  class Stuck final : public crypto::RandomSource {
   public:
    void fill(MutableView out) override { std::fill(out.begin(), out.end(), std::uint8_t{7}); }
  } stuck;
  test::TestRandom good;
  const auto& key = test::identity("p256").key;
  const auto sign = [&](std::string_view message, crypto::RandomSource& random) {
    return key.sign(SignatureScheme::ecdsa_secp256r1_sha256, wire::as_bytes(message), random);
  };
  const Bytes one = sign("one", stuck), two = sign("two", stuck);
  EXPECT_EQ(sign("one", good), one);  // the random source does not show
  // r, the nonce's point, begins behind SEQUENCE, its length, INTEGER and its length.
  EXPECT_NE(wire::hex(View(one).subspan(4, 30)), wire::hex(View(two).subspan(4, 30)));
}

}  // namespace
}  // namespace glasstls::tls
