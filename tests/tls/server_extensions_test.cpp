// What our server makes of a client's extensions: ALPN, status_request, SCTs, and all those that it
// does not know. RFC 7301; RFC 6066, 8; RFC 6962, 3.3.1; RFC 8701.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::ClientHello;
using handshake::ExtensionType;
using handshake::HandshakeType;
using handshake::UnknownExtension;
using test::Pair;
using test::ServerPeers;

// --- ALPN

handshake::ProtocolNameList alpn(const std::vector<std::string>& names) {
  handshake::ProtocolNameList list;
  for (const std::string& name : names)
    list.protocol_name_list.push_back({wire::copy(wire::as_bytes(name))});
  return list;
}

test::ServerOptions speaking(std::vector<std::string> protocols) {
  test::ServerOptions options;
  options.settings = [=](ServerSettings& s) { s.application_protocols = protocols; };
  return options;
}

TEST(ServerAlpn, ChoosesTheFirstOfItsOwnThatTheClientOffers) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"h2"}, "h2"},
      {{"http/1.1", "h2"}, "h2"},
      {{"http/1.0", "http/1.1"}, "http/1.1"},
      {{std::string("\x3a\x3a"), std::string(255, 'x'), "http/1.1"}, "http/1.1"}};
  for (const auto& [offered, expected] : cases) {
    ServerPeers peers({}, speaking({"h2", "http/1.1"}));
    peers.complete_handshake(test::with(alpn(offered)));
    EXPECT_EQ(peers.agreement().application_protocol, expected);
    const auto* chosen = peers.client.server_hello().find<handshake::ProtocolNameList>();
    ASSERT_NE(chosen, nullptr);
    ASSERT_EQ(chosen->protocol_name_list.size(), 1U);
    EXPECT_EQ(wire::as_text(chosen->protocol_name_list[0].name), expected);
  }
}

TEST(ServerAlpn, WithNothingInCommonIsNoApplicationProtocol) {
  for (const std::string offered : {"http/1.0", "H2", "h2c", "h", "h22"}) {
    ServerPeers peers({}, speaking({"h2", "http/1.1"}));
    peers.hello(test::with(alpn({offered})));
    expect_refused(peers, {.alert = AlertDescription::no_application_protocol,
                           .message = "ClientHello",
                           .section = "RFC 7301, 3.2"});
    ASSERT_EQ(peers.find<Failed>()->eliminations.size(), 1U);
    EXPECT_EQ(peers.find<Failed>()->eliminations[0],
              "a protocol: the client offers " + offered + "; we speak h2, http/1.1");
  }
}

TEST(ServerAlpn, IsIgnoredByAServerThatSpeaksNone) {
  ServerPeers peers;
  peers.complete_handshake(test::with(alpn({"h2"})));
  EXPECT_EQ(peers.agreement().application_protocol, "");
  EXPECT_EQ(peers.client.server_hello().find<handshake::ProtocolNameList>(), nullptr);
}

TEST(ServerAlpn, IsNotForcedUponAClient) {
  ServerPeers peers({}, speaking({"h2"}));
  peers.complete_handshake();
  EXPECT_EQ(peers.agreement().application_protocol, "");
  EXPECT_EQ(peers.client.server_hello().find<handshake::ProtocolNameList>(), nullptr);
}

TEST(ServerAlpn, IsAgreedOnWithOurClient) {
  test::ClientOptions client;
  client.settings = [](ClientSettings& s) { s.application_protocols = {"http/1.1", "h2"}; };
  Pair pair(client, speaking({"h2", "http/1.1"}));
  pair.complete_handshake();
  EXPECT_EQ(pair.client.agreement().application_protocol, "h2");
  EXPECT_EQ(pair.server.agreement().application_protocol, "h2");
}

// --- Stapling

const Bytes response{0x30, 0x03, 0x0a, 0x01, 0x00};  // carried as it is, whatever it says
const Bytes timestamps{0, 3, 0, 1, 7};

