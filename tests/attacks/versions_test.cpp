// Older versions: SSL 2 (DROWN), SSL 3 (POODLE), TLS 1.0 (BEAST), and whoever takes a newer one
// away.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using handshake::DowngradeSentinel;
using handshake::ServerHello;

constexpr ProtocolVersion below_tls12[] = {ProtocolVersion(0x0200), ProtocolVersion(0x0300),
                                           ProtocolVersion::tls10, ProtocolVersion::tls11};

// DROWN decrypted TLS through the same key's SSL 2 server. There is none here.
TEST(Attacks, DrownHasNoSsl2ToAsk) {
  // CLIENT-HELLO of SSL 2: length, type, version 0x0002, lengths, one cipher (RC2 40), a challenge.
  Bytes hello{0x80, 28, 1, 0, 2, 0, 3, 0, 0, 0, 16, 0x04, 0, 0x80};
  hello.resize(30, 0x5a);
  Middle middle;
  middle.server.hears(hello);
  expect_refused_without_secrets(middle.server, AlertDescription::protocol_version,
                                 "WaitClientHello");
  EXPECT_EQ(middle.server.find<Failed>()->section, "RFC 6176, 3");
}

TEST(Attacks, PoodleFallbackBelowTls12IsRefusedByTheServer) {
  for (const ProtocolVersion version : below_tls12)
    for (const bool says_so : {false, true}) {
      test::ServerPeers peers;
      peers.hello([&](ClientHello& hello) {
        hello.client_version = version;
        if (says_so) hello.cipher_suites.push_back(CipherSuite::TLS_FALLBACK_SCSV);
      });
      expect_refused(peers, {.alert = AlertDescription::protocol_version,
                             .message = "ClientHello",
                             .field = "client_version",
                             .section = "RFC 5246, E.1"});
    }
}

TEST(Attacks, PoodleServerBelowTls12IsRefusedByTheClient) {
  for (const ProtocolVersion version : below_tls12) {
    const auto witness = std::make_shared<Witness>();
    test::Peers peers({}, watched_client(witness));
    peers.run({[&](test::ScriptedServer& server) {
      server.hello([&](ServerHello& hello) { hello.server_version = version; });
    }});
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "ServerHello",
                           .field = "server_version"});
    EXPECT_TRUE(witness->secrets.empty());
  }
}

// And a client whose handshake was refused does not come again with less: the library has no second
// hello. What a dead connection says is nothing.
TEST(Attacks, DowngradeDanceHasNoSecondStep) {
  Middle middle;
  static_cast<void>(middle.client.says());
  middle.client.hears(Bytes{21, 3, 1, 0, 2, 2, 40});  // the attacker's handshake_failure
  ASSERT_NE(middle.client.find<Failed>(), nullptr);
  EXPECT_EQ(middle.client.find<Failed>()->cause, Failed::Cause::peer_alert);
  EXPECT_TRUE(middle.client.says().empty());
}

// --- The sentinel. RFC 8446, 4.1.3.

/// A server's random with those last eight bytes.
test::Change<ServerHello> ending_in(std::string_view sentinel) {
  return [=](ServerHello& hello) {
    std::copy(sentinel.begin(), sentinel.end(), hello.random.end() - 8);
  };
}

TEST(Attacks, DowngradeSentinelBelowTls12IsRefused) {
  test::Peers peers;
  peers.run({[](test::ScriptedServer& server) { server.hello(ending_in({"DOWNGRD\x00", 8})); }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ServerHello",
                         .field = "random",
                         .section = "RFC 8446, 4.1.3"});
}

// A server of TLS 1.3 must send this one to us: it is told, and no reason to stop.
TEST(Attacks, DowngradeSentinelOfTls13IsToldToTheApplication) {
  test::Peers peers;
  peers.run({[](test::ScriptedServer& server) {
               server.hello(ending_in({"DOWNGRD\x01", 8}));
               server.certificate();
               server.key_exchange();
               server.done();
             },
             [](test::ScriptedServer& server) { server.second_flight(); }});
  EXPECT_EQ(peers.agreement().sentinel, DowngradeSentinel::tls12);
}

// --- A weaker choice of what both sides do speak.

/// The attacker takes all suites but one out of the client's hello, in place.
Bytes with_weakest_suite_only(View hello_record, CipherSuite weakest) {
  Bytes bytes = wire::copy(hello_record);
  const auto number = static_cast<std::uint16_t>(weakest);
  const std::size_t suites_at =
      record::header_length + handshake::message_header_length + 2 + 32 + 1 + 2;
  const std::size_t length = std::size_t{bytes[suites_at - 2]} << 8 | bytes[suites_at - 1];
  for (std::size_t at = suites_at; at < suites_at + length; at += 2) {
    bytes[at] = static_cast<std::uint8_t>(number >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(number);
  }
  return bytes;
}

void expect_downgrade_found_out(bool extended_master_secret, AlertDescription alert) {
  test::ClientOptions options;
  options.settings = [=](ClientSettings& s) {
    s.offer_extended_master_secret = extended_master_secret;
  };
  Middle middle(options);
  constexpr auto weakest = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
  middle.server.hears(with_weakest_suite_only(middle.client.says(), weakest));
  const Bytes flight = middle.server.says();
  ASSERT_EQ(middle.server.find<Failed>(), nullptr);
  middle.client.hears(flight);  // which it takes: that suite was on its list
  ASSERT_EQ(middle.client.find<Failed>(), nullptr);
  middle.server.hears(middle.client.says());
  expect_failed(middle.server, alert, "WaitFinished");
  middle.client.hears(middle.server.says());
  EXPECT_FALSE(middle.client.completed());
  EXPECT_FALSE(middle.server.completed());
}

// RFC 7627: the keys themselves come of all messages, so that the first record does not open ...
TEST(Attacks, DowngradeOfTheSuiteIsFoundInTheFirstRecord) {
  expect_downgrade_found_out(true, AlertDescription::bad_record_mac);
}

// ... and without that Finished covers them.
TEST(Attacks, DowngradeOfTheSuiteIsFoundInFinished) {
  expect_downgrade_found_out(false, AlertDescription::decrypt_error);
}

}  // namespace
}  // namespace glasstls::tls
