// What a server can do wrong in its hello. RFC 5246, 7.4.1.3, and the extensions' RFCs.
#include <algorithm>
#include <string_view>
#include <utility>

#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using handshake::ExtensionType;
using handshake::HandshakeType;
using handshake::ServerHello;
using enum AlertDescription;

using Change = test::Change<ServerHello>;

void after_hello(ServerStage& stage) {
  stage.server().certificate();
  stage.server().key_exchange();
  stage.server().done();
  stage.await_client();
  stage.finish();
}

/// The whole handshake, with that hello.
ServerScript hello(Change change, test::Choices choices = {}) {
  return [=](ServerStage& stage) {
    stage.open(choices);
    stage.server().hello(change);
    after_hello(stage);
  };
}

ServerScript spoilt_hello(std::function<void(Bytes&)> change) {
  return [=](ServerStage& stage) {
    stage.open();
    spoil(stage.server(), HandshakeType::server_hello, change);
    stage.server().hello();
    after_hello(stage);
  };
}

ServerScript extension(std::uint16_t type, Bytes data) {
  return spoilt_hello(with_extension(HandshakeType::server_hello, type, std::move(data)));
}

ServerScript version(std::uint16_t value) {
  return hello([=](ServerHello& m) { m.server_version = ProtocolVersion(value); });
}

/// On the wire only: the double speaks no such suite.
ServerScript suite(std::uint16_t value) {
  return spoilt_hello([=](Bytes& body) {
    const std::size_t at = position_of(HandshakeType::server_hello, body, "cipher_suite");
    body[at] = static_cast<std::uint8_t>(value >> 8);
    body[at + 1] = static_cast<std::uint8_t>(value);
  });
}

/// RFC 8446, 4.1.3: the last eight bytes of the random tell that a better version was possible.
ServerScript sentinel(std::uint8_t last) {
  return hello([=](ServerHello& m) {
    constexpr std::string_view text = "DOWNGRD";
    std::copy(text.begin(), text.end(), m.random.end() - 8);
    m.random.back() = last;
  });
}

void with_compression(ServerHello& m) {
  m.compression_method = handshake::CompressionMethod::deflate;
}

void with_stale_renegotiation(ServerHello& m) {
  m.extensions.emplace().add(handshake::RenegotiationInfo{Bytes(24, 1)});
}

void with_compressed_points_only(ServerHello& m) {
  m.extensions->add(
      handshake::ECPointFormats{{handshake::ECPointFormat::ansiX962_compressed_prime}});
}

test::Choices without_ems() {
  test::Choices choices;
  choices.extended_master_secret = false;
  return choices;
}

/// The client's own words come back to it.
void reflected(ServerStage& stage) {
  stage.begin();
  const handshake::ClientHello& hello = stage.server().client_hello();
  stage.server().handshake_bytes(handshake::encode(hello));
  stage.await_end();
}

void record_version(ServerStage& stage) {
  stage.begin();
  stage.server().record_version = ProtocolVersion{0x0403};
  stage.server().first_flight();
  stage.await_client();
}

