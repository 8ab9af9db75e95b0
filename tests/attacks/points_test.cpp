// Invalid curves (Biehl, Meyer and Müller, 2000; Jager, Schwenk and Somorovsky, 2015) and points of
// small order: a public key that makes the secret one of a few.
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

using crypto::NamedGroup;

struct Attack {
  std::string what;
  NamedGroup group;
  Bytes point;
};

Bytes bytes(std::string_view hex) { return wire::unhex(hex).value(); }

/// 0x04 || X || Y with a small X.
Bytes uncompressed(unsigned x, std::string_view y) {
  std::string padded = std::to_string(x);  // one digit, hexadecimal or not
  padded.insert(0, y.size() - padded.size(), '0');
  return bytes("04" + padded + std::string(y));
}

constexpr std::string_view rfc_8422 = "RFC 8422, 5.11", rfc_7748 = "RFC 7748, 6.1";

/// Our client and our server both refuse it where it comes, and make no secret of it.
void expect_refused_by_both(const Attack& attack, std::string_view section) {
  SCOPED_TRACE(attack.what + " of " + std::string(name_of(attack.group)));
  const auto client_saw = std::make_shared<Witness>(), server_saw = std::make_shared<Witness>();
  test::Choices choices;
  choices.group = attack.group;
  test::Peers client_side(choices, watched_client(client_saw));
  client_side.run({[&](test::ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange([&](handshake::ServerKeyExchange& message) {
      message.params.public_key.point = attack.point;  // well signed
    });
  }});
  expect_refused(client_side, {.alert = AlertDescription::illegal_parameter,
                               .message = "ServerKeyExchange",
                               .field = "point",
                               .section = section});
  EXPECT_TRUE(client_saw->secrets.empty());

  test::ClientChoices client_choices;
  client_choices.groups = {attack.group};
  test::ServerPeers server_side(client_choices,
                                watched_server(server_saw, {.identities = {"rsa"}}));
  server_side.hello();
  server_side.run({[&](test::ScriptedClient& client) {
    client.key_exchange(
        [&](handshake::ClientKeyExchange& message) { message.ecdh_Yc.point = attack.point; });
  }});
  expect_refused(server_side, {.alert = AlertDescription::illegal_parameter,
                               .message = "ClientKeyExchange",
                               .field = "point",
                               .section = section});
  EXPECT_TRUE(server_saw->secrets.empty());
}

// --- x25519

