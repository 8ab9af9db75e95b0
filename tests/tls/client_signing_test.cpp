// The key of a client is elsewhere, and the signature in CertificateVerify comes late, twice, wrong,
// or never. RFC 5246, 7.4.8.
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/tls/asking.h"
#include "tests/tls/refused.h"
#include "tests/tls/signing.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using handshake::Signature;
using test::Pair;
using test::Peers;
using test::ScriptedServer;

test::ClientOptions client_without_key() {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.credentials = {keyless("p256")}; };
  return options;
}

void asking_flight(ScriptedServer& server) {
  server.hello();
  server.certificate();
  server.key_exchange();
  server.certificate_request();
  server.done();
}

/// Our client, which has got a CertificateRequest and waits.
struct Waiting {
  Waiting() { peers.run({asking_flight}); }

  Signature signature() const { return signature_for(peers, "p256"); }
  void answer(const Signature& given) {
    peers.client.answer(given);
    peers.pump();
  }
  void finish() {
    EXPECT_TRUE(peers.server.client_signature_is_right());
    peers.run({[](ScriptedServer& server) { server.second_flight(); }});
    EXPECT_TRUE(peers.completed());
  }
  bool verify_was_sent() const { return peers.server.has(HandshakeType::certificate_verify); }

  Peers peers{{}, client_without_key()};
};

TEST(ClientSigning, AsksForWhatCertificateVerifyNeeds) {
  const Waiting client;
  ASSERT_EQ(client.peers.count<SignatureWanted>(), 1U);
  const auto& request = client.peers.find<SignatureWanted>()->request;
  EXPECT_EQ(request.scheme, crypto::SignatureScheme::ecdsa_secp256r1_sha256);
  EXPECT_EQ(request.credential->leaf(), test::credential("p256")->leaf());
  // All messages so far, the first of which is the ClientHello.
  ASSERT_GT(request.content.size(), 38U);
  EXPECT_EQ(request.content[0], static_cast<std::uint8_t>(HandshakeType::client_hello));
  EXPECT_TRUE(
      wire::equal(View(request.content).subspan(6, 32), client.peers.server.client_random()));
  EXPECT_TRUE(client.peers.server.has(HandshakeType::client_key_exchange));
  EXPECT_FALSE(client.verify_was_sent());
}

TEST(ClientSigning, GoesOnWhenItIsAnswered) {
  Waiting client;
  client.answer(client.signature());
  client.finish();
}

TEST(ClientSigning, IsNotNeededIfNoCertificateIsWanted) {
  Peers peers({}, client_without_key());
  peers.complete_handshake();
  EXPECT_EQ(peers.count<SignatureWanted>(), 0U);
}

TEST(ClientSigning, LeavesWhatComesMeanwhileForLater) {
  Waiting client;
  client.peers.run({[](ScriptedServer& server) {
    server.alert(AlertLevel::warning, AlertDescription::user_canceled);
  }});
  EXPECT_EQ(client.peers.count<WarningReceived>(), 0U);
  client.answer(client.signature());
  EXPECT_EQ(client.peers.count<WarningReceived>(), 1U);
  client.finish();
}

