// The private-key operation as an event: the key is elsewhere, and the signature comes late, twice,
// wrong, or never. Of a server's ServerKeyExchange and of a client's CertificateVerify.
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using handshake::Signature;
using test::Peers;
using test::ScriptedClient;
using test::ScriptedServer;
using test::ServerPeers;

/// The identity's certificate, without its key.
std::shared_ptr<handshake::Credential> keyless(const std::string& identity) {
  auto credential = test::credential(identity);
  credential->key = nullptr;
  return credential;
}

test::ServerOptions server_without_key() {
  test::ServerOptions options;
  options.identities = {};
  options.settings = [](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{keyless("rsa")});
  };
  return options;
}

/// What whoever has the key answers.
Signature signature_for(const test::Told& told, const std::string& identity) {
  const auto* wanted = told.find<SignatureWanted>();
  if (wanted == nullptr) throw std::runtime_error("no signature was asked for");
  const handshake::SignatureRequest& request = wanted->request;
  test::TestRandom random("signer");
  return {request.id, test::key_of(identity)->sign(request.scheme, request.content, random)};
}

/// A failure for which the peer is not to blame: it gets an alert, and no reason.
void expect_our_fault(test::Wired& peers, std::string_view reason) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->cause, Failed::Cause::internal);
  EXPECT_EQ(failed->alert, AlertDescription::internal_error);
  EXPECT_EQ(failed->reason, reason);
  ASSERT_EQ(peers.theirs.alerts().size(), 1U);
  EXPECT_EQ(peers.theirs.alerts()[0].level, AlertLevel::fatal);
  EXPECT_EQ(peers.theirs.alerts()[0].description, AlertDescription::internal_error);
  EXPECT_TRUE(peers.ours.receive_buffer().empty());
  EXPECT_EQ(peers.ours.write(Bytes{1}), 0U);
}

/// Our server, which has got a hello and waits.
struct Waiting {
  Waiting() { peers.hello(); }

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

  ServerPeers peers{{}, server_without_key()};
};

// --- A server

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

// --- A client

test::ClientOptions client_without_key() {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.credentials = {keyless("p256")}; };
  return options;
}

/// Our client, which has got a CertificateRequest and waits.
struct WaitingClient {
  WaitingClient() {
    peers.run({[](ScriptedServer& server) {
      server.hello();
      server.certificate();
      server.key_exchange();
      server.certificate_request();
      server.done();
    }});
  }
  Peers peers{{}, client_without_key()};
};

TEST(ClientSigning, GoesOnWhenItIsAnswered) {
  WaitingClient client;
  ASSERT_EQ(client.peers.count<SignatureWanted>(), 1U);
  EXPECT_TRUE(client.peers.server.has(HandshakeType::client_key_exchange));
  EXPECT_FALSE(client.peers.server.has(HandshakeType::certificate_verify));
  client.peers.client.answer(signature_for(client.peers, "p256"));
  client.peers.pump();
  EXPECT_TRUE(client.peers.server.client_signature_is_right());
  client.peers.run({[](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(client.peers.completed());
}

TEST(ClientSigning, NeverLetsAWrongSignatureLeave) {
  WaitingClient client;
  Signature wrong = signature_for(client.peers, "p256");
  wrong.bytes.back() ^= 1;
  client.peers.client.answer(wrong);
  client.peers.pump();
  expect_our_fault(client.peers, "the signature that was made is wrong, and was not sent");
  EXPECT_FALSE(client.peers.server.has(HandshakeType::certificate_verify));
}

}  // namespace
}  // namespace glasstls::tls
