// Triple Handshake (Bhargavan and others, 2014; CVE-2014-1295): two connections with the same
// master secret, and an attacker between them. RFC 7627 binds the secret to the handshake.
#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>

#include "handshake/session_store.h"
#include "tests/attacks/support.h"
#include "tests/support/lab.h"

namespace glasstls::tls {
namespace {

using handshake::Resumption;
using handshake::ServerHello;

// The attacker's first step is one premaster secret for both connections. With ECDHE the way to
// force one upon both sides is a point of small order, and neither side takes it.
TEST(Attacks, TripleHandshakeCannotForceOneSecretUponBothSides) {
  const auto to_zero = [](Bytes& point) { point = Bytes(32); };
  test::Peers client_side;
  client_side.run({[&](test::ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange(
        [&](handshake::ServerKeyExchange& m) { to_zero(m.params.public_key.point); });
  }});
  expect_refused(client_side, {.alert = AlertDescription::illegal_parameter,
                               .message = "ServerKeyExchange",
                               .section = "RFC 7748, 6.1"});

  test::ServerPeers server_side;
  server_side.hello();
  server_side.run({[&](test::ScriptedClient& client) {
    client.key_exchange([&](handshake::ClientKeyExchange& m) { to_zero(m.ecdh_Yc.point); });
  }});
  expect_refused(server_side, {.alert = AlertDescription::illegal_parameter,
                               .message = "ClientKeyExchange",
                               .section = "RFC 7748, 6.1"});
}

/// The master secret of a handshake with the same randoms and ephemeral keys each time, and with
/// this certificate of the server's.
Bytes master_secret_with(const x509::Certificate& certificate, bool extended_master_secret) {
  test::Choices choices;
  choices.extended_master_secret = extended_master_secret;
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.verify_peer = false; };
  test::Peers peers(choices, options);
  peers.run({[&](test::ScriptedServer& server) {
               server.hello();
               server.certificate([&](handshake::Certificate& message) {
                 message.certificate_list = {{wire::copy(certificate.der())}};
               });
               server.key_exchange();
               server.done();
             },
             [](test::ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
  return wire::copy(peers.server.master_secret());
}

// Even with one premaster secret and the same two randoms: another certificate in the handshake is
// another session_hash, and another master secret. Without the extension it is the same one.
TEST(Attacks, TripleHandshakeSecretsDifferWithTheCertificate) {
  test::Lab lab;
  const x509::Certificate honest = test::credential("rsa")->leaf();
  const x509::Certificate attackers = lab.server({"attacker.test"}, "rsa")->leaf();
  EXPECT_NE(master_secret_with(honest, true), master_secret_with(attackers, true));
  EXPECT_EQ(master_secret_with(honest, false), master_secret_with(attackers, false));
}

test::ServerOptions remembering_server() {
  test::ServerOptions options;
  options.settings = [store = std::make_shared<handshake::SessionCache>(10)](ServerSettings& s) {
    s.sessions = store;
  };
  return options;
}

// The second step is a resumption of one session on the other connection. A session is taken up
// only with the extended_master_secret that it was made with.
TEST(Attacks, TripleHandshakeSessionIsNotTakenUpWithoutItsBinding) {
  test::ServerOptions keeps = remembering_server();
  test::ServerPeers first({}, keeps);
  first.complete_handshake();
  ASSERT_TRUE(first.agreement().extended_master_secret);

  test::ClientChoices choices;
  choices.session = first.client.session();
  choices.extended_master_secret = false;
  choices.seed = "again";
  test::ServerPeers second(choices, keeps);
  second.hello();
  expect_refused(second, {.alert = AlertDescription::handshake_failure,
                          .message = "ClientHello",
                          .section = "RFC 7627, 5.3"});
}

// And one that was made without it only if the client has no better: else a full handshake.
TEST(Attacks, TripleHandshakeSessionWithoutBindingIsNotTakenUpByAClientThatHasIt) {
  test::ServerOptions keeps = remembering_server();
  test::ClientChoices old;
  old.extended_master_secret = false;
  test::ServerPeers first(old, keeps);
  first.complete_handshake();

  test::ClientChoices choices;
  choices.session = first.client.session();
  choices.seed = "again";
  keeps.seed = "later";
  test::ServerPeers second(choices, keeps);
  second.complete_handshake();
  EXPECT_EQ(second.agreement().resumed, Resumption::none);
  EXPECT_TRUE(second.agreement().extended_master_secret);
}

// The same of our client: the server resumes and leaves the extension out.
TEST(Attacks, TripleHandshakeServerCannotDropTheBindingOfASession) {
  test::ClientOptions options = remembering_client();
  test::Choices choices;
  choices.session_id = Bytes(32, 0x1d);
  test::Peers first(choices, options);
  first.complete_handshake();
  const test::ScriptedSession session = first.server.session();
  ASSERT_TRUE(session.extended_master_secret);

  options.seed = "again";
  test::Peers second(choices, options);
  second.run({[&](test::ScriptedServer& server) {
    server.resuming_hello(session, [](ServerHello& hello) {
      std::erase_if(hello.extensions->list, [](const auto& extension) {
        return extension.type() == handshake::ExtensionType::extended_master_secret;
      });
    });
  }});
  expect_refused(second, {.alert = AlertDescription::handshake_failure,
                          .message = "ServerHello",
                          .section = "RFC 7627, 5.3"});
}

// Programs that name the connection by tls-unique get no name that two connections may share.
TEST(Attacks, TripleHandshakeChannelHasNoNameWithoutTheBinding) {
  for (const bool bound : {true, false}) {
    test::ClientOptions options;
    options.settings = [=](ClientSettings& s) { s.offer_extended_master_secret = bound; };
    Middle middle(options);
    middle.stand_aside();
    for (Victim* side : {&middle.client, &middle.server}) {
      ASSERT_TRUE(side->completed());
      EXPECT_EQ(side->connection.channel_binding(ChannelBinding::tls_unique).has_value(), bound);
      EXPECT_EQ(side->connection.channel_binding(ChannelBinding::tls_exporter).has_value(), bound);
    }
  }
}

// --- The extension taken away on the way.

/// The hello with another extension type in place of extended_master_secret's.
Bytes without_binding(Bytes hello_record) {
  const Bytes extension{0, 23, 0, 0};  // type, no data
  const auto at =
      std::search(hello_record.begin(), hello_record.end(), extension.begin(), extension.end());
  if (at == hello_record.end()) throw std::runtime_error("the hello has no such extension");
  at[0] = 0x7f;
  return hello_record;
}

TEST(Attacks, MissingExtendedMasterSecretIsFoundInFinishedIfItWasTakenAway) {
  Middle middle;
  middle.server.hears(without_binding(middle.client.says()));
  middle.client.hears(middle.server.says());
  EXPECT_EQ(middle.client.find<Failed>(), nullptr);  // an old server, for all that it knows
  middle.server.hears(middle.client.says());
  expect_failed(middle.server, AlertDescription::decrypt_error, "WaitFinished");
  EXPECT_EQ(middle.server.find<Failed>()->section, "RFC 5246, 7.4.9");
  EXPECT_FALSE(middle.client.completed());
}

TEST(Attacks, MissingExtendedMasterSecretIsRefusedWhereItIsRequired) {
  test::ServerOptions strict_server;
  strict_server.settings = [](ServerSettings& s) { s.require_extended_master_secret = true; };
  Middle server_asks({}, strict_server);
  server_asks.server.hears(without_binding(server_asks.client.says()));
  expect_refused_without_secrets(server_asks.server, AlertDescription::handshake_failure,
                                 "WaitClientHello");

  test::ClientOptions strict_client;
  strict_client.settings = [](ClientSettings& s) { s.require_extended_master_secret = true; };
  Middle client_asks(strict_client);
  client_asks.server.hears(without_binding(client_asks.client.says()));
  client_asks.client.hears(client_asks.server.says());
  expect_refused_without_secrets(client_asks.client, AlertDescription::handshake_failure,
                                 "WaitServerHello");
}

}  // namespace
}  // namespace glasstls::tls
