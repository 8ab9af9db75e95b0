// A ClientHello that is malformed, or breaks a rule. RFC 5246, 7.4.1.2; each extension's own RFC.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::ExtensionType;
using handshake::HandshakeType;
using test::ScriptedClient;
using test::ServerPeers;

void append16(Bytes& bytes, std::size_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

Bytes extension(ExtensionType type, View data) {
  Bytes bytes;
  append16(bytes, static_cast<std::size_t>(type));
  append16(bytes, data.size());
  wire::append(bytes, data);
  return bytes;
}

/// A hello by its bytes: each length is that of what follows, right or wrong.
struct RawHello {
  Bytes session_id{};
  Bytes cipher_suites{0xc0, 0x2b, 0xc0, 0x2f};
  Bytes compression_methods{0};
  Bytes extensions = extension(ExtensionType::signature_algorithms, Bytes{0, 4, 4, 3, 8, 4});
  Bytes behind{};  // the extensions

  Bytes body() const {
    Bytes bytes{3, 3};
    bytes.resize(2 + 32, 0xa5);  // random
    bytes.push_back(static_cast<std::uint8_t>(session_id.size()));
    wire::append(bytes, session_id);
    append16(bytes, cipher_suites.size());
    wire::append(bytes, cipher_suites);
    bytes.push_back(static_cast<std::uint8_t>(compression_methods.size()));
    wire::append(bytes, compression_methods);
    append16(bytes, extensions.size());
    wire::append(bytes, extensions);
    wire::append(bytes, behind);
    return bytes;
  }
};

/// Where fields of a hello without session_id begin, in bytes from the message's start.
constexpr std::size_t at_session_id = 4 + 2 + 32;
constexpr std::size_t at_cipher_suites = at_session_id + 1;
constexpr std::size_t at_compression_methods = at_cipher_suites + 2 + 4;
constexpr std::size_t at_extensions = at_compression_methods + 1 + 1;
constexpr std::size_t after_hello = at_extensions + 2 + 10;

void expect_refused_body(const Bytes& body, Expected expected) {
  ServerPeers peers;
  peers.run({[&](ScriptedClient& client) { client.handshake(HandshakeType::client_hello, body); }});
  expected.message = "ClientHello";
  expect_refused(peers, expected);
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, "WaitClientHello");
  EXPECT_TRUE(peers.client.messages().empty());  // not even a ServerHello
}

void expect_decode_error(const RawHello& hello, std::string_view field, std::size_t offset) {
  expect_refused_body(hello.body(), {.alert = AlertDescription::decode_error,
                                     .field = field,
                                     .offset = offset,
                                     .section = "RFC 5246, 7.4.1.2"});
}

