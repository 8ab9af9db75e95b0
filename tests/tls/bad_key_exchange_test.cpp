// A ServerKeyExchange with parameters that were not offered, that are no good, or that are not
// signed by the certificate's owner; and a Finished that proves nothing. RFC 8422, 5.4.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <string>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::NamedGroup;
using crypto::SignatureScheme;
using handshake::ServerKeyExchange;
using test::Change;
using test::Peers;
using test::ScriptedServer;

void exchange(Peers& peers, const Change<ServerKeyExchange>& before,
              const Change<ServerKeyExchange>& after = {}) {
  peers.run({[&](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange(before, after);
    server.done();
  }});
}

test::Choices with_group(NamedGroup group) {
  test::Choices choices;
  choices.group = group;
  return choices;
}

TEST(BadKeyExchange, WithAWrongSignatureIsDecryptError) {
  for (const std::size_t at : {0U, 1U, 100U, 255U}) {
    Peers peers;
    exchange(peers, {}, [&](ServerKeyExchange& m) { m.signed_params.signature[at] ^= 1; });
    expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                           .message = "ServerKeyExchange",
                           .field = "signature",
                           .section = "RFC 8422, 5.4"});
  }
}

TEST(BadKeyExchange, WithASignatureOfAnotherLengthIsDecryptError) {
  for (const std::size_t size : {0U, 255U, 257U, 512U}) {
    Peers peers;
    exchange(peers, {}, [&](ServerKeyExchange& m) { m.signed_params.signature.resize(size); });
    expect_refused(peers, {.alert = AlertDescription::decrypt_error, .field = "signature"});
  }
}

TEST(BadKeyExchange, SignedOverOtherParametersIsDecryptError) {
  Peers peers;
  exchange(peers, {}, [](ServerKeyExchange& m) { m.params.public_key.point[0] ^= 1; });
  expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                         .message = "ServerKeyExchange",
                         .field = "signature"});
}

TEST(BadKeyExchange, SignedOverOtherRandomsIsDecryptError) {
  Peers first;
  Bytes replayed;
  first.server.tamper = [&](handshake::HandshakeType type, Bytes& bytes) {
    if (type == handshake::HandshakeType::server_key_exchange) replayed = bytes;
  };
  exchange(first, {});
  test::ClientOptions options;
  options.seed = "another client";
  Peers second({}, options);
  second.run({[&](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.handshake_bytes(replayed);
  }});
  expect_refused(second, {.alert = AlertDescription::decrypt_error,
                          .message = "ServerKeyExchange",
                          .field = "signature"});
}

TEST(BadKeyExchange, WithASchemeThatWasNotOfferedIsIllegalParameter) {
  for (const unsigned scheme : {0x0201U, 0x0203U, 0x0101U, 0x080bU, 0x1a1aU}) {
    Peers peers;
    exchange(peers, {},
             [&](ServerKeyExchange& m) { m.signed_params.algorithm = SignatureScheme(scheme); });
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ServerKeyExchange",
                           .field = "algorithm",
                           .section = "RFC 5246, 7.4.3"});
  }
}

TEST(BadKeyExchange, WithAKnownSchemeThatWasNotOfferedIsIllegalParameter) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& settings) {
    settings.signature_schemes = {SignatureScheme::rsa_pkcs1_sha256,
                                  SignatureScheme::ecdsa_secp256r1_sha256};
  };
  Peers peers({}, options);  // the double signs with rsa_pss_rsae_sha256
  exchange(peers, {});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter, .field = "algorithm"});
}

TEST(BadKeyExchange, WithASchemeForAnotherKeyIsIllegalParameter) {
  Peers peers;
  exchange(peers, {}, [](ServerKeyExchange& m) {
    m.signed_params.algorithm = SignatureScheme::ecdsa_secp256r1_sha256;
  });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter, .field = "algorithm"});
}

TEST(BadKeyExchange, WithAGroupThatWasNotOfferedIsIllegalParameter) {
  for (const unsigned group : {25U, 30U, 0U, 0x1a1aU}) {
    Peers peers;
    exchange(peers, [&](ServerKeyExchange& m) { m.params.namedcurve = NamedGroup(group); });
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ServerKeyExchange",
                           .field = "namedcurve",
                           .offset = 5,
                           .section = "RFC 8422, 5.4"});
  }
}

TEST(BadKeyExchange, WithAKnownGroupThatWasNotOfferedIsIllegalParameter) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& settings) { settings.groups = {NamedGroup::secp256r1}; };
  Peers peers(with_group(NamedGroup::x25519), options);
  exchange(peers, {});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter, .field = "namedcurve"});
}

