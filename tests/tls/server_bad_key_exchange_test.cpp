// A ClientKeyExchange that is no good, and a client's Finished that proves nothing.
// RFC 8422, 5.7 and 5.11; RFC 5246, 7.4.9.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <string>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::NamedGroup;
using handshake::ClientKeyExchange;
using handshake::HandshakeType;
using test::ScriptedClient;
using test::ServerPeers;

test::ClientChoices with_group(NamedGroup group) {
  test::ClientChoices choices;
  choices.groups = {group};
  return choices;
}

test::ServerOptions with_rsa() {
  test::ServerOptions options;
  options.identities = {"rsa"};  // which binds no curve
  return options;
}

constexpr std::string_view not_uncompressed = "not in uncompressed form";
constexpr std::string_view wrong_length = "wrong length";
constexpr std::string_view not_on_curve = "not on the curve";

void expect_point_refused(NamedGroup group, std::string_view reason_part,
                          const std::function<void(Bytes&)>& spoil,
                          std::string_view section = "RFC 8422, 5.11") {
  ServerPeers peers(with_group(group), with_rsa());
  peers.hello();
  peers.run({[&](ScriptedClient& client) {
    client.key_exchange([&](ClientKeyExchange& message) { spoil(message.ecdh_Yc.point); });
  }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ClientKeyExchange",
                         .field = "point",
                         .offset = 4,
                         .section = section,
                         .reason_part = reason_part});
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, "WaitClientKeyExchange");
}

// --- Points

class BadClientPoint : public testing::TestWithParam<NamedGroup> {};

TEST_P(BadClientPoint, ThatIsNotOnTheCurveIsIllegalParameter) {
  expect_point_refused(GetParam(), not_on_curve, [](Bytes& point) { point.back() ^= 1; });
  expect_point_refused(GetParam(), not_on_curve, [](Bytes& point) { point[1] ^= 1; });
}

TEST_P(BadClientPoint, OfZerosIsIllegalParameter) {
  expect_point_refused(GetParam(), not_uncompressed,
                       [](Bytes& point) { std::fill(point.begin(), point.end(), 0); });
  expect_point_refused(GetParam(), not_on_curve,
                       [](Bytes& point) { std::fill(point.begin() + 1, point.end(), 0); });
}

TEST_P(BadClientPoint, ThatIsCompressedIsIllegalParameter) {
  expect_point_refused(GetParam(), not_uncompressed, [](Bytes& point) {
    const bool odd = (point.back() & 1) != 0;
    point.resize(1 + (point.size() - 1) / 2);
    point[0] = odd ? 3 : 2;
  });
}

TEST_P(BadClientPoint, ThatIsHybridIsIllegalParameter) {
  expect_point_refused(GetParam(), not_uncompressed,
                       [](Bytes& point) { point[0] = (point.back() & 1) != 0 ? 7 : 6; });
}

TEST_P(BadClientPoint, ThatIsTheIdentityIsIllegalParameter) {
  expect_point_refused(GetParam(), not_uncompressed, [](Bytes& point) { point = {0}; });
}

TEST_P(BadClientPoint, OfTheWrongLengthIsIllegalParameter) {
  expect_point_refused(GetParam(), wrong_length, [](Bytes& point) { point.pop_back(); });
  expect_point_refused(GetParam(), wrong_length, [](Bytes& point) { point.push_back(0); });
  expect_point_refused(GetParam(), wrong_length, [](Bytes& point) { point.resize(1); });
  expect_point_refused(GetParam(), wrong_length, [](Bytes& point) { point.resize(255); });
  expect_point_refused(GetParam(), not_uncompressed,
                       [](Bytes& point) { point = Bytes(32, 9); });  // of x25519
}

TEST_P(BadClientPoint, WithACoordinateBeyondTheFieldIsIllegalParameter) {
  expect_point_refused(GetParam(), not_on_curve,
                       [](Bytes& point) { std::fill(point.begin() + 1, point.end(), 0xff); });
}

INSTANTIATE_TEST_SUITE_P(BadClientKeyExchange, BadClientPoint,
                         testing::Values(NamedGroup::secp256r1, NamedGroup::secp384r1),
                         [](const auto& group) { return std::string(name_of(group.param)); });

// RFC 7748, 6.1: points of small order lead to an all-zero secret. With the top bit, which is not
// looked at, and beyond the prime they are the same points.
TEST(BadClientKeyExchange, WithAnX25519PointOfSmallOrderIsIllegalParameter) {
  const Bytes zero(32), one = [] {
    Bytes point(32);
    point[0] = 1;
    return point;
  }();
  Bytes prime(32, 0xff);
  prime[0] = 0xed;
  prime[31] = 0x7f;
  Bytes minus_one = prime, prime_and_one = prime;
  minus_one[0] = 0xec;
  prime_and_one[0] = 0xee;
  for (Bytes small : {zero, one, prime, minus_one, prime_and_one})
    for (const std::uint8_t top_bit : Bytes{0, 0x80}) {
      small[31] |= top_bit;
      expect_point_refused(
          NamedGroup::x25519, "small order", [&](Bytes& point) { point = small; }, "RFC 7748, 6.1");
    }
}

TEST(BadClientKeyExchange, WithAnX25519PointOfTheWrongLengthIsIllegalParameter) {
  for (const std::size_t size : {1U, 31U, 33U, 65U, 255U})
    expect_point_refused(NamedGroup::x25519, "32 bytes",
                         [&](Bytes& point) { point.resize(size, 9); });
}

