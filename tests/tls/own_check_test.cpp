// The application's own word on a chain, on both sides: handshake::OwnCheck.
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>

#include "handshake/session_store.h"
#include "tests/tls/asking.h"

namespace glasstls::tls {
namespace {

using handshake::OwnCheck;
using handshake::Resumption;
using Chain = std::vector<x509::Certificate>;

/// What the check was asked, and what it is to say.
struct Word {
  std::optional<AlertDescription> refusal{};
  std::vector<Chain> asked{};

  OwnCheck check(std::string name = "test") {
    return {std::move(name), [this](const Chain& chain) {
              asked.push_back(chain);
              return refusal;
            }};
  }
};

test::ClientOptions client_with(Word& word, const test::Change<ClientSettings>& more = {}) {
  test::ClientOptions options;
  options.settings = [&word, more](ClientSettings& s) {
    s.own_check = word.check();
    if (more) more(s);
  };
  return options;
}

void expect_refused_by_application(test::End& end, test::End& peer, AlertDescription alert) {
  const Failed* failed = end.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->cause, Failed::Cause::certificate);
  EXPECT_EQ(failed->alert, alert);
  EXPECT_EQ(failed->reason, "the application refused the certificate");
  EXPECT_EQ(failed->message, "Certificate");
  EXPECT_FALSE(failed->verdict);
  ASSERT_NE(peer.find<Failed>(), nullptr);
  EXPECT_EQ(peer.find<Failed>()->cause, Failed::Cause::peer_alert);
  EXPECT_EQ(peer.find<Failed>()->alert, alert);
}

TEST(OwnCheck, SeesTheChainAndMayLetItPass) {
  Word word;
  test::Pair pair(client_with(word));
  pair.complete_handshake();
  ASSERT_EQ(word.asked.size(), 1U);
  EXPECT_EQ(word.asked[0].front(), test::credential("rsa")->leaf());
  EXPECT_TRUE(pair.client.agreement().verdict);
}

TEST(OwnCheck, RefusesWithItsAlert) {
  for (const auto alert :
       {AlertDescription::certificate_unknown, AlertDescription::handshake_failure})
    for (const bool verify : {true, false}) {
      Word word{alert};
      test::Pair pair(client_with(word, [=](ClientSettings& s) { s.verify_peer = verify; }));
      pair.pump();
      expect_refused_by_application(pair.client, pair.server, alert);
    }
}

TEST(OwnCheck, OfAServerRefusesClients) {
  Word word{AlertDescription::access_denied};
  test::Lab lab;
  test::ClientOptions client;
  client.settings = [own = lab.client()](ClientSettings& s) { s.credentials = {own}; };
  test::Pair pair(client, asking(lab, ClientAuthentication::required,
                                 [&](ServerSettings& s) { s.own_check = word.check(); }));
  pair.pump();
  expect_refused_by_application(pair.server, pair.client, AlertDescription::access_denied);
}

TEST(OwnCheck, IsNotAskedAboutAChainThatWeDistrust) {
  Word word{AlertDescription::access_denied};
  test::Pair pair(client_with(word, [](ClientSettings& s) { s.roots = test::roots("other-ca"); }));
  pair.pump();
  ASSERT_NE(pair.client.find<Failed>(), nullptr);
  EXPECT_EQ(pair.client.find<Failed>()->alert, AlertDescription::unknown_ca);
  EXPECT_TRUE(word.asked.empty());
}

TEST(OwnCheck, ThatThrowsIsInternalError) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) {
    s.own_check = {"thrower", [](const Chain&) -> std::optional<AlertDescription> {
                     throw std::runtime_error("the list of pins is gone");
                   }};
  };
  test::Pair pair(options);
  pair.pump();
  ASSERT_NE(pair.client.find<Failed>(), nullptr);
  EXPECT_EQ(pair.client.find<Failed>()->cause, Failed::Cause::internal);
  EXPECT_EQ(pair.client.find<Failed>()->alert, AlertDescription::internal_error);
}

/// A client and a server that remember each other.
struct Remembering {
  Resumption connect(Word& word, const std::string& check_name) {
    test::ServerOptions server;
    server.settings = [this](ServerSettings& s) { s.sessions = at_server; };
    test::Pair pair(client_with(word,
                                [&](ClientSettings& s) {
                                  s.sessions = at_client;
                                  s.own_check.name = check_name;
                                }),
                    server);
    pair.complete_handshake();
    return pair.client.agreement().resumed;
  }

  std::shared_ptr<handshake::SessionCache> at_client = std::make_shared<handshake::SessionCache>(9);
  std::shared_ptr<handshake::SessionCache> at_server = std::make_shared<handshake::SessionCache>(9);
};

TEST(OwnCheck, IsNotAskedAgainWhenASessionIsResumed) {
  Remembering both;
  Word yes, no{AlertDescription::access_denied};
  EXPECT_EQ(both.connect(yes, "pins"), Resumption::none);
  EXPECT_EQ(both.connect(no, "pins"), Resumption::session_id);
  EXPECT_TRUE(no.asked.empty());
}

TEST(OwnCheck, OfAnotherNameResumesNothing) {
  Remembering both;
  Word yes, again;
  EXPECT_EQ(both.connect(yes, "pins of May"), Resumption::none);
  EXPECT_EQ(both.connect(again, "pins of June"), Resumption::none);
  EXPECT_EQ(again.asked.size(), 1U);
}

}  // namespace
}  // namespace glasstls::tls