// All of them: 0, 1, the two of order 8, p - 1, and the same plus p; a top bit does not count.
TEST(Attacks, SmallOrderPointsOfX25519AreRefused) {
  const std::string_view little_endian[] = {
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
  for (const std::string_view u : little_endian)
    for (const std::uint8_t top_bit : Bytes{0, 0x80}) {
      Bytes point = bytes(u);
      point.back() |= top_bit;
      expect_refused_by_both({wire::hex(point), NamedGroup::x25519, point}, rfc_7748);
    }
}

TEST(Attacks, PointsOfX25519OfAWrongLengthAreRefused) {
  for (const std::size_t size : {1U, 31U, 33U, 65U, 255U})
    expect_refused_by_both({std::to_string(size) + " bytes", NamedGroup::x25519, Bytes(size, 9)},
                           rfc_8422);
}

// --- secp256r1 and secp384r1

// The attacker's tool: a point that satisfies y^2 = x^3 - 3x + b for another b, where it has order
// 2 or 3. The formulas never look at b, and the secret would be one of two or three.
TEST(Attacks, InvalidCurvePointsOfSmallOrderAreRefused) {
  const std::string zero32(64, '0'), zero48(96, '0');
  const Attack attacks[] = {
      {"order 2", NamedGroup::secp256r1, uncompressed(3, zero32)},
      {"order 3", NamedGroup::secp256r1,
       uncompressed(6, "8006be78d090abd1a7890a1f21172515719def90bad7a1713fc1e58cbc12aeef")},
      {"order 2", NamedGroup::secp384r1, uncompressed(3, zero48)},
      {"order 3", NamedGroup::secp384r1,
       uncompressed(2,
                    "3d69c39b0407f54531af9425a378494a757fb59b0a3c609bcf0140e5dc0ad6de"
                    "b818561da76c6ad32fd2793289bf5c07")}};
  for (const Attack& attack : attacks) expect_refused_by_both(attack, rfc_8422);
}

// x = 1 is no x of the curve's: -y^2 = x^3 - 3x + b.
TEST(Attacks, InvalidCurvePointsOfTheTwistAreRefused) {
  const Attack attacks[] = {
      {"twist", NamedGroup::secp256r1,
       uncompressed(1, "de17b2671045fe58740248c17a8bd2fb2ef7c3c49b01da9f903efa3dcda669c7")},
      {"twist", NamedGroup::secp384r1,
       uncompressed(1,
                    "ca8ac44c576b346eadf9cf11ea0631a2308ec26f3995dd8df80cc65a27acfafa"
                    "3ae28159287bb27e47255da706e8f011")}};
  for (const Attack& attack : attacks) expect_refused_by_both(attack, rfc_8422);
}

// Good points in a form that is not spoken, the identity, and bytes too few or too many.
TEST(Attacks, InvalidCurvePointsInAnotherFormAreRefused) {
  test::TestRandom random("points");
  for (const NamedGroup group : {NamedGroup::secp256r1, NamedGroup::secp384r1}) {
    const auto key = crypto::EphemeralKey::generate(group, random);
    const Bytes good = wire::copy(key.public_key());
    const std::size_t field = (good.size() - 1) / 2;
    const std::uint8_t odd = good.at(2 * field) & 1;
    Bytes compressed = wire::copy(View(good).first(1 + field));
    compressed.at(0) = static_cast<std::uint8_t>(2 + odd);
    Bytes hybrid = good, off_by_one = good, longer = good, beyond_field(good.size(), 0xff);
    hybrid.at(0) = static_cast<std::uint8_t>(6 + odd);
    off_by_one.at(2 * field) ^= 1;
    longer.push_back(0);
    beyond_field.at(0) = 4;
    for (const Attack& attack :
         {Attack{"compressed", group, compressed}, Attack{"hybrid", group, hybrid},
          Attack{"the identity", group, {0}}, Attack{"off by one bit", group, off_by_one},
          Attack{"one byte longer", group, longer},
          Attack{"one byte shorter", group, wire::copy(View(good).first(good.size() - 1))},
          Attack{"coordinates beyond the field", group, beyond_field},
          Attack{"of x25519", group, Bytes(32, 9)}})
      expect_refused_by_both(attack, rfc_8422);
  }
}

// An invalid-curve attack asks the same key hundreds of times. Each of ours answers once.
TEST(Attacks, InvalidCurveAttackMeetsNoKeyTwice) {
  std::set<Bytes> keys;
  test::TestRandom client_random("client"), server_random("server");
  const auto client_config = test::client_config(client_random);
  const auto server_config = test::server_config(server_random);
  constexpr std::size_t connections = 20;
  for (std::size_t i = 0; i < connections; ++i) {
    const auto client_saw = std::make_shared<Witness>(), server_saw = std::make_shared<Witness>();
    Victim client(
        tls::Connection(client_config, x509::ServerName::parse("server.test"), {client_saw}),
        client_saw);
    Victim server(tls::Connection::server(server_config, {server_saw}), server_saw);
    server.hears(client.says());
    client.hears(server.says());
    server.hears(client.says());
    ASSERT_TRUE(server.completed());
    keys.insert(client_saw->value_of("ephemeral_private_key"));
    keys.insert(server_saw->value_of("ephemeral_private_key"));
  }
  EXPECT_EQ(keys.size(), 2 * connections);
}

}  // namespace
}  // namespace glasstls::tls