void plain_text(ServerStage& stage) {
  stage.begin();
  stage.server().raw(wire::as_bytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  stage.end_sending();
  stage.await_end();
}

std::vector<Fault> version_faults() {
  return {
      {"version-lie-tls11", "chooses TLS 1.1", "RFC 5246, 7.4.1.3", refused(protocol_version),
       version(0x0302)},
      {"version-lie-tls13", "writes TLS 1.3 where only 1.2 can stand", "RFC 8446, 4.1.3",
       refused(protocol_version), version(0x0304)},
      {"version-lie-future", "chooses a version 3.127 that does not exist", "RFC 5246, 7.4.1.3",
       refused(protocol_version), version(0x037f)},
      {"record-version-alien", "answers in records of version 4.3", "RFC 5246, E.1",
       refused(protocol_version), record_version},
      {"downgrade-sentinel",
       "confesses in its random that somebody took TLS 1.2 out of the client's hello",
       "RFC 8446, 4.1.3", refused(illegal_parameter), sentinel(0)},
      {"tls13-sentinel", "says in its random that it could have spoken TLS 1.3", "RFC 8446, 4.1.3",
       borne(), sentinel(1)},
      {"plain-text", "answers in HTTP without TLS", "RFC 5246, 6.2.1", closed(), plain_text},
  };
}

std::vector<Fault> choice_faults() {
  return {
      {"unoffered-suite", "chooses a suite that nobody offers, one of RC4 and MD5",
       "RFC 5246, 7.4.1.3", refused(illegal_parameter), suite(0x0004)},
      {"export-suite", "chooses a suite of keys for export, as FREAK wants it", "RFC 5246, 7.4.1.3",
       refused(illegal_parameter), suite(0x0003)},
      {"null-suite", "chooses to do without encryption", "RFC 5246, 7.4.1.3",
       refused(illegal_parameter), suite(0x0000)},
      {"tls13-suite", "chooses a suite of TLS 1.3", "RFC 8446, B.4", refused(illegal_parameter),
       suite(0x1301)},
      {"unoffered-compression", "chooses compression, as CRIME wants it", "RFC 5246, 7.4.1.3",
       refused(illegal_parameter), hello(with_compression)},
      {"reflection", "sends the client's hello back to it", "RFC 5246, 7.3",
       refused(unexpected_message), reflected},
  };
}

std::vector<Fault> extension_faults() {
  return {
      {"duplicate-extension", "sends renegotiation_info twice", "RFC 5246, 7.4.1.4",
       refused(decode_error), extension(0xff01, {0})},
      {"unoffered-extension", "answers an extension that was not offered: cookie",
       "RFC 5246, 7.4.1.4", refused(unsupported_extension), extension(44, {0, 1, 0})},
      {"grease-extension", "answers with an extension that nobody knows", "RFC 8701, 4",
       refused(unsupported_extension), extension(0x3a3a, {})},
      {"heartbeat-extension", "takes up heartbeats, which were not offered", "RFC 6520, 2",
       refused(unsupported_extension), extension(15, {1})},
      {"ems-with-a-body", "puts a byte into extended_master_secret", "RFC 7627, 5.1",
       refused(decode_error), spoilt_hello([](Bytes& body) {
         // It is the first extension, behind the list's length.
         const std::size_t at = position_of(HandshakeType::server_hello, body, "extensions");
         body[at + 1] = static_cast<std::uint8_t>(body[at + 1] + 1);
         body[at + 5] = 1;
         body.insert(body.begin() + static_cast<std::ptrdiff_t>(at + 6), 0);
       })},
      {"stale-renegotiation-info", "claims to renegotiate in its first hello", "RFC 5746, 3.4",
       refused(handshake_failure), hello(with_stale_renegotiation)},
      {"compressed-points-only", "can read compressed points only", "RFC 8422, 5.2",
       refused(illegal_parameter), hello(with_compressed_points_only)},
      {"tiny-record-size-limit", "wants records of no more than 63 bytes", "RFC 8449, 4",
       refused(illegal_parameter), extension(28, {0, 63})},
      {"no-extended-master-secret", "does without extended_master_secret", "RFC 7627, 5.3", borne(),
       hello({}, without_ems())},
      {"no-extensions", "sends no extensions at all", "RFC 5246, 7.4.1.4", borne(),
       hello([](ServerHello& m) { m.extensions.reset(); })},
      {"bytes-behind-the-hello", "puts a byte behind the extensions of its hello",
       "RFC 5246, 7.4.1.3", refused(decode_error),
       spoilt_hello([](Bytes& body) { body.push_back(0); })},
  };
}

}  // namespace

std::vector<Fault> server_hello_faults() {
  std::vector<Fault> all = version_faults();
  for (const auto& more : {choice_faults(), extension_faults()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::adversary