// A server that does not wait for the proof has another transcript than we.
TEST(ClientSigning, RefusesAFinishedThatDidNotWaitForIt) {
  Waiting client;
  client.peers.run({[](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_EQ(client.peers.find<Failed>(), nullptr);
  client.peers.client.answer(client.signature());
  test::to_us(client.peers.client, {}, client.peers.piece, client.peers);
  EXPECT_FALSE(client.peers.completed());
  const Failed* failed = client.peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->alert, AlertDescription::decrypt_error);
  EXPECT_EQ(failed->message, "Finished");
}

TEST(ClientSigning, TakesOneAnswerToOneQuestion) {
  Waiting client;
  const Signature signature = client.signature();
  Signature other = signature;
  other.id += 1;
  EXPECT_THROW(client.peers.client.answer(other), std::logic_error);
  client.answer(signature);
  EXPECT_THROW(client.peers.client.answer(signature), std::logic_error);
  client.finish();
  EXPECT_THROW(client.peers.client.answer(signature), std::logic_error);
}

TEST(ClientSigning, NeverLetsAWrongSignatureLeave) {
  const std::vector<std::pair<std::string, std::function<void(Bytes&)>>> wrong{
      {"the signature that was made is wrong, and was not sent", [](Bytes& b) { b.back() ^= 1; }},
      {"the signature that was made is wrong, and was not sent", [](Bytes& b) { b.pop_back(); }},
      {"the signature could not be made", [](Bytes& b) { b.clear(); }}};
  for (const auto& [reason, spoil] : wrong) {
    Waiting client;
    Signature signature = client.signature();
    spoil(signature.bytes);
    client.answer(signature);
    expect_our_fault(client.peers, reason);
    EXPECT_FALSE(client.verify_was_sent());
    EXPECT_NO_THROW(client.peers.client.answer(signature));  // nobody waits for it any more
  }
}

TEST(ClientSigning, IsForgottenWhenTheApplicationCloses) {
  Waiting client;
  const Signature signature = client.signature();
  client.peers.client.close();
  client.answer(signature);
  ASSERT_EQ(client.peers.server.alerts().size(), 1U);
  EXPECT_EQ(client.peers.server.alerts()[0].description, AlertDescription::close_notify);
  EXPECT_FALSE(client.verify_was_sent());
  EXPECT_EQ(client.peers.find<Failed>(), nullptr);
}

TEST(ClientSigning, EndsWithTheStream) {
  Waiting silent;
  silent.peers.end_of_stream();
  expect_ended(silent.peers, Failed::Cause::truncated);

  // An alert that came before the end says why.
  Waiting told;
  const Signature signature = told.signature();
  told.peers.run({[](ScriptedServer& server) {
    server.alert(AlertLevel::fatal, AlertDescription::unsupported_certificate);
  }});
  told.peers.end_of_stream();
  expect_ended(told.peers, Failed::Cause::peer_alert);
  EXPECT_EQ(told.peers.find<Failed>()->alert, AlertDescription::unsupported_certificate);
  told.answer(signature);
  EXPECT_FALSE(told.verify_was_sent());
}

// --- Against our own server

struct Mutual {
  Mutual()
      : pair(
            [this] {
              test::ClientOptions client;
              client.settings = [this](ClientSettings& s) {
                auto credential = lab.client();
                credential->key = nullptr;
                s.credentials = {credential};
              };
              return client;
            }(),
            asking(lab, ClientAuthentication::required)) {
    pair.pump();
  }
  void answer(const Signature& given) {
    pair.client.connection.answer(given);
    pair.pump();
    EXPECT_TRUE(pair.client.completed());
    EXPECT_EQ(pair.server.agreement().client_signature_scheme,
              crypto::SignatureScheme::ecdsa_secp256r1_sha256);
  }

  test::Lab lab;
  Pair pair;
};

TEST(ClientSigning, IsBelievedByOurServer) {
  Mutual both;
  EXPECT_FALSE(both.pair.server.completed());
  both.answer(signature_for(both.pair.client, "p256"));
}

TEST(ClientSigning, MayBeAnsweredInAnyOrderOfConnections) {
  std::vector<std::unique_ptr<Mutual>> all;
  for (int i = 0; i < 10; ++i) all.push_back(std::make_unique<Mutual>());
  for (std::size_t i = 0; i < all.size(); ++i) {
    Mutual& both = *all[(i * 7) % all.size()];
    both.answer(signature_for(both.pair.client, "p256"));
  }
}

TEST(ClientSigning, MayBeDoneOnAnotherThread) {
  Mutual both;
  Signature made;
  std::thread([&] { made = signature_for(both.pair.client, "p256"); }).join();
  both.answer(made);
}

}  // namespace
}  // namespace glasstls::tls
