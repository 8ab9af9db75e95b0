// What each machine says to an observer of a step, where there was a choice or a verdict: for people
// who want to know why a handshake went as it did.
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/tls/asking.h"
#include "tests/tls/signing.h"

namespace glasstls::tls {
namespace {

using test::Pair;
using test::Peers;
using test::ScriptedServer;
using enum ClientAuthentication;

/// The last reason for each state that a connection came to.
class Reasons final : public Observer {
 public:
  void transition(const wire::TransitionSeen& seen) noexcept override {
    reasons_[std::string(seen.to)] = seen.reason;
  }
  std::string into(const std::string& state) const {
    const auto found = reasons_.find(state);
    return found == reasons_.end() ? "never came to " + state : found->second;
  }

 private:
  std::map<std::string, std::string> reasons_;
};

bool says(std::string_view reason, std::string_view part) {
  return reason.find(part) != std::string_view::npos;
}

// --- A stapled status

/// Our client, and a server that says that a status may follow.
struct Stapling {
  Stapling() {
    peers.run({[](ScriptedServer& server) {
      server.hello([](handshake::ServerHello& hello) {
        hello.extensions->add(handshake::StatusRequestAcknowledged{});
      });
      server.certificate();
    }});
  }
  void finish() {
    peers.run({[](ScriptedServer& server) {
                 server.key_exchange();
                 server.done();
               },
               [](ScriptedServer& server) { server.second_flight(); }});
  }

  std::shared_ptr<Reasons> reasons = std::make_shared<Reasons>();
  Peers peers{{},
              {.settings = [](ClientSettings& s) { s.request_ocsp_response = true; },
               .observers = {reasons}}};
};

TEST(Reasons, TellOfAStapledStatus) {
  Stapling with;
  EXPECT_TRUE(says(with.reasons->into("WaitCertificateStatusOrKeyExchange"),
                   "; a stapled status may follow"));
  with.peers.run({[](ScriptedServer& server) { server.certificate_status(Bytes(5, 0x30)); }});
  EXPECT_EQ(with.reasons->into("WaitServerKeyExchange"),
            "a stapled status of 5 bytes is kept for the application, and not judged here");
  with.finish();
  EXPECT_EQ(with.peers.agreement().ocsp_response, Bytes(5, 0x30));
}

// RFC 6066, 8: the server may leave it out all the same.
TEST(StapledStatus, MayBeMissingThoughTheServerAgreedToIt) {
  Stapling without;
  without.finish();
  EXPECT_TRUE(without.peers.agreement().ocsp_response.empty());
  EXPECT_TRUE(says(without.reasons->into("WaitCertificateRequestOrDone"), "signature"));
}

// --- A client's certificate

/// Our client and our server, which asks it.
struct Mutual {
  Mutual(ClientAuthentication mode, std::vector<std::shared_ptr<const handshake::Credential>> shown,
         const test::Change<ServerSettings>& more = {})
      : pair(client_options(std::move(shown)), server_options(mode, more)) {
    pair.complete_handshake();
  }
  test::ClientOptions client_options(
      std::vector<std::shared_ptr<const handshake::Credential>> shown) const {
    return {.settings = [shown](ClientSettings& s) { s.credentials = shown; },
            .observers = {client}};
  }
  test::ServerOptions server_options(ClientAuthentication mode,
                                     const test::Change<ServerSettings>& more) const {
    test::ServerOptions options = asking(lab, mode, more);
    options.observers = {server};
    return options;
  }

  test::Lab lab;
  std::shared_ptr<Reasons> client = std::make_shared<Reasons>();
  std::shared_ptr<Reasons> server = std::make_shared<Reasons>();
  Pair pair;
};

TEST(Reasons, TellOfTheClientsCertificate) {
  test::Lab lab;
  const Mutual mutual(required, {lab.client("rsa"), lab.client("p256")}, [](ServerSettings& s) {
    s.signature_schemes = {crypto::SignatureScheme::ecdsa_secp256r1_sha256};
  });
  EXPECT_EQ(mutual.client->into("WaitServerHelloDone")
                .rfind("the server asks for a client "
                       "certificate; ours is CN=alice, to "
                       "sign with ecdsa_secp256r1_sha256",
                       0),
            0U)
      << mutual.client->into("WaitServerHelloDone");
  EXPECT_TRUE(says(mutual.client->into("WaitServerHelloDone"), "; not "));
  EXPECT_EQ(mutual.client->into("WaitSignature"),
            "our key must sign all messages so far, with ecdsa_secp256r1_sha256");
  EXPECT_EQ(mutual.server->into("WaitClientCertificate"),
            "our parameters are signed; the client is asked for a certificate");
  EXPECT_TRUE(says(mutual.server->into("WaitClientKeyExchange"), "CN=alice"));
  EXPECT_EQ(mutual.server->into("WaitCertificateVerify"),
            "the client showed a certificate, and must prove that its key is its own");
  EXPECT_EQ(mutual.server->into("WaitChangeCipherSpec"),
            "the client's signature over all messages is good (ecdsa_secp256r1_sha256)");
}

TEST(Reasons, TellThatTheClientHasNoCertificate) {
  const Mutual mutual(requested, {});
  EXPECT_EQ(mutual.client->into("WaitServerHelloDone"),
            "the server asks for a client certificate; we have none to offer");
  EXPECT_EQ(mutual.server->into("WaitClientKeyExchange"), "the client has no certificate");
}

TEST(Reasons, TellThatTheClientsCertificateIsNotVerified) {
  test::Lab stranger("Another CA");
  const Mutual mutual(required, {stranger.client()},
                      [](ServerSettings& s) { s.verify_client = false; });
  EXPECT_EQ(mutual.server->into("WaitClientKeyExchange"),
            "the client's certificate was not verified, as our settings say");
}

// --- A new ticket

TEST(Reasons, TellOfANewTicketForAResumedSession) {
  x509::Time now = test::in_validity();
  const auto keys = std::make_shared<handshake::TicketKeys>(std::chrono::minutes(1));
  const auto kept = std::make_shared<handshake::SessionCache>(1);
  const auto reasons = std::make_shared<Reasons>();
  const auto connect = [&] {
    Pair pair({.settings =
                   [&](ClientSettings& s) {
                     s.sessions = kept;
                     s.now = [&now] { return now; };
                   },
               .observers = {reasons}},
              {.settings = [&](ServerSettings& s) {
                s.ticket_keys = keys;
                s.now = [&now] { return now; };
              }});
    pair.complete_handshake();
    return pair.client.agreement().resumed;
  };
  EXPECT_EQ(connect(), handshake::Resumption::none);
  now.seconds += 61;  // the key that sealed it is not the newest any more
  EXPECT_EQ(connect(), handshake::Resumption::ticket);
  EXPECT_TRUE(says(reasons->into("WaitResumedNewSessionTicket"), ", and will send a new ticket"));
  EXPECT_TRUE(
      says(reasons->into("WaitResumedChangeCipherSpec"), "a new ticket for the session, of"));
}

// --- Who listens to nothing

TEST(Observer, MayListenToNothing) {
  class Deaf final : public Observer {};
  Pair pair({.observers = {std::make_shared<Deaf>()}}, {.observers = {std::make_shared<Deaf>()}});
  pair.complete_handshake();
  EXPECT_FALSE(Deaf().exposes_secrets());
}

}  // namespace
}  // namespace glasstls::tls