// --- Bytes

void expect_body_refused(const Bytes& body, std::string_view field, std::size_t offset) {
  ServerPeers peers(with_group(NamedGroup::x25519), with_rsa());
  peers.hello();
  peers.run({[&](ScriptedClient& client) {
    client.handshake(HandshakeType::client_key_exchange, body);
  }});
  expect_refused(peers, {.alert = AlertDescription::decode_error,
                         .message = "ClientKeyExchange",
                         .field = field,
                         .offset = offset,
                         .section = "RFC 8422, 5.7"});
}

TEST(BadClientKeyExchange, ThatIsEmptyIsDecodeError) { expect_body_refused({}, "point", 4); }

// The implicit public key of a client's certificate (RFC 8422, 5.7), which ECDHE does not have.
TEST(BadClientKeyExchange, WithAnEmptyPointIsDecodeError) { expect_body_refused({0}, "point", 4); }

TEST(BadClientKeyExchange, ThatRunsOverItsEndIsDecodeError) {
  Bytes body(1 + 31, 9);
  body[0] = 32;
  expect_body_refused(body, "point", 5);
}

TEST(BadClientKeyExchange, WithBytesBehindThePointIsDecodeError) {
  Bytes body(1 + 32 + 1, 9);
  body[0] = 32;
  expect_body_refused(body, "ClientKeyExchange", 4 + 33);
}

// What a client of RSA key exchange sends: a length of two bytes.
TEST(BadClientKeyExchange, OfAnotherKeyExchangeIsDecodeError) {
  Bytes body(2 + 256, 9);
  body[0] = 1;
  body[1] = 0;
  expect_body_refused(body, "ClientKeyExchange", 4 + 2);
}

// --- Finished

ServerPeers::Step finished_with(const test::Change<handshake::Finished>& change) {
  return [change](ScriptedClient& client) { client.finished(change); };
}

const ServerPeers::Step key_exchange = [](ScriptedClient& client) {
  client.key_exchange();
  client.change_cipher_spec();
};

void expect_wrong_verify_data(ServerPeers& peers, std::string_view state) {
  expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                         .message = "Finished",
                         .field = "verify_data",
                         .offset = 4,
                         .section = "RFC 5246, 7.4.9"});
  EXPECT_FALSE(peers.completed());
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, state);
}

TEST(BadClientFinished, WithWrongVerifyDataIsDecryptError) {
  for (std::size_t at = 0; at < 12; ++at) {
    ServerPeers peers;
    peers.hello();
    peers.run(
        {key_exchange, finished_with([&](handshake::Finished& m) { m.verify_data[at] ^= 0x80; })});
    expect_wrong_verify_data(peers, "WaitFinished");
    EXPECT_FALSE(peers.client.has(HandshakeType::finished));  // ours is not sent
  }
}

TEST(BadClientFinished, OfAShortHandshakeIsDecryptErrorToo) {
  test::ServerOptions options;
  const auto store = std::make_shared<handshake::SessionCache>(1);
  options.settings = [&](ServerSettings& s) { s.sessions = store; };
  ServerPeers first({}, options);
  first.complete_handshake();
  test::ClientChoices choices;
  choices.session = first.client.session();
  ServerPeers peers(choices, options);
  peers.hello();
  ASSERT_TRUE(peers.client.resumed());
  peers.run({[](ScriptedClient& client) { client.change_cipher_spec(); },
             finished_with([](handshake::Finished& m) { m.verify_data[11] ^= 1; })});
  expect_wrong_verify_data(peers, "WaitResumedFinished");
  EXPECT_EQ(store->size(), 0U);  // RFC 5246, 7.2.2
}

TEST(BadClientFinished, OfAnotherLengthIsDecodeError) {
  for (const std::size_t size : {0U, 1U, 11U, 13U, 36U}) {
    ServerPeers peers;
    peers.hello();
    peers.run({key_exchange, [&](ScriptedClient& client) {
                 client.handshake(HandshakeType::finished, Bytes(size));
               }});
    expect_refused(peers, {.alert = AlertDescription::decode_error,
                           .message = "Finished",
                           .section = "RFC 5246, 7.4.9"});
  }
}

TEST(BadClientFinished, UnderTheKeysOfAnotherPointIsBadRecordMac) {
  ServerPeers peers;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    Bytes other_point;  // a good one, whose secret the client does not have
    {
      test::TestRandom random("another point");
      const auto group = client.server_key_exchange().params.namedcurve;
      other_point = wire::copy(crypto::EphemeralKey::generate(group, random).public_key());
    }
    client.key_exchange([&](ClientKeyExchange& m) { m.ecdh_Yc.point = other_point; });
    client.change_cipher_spec();
    client.finished();
  }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
}

TEST(BadClientFinished, ReplayedFromAnotherHandshakeIsBadRecordMac) {
  ServerPeers other({}, {.seed = "another"});
  other.hello();
  other.client.second_flight();
  const Bytes replayed = other.client.take();
  ServerPeers peers;
  peers.hello();
  peers.run({[&](ScriptedClient& client) { client.raw(replayed); }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
  EXPECT_FALSE(peers.completed());
}

}  // namespace
}  // namespace glasstls::tls
