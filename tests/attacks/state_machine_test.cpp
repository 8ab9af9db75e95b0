// SMACK (Beurdouche and others, 2015): messages left out, and a Finished that comes too early. Some
// stacks took a handshake without encryption for a complete one (CVE-2014-6593).
#include <gtest/gtest.h>
#include <string>

#include "tests/attacks/support.h"
#include "tests/tls/asking.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using test::ScriptedClient;
using test::ScriptedServer;

/// Our client, and whoever pretends to be its server.
struct Impostor {
  Impostor() : peers({}, watched_client(saw)) {}

  std::shared_ptr<Witness> saw = std::make_shared<Witness>();
  test::Peers peers;
};

// The impostor shows the server's certificate, which anybody has, and goes on as if all were done.
TEST(Attacks, SkipTlsFromCertificateToFinishedIsRefused) {
  Impostor impostor;
  impostor.peers.run({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.handshake(HandshakeType::finished, Bytes(12));
    server.plain_record(ContentType::application_data, wire::as_bytes("your balance is 0"));
  }});
  expect_refused(impostor.peers,
                 {.alert = AlertDescription::unexpected_message,
                  .message = "Finished",
                  .reason_part = "WaitServerKeyExchange received Finished, expected"});
  EXPECT_TRUE(impostor.saw->secrets.empty());
  EXPECT_TRUE(impostor.peers.data.empty());
}

// Nor is any shorter way open: each message is left out in turn.
TEST(Attacks, SkipTlsLeavingOutAnyMessageIsRefused) {
  const std::vector<test::Peers::Step> steps{
      [](ScriptedServer& s) { s.hello(); }, [](ScriptedServer& s) { s.certificate(); },
      [](ScriptedServer& s) { s.key_exchange(); }, [](ScriptedServer& s) { s.done(); }};
  for (std::size_t left_out = 0; left_out < steps.size(); ++left_out) {
    Impostor impostor;
    impostor.peers.run({[&](ScriptedServer& server) {
      for (std::size_t i = 0; i < steps.size(); ++i)
        if (i != left_out) steps[i](server);
      server.plain_record(ContentType::change_cipher_spec, Bytes{1});
      server.plain_record(ContentType::handshake, Bytes{20, 0, 0, 12, 0, 0, 0, 0,  //
                                                        0, 0, 0, 0, 0, 0, 0, 0});
    }});
    expect_refused(impostor.peers, {.alert = AlertDescription::unexpected_message});
    for (const Witness::Secret& secret : impostor.saw->secrets)
      EXPECT_NE(secret.name, "master_secret") << "without step " << left_out;
  }
}

// A client that shows somebody's certificate and leaves out the proof that it has the key.
TEST(Attacks, SkipOfCertificateVerifyIsRefused) {
  test::Lab lab;
  const auto alice = lab.client();
  test::ServerPeers peers(showing(alice), asking(lab, ClientAuthentication::required));
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.certificate();
    client.key_exchange();
    client.change_cipher_spec();
    client.finished();
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ChangeCipherSpec",
                         .reason_part = "WaitCertificateVerify received ChangeCipherSpec"});
}

// A client that leaves its Certificate out altogether is not "one without a certificate" either.
TEST(Attacks, SkipOfTheClientsCertificateIsRefused) {
  const test::Lab lab;
  test::ServerPeers peers({}, asking(lab, ClientAuthentication::required));
  peers.hello();
  peers.run({[](ScriptedClient& client) { client.key_exchange(); }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ClientKeyExchange",
                         .reason_part = "WaitClientCertificate received ClientKeyExchange"});
}

// Finished without ChangeCipherSpec: right in every byte, and in plain.
TEST(Attacks, EarlyFinishedInPlainIsRefused) {
  test::Peers server_lies;
  server_lies.run({[](ScriptedServer& server) { server.first_flight(); },
                   [](ScriptedServer& server) { server.finished(); }});
  expect_refused(server_lies, {.alert = AlertDescription::unexpected_message,
                               .message = "Finished",
                               .reason_part = "WaitChangeCipherSpec received Finished"});
  EXPECT_FALSE(server_lies.completed());

  test::ServerPeers client_lies;
  client_lies.hello();
  client_lies.run({[](ScriptedClient& client) {
    client.key_exchange();
    client.finished();
  }});
  expect_refused(client_lies, {.alert = AlertDescription::unexpected_message,
                               .message = "Finished",
                               .reason_part = "WaitChangeCipherSpec received Finished"});
  EXPECT_FALSE(client_lies.completed());
}

TEST(Attacks, EarlyDataIsNeverGivenToTheApplication) {
  for (const bool under_keys : {false, true}) {
    test::ServerPeers peers;
    peers.hello();
    peers.run({[&](ScriptedClient& client) {
      client.key_exchange();
      if (under_keys) client.change_cipher_spec();
      client.data(wire::as_bytes("DELETE / HTTP/1.1"));
    }});
    expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                           .section = "RFC 5246, 7.3",
                           .reason_part = "before the handshake was complete"});
    EXPECT_TRUE(peers.data.empty());
  }
}

// Bhargavan and others, 2013: one byte of an alert that was injected in plain waits for the first
// byte under the keys, and changes what that means.
TEST(Attacks, HalfAnAlertDoesNotWaitForItsOtherHalf) {
  Middle middle;
  middle.client.hears(Bytes{21, 3, 3, 0, 1, 1});
  expect_refused_without_secrets(middle.client, AlertDescription::decode_error, "WaitServerHello");
  middle.server.hears(Bytes{21, 3, 3, 0, 1, 1});
  expect_refused_without_secrets(middle.server, AlertDescription::decode_error, "WaitClientHello");
}

}  // namespace
}  // namespace glasstls::tls
