// The private-key operation as an event: the key of a server is elsewhere, and the signature in
// ServerKeyExchange comes late, twice, wrong, or never.
#include "tests/tls/signing.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "handshake/session_store.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using handshake::Signature;
using test::ScriptedClient;
using test::ServerPeers;

test::ServerOptions server_without_key() {
  test::ServerOptions options;
  options.identities = {};
  options.settings = [](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{keyless("rsa")});
  };
  return options;
}

/// Our server, which has got a hello and waits.
struct Waiting {
  explicit Waiting(const test::ServerOptions& options = server_without_key()) : peers({}, options) {
    peers.hello();
  }

  Signature signature() const { return signature_for(peers, "rsa"); }
  void answer(const Signature& given) {
    peers.server.answer(given);
    peers.pump();
  }
  void finish() {
    peers.run({[](ScriptedClient& client) { client.second_flight(); }});
    EXPECT_TRUE(peers.client.server_signature_is_right());
    EXPECT_TRUE(peers.completed());
  }

  ServerPeers peers;
};

TEST(ServerSigning, AsksForWhatServerKeyExchangeNeeds) {
  const Waiting server;
  ASSERT_EQ(server.peers.count<SignatureWanted>(), 1U);
  const auto& request = server.peers.find<SignatureWanted>()->request;
  EXPECT_EQ(request.scheme, crypto::SignatureScheme::rsa_pss_rsae_sha256);
  EXPECT_EQ(request.credential->leaf(), test::credential("rsa")->leaf());
  // RFC 8422, 5.4: both randoms, then curve_type, namedcurve and the point.
  ASSERT_EQ(request.content.size(), 32U + 32 + 1 + 2 + 1 + 32);
  EXPECT_TRUE(wire::equal(View(request.content).first(32), server.peers.client.client_random()));
  using enum HandshakeType;  // what needs no signature is on its way
  EXPECT_EQ(server.peers.client.messages(), (std::vector{server_hello, certificate}));
}

TEST(ServerSigning, GoesOnWhenItIsAnswered) {
  Waiting server;
  server.answer(server.signature());
  EXPECT_TRUE(server.peers.client.has(HandshakeType::server_hello_done));
  server.finish();
}

// Before anything is sent, or with the first bytes on their way: it makes no difference.
TEST(ServerSigning, MayBeAnsweredInTheSameBreath) {
  ServerPeers peers({}, server_without_key());
  peers.client.hello();
  test::to_us(peers.server, peers.client.take(), peers.piece, peers);
  ASSERT_EQ(peers.count<SignatureWanted>(), 1U);
  peers.server.answer(signature_for(peers, "rsa"));
  peers.pump();
  EXPECT_TRUE(peers.client.server_signature_is_right());
  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  EXPECT_TRUE(peers.completed());
}

TEST(ServerSigning, IsAskedForOnceHoweverTheBytesCome) {
  ServerPeers peers({}, server_without_key());
  peers.piece = 1;
  peers.hello();
  peers.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::warning, AlertDescription::user_canceled);
  }});
  EXPECT_EQ(peers.count<SignatureWanted>(), 1U);
  peers.server.answer(signature_for(peers, "rsa"));
  peers.pump();
  peers.run({[](ScriptedClient& client) { client.second_flight(); }});
  EXPECT_TRUE(peers.completed());
  EXPECT_EQ(peers.count<SignatureWanted>(), 1U);
}

TEST(ServerSigning, IsAskedForOnlyWhereTheKeyIsNotHere) {
  test::ServerOptions options = server_without_key();
  options.settings = [](ServerSettings& s) {
    s.credentials = std::make_shared<handshake::Credentials>(
        handshake::Credentials::List{keyless("rsa"), test::credential("p256")});
  };
  test::ClientChoices choices;
  choices.suites = {crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
  ServerPeers peers(choices, options);
  peers.complete_handshake();
  EXPECT_EQ(peers.count<SignatureWanted>(), 0U);
}

TEST(ServerSigning, IsNotNeededInAShortHandshake) {
  test::ServerOptions options = server_without_key();
  options.settings = [with = options.settings,
                      store = std::make_shared<handshake::SessionCache>(1)](ServerSettings& s) {
    with(s);
    s.sessions = store;
  };
  Waiting first(options);
  first.answer(first.signature());
  first.finish();
  test::ClientChoices choices;
  choices.session = first.peers.client.session();
  ServerPeers second(choices, options);
  second.complete_handshake();
  EXPECT_TRUE(second.client.resumed());
  EXPECT_EQ(second.count<SignatureWanted>(), 0U);
}

// What comes meanwhile waits in the buffer, and is judged when its turn comes.
TEST(ServerSigning, LeavesWhatComesMeanwhileForLater) {
  Waiting server;
  server.peers.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::warning, AlertDescription::user_canceled);
  }});
  EXPECT_EQ(server.peers.count<WarningReceived>(), 0U);
  server.answer(server.signature());
  EXPECT_EQ(server.peers.count<WarningReceived>(), 1U);
  server.finish();
}

TEST(ServerSigning, RefusesANextFlightThatCameTooEarlyOnceItIsAnswered) {
  Waiting server;
  server.peers.run({[](ScriptedClient& client) {
    client.handshake(HandshakeType::server_hello_done, {});  // nothing that a client may say
  }});
  EXPECT_EQ(server.peers.find<Failed>(), nullptr);
  server.answer(server.signature());
  expect_refused(server.peers,
                 {.alert = AlertDescription::unexpected_message, .message = "ServerHelloDone"});
}

