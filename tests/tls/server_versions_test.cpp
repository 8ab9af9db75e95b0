// The versions that a client may name to our server, in its hello and in its records, and the suite
// values that are signals. RFC 5246, E.1; RFC 8446, 4.2.1; RFC 5746, 3.6; RFC 7507, 3.
#include <gtest/gtest.h>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using handshake::SupportedVersions;
using test::ScriptedClient;
using test::ServerPeers;

/// A hello of that client_version, with supported_versions unless the list is empty.
test::Change<ClientHello> of_version(unsigned client_version, std::vector<unsigned> listed = {}) {
  return [=](ClientHello& hello) {
    hello.client_version = ProtocolVersion(client_version);
    if (listed.empty()) return;
    SupportedVersions extension;
    for (const unsigned version : listed) extension.versions.push_back(ProtocolVersion(version));
    hello.extensions->add(extension);
  };
}

void expect_tls12(const test::Change<ClientHello>& change) {
  ServerPeers peers;
  peers.complete_handshake(change);
  EXPECT_EQ(peers.client.server_hello().server_version, ProtocolVersion::tls12);
  EXPECT_EQ(handshake::downgrade_sentinel(peers.client.server_random()),
            handshake::DowngradeSentinel::none);
}

void expect_protocol_version(const test::Change<ClientHello>& change, Expected more = {}) {
  ServerPeers peers;
  peers.hello(change);
  more.alert = AlertDescription::protocol_version;
  more.message = "ClientHello";
  expect_refused(peers, more);
}

TEST(ClientVersion, AboveTls12IsAnsweredWithTls12) {
  for (const unsigned version : {0x0303U, 0x0304U, 0x0305U, 0x03ffU, 0x0400U, 0xfefdU, 0xffffU})
    expect_tls12(of_version(version));
}

TEST(ClientVersion, BelowTls12IsProtocolVersion) {
  for (const unsigned version : {0x0000U, 0x0002U, 0x0200U, 0x0300U, 0x0301U, 0x0302U})
    expect_protocol_version(of_version(version), {.field = "client_version", .offset = 4});
}

TEST(SupportedVersions, DecideAloneWhereTheyAreSent) {
  expect_tls12(of_version(0x0303, {0x0304, 0x0303}));
  expect_tls12(of_version(0x0303, {0x6a6a, 0x0304, 0x0303, 0x0302, 0x0301}));
  expect_tls12(of_version(0x0303, {0x0302, 0x0303}));
  expect_tls12(of_version(0x0302, {0x0303}));
  expect_tls12(of_version(0x0301, {0x0303}));
}

// RFC 7568, 3, and RFC 8446, D.5: whatever else the hello says.
TEST(SupportedVersions, DoNotHelpAClientVersionOfSsl3OrOlder) {
  for (const unsigned version : {0x0000U, 0x0002U, 0x0300U})
    expect_protocol_version(of_version(version, {0x0304, 0x0303}),
                            {.field = "client_version", .offset = 4, .section = "RFC 7568, 3"});
}

// Its client_version is 0x0303 all the same, which is why the extension must be read.
TEST(SupportedVersions, WithoutTls12AreProtocolVersion) {
  for (const auto& listed : std::vector<std::vector<unsigned>>{
           {0x0304}, {0x0302, 0x0301}, {0x6a6a}, {0x7f1c, 0x0304}, {0x0403}})
    expect_protocol_version(of_version(0x0303, listed), {.field = "versions"});
}

// --- Signals among the suites

TEST(FallbackScsv, ChangesNothingAtTls12) {
  expect_tls12(
      [](ClientHello& hello) { hello.cipher_suites.push_back(CipherSuite::TLS_FALLBACK_SCSV); });
  expect_tls12([](ClientHello& hello) {
    hello.cipher_suites.insert(hello.cipher_suites.begin(), CipherSuite::TLS_FALLBACK_SCSV);
  });
}

TEST(FallbackScsv, BelowTls12IsProtocolVersion) {
  expect_protocol_version([](ClientHello& hello) {
    hello.client_version = ProtocolVersion::tls11;
    hello.cipher_suites.push_back(CipherSuite::TLS_FALLBACK_SCSV);
  });
}

/// Whether a client that sends the extension, the signal, or both is told that renegotiation is
/// secure.
bool is_answered(bool extension, bool signal) {
  ServerPeers peers;
  peers.complete_handshake([&](ClientHello& hello) {
    if (!extension) test::without(handshake::ExtensionType::renegotiation_info)(hello);
    if (signal) hello.cipher_suites.push_back(CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
  });
  const auto* info = peers.client.server_hello().find<handshake::RenegotiationInfo>();
  EXPECT_TRUE(info == nullptr || info->renegotiated_connection.empty());
  EXPECT_EQ(peers.agreement().secure_renegotiation, info != nullptr);
  return info != nullptr;
}

TEST(RenegotiationInfo, IsAnsweredToTheExtensionAndToTheSignal) {
  EXPECT_TRUE(is_answered(true, false));
  EXPECT_TRUE(is_answered(false, true));
  EXPECT_TRUE(is_answered(true, true));
  EXPECT_FALSE(is_answered(false, false));
}

// --- Versions of records

TEST(RecordVersion, OfTheFirstRecordIsAny03xx) {
  for (const unsigned version : {0x0300U, 0x0301U, 0x0302U, 0x0303U, 0x0304U, 0x03ffU}) {
    ServerPeers peers;
    peers.client.record_version = ProtocolVersion(version);
    peers.hello();
    EXPECT_EQ(peers.find<Failed>(), nullptr) << version;
    peers.client.record_version = ProtocolVersion::tls12;
    peers.run({[](ScriptedClient& client) { client.second_flight(); }});
    EXPECT_TRUE(peers.completed()) << version;
  }
}

TEST(RecordVersion, OutsideOf03xxIsProtocolVersion) {
  for (const unsigned version : {0x0000U, 0x0203U, 0x0403U, 0xffffU}) {
    ServerPeers peers;
    peers.client.record_version = ProtocolVersion(version);
    peers.hello();
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "record header",
                           .field = "version",
                           .offset = 1});
  }
}

TEST(RecordVersion, OnceTls12IsAgreedOnIsThat) {
  for (const unsigned version : {0x0300U, 0x0301U, 0x0302U, 0x0304U}) {
    ServerPeers peers;
    peers.hello();
    peers.client.record_version = ProtocolVersion(version);
    peers.run({[](ScriptedClient& client) { client.key_exchange(); }});
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "record header",
                           .field = "version",
                           .offset = 1});
  }
}

}  // namespace
}  // namespace glasstls::tls
