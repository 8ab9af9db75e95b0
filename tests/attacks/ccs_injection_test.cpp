// CCS injection (CVE-2014-0224): a ChangeCipherSpec before there is a secret.
#include <gtest/gtest.h>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

const Bytes change_cipher_spec{20, 3, 3, 0, 1, 1};

// OpenSSL made its keys from an empty master secret when ChangeCipherSpec came right after the
// hellos. Whoever sat in the middle injected one to both sides, and knew both sides' keys.
TEST(Attacks, CcsInjectionAfterTheHellosGivesNoKeys) {
  Middle middle;
  middle.server.hears(middle.client.says());
  const Bytes flight = middle.server.says();
  middle.server.hears(change_cipher_spec);
  expect_refused_without_secrets(middle.server, AlertDescription::unexpected_message,
                                 "WaitClientKeyExchange");

  middle.client.hears(records_of(flight).at(0));  // ServerHello
  middle.client.hears(change_cipher_spec);
  expect_refused_without_secrets(middle.client, AlertDescription::unexpected_message,
                                 "WaitCertificate");
}

// With keys on the way, a ChangeCipherSpec within a message would cut that message in two: one half
// in plain, one under the keys.
TEST(Attacks, CcsInjectionIntoTheMiddleOfAMessageIsRefused) {
  test::Peers peers;
  peers.run({[](test::ScriptedServer& server) { server.first_flight(); },
             [](test::ScriptedServer& server) {
               server.plain_record(ContentType::handshake, Bytes{20, 0, 0, 12, 1, 2, 3, 4});
               server.change_cipher_spec();
             }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ChangeCipherSpec",
                         .reason_part = "in the middle of a handshake message"});
  EXPECT_FALSE(peers.completed());
}

// A second one would start the sequence numbers anew, and with them the nonces.
TEST(Attacks, CcsInjectionCannotStartTheKeysAnew) {
  test::ServerPeers peers;
  peers.complete_handshake();
  peers.run({[](test::ScriptedClient& client) {
    client.record(ContentType::change_cipher_spec, Bytes{1});
  }});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ChangeCipherSpec",
                         .reason_part = "Established received ChangeCipherSpec"});
}

}  // namespace
}  // namespace glasstls::tls
