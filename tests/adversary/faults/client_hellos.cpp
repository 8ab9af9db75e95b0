// What a client can do wrong before it has an answer. RFC 5246, 7.4.1.2, and the extensions' RFCs.
#include <string_view>
#include <utility>

#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using handshake::ClientHello;
using handshake::ExtensionType;
using handshake::HandshakeType;
using test::ClientChoices;
using enum AlertDescription;

using Change = test::Change<ClientHello>;

/// The whole handshake, with that hello.
ClientScript hello(Change change, ClientChoices choices = {}) {
  return [=](ClientStage& stage) {
    stage.open(choices);
    stage.greet(change);
    stage.finish();
  };
}

/// The same with an encoded hello that is spoilt.
ClientScript spoilt_hello(std::function<void(Bytes&)> change) {
  return [=](ClientStage& stage) {
    stage.open();
    spoil(stage.client(), HandshakeType::client_hello, change);
    stage.greet();
    stage.finish();
  };
}

ClientScript extension(std::uint16_t type, Bytes data) {
  return spoilt_hello(with_extension(HandshakeType::client_hello, type, std::move(data)));
}

ClientScript version(std::uint16_t value) {
  return hello([=](ClientHello& m) { m.client_version = ProtocolVersion(value); });
}

ClientScript record_version(std::uint16_t value) {
  return [=](ClientStage& stage) {
    stage.open();
    stage.client().record_version = ProtocolVersion(value);
    stage.greet();
    stage.client().record_version = ProtocolVersion::tls12;
    stage.finish();
  };
}

/// Bytes cut out of, or put into, a vector with a length of two bytes.
std::function<void(Bytes&)> resized(std::string_view field, std::size_t size) {
  return [=](Bytes& body) {
    const std::size_t at = position_of(HandshakeType::client_hello, body, field);
    const std::size_t old_size = std::size_t{body[at]} << 8 | body[at + 1];
    const auto begin = body.begin() + static_cast<std::ptrdiff_t>(at + 2);
    body.erase(begin, begin + static_cast<std::ptrdiff_t>(old_size));
    body.insert(begin, size, 0xc0);
    body[at] = static_cast<std::uint8_t>(size >> 8);
    body[at + 1] = static_cast<std::uint8_t>(size);
  };
}

void long_session_id(Bytes& body) {
  const std::size_t at = position_of(HandshakeType::client_hello, body, "session_id");
  body[at] = 33;
  body.insert(body.begin() + static_cast<std::ptrdiff_t>(at + 1), 33, 0x5a);
}

/// What SSL 2 began with: no record, and a length of two bytes with the top bit set.
void ssl2(ClientStage& stage) {
  stage.open();
  Bytes hello{0x80, 46, 1, 3, 3, 0, 21, 0, 0, 0, 16};
  wire::append(hello, Bytes(21 + 16, 0x2f));
  stage.client().raw(hello);
  stage.await_end();
}

/// RFC 8701: values that nobody knows, in every list for which it sets some aside.
void grease(ClientHello& m) {
  constexpr std::uint16_t value = 0x3a3a;
  m.cipher_suites.insert(m.cipher_suites.begin(), CipherSuite{value});
  auto& extensions = m.extensions.emplace();
  extensions.add(handshake::UnknownExtension{ExtensionType{value}, {}});
  extensions.add(handshake::ExtendedMasterSecret{});
  extensions.add(handshake::RenegotiationInfo{});
  extensions.add(handshake::SupportedGroups{{NamedGroup{value}, NamedGroup::x25519}});
  extensions.add(handshake::ECPointFormats{{handshake::ECPointFormat::uncompressed}});
  extensions.add(
      handshake::SignatureAlgorithms{{SignatureScheme{value}, SignatureScheme::rsa_pss_rsae_sha256,
                                      SignatureScheme::rsa_pkcs1_sha256}});
  extensions.add(handshake::SupportedVersions{{ProtocolVersion{value}, ProtocolVersion::tls12}});
  extensions.add(
      handshake::ProtocolNameList{{{Bytes{0x3a, 0x3a}}, {wire::copy(wire::as_bytes("http/1.1"))}}});
  extensions.add(handshake::UnknownExtension{ExtensionType{0x4a4a}, Bytes{0}});
}

void without_null_compression(ClientHello& m) {
  m.compression_methods = {handshake::CompressionMethod::deflate};
}

void with_compression_too(ClientHello& m) {
  m.compression_methods.insert(m.compression_methods.begin(),
                               handshake::CompressionMethod::deflate);
}

ClientChoices suites(std::vector<unsigned> values) {
  ClientChoices choices;
  for (const unsigned value : values) choices.suites.push_back(CipherSuite(value));
  return choices;
}

ClientChoices groups(std::vector<unsigned> values) {
  ClientChoices choices;
  for (const unsigned value : values) choices.groups.push_back(NamedGroup(value));
  return choices;
}

ClientChoices schemes(std::vector<unsigned> values) {
  ClientChoices choices;
  for (const unsigned value : values) choices.schemes.push_back(SignatureScheme(value));
  return choices;
}

Change without(ExtensionType type, const Change& then = {}) {
  return [=](ClientHello& m) {
    test::without(type)(m);
    if (then) then(m);
  };
}

const Change compressed_points_only = without(ExtensionType::ec_point_formats, [](ClientHello& m) {
  m.extensions->add(
      handshake::ECPointFormats{{handshake::ECPointFormat::ansiX962_compressed_prime}});
});

const Change stale_renegotiation = without(ExtensionType::renegotiation_info, [](ClientHello& m) {
  m.extensions->add(handshake::RenegotiationInfo{Bytes(12, 1)});
});

