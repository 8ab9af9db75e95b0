// The renegotiation prefix (Ray and Dispensa, CVE-2009-3555), and renegotiation as a way to make
// the other side work (CVE-2011-1473).
#include <gtest/gtest.h>

#include "tests/attacks/support.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using handshake::RenegotiationInfo;
using handshake::ServerHello;
using test::ScriptedClient;

// The attacker says half a request, then lets the victim's handshake run as a renegotiation of his
// own connection: the server took his half and the victim's for one request, in the victim's name.
TEST(Attacks, RenegotiationPrefixIsNotJoinedWithTheVictimsRequest) {
  test::ServerPeers attacker;
  attacker.complete_handshake();
  Middle victim;
  const Bytes hello = records_of(victim.client.says()).at(0);
  attacker.run({[&](ScriptedClient& client) {
    client.data(wire::as_bytes("GET /transfer?to=attacker HTTP/1.1\r\nX-Ignore: "));
    client.record(ContentType::handshake, View(hello).subspan(record::header_length));
  }});
  EXPECT_EQ(attacker.count<RenegotiationRefused>(), 1U);
  EXPECT_EQ(attacker.count<HandshakeCompleted>(), 1U);
  EXPECT_EQ(attacker.find<Failed>(), nullptr);
  ASSERT_EQ(attacker.client.alerts().size(), 1U);
  EXPECT_EQ(attacker.client.alerts()[0].level, AlertLevel::warning);
  EXPECT_EQ(attacker.client.alerts()[0].description, AlertDescription::no_renegotiation);
  // The victim has nobody to shake hands with: no hello answers his.
  using enum handshake::HandshakeType;
  EXPECT_EQ(attacker.client.messages(), (std::vector{server_hello, certificate, server_key_exchange,
                                                     server_hello_done, finished}));
}

// The victim's half. A server which takes our first handshake for a second one says so, and a
// client that is asked to renegotiate does not.
TEST(Attacks, RenegotiationPrefixShowsInTheVictimsFirstHandshake) {
  test::Peers peers;
  peers.run({[](test::ScriptedServer& server) {
    server.hello([](ServerHello& hello) {
      for (auto& extension : hello.extensions->list)
        if (extension.type() == handshake::ExtensionType::renegotiation_info)
          extension.body =
              RenegotiationInfo{Bytes(24, 0x0e)};  // both verify_data of the attacker's
    });
  }});
  expect_refused(peers, {.alert = AlertDescription::handshake_failure,
                         .message = "ServerHello",
                         .field = "renegotiated_connection",
                         .section = "RFC 5746, 3.4"});

  test::Peers asked;
  asked.complete_handshake();
  asked.run({[](test::ScriptedServer& server) { server.hello_request(); }});
  EXPECT_EQ(asked.count<RenegotiationRefused>(), 1U);
  EXPECT_EQ(asked.server.messages().back(), handshake::HandshakeType::finished);  // no hello
}

// A client asks again and again for what costs it little and the server a signature. Each request
// is answered by a warning, makes no random byte, and the fifth in a row ends the connection.
TEST(Attacks, RenegotiationFloodCostsNoSignatureAndEnds) {
  test::ServerPeers peers;
  peers.complete_handshake();
  const std::size_t drawn = peers.random.taken();
  const auto again = [](ScriptedClient& client) { client.hello(); };
  for (unsigned i = 0; i < Patience{}.renegotiation_attempts; ++i) peers.run({again});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.run({again});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = "ClientHello",
                         .section = "RFC 5246, 7.4.1.2"});
  EXPECT_EQ(peers.random.taken(), drawn);
}

}  // namespace
}  // namespace glasstls::tls
