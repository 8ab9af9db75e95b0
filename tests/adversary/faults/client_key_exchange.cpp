// A client's public key that is none, and a Finished that proves nothing. RFC 8422, 5.7 and 5.11.
#include <algorithm>
#include <utility>

#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using crypto::NamedGroup;
using handshake::HandshakeType;
using enum AlertDescription;

/// A public key that is spoilt on its way; all else is by the rules.
ClientScript point(NamedGroup group, std::function<void(Bytes&)> spoil) {
  return [=](ClientStage& stage) {
    test::ClientChoices choices;
    choices.groups = {group};
    stage.open(choices);
    stage.greet();
    stage.client().key_exchange(
        [&](handshake::ClientKeyExchange& message) { spoil(message.ecdh_Yc.point); });
    stage.client().change_cipher_spec();
    stage.client().finished();
    stage.await_finished();
  };
}

ClientScript p256(std::function<void(Bytes&)> spoil) {
  return point(NamedGroup::secp256r1, std::move(spoil));
}

/// A ClientKeyExchange that is not one of ECDHE; there are no keys then.
ClientScript body(Bytes bytes) {
  return [=](ClientStage& stage) {
    stage.greet();
    stage.client().handshake(HandshakeType::client_key_exchange, bytes);
    stage.await_end();
  };
}

void compress(Bytes& point) {
  const bool odd = (point.back() & 1) != 0;
  point.resize(1 + (point.size() - 1) / 2);
  point[0] = odd ? 3 : 2;
}

/// A good point, whose secret the client does not have.
void of_somebody_else(Bytes& point) {
  test::TestRandom random("somebody else");
  point = wire::copy(crypto::EphemeralKey::generate(NamedGroup::x25519, random).public_key());
}

ClientScript finished(test::Change<handshake::Finished> change) {
  return [=](ClientStage& stage) {
    stage.greet();
    stage.client().key_exchange();
    stage.client().change_cipher_spec();
    stage.client().finished(change);
    stage.await_finished();
  };
}

void short_finished(ClientStage& stage) {
  stage.greet();
  stage.client().key_exchange();
  stage.client().change_cipher_spec();
  stage.client().handshake(HandshakeType::finished, Bytes(11));
  stage.await_end();
}

/// What an RSA client would send: a length of two bytes, and as many as its modulus has.
Bytes encrypted_premaster() {
  Bytes bytes(2 + 256, 0x42);
  bytes[0] = 1;
  bytes[1] = 0;
  return bytes;
}

}  // namespace

std::vector<Fault> client_key_exchange_faults() {
  return {
      {"point-off-curve", "sends a point that is not on the curve", "RFC 8422, 5.11",
       refused(illegal_parameter), p256([](Bytes& point) { point.back() ^= 1; })},
      {"point-at-infinity", "sends the point at infinity", "RFC 8422, 5.11",
       refused(illegal_parameter), p256([](Bytes& point) { point = {0}; })},
      {"compressed-point", "sends its point in compressed form", "RFC 8422, 5.4.1",
       refused(illegal_parameter), p256(compress)},
      {"short-point", "sends a point that lacks its last byte", "RFC 8422, 5.11",
       refused(illegal_parameter), p256([](Bytes& point) { point.pop_back(); })},
      {"wrong-group", "sends a public key of x25519 when secp256r1 was agreed on", "RFC 8422, 5.7",
       refused(illegal_parameter), p256(of_somebody_else)},
      {"all-zero-x25519", "sends the x25519 public key of 32 zeros: the secret would be zero",
       "RFC 7748, 6.1", refused(illegal_parameter),
       point(NamedGroup::x25519, [](Bytes& point) { std::fill(point.begin(), point.end(), 0); })},
      {"long-x25519", "sends an x25519 public key of 33 bytes", "RFC 8422, 5.11",
       refused(illegal_parameter),
       point(NamedGroup::x25519, [](Bytes& point) { point.push_back(0); })},
      {"stolen-point", "sends somebody else's public key, whose secret it does not have",
       "RFC 5246, 7.4.9", refused(bad_record_mac), point(NamedGroup::x25519, of_somebody_else)},
      {"empty-key-exchange", "sends a ClientKeyExchange without a public key", "RFC 8422, 5.7",
       refused(decode_error), body({})},
      {"rsa-key-exchange", "sends the ClientKeyExchange of RSA key exchange", "RFC 8422, 5.7",
       refused(decode_error), body(encrypted_premaster())},
      {"bad-finished", "changes a bit of its Finished", "RFC 5246, 7.4.9", refused(decrypt_error),
       finished([](handshake::Finished& m) { m.verify_data[0] ^= 1; })},
      {"short-finished", "sends a Finished of 11 bytes", "RFC 5246, 7.4.9", refused(decode_error),
       short_finished},
  };
}

}  // namespace glasstls::adversary