TEST(BadKeyExchange, WithAnExplicitCurveIsIllegalParameter) {
  Peers peers;
  peers.server.tamper = [](handshake::HandshakeType type, Bytes& bytes) {
    if (type == handshake::HandshakeType::server_key_exchange) bytes[4] = 1;
  };
  exchange(peers, {});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerKeyExchange",
                         .field = "curve_type"});
}

/// Points that are well signed and no good.
void expect_point_refused(NamedGroup group, const std::function<void(Bytes&)>& spoil) {
  Peers peers(with_group(group));
  exchange(peers, [&](ServerKeyExchange& m) { spoil(m.params.public_key.point); });
  expect_refused(peers,
                 {.alert = AlertDescription::illegal_parameter, .message = "ServerKeyExchange"});
}

class BadPoint : public testing::TestWithParam<NamedGroup> {};

TEST_P(BadPoint, ThatIsNotOnTheCurveIsIllegalParameter) {
  expect_point_refused(GetParam(), [](Bytes& point) { point.back() ^= 1; });
}

TEST_P(BadPoint, ThatIsCompressedIsIllegalParameter) {
  expect_point_refused(GetParam(), [](Bytes& point) {
    const bool odd = (point.back() & 1) != 0;
    point.resize(1 + (point.size() - 1) / 2);
    point[0] = odd ? 3 : 2;
  });
}

TEST_P(BadPoint, ThatIsHybridIsIllegalParameter) {
  expect_point_refused(GetParam(),
                       [](Bytes& point) { point[0] = (point.back() & 1) != 0 ? 7 : 6; });
}

TEST_P(BadPoint, ThatIsTheIdentityIsIllegalParameter) {
  expect_point_refused(GetParam(), [](Bytes& point) { point = {0}; });
}

TEST_P(BadPoint, OfTheWrongLengthIsIllegalParameter) {
  expect_point_refused(GetParam(), [](Bytes& point) { point.pop_back(); });
  expect_point_refused(GetParam(), [](Bytes& point) { point.push_back(0); });
  expect_point_refused(GetParam(), [](Bytes& point) { point = Bytes(32, 9); });
}

TEST_P(BadPoint, WithACoordinateBeyondTheFieldIsIllegalParameter) {
  expect_point_refused(GetParam(),
                       [](Bytes& point) { std::fill(point.begin() + 1, point.end(), 0xff); });
}

INSTANTIATE_TEST_SUITE_P(BadKeyExchange, BadPoint,
                         testing::Values(NamedGroup::secp256r1, NamedGroup::secp384r1),
                         [](const auto& group) { return std::string(name_of(group.param)); });

// RFC 7748, 6.1: points of small order lead to an all-zero secret.
TEST(BadKeyExchange, WithAnX25519PointOfSmallOrderIsIllegalParameter) {
  expect_point_refused(NamedGroup::x25519, [](Bytes& point) { point = Bytes(32); });
  expect_point_refused(NamedGroup::x25519, [](Bytes& point) {
    point = Bytes(32);
    point[0] = 1;
  });
}

TEST(BadKeyExchange, WithAnX25519PointOfTheWrongLengthIsIllegalParameter) {
  for (const std::size_t size : {1U, 31U, 33U, 65U})
    expect_point_refused(NamedGroup::x25519, [&](Bytes& point) { point.resize(size, 9); });
}

TEST(BadFinished, WithWrongVerifyDataIsDecryptError) {
  for (const std::size_t at : {0U, 5U, 11U}) {
    Peers peers;
    peers.run({[](ScriptedServer& server) { server.first_flight(); },
               [&](ScriptedServer& server) {
                 server.change_cipher_spec();
                 server.finished([&](handshake::Finished& m) { m.verify_data[at] ^= 0x80; });
               }});
    expect_refused(peers, {.alert = AlertDescription::decrypt_error,
                           .message = "Finished",
                           .field = "verify_data",
                           .offset = 4,
                           .section = "RFC 5246, 7.4.9"});
    EXPECT_FALSE(peers.completed());
  }
}

TEST(BadFinished, UnderTheKeysOfAnotherHandshakeIsBadRecordMac) {
  Peers other({}, {.name = "server.test", .settings = {}, .observers = {}, .seed = "another"});
  other.run({[](ScriptedServer& server) { server.first_flight(); }});
  other.server.second_flight();
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [&](ScriptedServer& server) { server.raw(other.server.take()); }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
  EXPECT_FALSE(peers.completed());
}

}  // namespace
}  // namespace glasstls::tls
