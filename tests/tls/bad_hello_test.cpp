// A ServerHello that chooses what was not offered, or breaks a rule. RFC 5246, 7.4.1.3.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::ServerHello;
using test::Peers;
using test::ScriptedServer;

void answer(Peers& peers, const test::Change<ServerHello>& change) {
  peers.run({[&](ScriptedServer& server) { server.hello(change); }});
}

void end_random_with(ServerHello& hello, std::string_view text) {
  std::copy(text.begin(), text.end(),
            hello.random.end() - static_cast<std::ptrdiff_t>(text.size()));
}

TEST(BadHello, OfAnotherVersionIsProtocolVersion) {
  for (const unsigned version : {0x0300U, 0x0301U, 0x0302U, 0x0304U, 0x7f1cU}) {
    Peers peers;
    answer(peers, [&](ServerHello& hello) { hello.server_version = ProtocolVersion(version); });
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "ServerHello",
                           .field = "server_version",
                           .offset = 4,
                           .section = "RFC 5246, 7.4.1.3"});
  }
}

TEST(BadHello, WithASuiteThatWasNotOfferedIsIllegalParameter) {
  for (const unsigned suite : {0x1301U, 0x002fU, 0x0a0aU, 0x00ffU}) {
    Peers peers;
    peers.server.tamper = [&](handshake::HandshakeType, Bytes& bytes) {
      bytes[39] = static_cast<std::uint8_t>(suite >> 8);
      bytes[40] = static_cast<std::uint8_t>(suite);
    };
    answer(peers, {});
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ServerHello",
                           .field = "cipher_suite",
                           .offset = 39,
                           .section = "RFC 5246, 7.4.1.3"});
  }
}

TEST(BadHello, WithAKnownSuiteThatWasNotOfferedIsIllegalParameter) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& settings) {
    settings.cipher_suites = {crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
  };
  Peers peers({}, options);
  answer(peers, {});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter, .field = "cipher_suite"});
}

TEST(BadHello, WithCompressionIsIllegalParameter) {
  Peers peers;
  answer(peers, [](ServerHello& hello) {
    hello.compression_method = handshake::CompressionMethod::deflate;
  });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerHello",
                         .field = "compression_method",
                         .offset = 41});
}

TEST(BadHello, WithTheSentinelOfADowngradeBelowTls12IsIllegalParameter) {
  Peers peers;
  answer(peers, [](ServerHello& hello) { end_random_with(hello, {"DOWNGRD\x00", 8}); });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerHello",
                         .field = "random",
                         .offset = 6,
                         .section = "RFC 8446, 4.1.3"});
}

TEST(Hello, WithTheSentinelOfATls13ServerIsAcceptedAndReported) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.hello([](ServerHello& hello) { end_random_with(hello, {"DOWNGRD\x01", 8}); });
               server.certificate();
               server.key_exchange();
               server.done();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  ASSERT_TRUE(peers.completed());
  EXPECT_EQ(peers.find<HandshakeCompleted>()->agreement.sentinel,
            handshake::DowngradeSentinel::tls12);
}

TEST(BadHello, WithADuplicateExtensionIsDecodeError) {
  Peers peers;
  peers.server.tamper = [](handshake::HandshakeType, Bytes& bytes) {
    const Bytes twice{0, 8, 0, 23, 0, 0, 0, 23, 0, 0};
    bytes.resize(42);
    wire::append(bytes, twice);
    bytes[3] = static_cast<std::uint8_t>(bytes.size() - 4);
  };
  answer(peers, {});
  expect_refused(peers, {.alert = AlertDescription::decode_error,
                         .message = "ServerHello",
                         .field = "extensions",
                         .section = "RFC 5246, 7.4.1.4"});
}

TEST(BadHello, WithAnExtensionThatWasNotOfferedIsUnsupportedExtension) {
  for (const unsigned type : {5U, 16U, 18U, 35U, 43U, 0x1a1aU, 0xfe0dU}) {
    // Well formed, where we know the form.
    const Bytes body = type == 16U ? Bytes{0, 3, 2, 'h', '2'} : Bytes{};
    Peers peers;
    answer(peers, [&](ServerHello& hello) {
      hello.extensions->add(handshake::UnknownExtension{handshake::ExtensionType(type), body});
    });
    expect_refused(peers, {.alert = AlertDescription::unsupported_extension,
                           .message = "ServerHello",
                           .field = "extensions",
                           .offset = 42,
                           .section = "RFC 5246, 7.4.1.4"});
  }
}

TEST(BadHello, WithSignatureAlgorithmsIsUnsupportedExtension) {
  Peers peers;
  answer(peers, [](ServerHello& hello) {
    hello.extensions->add(
        handshake::UnknownExtension{handshake::ExtensionType::signature_algorithms, {}});
  });
  expect_refused(peers, {.alert = AlertDescription::unsupported_extension,
                         .message = "ServerHello",
                         .section = "RFC 5246, 7.4.1.4.1"});
}

TEST(Hello, MayRepeatSupportedGroupsWhichSomeServersDo) {
  Peers peers;
  answer(peers, [](ServerHello& hello) {
    hello.extensions->add(
        handshake::UnknownExtension{handshake::ExtensionType::supported_groups, {0, 2, 0, 29}});
  });
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

TEST(BadHello, AcknowledgingANameThatWasNotSentIsUnsupportedExtension) {
  Peers peers({}, {.name = "192.0.2.1", .settings = {}, .observers = {}});
  answer(peers,
         [](ServerHello& hello) { hello.extensions->add(handshake::ServerNameAcknowledged{}); });
  expect_refused(peers, {.alert = AlertDescription::unsupported_extension});
}

TEST(BadHello, EchoingAnExtendedMasterSecretThatWasNotOfferedIsUnsupportedExtension) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& settings) {
    settings.offer_extended_master_secret = false;
  };
  Peers peers({}, options);
  answer(peers,
         [](ServerHello& hello) { hello.extensions->add(handshake::ExtendedMasterSecret{}); });
  expect_refused(peers, {.alert = AlertDescription::unsupported_extension});
}

TEST(BadHello, WithoutARequiredExtendedMasterSecretIsHandshakeFailure) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& settings) {
    settings.require_extended_master_secret = true;
  };
  Peers peers({}, options);
  answer(peers, [](ServerHello& hello) { hello.extensions.reset(); });
  expect_refused(peers, {.alert = AlertDescription::handshake_failure, .section = "RFC 7627, 5.3"});
}

TEST(BadHello, WithARenegotiationInfoThatIsNotEmptyIsHandshakeFailure) {
  Peers peers;
  answer(peers, [](ServerHello& hello) {
    hello.extensions.emplace().add(handshake::RenegotiationInfo{Bytes(12)});
  });
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .field = "renegotiated_connection",
                         .section = "RFC 5746, 3.4"});
}

TEST(BadHello, WithPointFormatsThatLackUncompressedIsIllegalParameter) {
  Peers peers;
  answer(peers, [](ServerHello& hello) {
    hello.extensions->add(
        handshake::ECPointFormats{{handshake::ECPointFormat::ansiX962_compressed_prime}});
  });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .field = "ec_point_format_list",
                         .section = "RFC 8422, 5.1.2"});
}

}  // namespace
}  // namespace glasstls::tls