TEST(ServerSigning, BoundsWhatWaits) {
  Waiting server;
  std::size_t taken = 0;
  const Bytes record = [] {
    Bytes bytes(5 + 100);
    bytes[0] = 22;
    bytes[1] = bytes[2] = 3;
    bytes[4] = 100;
    return bytes;
  }();
  for (int i = 0; i < 10'000; ++i) {
    const MutableView space = server.peers.server.receive_buffer();
    if (space.empty()) break;
    const std::size_t size = std::min(space.size(), record.size());
    std::copy_n(record.begin(), size, space.begin());
    server.peers.server.received(size);
    while (server.peers.server.next_event()) {
    }
    taken += size;
  }
  EXPECT_GT(taken, record::max_plaintext_length);
  EXPECT_LT(taken, 100'000U);
  EXPECT_TRUE(server.peers.server.receive_buffer().empty());
}

TEST(ServerSigning, TakesOneAnswerToOneQuestion) {
  Waiting server;
  const Signature signature = server.signature();
  Signature other = signature;
  other.id += 1;
  EXPECT_THROW(server.peers.server.answer(other), std::logic_error);
  server.answer(signature);
  EXPECT_THROW(server.peers.server.answer(signature), std::logic_error);
  server.finish();
  EXPECT_THROW(server.peers.server.answer(signature), std::logic_error);

  ServerPeers unasked;
  EXPECT_THROW(unasked.server.answer(signature), std::logic_error);
}

TEST(ServerSigning, NeverLetsAWrongSignatureLeave) {
  const std::vector<std::pair<std::string, std::function<void(Bytes&)>>> wrong{
      {"the signature that was made is wrong, and was not sent", [](Bytes& b) { b[10] ^= 1; }},
      {"the signature that was made is wrong, and was not sent", [](Bytes& b) { b.pop_back(); }},
      {"the signature could not be made", [](Bytes& b) { b.clear(); }}};
  for (const auto& [reason, spoil] : wrong) {
    Waiting server;
    Signature signature = server.signature();
    spoil(signature.bytes);
    server.answer(signature);
    expect_our_fault(server.peers, reason);
    EXPECT_FALSE(server.peers.client.has(HandshakeType::server_key_exchange));
    EXPECT_NO_THROW(server.peers.server.answer(signature));  // nobody waits for it any more
  }
}

TEST(ServerSigning, IsForgottenWhenTheApplicationCloses) {
  Waiting server;
  const Signature signature = server.signature();
  server.peers.server.close();
  server.peers.pump();
  ASSERT_EQ(server.peers.client.alerts().size(), 1U);
  EXPECT_EQ(server.peers.client.alerts()[0].description, AlertDescription::close_notify);
  server.answer(signature);
  EXPECT_FALSE(server.peers.client.has(HandshakeType::server_key_exchange));
  EXPECT_EQ(server.peers.find<Failed>(), nullptr);
}

TEST(ServerSigning, EndsWithTheStream) {
  Waiting silent;
  silent.peers.end_of_stream();
  expect_ended(silent.peers, Failed::Cause::truncated);

  // An alert that came before the end says why.
  Waiting told;
  told.peers.run({[](ScriptedClient& client) {
    client.alert(AlertLevel::fatal, AlertDescription::bad_certificate);
  }});
  told.peers.end_of_stream();
  expect_ended(told.peers, Failed::Cause::peer_alert);
  EXPECT_EQ(told.peers.find<Failed>()->alert, AlertDescription::bad_certificate);
}

TEST(ServerSigning, TellsThatTheClientClosedMeanwhile) {
  const auto expect_closed = [](ServerPeers& peers) {
    ASSERT_EQ(peers.client.alerts().size(), 1U);
    EXPECT_EQ(peers.client.alerts()[0].description, AlertDescription::close_notify);
    expect_ended(peers, Failed::Cause::peer_alert);
    EXPECT_EQ(peers.find<Failed>()->alert, AlertDescription::close_notify);
  };
  for (const bool hangs_up : {true, false}) {
    Waiting server;
    const Signature signature = server.signature();
    server.peers.run({[](ScriptedClient& client) { client.close_notify(); }});
    EXPECT_EQ(server.peers.find<Failed>(), nullptr);
    if (hangs_up)
      server.peers.end_of_stream();
    else
      server.answer(signature);
    expect_closed(server.peers);
  }
}

TEST(ServerSigning, IsForgottenAfterAFailure) {
  Waiting server;
  const Signature signature = server.signature();
  server.peers.end_of_stream();
  ASSERT_EQ(server.peers.count<Failed>(), 1U);
  const std::size_t told = server.peers.events.size();
  EXPECT_NO_THROW(server.answer(signature));
  EXPECT_EQ(server.peers.events.size(), told);
  EXPECT_TRUE(server.peers.server.to_send().empty());
  EXPECT_FALSE(server.peers.client.has(HandshakeType::server_key_exchange));
}

TEST(ServerSigning, MayBeAnsweredInAnyOrderOfConnections) {
  std::vector<std::unique_ptr<Waiting>> servers;
  for (int i = 0; i < 20; ++i) servers.push_back(std::make_unique<Waiting>());
  for (std::size_t i = 0; i < servers.size(); ++i) {
    Waiting& server = *servers[(i * 7) % servers.size()];
    server.answer(server.signature());
    server.finish();
  }
}

// A Connection belongs to one thread, and the work may be done by another.
TEST(ServerSigning, MayBeDoneOnAnotherThread) {
  Waiting server;
  Signature made;
  std::thread([&] { made = server.signature(); }).join();
  server.answer(made);
  server.finish();
}

}  // namespace
}  // namespace glasstls::tls
