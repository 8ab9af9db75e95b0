// Messages to our server that come too early, twice, not at all, or in the wrong order.
// RFC 5246, 7.1 and 7.3.
#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "handshake/server.h"
#include "tests/tls/asking.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using test::ScriptedClient;
using test::ServerPeers;
using namespace handshake::server;  // the states

const Bytes one{1};

void expect_unexpected(ServerPeers& peers, std::string_view message,
                       std::string_view reason_part = {}) {
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = message,
                         .reason_part = reason_part});
}

/// The client's steps, each after bytes have flowed.
const ServerPeers::Step hello = [](ScriptedClient& client) { client.hello(); };
const ServerPeers::Step certificate = [](ScriptedClient& client) { client.certificate(); };
const ServerPeers::Step key_exchange = [](ScriptedClient& client) { client.key_exchange(); };
const ServerPeers::Step verify = [](ScriptedClient& client) { client.certificate_verify(); };
const ServerPeers::Step change_cipher_spec = [](ScriptedClient& client) {
  client.change_cipher_spec();
};
const ServerPeers::Step finished = [](ScriptedClient& client) { client.finished(); };

// --- Every message in every state

/// A real connection whose server is in the state.
using Made = std::unique_ptr<ServerPeers>;

Made full(const std::vector<ServerPeers::Step>& steps) {
  auto peers = std::make_unique<ServerPeers>();
  peers->run(steps);
  return peers;
}
Made mutual(const std::vector<ServerPeers::Step>& steps) {
  test::Lab lab;
  auto peers = std::make_unique<ServerPeers>(showing(lab.client()),
                                             asking(lab, ClientAuthentication::requested));
  peers->run(steps);
  return peers;
}
Made resumed(const std::vector<ServerPeers::Step>& steps) {
  test::ServerOptions options;
  options.settings = [store = std::make_shared<handshake::SessionCache>(1)](ServerSettings& s) {
    s.sessions = store;
  };
  ServerPeers first({}, options);
  first.complete_handshake();
  test::ClientChoices choices;
  choices.session = first.client.session();
  auto peers = std::make_unique<ServerPeers>(choices, options);
  peers->run(steps);
  return peers;
}

struct Situation {
  std::string_view state;
  std::function<Made()> reach;
};

const std::vector<Situation>& situations() {
  static const std::vector<Situation> all{
      {WaitClientHello::name, [] { return full({}); }},
      {WaitClientCertificate::name, [] { return mutual({hello}); }},
      {WaitClientKeyExchange::name, [] { return full({hello}); }},
      {WaitClientKeyExchange::name,
       [] {
         return mutual({hello, certificate});
       }},
      {WaitCertificateVerify::name,
       [] {
         return mutual({hello, certificate, key_exchange});
       }},
      {WaitChangeCipherSpec::name,
       [] {
         return full({hello, key_exchange});
       }},
      {WaitChangeCipherSpec::name,
       [] {
         return mutual({hello, certificate, key_exchange, verify});
       }},
      {WaitFinished::name,
       [] {
         return full({hello, key_exchange, change_cipher_spec});
       }},
      {WaitResumedChangeCipherSpec::name, [] { return resumed({hello}); }},
      {WaitResumedFinished::name,
       [] {
         return resumed({hello, change_cipher_spec});
       }},
      {Established::name,
       [] {
         return full({hello, key_exchange, change_cipher_spec, finished});
       }},
      {Established::name,
       [] {
         return resumed({hello, change_cipher_spec, finished});
       }},
  };
  return all;
}

bool is_legal(std::string_view state, std::string_view message) {
  const auto all = handshake::arrows<handshake::ServerFlow, State>();
  return std::any_of(all.begin(), all.end(), [&](const handshake::Arrow& arrow) {
    return arrow.from == state && arrow.on == message;
  });
}

std::vector<HandshakeType> all_types() {
  std::vector<HandshakeType> types{HandshakeType::hello_request};
  handshake::for_each_type(handshake::HandshakeMessages{},
                           [&]<class M>() { types.push_back(M::type); });
  return types;
}

void expect_unexpected_in(ServerPeers& peers, std::string_view state, std::string_view message) {
  const std::string reason =
      std::string(state) + " received " + std::string(message) + ", expected ";
  expect_unexpected(peers, message, reason);
  ASSERT_NE(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.find<Failed>()->state, state);
  EXPECT_EQ(peers.find<Failed>()->section, "RFC 5246, 7.3");
}