test::ServerOptions stapling() {
  test::ServerOptions options;
  options.identities.clear();
  options.settings = [](ServerSettings& s) {
    const auto credential = test::credential("rsa");
    credential->ocsp_response = response;
    credential->signed_certificate_timestamps = timestamps;
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
  };
  return options;
}

TEST(ServerStapling, SendsTheResponseBehindTheCertificateToAClientThatAsks) {
  ServerPeers peers({}, stapling());
  peers.complete_handshake(test::with(handshake::CertificateStatusRequest{}));
  EXPECT_NE(peers.client.server_hello().find<handshake::StatusRequestAcknowledged>(), nullptr);
  ASSERT_TRUE(peers.client.certificate_status());
  EXPECT_EQ(peers.client.certificate_status()->response, response);
  EXPECT_EQ(peers.client.certificate_status()->status_type, handshake::CertificateStatusType::ocsp);
  EXPECT_EQ(peers.client.messages(),
            (std::vector{HandshakeType::server_hello, HandshakeType::certificate,
                         HandshakeType::certificate_status, HandshakeType::server_key_exchange,
                         HandshakeType::server_hello_done, HandshakeType::finished}));
}

void expect_no_status(ServerPeers& peers) {
  EXPECT_EQ(peers.client.server_hello().find<handshake::StatusRequestAcknowledged>(), nullptr);
  EXPECT_FALSE(peers.client.has(HandshakeType::certificate_status));
}

TEST(ServerStapling, SendsNoneUnasked) {
  ServerPeers peers({}, stapling());
  peers.complete_handshake();
  expect_no_status(peers);
  EXPECT_EQ(peers.client.server_hello().find<handshake::SignedCertificateTimestamps>(), nullptr);
}

TEST(ServerStapling, SendsNoneThatItDoesNotHave) {
  ServerPeers peers;
  peers.complete_handshake(test::with(handshake::CertificateStatusRequest{},
                                      handshake::SignedCertificateTimestampRequest{}));
  expect_no_status(peers);
  EXPECT_EQ(peers.client.server_hello().find<handshake::SignedCertificateTimestamps>(), nullptr);
}

TEST(ServerStapling, IgnoresAStatusTypeThatItDoesNotKnow) {
  ServerPeers peers({}, stapling());
  peers.complete_handshake(test::with(handshake::CertificateStatusRequest{
      handshake::CertificateStatusType{2}, {}, {}, Bytes{1, 2, 3}}));
  expect_no_status(peers);
}

TEST(ServerStapling, DoesNotMindWhichRespondersTheClientTrusts) {
  ServerPeers peers({}, stapling());
  peers.complete_handshake(test::with(handshake::CertificateStatusRequest{
      handshake::CertificateStatusType::ocsp, {{Bytes{1, 2}}}, Bytes{3}, {}}));
  ASSERT_TRUE(peers.client.certificate_status());
  EXPECT_EQ(peers.client.certificate_status()->response, response);
}

TEST(ServerStapling, SendsTimestampsToAClientThatAsks) {
  ServerPeers peers({}, stapling());
  peers.complete_handshake(test::with(handshake::SignedCertificateTimestampRequest{}));
  const auto* sent = peers.client.server_hello().find<handshake::SignedCertificateTimestamps>();
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->list, timestamps);
}

TEST(ServerStapling, ReachesOurClient) {
  test::ClientOptions client;
  client.settings = [](ClientSettings& s) {
    s.request_ocsp_response = true;
    s.request_signed_certificate_timestamps = true;
  };
  Pair pair(client, stapling());
  pair.complete_handshake();
  EXPECT_EQ(pair.client.agreement().ocsp_response, response);
  EXPECT_EQ(pair.client.agreement().signed_certificate_timestamps, timestamps);
  Pair incurious({}, stapling());
  incurious.complete_handshake();
  EXPECT_TRUE(incurious.client.agreement().ocsp_response.empty());
  EXPECT_TRUE(incurious.client.agreement().signed_certificate_timestamps.empty());
}

