// A server's parameters that were not offered, that are no good, or that nobody has signed; and a
// Finished that proves nothing. RFC 8422, 5.4.
#include <algorithm>
#include <utility>

#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using crypto::NamedGroup;
using crypto::SignatureScheme;
using handshake::HandshakeType;
using handshake::ServerKeyExchange;
using enum AlertDescription;

using Change = test::Change<ServerKeyExchange>;

/// `before` changes what is signed, `after` the signed message.
ServerScript exchange(NamedGroup group, Change before, Change after = {}) {
  return [=](ServerStage& stage) {
    test::Choices choices;
    choices.group = group;
    stage.open(choices);
    stage.server().hello();
    stage.server().certificate();
    stage.server().key_exchange(before, after);
    stage.server().done();
    stage.await_client();
    stage.finish();
  };
}

ServerScript signed_by(Change after) { return exchange(NamedGroup::x25519, {}, std::move(after)); }

ServerScript point(NamedGroup group, std::function<void(Bytes&)> spoil) {
  return exchange(group, [=](ServerKeyExchange& m) { spoil(m.params.public_key.point); });
}

ServerScript scheme(unsigned value) {
  return signed_by(
      [=](ServerKeyExchange& m) { m.signed_params.algorithm = SignatureScheme(value); });
}

/// As Logjam wants it: a modulus, a generator, a public value.
void dhe_parameters(ServerStage& stage) {
  stage.begin();
  stage.server().hello();
  stage.server().certificate();
  Bytes body{0, 64};
  wire::append(body, Bytes(64, 0x9d));
  wire::append(body, Bytes{0, 1, 2, 0, 64});
  wire::append(body, Bytes(64, 0x31));
  wire::append(body, Bytes{8, 4, 0, 0});
  stage.server().handshake(HandshakeType::server_key_exchange, body);
  stage.server().done();
  stage.await_end();
}

void explicit_curve(ServerStage& stage) {
  stage.begin();
  spoil(stage.server(), HandshakeType::server_key_exchange, [](Bytes& body) { body[0] = 1; });
  stage.server().first_flight();
  stage.await_client();
}

/// Well signed, once, and for another handshake.
void replayed(ServerStage& stage) {
  stage.begin();
  stage.server().hello();
  stage.server().certificate();
  const test::Identity& identity = test::identity("rsa");
  stage.server().key_exchange({}, [&](ServerKeyExchange& m) {
    Bytes content(64, 0x11);  // the randoms of another handshake
    wire::append(content, wire::encode(m.params));
    test::TestRandom random("another handshake");
    m.signed_params.signature = identity.key.sign(m.signed_params.algorithm, content, random);
  });
  stage.server().done();
  stage.await_client();
  stage.finish();
}

ServerScript finished(test::Change<handshake::Finished> change) {
  return [=](ServerStage& stage) {
    stage.begin();
    stage.server().first_flight();
    stage.await_client();
    stage.server().change_cipher_spec();
    stage.server().finished(change);
    stage.hear();
  };
}

void compress(Bytes& point) {
  const bool odd = (point.back() & 1) != 0;
  point.resize(1 + (point.size() - 1) / 2);
  point[0] = odd ? 3 : 2;
}

}  // namespace

std::vector<Fault> server_key_exchange_faults() {
  const auto p256 = NamedGroup::secp256r1, x25519 = NamedGroup::x25519;
  return {
      {"bad-signature", "changes a bit of the signature over its parameters", "RFC 8422, 5.4",
       refused(decrypt_error),
       signed_by([](ServerKeyExchange& m) { m.signed_params.signature[9] ^= 1; })},
      {"no-signature", "leaves the signature over its parameters empty", "RFC 8422, 5.4",
       refused(decrypt_error),
       signed_by([](ServerKeyExchange& m) { m.signed_params.signature.clear(); })},
      {"replayed-parameters", "shows a signature over another handshake's parameters",
       "RFC 8422, 5.4", refused(decrypt_error), replayed},
      {"swapped-parameters", "signs one public key and sends another", "RFC 8422, 5.4",
       refused(decrypt_error),
       signed_by([](ServerKeyExchange& m) { m.params.public_key.point[0] ^= 1; })},
      {"sha1-signature", "says that it signed with SHA-1, which was not offered", "RFC 9155, 4",
       refused(illegal_parameter), scheme(0x0201)},
      {"wrong-scheme", "signs with its RSA key and says that it is ECDSA", "RFC 5246, 7.4.3",
       refused(illegal_parameter), scheme(0x0403)},
      {"wrong-group", "chooses a group that nobody offers: sect571r1", "RFC 8422, 5.4",
       refused(illegal_parameter),
       exchange(x25519, [](ServerKeyExchange& m) { m.params.namedcurve = NamedGroup{14}; })},
      {"explicit-curve", "describes a curve of its own", "RFC 8422, 5.4",
       refused(illegal_parameter), explicit_curve},
      {"dhe-parameters", "sends parameters of DHE with 512 bits, as Logjam wants them",
       "RFC 8422, 5.4", refused(illegal_parameter), dhe_parameters},
      {"point-off-curve", "signs a point that is not on the curve", "RFC 8422, 5.11",
       refused(illegal_parameter), point(p256, [](Bytes& bytes) { bytes.back() ^= 1; })},
      {"point-at-infinity", "signs the point at infinity", "RFC 8422, 5.11",
       refused(illegal_parameter), point(p256, [](Bytes& bytes) { bytes = {0}; })},
      {"compressed-point", "sends its point in compressed form", "RFC 8422, 5.4.1",
       refused(illegal_parameter), point(p256, compress)},
      {"short-point", "signs a point that lacks its last byte", "RFC 8422, 5.11",
       refused(illegal_parameter), point(p256, [](Bytes& bytes) { bytes.pop_back(); })},
      {"all-zero-x25519", "signs the x25519 public key of 32 zeros: the secret would be zero",
       "RFC 7748, 6.1", refused(illegal_parameter),
       point(x25519, [](Bytes& bytes) { std::fill(bytes.begin(), bytes.end(), 0); })},
      {"long-x25519", "signs an x25519 public key of 33 bytes", "RFC 8422, 5.11",
       refused(illegal_parameter), point(x25519, [](Bytes& bytes) { bytes.push_back(0); })},
      {"bad-finished", "changes a bit of its Finished", "RFC 5246, 7.4.9", refused(decrypt_error),
       finished([](handshake::Finished& m) { m.verify_data[11] ^= 1; })},
      {"zero-finished", "sends a Finished of zeros", "RFC 5246, 7.4.9", refused(decrypt_error),
       finished([](handshake::Finished& m) { m.verify_data.fill(0); })},
  };
}

}  // namespace glasstls::adversary