TEST(ServerOrder, EveryStateButThatOfWaitingForOurselvesIsTried) {
  std::vector<std::string_view> states{WaitSignature::name};
  for (const Situation& situation : situations())
    if (std::find(states.begin(), states.end(), situation.state) == states.end())
      states.push_back(situation.state);
  EXPECT_EQ(states.size(), std::variant_size_v<State>);
}

TEST(ServerOrder, AnyMessageThatIsNotDueIsUnexpectedMessage) {
  for (const auto& [state, reach] : situations()) {
    for (const HandshakeType type : all_types()) {
      const std::string_view name = handshake::spec_of(type).name;
      const bool renegotiates = state == Established::name && type == HandshakeType::client_hello;
      if (is_legal(state, name) || renegotiates) continue;
      SCOPED_TRACE(std::string(name) + " in " + std::string(state));
      const Made peers = reach();
      peers->run({[&](ScriptedClient& client) { client.handshake(type, Bytes(4)); }});
      expect_unexpected_in(*peers, state, name);
    }
  }
}

TEST(ServerOrder, ChangeCipherSpecThatIsNotDueIsUnexpectedMessage) {
  for (const auto& [state, reach] : situations()) {
    if (is_legal(state, "ChangeCipherSpec")) continue;
    SCOPED_TRACE(state);
    const Made peers = reach();
    peers->run(
        {[](ScriptedClient& client) { client.record(ContentType::change_cipher_spec, one); }});
    expect_unexpected_in(*peers, state, "ChangeCipherSpec");
  }
}

TEST(ServerOrder, AMessageOfAnUnknownTypeIsUnexpectedMessage) {
  for (const auto& [state, reach] : situations()) {
    for (const unsigned type : {3U, 24U, 255U}) {
      const Made peers = reach();
      peers->run({[&](ScriptedClient& client) { client.handshake(HandshakeType(type), {}); }});
      expect_unexpected(*peers, "", "unknown type");
      EXPECT_EQ(peers->find<Failed>()->state, state);
    }
  }
}

TEST(ServerOrder, ApplicationDataBeforeFinishedIsUnexpectedMessage) {
  for (const auto& [state, reach] : situations()) {
    if (state == Established::name) continue;
    SCOPED_TRACE(state);
    for (const Bytes& data : {Bytes{}, Bytes{1}}) {
      const Made peers = reach();
      peers->run({[&](ScriptedClient& client) { client.data(data); }});
      expect_unexpected(*peers, "", "before the handshake was complete");
      EXPECT_EQ(peers->count<ApplicationData>(), 0U);
    }
  }
}

// --- ChangeCipherSpec

TEST(ClientsChangeCipherSpec, TwiceInPlainIsBadRecordMac) {
  const Made peers = full({hello, key_exchange, change_cipher_spec});
  peers->run(
      {[](ScriptedClient& client) { client.plain_record(ContentType::change_cipher_spec, one); }});
  expect_refused(*peers, {.alert = AlertDescription::bad_record_mac});
}

TEST(ClientsChangeCipherSpec, InTheMiddleOfAMessageIsUnexpectedMessage) {
  for (const Made& peers :
       {full({hello, key_exchange}), full({hello, key_exchange, change_cipher_spec}), full({})}) {
    peers->run({[](ScriptedClient& client) {
      client.record(ContentType::handshake, Bytes{20, 0, 0, 12, 1, 2, 3});
      client.record(ContentType::change_cipher_spec, one);
    }});
    expect_unexpected(*peers, "ChangeCipherSpec", "in the middle of a handshake message");
  }
}

TEST(ClientsChangeCipherSpec, MissingBeforeProtectedRecordsIsRefused) {
  const Made peers = full({hello, key_exchange});
  peers->run({[](ScriptedClient& client) {
    client.start_protecting();
    client.finished();
  }});
  // The explicit nonce, of zeros, looks like a HelloRequest.
  expect_unexpected(*peers, "HelloRequest", "WaitChangeCipherSpec received HelloRequest");
}

TEST(ClientsChangeCipherSpec, MissingBetweenTwoMessagesOfOneRecordIsUnexpectedMessage) {
  const Made peers = full({hello});
  peers->run({[](ScriptedClient& client) {
    client.merge();
    client.key_exchange();
    client.finished();
    client.split();
  }});
  expect_unexpected(*peers, "Finished",
                    "WaitChangeCipherSpec received Finished, expected ChangeCipherSpec");
}