// --- What it does not know

TEST(UnknownExtensions, AreIgnoredAndNeverAnswered) {
  ServerPeers peers;
  peers.complete_handshake([](ClientHello& hello) {
    for (unsigned type = 100; type < 300; ++type)
      hello.extensions->add(UnknownExtension{ExtensionType(type), Bytes(type % 7, 0xff)});
  });
  for (const auto& extension : peers.client.server_hello().extensions->list)
    EXPECT_FALSE(std::holds_alternative<UnknownExtension>(extension.body));
}

// Known to others: a server of TLS 1.2 that does not do them passes over them (RFC 5246, 7.4.1.4).
TEST(UnknownExtensions, MayBeThoseOfOtherVersionsAndPurposes) {
  ServerPeers peers;
  peers.complete_handshake([](ClientHello& hello) {
    for (const auto type :
         {ExtensionType::max_fragment_length, ExtensionType::use_srtp, ExtensionType::heartbeat,
          ExtensionType::padding, ExtensionType::encrypt_then_mac,
          ExtensionType::psk_key_exchange_modes, ExtensionType::key_share})
      hello.extensions->add(UnknownExtension{type, Bytes{0}});
  });
  EXPECT_TRUE(peers.client.peer_finished_is_right());
}

TEST(Grease, IsToleratedEverywhere) {
  for (unsigned i = 0; i < 16; ++i) {
    const unsigned grease = 0x0a0a + 0x1010 * i;
    test::ClientChoices choices;
    choices.server_name = "";
    ServerPeers peers(choices, speaking({"h2"}));
    peers.complete_handshake([&](ClientHello& hello) {
      hello.cipher_suites.insert(hello.cipher_suites.begin(), crypto::CipherSuite(grease));
      auto& list = hello.extensions->list;
      std::erase_if(list, [](const auto& extension) {
        return extension.type() == ExtensionType::supported_groups ||
               extension.type() == ExtensionType::signature_algorithms ||
               extension.type() == ExtensionType::ec_point_formats;
      });
      hello.extensions->add(UnknownExtension{ExtensionType(grease), {}});
      hello.extensions->add(
          handshake::SupportedGroups{{crypto::NamedGroup(grease), crypto::NamedGroup::secp256r1}});
      hello.extensions->add(handshake::SignatureAlgorithms{
          {crypto::SignatureScheme(grease), crypto::SignatureScheme::rsa_pss_rsae_sha256}});
      hello.extensions->add(handshake::SignatureAlgorithmsCert{
          {crypto::SignatureScheme(grease), crypto::SignatureScheme::rsa_pkcs1_sha256}});
      hello.extensions->add(handshake::ECPointFormats{
          {handshake::ECPointFormat(0x0a), handshake::ECPointFormat::uncompressed}});
      hello.extensions->add(
          handshake::SupportedVersions{{ProtocolVersion(grease), ProtocolVersion::tls12}});
      hello.extensions->add(alpn({std::string(2, static_cast<char>(grease)), "h2"}));
      hello.extensions->add(UnknownExtension{ExtensionType(grease ^ 0x1010), Bytes{0}});
    });
    EXPECT_TRUE(peers.client.server_signature_is_right());
  }
}

TEST(CompressionMethods, MayHoldOthersThanNull) {
  ServerPeers peers;
  peers.complete_handshake([](ClientHello& hello) {
    hello.compression_methods = {handshake::CompressionMethod::deflate,
                                 handshake::CompressionMethod{0x40},
                                 handshake::CompressionMethod::null};
  });
  EXPECT_EQ(peers.client.server_hello().compression_method, handshake::CompressionMethod::null);
}

}  // namespace
}  // namespace glasstls::tls