const Change only_tls13 = test::with(handshake::SupportedVersions{{ProtocolVersion{0x0304}}});

const Change fallback = [](ClientHello& m) {
  m.cipher_suites.push_back(CipherSuite::TLS_FALLBACK_SCSV);
};

const Change two_names = without(ExtensionType::server_name, [](ClientHello& m) {
  const auto name = wire::copy(wire::as_bytes("a.test"));
  m.extensions->add(handshake::ServerNameList{
      {{handshake::NameType::host_name, name}, {handshake::NameType::host_name, name}}});
});

std::vector<Fault> version_faults() {
  return {
      {"version-lie-tls11", "offers TLS 1.1 as its highest version", "RFC 5246, E.1",
       refused(protocol_version), version(0x0302)},
      {"version-lie-ssl3", "offers SSL 3 as its highest version", "RFC 7568, 3",
       refused(protocol_version), version(0x0300)},
      {"version-lie-future",
       "offers a version 3.127 that does not exist: lower ones are to be used", "RFC 5246, E.1",
       borne(), version(0x037f)},
      {"version-lie-supported-versions",
       "says TLS 1.2 in client_version, and in supported_versions that it speaks 1.3 only",
       "RFC 8446, 4.2.1", refused(protocol_version), hello(only_tls13)},
      {"fallback-scsv", "says that it has fallen back, at the highest version of the server",
       "RFC 7507, 3", borne(), hello(fallback)},
      {"record-version-tls10", "sends its hello in a record of version 3.1, as many clients do",
       "RFC 5246, E.1", borne(), record_version(0x0301)},
      {"record-version-alien", "sends its hello in a record of version 4.3", "RFC 5246, E.1",
       refused(protocol_version), record_version(0x0403)},
      {"ssl2-hello", "sends a hello of SSL 2", "RFC 6176, 3", refused(protocol_version), ssl2},
  };
}

std::vector<Fault> field_faults() {
  return {
      {"no-suites", "sends a hello with an empty list of cipher suites", "RFC 5246, 7.4.1.2",
       refused(decode_error), spoilt_hello(resized("cipher_suites", 0))},
      {"half-a-suite", "sends a list of cipher suites of an odd length", "RFC 5246, 7.4.1.2",
       refused(decode_error), spoilt_hello(resized("cipher_suites", 3))},
      {"long-session-id", "sends a session_id of 33 bytes", "RFC 5246, 7.4.1.2",
       refused(decode_error), spoilt_hello(long_session_id)},
      {"no-null-compression", "offers compression, and not to do without", "RFC 5246, 7.4.1.2",
       refused(illegal_parameter), hello(without_null_compression)},
      {"compression-offered", "prefers compression, and can do without", "RFC 5246, 7.4.1.2",
       borne(), hello(with_compression_too)},
      {"bytes-behind-the-hello", "puts a byte behind the extensions of its hello",
       "RFC 5246, 7.4.1.2", refused(decode_error),
       spoilt_hello([](Bytes& body) { body.push_back(0); })},
      {"cbc-suites-only", "offers suites of CBC only: no POODLE, no Lucky 13", "RFC 5246, 7.4.1.3",
       refused(handshake_failure), hello({}, suites({0xc014, 0xc013, 0xc028, 0xc027}))},
      {"rsa-key-exchange-only", "offers suites without forward secrecy only: no Bleichenbacher",
       "RFC 9325, 4.1", refused(handshake_failure), hello({}, suites({0x009d, 0x009c, 0x0035}))},
      {"export-suites-only", "offers suites for export only: no FREAK", "RFC 9325, 4.1",
       refused(handshake_failure), hello({}, suites({0x0003, 0x0006, 0x0008}))},
  };
}

std::vector<Fault> extension_faults() {
  return {
      {"duplicate-extension", "sends extended_master_secret twice", "RFC 5246, 7.4.1.4",
       refused(decode_error), extension(23, {})},
      {"unknown-groups-only", "offers groups that nobody knows", "RFC 8422, 5.1",
       refused(handshake_failure), hello({}, groups({0xfe00, 0xfe01}))},
      {"sha1-only", "accepts signatures over SHA-1 and MD5 only", "RFC 9155, 2",
       refused(handshake_failure), hello({}, schemes({0x0201, 0x0203, 0x0101}))},
      {"grease-everywhere", "puts values that nobody knows in its lists, and extensions",
       "RFC 8701, 3", borne(), hello(grease)},
      {"two-host-names", "asks for two host names", "RFC 6066, 3", refused(illegal_parameter),
       hello(two_names)},
      {"empty-alpn-name", "offers an application protocol without a name", "RFC 7301, 3.1",
       refused(decode_error), extension(16, {0, 1, 0})},
      {"compressed-points-only", "offers compressed points, and not the uncompressed form",
       "RFC 8422, 5.1.2", refused(illegal_parameter), hello(compressed_points_only)},
      {"stale-renegotiation-info", "claims to renegotiate in its first hello", "RFC 5746, 3.6",
       refused(handshake_failure), hello(stale_renegotiation)},
      {"tiny-record-size-limit", "wants records of no more than 63 bytes", "RFC 8449, 4",
       refused(illegal_parameter), extension(28, {0, 63})},
      {"heartbeat-offered", "offers heartbeats, which nobody has to take up", "RFC 6520, 2",
       borne(), extension(15, {1})},
      {"empty-extensions", "sends an empty list of extensions", "RFC 5246, 7.4.1.4",
       refused(handshake_failure), hello([](ClientHello& m) { m.extensions->list.clear(); })},
  };
}

}  // namespace

std::vector<Fault> client_hello_faults() {
  std::vector<Fault> all = version_faults();
  for (const auto& more : {field_faults(), extension_faults()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::adversary