TEST(ClientsChangeCipherSpec, OfAnotherValueIsIllegalParameter) {
  for (const std::uint8_t value : Bytes{0, 2, 255}) {
    const Made peers = full({hello, key_exchange});
    peers->run({[&](ScriptedClient& client) {
      client.plain_record(ContentType::change_cipher_spec, Bytes{value});
    }});
    expect_refused(*peers, {.alert = AlertDescription::illegal_parameter,
                            .message = "ChangeCipherSpec",
                            .field = "type"});
  }
}

TEST(ClientsChangeCipherSpec, OfAnotherLengthIsDecodeError) {
  for (const Bytes& fragment : {Bytes{}, Bytes{1, 1}}) {
    const Made peers = full({hello, key_exchange});
    peers->run({[&](ScriptedClient& client) {
      client.plain_record(ContentType::change_cipher_spec, fragment);
    }});
    expect_refused(*peers,
                   {.alert = AlertDescription::decode_error, .message = "ChangeCipherSpec"});
  }
}

// --- Left out, or too much

TEST(ServerOrder, CertificateVerifyWithoutACertificateIsUnexpectedMessage) {
  const ServerPeers::Step empty_certificate = [](ScriptedClient& client) {
    client.certificate([](handshake::Certificate& message) { message.certificate_list.clear(); });
  };
  const Made peers = mutual({hello, empty_certificate, key_exchange, verify});
  expect_unexpected_in(*peers, WaitChangeCipherSpec::name, "CertificateVerify");
}

TEST(ServerOrder, ACertificateWithoutCertificateVerifyIsUnexpectedMessage) {
  const Made peers = mutual({hello, certificate, key_exchange, change_cipher_spec});
  expect_unexpected_in(*peers, WaitCertificateVerify::name, "ChangeCipherSpec");
}

TEST(ServerOrder, CertificateVerifyBeforeClientKeyExchangeIsUnexpectedMessage) {
  const Made peers = mutual({hello, certificate, verify});
  expect_unexpected_in(*peers, WaitClientKeyExchange::name, "CertificateVerify");
}

TEST(ServerOrder, NoCertificateMessageThoughOneWasAskedForIsUnexpectedMessage) {
  const Made peers = mutual({hello, key_exchange});
  expect_unexpected_in(*peers, WaitClientCertificate::name, "ClientKeyExchange");
}

TEST(ServerOrder, ACertificateThatWasNotAskedForIsUnexpectedMessage) {
  const Made peers = full({hello, certificate});
  expect_unexpected_in(*peers, WaitClientKeyExchange::name, "Certificate");
}

// Whatever follows the ClientHello depends on what we answer.
TEST(ServerOrder, AMessageThatBeginsInTheRecordOfTheClientHelloIsUnexpectedMessage) {
  for (const Bytes& more : {Bytes{16}, Bytes{16, 0, 0, 33, 32}}) {
    const Made peers = full({});
    peers->run({[&](ScriptedClient& client) {
      client.merge();
      client.hello();
      client.handshake_bytes(more);
      client.split();
    }});
    expect_refused(*peers, {.alert = AlertDescription::unexpected_message,
                            .message = "ClientHello",
                            .section = "RFC 5246, 7.3"});
  }
}

TEST(ServerOrder, AMessageInTheRecordOfFinishedComesAfterTheHandshake) {
  const Made peers = full({hello, key_exchange, change_cipher_spec});
  peers->run({[](ScriptedClient& client) {
    client.merge();
    client.finished();
    client.handshake(HandshakeType::finished, Bytes(12));
    client.split();
  }});
  EXPECT_TRUE(peers->completed());
  expect_unexpected_in(*peers, Established::name, "Finished");
}

TEST(ServerOrder, AMessageThatComesWhileASignatureIsAwaitedIsJudgedAfterIt) {
  test::ServerOptions options;
  options.identities.clear();
  options.settings = [](ServerSettings& s) {
    const auto elsewhere = test::credential("p256");
    elsewhere->key = nullptr;
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{elsewhere});
  };
  ServerPeers peers({}, options);
  peers.run({hello,
             [](ScriptedClient& client) { client.handshake(HandshakeType::finished, Bytes(12)); }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  ASSERT_NE(peers.find<SignatureWanted>(), nullptr);
  const handshake::SignatureRequest request = peers.find<SignatureWanted>()->request;
  peers.server.answer(
      {request.id, test::key_of("p256")->sign(request.scheme, request.content, peers.random)});
  peers.pump();
  expect_unexpected_in(peers, WaitClientKeyExchange::name, "Finished");
}

}  // namespace
}  // namespace glasstls::tls