TEST(BadClientHello, IsMadeOfAGoodOne) {
  ServerPeers peers;
  peers.run({[](ScriptedClient& client) {
    client.handshake(HandshakeType::client_hello, RawHello{}.body());
  }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

// --- Fields

TEST(BadClientHello, WithASessionIdOfMoreThan32BytesIsDecodeError) {
  for (const std::size_t size : {33U, 64U, 255U}) {
    RawHello hello;
    hello.session_id = Bytes(size);
    expect_decode_error(hello, "session_id", at_session_id);
  }
}

TEST(BadClientHello, WithoutCipherSuitesIsDecodeError) {
  RawHello hello;
  hello.cipher_suites.clear();
  expect_decode_error(hello, "cipher_suites", at_cipher_suites);
}

TEST(BadClientHello, WithHalfACipherSuiteIsDecodeError) {
  RawHello one_byte;
  one_byte.cipher_suites = {0xc0};
  expect_decode_error(one_byte, "cipher_suites", at_cipher_suites);
  RawHello three_bytes;
  three_bytes.cipher_suites = {0xc0, 0x2b, 0xc0};
  expect_decode_error(three_bytes, "cipher_suites", at_cipher_suites + 2 + 2);
}

TEST(BadClientHello, WithoutCompressionMethodsIsDecodeError) {
  RawHello hello;
  hello.compression_methods.clear();
  expect_decode_error(hello, "compression_methods", at_compression_methods);
}

TEST(BadClientHello, WithoutNullCompressionIsIllegalParameter) {
  for (const Bytes& methods : {Bytes{1}, Bytes{64, 1}, Bytes(255, 0xff)}) {
    RawHello hello;
    hello.compression_methods = methods;
    expect_refused_body(hello.body(), {.alert = AlertDescription::illegal_parameter,
                                       .field = "compression_methods",
                                       .offset = at_compression_methods,
                                       .section = "RFC 5246, 7.4.1.2"});
  }
}

TEST(BadClientHello, WithAnyLengthThatRunsOverItsEndIsDecodeError) {
  const std::vector<std::pair<std::size_t, std::string_view>> lengths{
      {at_cipher_suites, "cipher_suites"},
      {at_extensions, "extensions"},
      {at_extensions + 4, "extension_data"}};
  for (const auto& [at, field] : lengths) {
    Bytes body = RawHello{}.body();
    body[at - 4] = 0x70;
    expect_refused_body(body, {.alert = AlertDescription::decode_error, .field = field});
  }
}

// --- The list of extensions

TEST(BadClientHello, WithBytesBehindItsExtensionsIsDecodeError) {
  for (const std::size_t size : {1U, 2U, 4U, 100U}) {
    RawHello hello;
    hello.behind = Bytes(size);
    expect_decode_error(hello, "ClientHello", after_hello);
  }
}

TEST(BadClientHello, WithHalfALengthOfExtensionsIsDecodeError) {
  Bytes body = RawHello{}.body();
  body.resize(at_extensions + 1 - 4);
  expect_refused_body(
      body,
      {.alert = AlertDescription::decode_error, .field = "extensions", .offset = at_extensions});
}

TEST(BadClientHello, WithHalfAnExtensionIsDecodeError) {
  const Bytes whole = extension(ExtensionType::supported_groups, Bytes{0, 2, 0, 29});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    RawHello hello;
    wire::append(hello.extensions, View(whole).first(size));
    const std::size_t at = after_hello + (size < 2 ? 0 : size < 4 ? 2 : 4);
    expect_decode_error(hello, size < 2 ? "extension_type" : "extension_data", at);
  }
}

TEST(BadClientHello, WithAnExtensionTwiceIsDecodeError) {
  for (const unsigned type : {13U, 23U, 35U, 0x0a0aU, 0xabcdU}) {
    RawHello hello;
    hello.extensions.clear();
    const Bytes data = type == 13 ? Bytes{0, 2, 4, 3} : Bytes{};
    for (int i = 0; i < 2; ++i)
      wire::append(hello.extensions, extension(ExtensionType(type), data));
    expect_refused_body(hello.body(), {.alert = AlertDescription::decode_error,
                                       .field = "extensions",
                                       .section = "RFC 5246, 7.4.1.4"});
  }
}

// --- Each extension

/// What is wrong with one extension, and what comes of it.
struct Case {
  const char* what;
  ExtensionType type{};
  Bytes data;
  std::string_view field;
  std::size_t offset = 0;  // in `data`
  AlertDescription alert = AlertDescription::decode_error;
};

class BadExtension : public testing::TestWithParam<Case> {};

TEST_P(BadExtension, IsRefusedAtItsByte) {
  const Case& bad = GetParam();
  RawHello hello;
  std::size_t begin = after_hello;
  if (bad.type == ExtensionType::signature_algorithms) {
    hello.extensions.clear();
    begin = at_extensions + 2;
  }
  wire::append(hello.extensions, extension(bad.type, bad.data));
  expect_refused_body(hello.body(),
                      {.alert = bad.alert, .field = bad.field, .offset = begin + 4 + bad.offset});
}

std::vector<Case> bad_extensions() {
  using enum ExtensionType;
  const auto alpn = application_layer_protocol_negotiation;
  return {
      {"server_name_without_a_list", server_name, {}, "server_name_list", 0},
      {"server_name_with_an_empty_list", server_name, {0, 0}, "server_name_list", 0},
      {"server_name_with_an_empty_name", server_name, {0, 3, 0, 0, 0}, "host_name", 3},
      {"server_name_that_runs_over", server_name, {0, 4, 0, 0, 2, 'a'}, "host_name", 5},
      {"server_name_with_a_byte_behind", server_name, {0, 4, 0, 0, 1, 'a', 0}, "extension_data", 6},
      {"status_request_without_a_type", status_request, {}, "status_type", 0},
      {"status_request_cut", status_request, {1, 0, 0}, "request_extensions", 3},
      {"status_request_with_an_empty_responder",
       status_request,
       {1, 0, 2, 0, 0, 0, 0},
       "ResponderID",
       3},
      {"status_request_with_a_byte_behind",
       status_request,
       {1, 0, 0, 0, 0, 0},
       "extension_data",
       5},
      {"supported_groups_without_a_list", supported_groups, {}, "named_group_list", 0},
      {"supported_groups_with_an_empty_list", supported_groups, {0, 0}, "named_group_list", 0},
      {"supported_groups_of_odd_length", supported_groups, {0, 3, 0, 29, 0}, "named_group_list", 4},
      {"supported_groups_with_a_byte_behind",
       supported_groups,
       {0, 2, 0, 29, 0},
       "extension_data",
       4},
      {"ec_point_formats_without_a_list", ec_point_formats, {}, "ec_point_format_list", 0},
      {"ec_point_formats_with_an_empty_list", ec_point_formats, {0}, "ec_point_format_list", 0},
      {"ec_point_formats_that_run_over", ec_point_formats, {2, 0}, "ec_point_format_list", 1},
      {"signature_algorithms_without_a_list",
       signature_algorithms,
       {},
       "supported_signature_algorithms",
       0},
      {"signature_algorithms_with_an_empty_list",
       signature_algorithms,
       {0, 0},
       "supported_signature_algorithms",
       0},
      {"signature_algorithms_of_odd_length",
       signature_algorithms,
       {0, 3, 4, 3, 8},
       "supported_signature_algorithms",
       4},
      {"signature_algorithms_with_a_byte_behind",
       signature_algorithms,
       {0, 2, 4, 3, 8},
       "extension_data",
       4},
      {"signature_algorithms_cert_with_an_empty_list",
       signature_algorithms_cert,
       {0, 0},
       "supported_signature_algorithms",
       0},
      {"signature_algorithms_cert_of_odd_length",
       signature_algorithms_cert,
       {0, 1, 4},
       "supported_signature_algorithms",
       0},
      {"alpn_without_a_list", alpn, {}, "protocol_name_list", 0},
      {"alpn_with_an_empty_list", alpn, {0, 0}, "protocol_name_list", 0},
      {"alpn_with_an_empty_name", alpn, {0, 2, 0, 0}, "ProtocolName", 2},
      {"alpn_with_an_empty_name_behind_a_good_one",
       alpn,
       {0, 4, 2, 'h', '2', 0},
       "ProtocolName",
       5},
      {"alpn_with_a_name_that_runs_over", alpn, {0, 3, 9, 'h', '2'}, "ProtocolName", 3},
      {"alpn_with_a_list_that_runs_over", alpn, {0xff, 0xff, 2, 'h', '2'}, "protocol_name_list", 2},
      {"alpn_with_a_byte_behind", alpn, {0, 3, 2, 'h', '2', 0}, "extension_data", 5},
      {"signed_certificate_timestamp_that_is_not_empty",
       signed_certificate_timestamp,
       {0, 0},
       "extension_data",
       0},
      {"extended_master_secret_that_is_not_empty",
       extended_master_secret,
       {0},
       "extension_data",
       0},
      {"record_size_limit_of_one_byte", record_size_limit, {64}, "RecordSizeLimit", 0},
      {"record_size_limit_of_three_bytes", record_size_limit, {64, 0, 0}, "extension_data", 2},
      {"supported_versions_without_a_list", supported_versions, {}, "versions", 0},
      {"supported_versions_with_an_empty_list", supported_versions, {0}, "versions", 0},
      {"supported_versions_of_odd_length", supported_versions, {3, 3, 3, 3}, "versions", 3},
      {"renegotiation_info_without_its_length",
       renegotiation_info,
       {},
       "renegotiated_connection",
       0},
      {"renegotiation_info_that_runs_over",
       renegotiation_info,
       {2, 0},
       "renegotiated_connection",
       1},
      {"renegotiation_info_with_a_byte_behind", renegotiation_info, {0, 0}, "extension_data", 1},
  };
}

INSTANTIATE_TEST_SUITE_P(BadClientHello, BadExtension, testing::ValuesIn(bad_extensions()),
                         [](const auto& bad) { return std::string(bad.param.what); });

// --- Well-formed, and against a rule

void expect_refused_with(ExtensionType type, const Bytes& data, Expected expected) {
  RawHello hello;
  wire::append(hello.extensions, extension(type, data));
  expect_refused_body(hello.body(), expected);
}

TEST(BadClientHello, WithTwoHostNamesIsIllegalParameter) {
  for (const Bytes& names :
       {Bytes{0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'}, Bytes{0, 8, 0, 0, 1, 'a', 0, 0, 1, 'a'},
        Bytes{0, 8, 7, 0, 1, 'a', 7, 0, 1, 'b'}})
    expect_refused_with(ExtensionType::server_name, names,
                        {.alert = AlertDescription::illegal_parameter,
                         .field = "server_name_list",
                         .offset = after_hello + 4,
                         .section = "RFC 6066, 3"});
}

TEST(BadClientHello, WithPointFormatsThatLackUncompressedIsIllegalParameter) {
  for (const Bytes& formats : {Bytes{1, 1}, Bytes{2, 1, 2}, Bytes{1, 0xff}})
    expect_refused_with(ExtensionType::ec_point_formats, formats,
                        {.alert = AlertDescription::illegal_parameter,
                         .field = "ec_point_format_list",
                         .offset = after_hello + 4,
                         .section = "RFC 8422, 5.1.2"});
}

TEST(BadClientHello, WithARenegotiationInfoThatIsNotEmptyIsHandshakeFailure) {
  for (const std::size_t size : {1U, 12U, 255U}) {
    Bytes data{static_cast<std::uint8_t>(size)};
    data.resize(1 + size);
    expect_refused_with(ExtensionType::renegotiation_info, data,
                        {.alert = AlertDescription::handshake_failure,
                         .field = "renegotiated_connection",
                         .offset = after_hello + 4,
                         .section = "RFC 5746, 3.6"});
  }
}

TEST(BadClientHello, WithoutARequiredExtendedMasterSecretIsHandshakeFailure) {
  test::ClientChoices choices;
  choices.extended_master_secret = false;
  test::ServerOptions options;
  options.settings = [](ServerSettings& s) { s.require_extended_master_secret = true; };
  ServerPeers peers(choices, options);
  peers.hello();
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .message = "ClientHello",
                         .field = "extensions",
                         .section = "RFC 7627, 5.2",
                         .reason_part = "extended_master_secret"});
  ServerPeers good({}, options);
  good.complete_handshake();
}

// A name that no certificate could be for is an unknown name like any other.
TEST(OddServerName, GetsTheDefaultCertificate) {
  for (const std::string& name :
       {std::string("192.0.2.1"), std::string("a..b"), std::string("a\0b", 3), std::string("\xff"),
        std::string("."), std::string(300, 'x'), std::string(60'000, '.')}) {
    test::ClientChoices choices;
    choices.server_name = name;
    ServerPeers peers(choices);
    peers.complete_handshake();
    EXPECT_EQ(peers.client.server_hello().find<handshake::ServerNameAcknowledged>(), nullptr);
  }
}

TEST(LargeAlpn, OfAsManyNamesAsFitIsServed) {
  handshake::ProtocolNameList longest, most;
  for (int i = 0; i < 254; ++i) longest.protocol_name_list.push_back({Bytes(255, 'x')});
  for (int i = 0; i < 32'000; ++i) most.protocol_name_list.push_back({Bytes{'x'}});
  for (handshake::ProtocolNameList& list : std::vector{longest, most}) {
    test::ServerOptions options;
    options.settings = [](ServerSettings& s) { s.application_protocols = {"h2", "http/1.1"}; };
    list.protocol_name_list.push_back({wire::copy(wire::as_bytes("http/1.1"))});
    ServerPeers peers({}, options);
    peers.complete_handshake(test::with(list));
    EXPECT_EQ(peers.agreement().application_protocol, "http/1.1");
  }
}

}  // namespace
}  // namespace glasstls::tls
