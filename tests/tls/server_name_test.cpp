// Which certificate our server shows for the name that a client asks for. RFC 6066, 3.
#include <gtest/gtest.h>
#include <string>

#include "tests/support/lab.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::ServerNameAcknowledged;
using test::ServerPeers;

/// A server with three certificates of one kind of key, the first of them the default.
struct Named {
  explicit Named(bool strict = false) {
    options.settings = [this, strict](ServerSettings& s) {
      s.credentials =
          std::make_shared<handshake::Credentials>(handshake::Credentials::List{a, b, wild, exact});
      s.strict_server_name = strict;
    };
  }

  static test::ClientChoices asking_for(std::string name) {
    test::ClientChoices choices;
    choices.server_name = std::move(name);
    return choices;
  }

  /// The common name of the certificate that a client gets for that name.
  std::string shown_for(const std::string& name) const {
    ServerPeers peers(asking_for(name), options);
    peers.complete_handshake();
    EXPECT_EQ(peers.agreement().server_name, name);
    return x509::to_string(peers.client.server_chain().at(0).subject());
  }

  bool acknowledges(const std::string& name) const {
    ServerPeers peers(asking_for(name), options);
    peers.complete_handshake();
    return peers.client.server_hello().find<ServerNameAcknowledged>() != nullptr;
  }

  test::Lab lab;
  std::shared_ptr<handshake::Credential> a = lab.server({"a.test", "also-a.test"});
  std::shared_ptr<handshake::Credential> b = lab.server({"b.test"});
  std::shared_ptr<handshake::Credential> wild = lab.server({"*.wild.test"});
  std::shared_ptr<handshake::Credential> exact = lab.server({"exact.other.test"});
  test::ServerOptions options;
};

TEST(ServerName, ChoosesTheCertificateThatIsForIt) {
  const Named named;
  EXPECT_EQ(named.shown_for("a.test"), "CN=a.test");
  EXPECT_EQ(named.shown_for("also-a.test"), "CN=a.test");
  EXPECT_EQ(named.shown_for("b.test"), "CN=b.test");
  EXPECT_EQ(named.shown_for("exact.other.test"), "CN=exact.other.test");
}

// A name that no certificate names, and that a wildcard is for.
TEST(ServerName, IsComparedWithoutCaseWhateverItsLetters) {
  const Named named;
  ServerPeers peers(Named::asking_for("My_Host.WILD.test."), named.options);
  peers.complete_handshake();
  EXPECT_EQ(x509::to_string(peers.client.server_chain().at(0).subject()), "CN=*.wild.test");
  EXPECT_EQ(peers.agreement().server_name, "my_host.wild.test");
}

// RFC 1035, 2.3.4. Sessions keep the name, and there may be many.
TEST(ServerName, IsKeptNoLongerThanANameCanBe) {
  ServerPeers peers(Named::asking_for(std::string(60'000, 'x')));
  peers.complete_handshake();
  EXPECT_EQ(peers.agreement().server_name, std::string(255, 'x'));
}

TEST(ServerName, MayBeOneLabelInPlaceOfAWildcard) {
  const Named named;
  EXPECT_EQ(named.shown_for("x.wild.test"), "CN=*.wild.test");
  EXPECT_EQ(named.shown_for("x.y.wild.test"), "CN=a.test");
  EXPECT_EQ(named.shown_for("wild.test"), "CN=a.test");
}

TEST(ServerName, IsComparedWithoutRegardToCase) {
  const Named named;
  ServerPeers peers(Named::asking_for("B.Test"), named.options);
  peers.complete_handshake();
  EXPECT_EQ(peers.client.server_chain().at(0), named.b->leaf());
}

TEST(ServerName, ThatNoCertificateIsForGetsTheDefaultOne) {
  const Named named;
  EXPECT_EQ(named.shown_for("unknown.test"), "CN=a.test");
  EXPECT_EQ(named.shown_for(""), "CN=a.test");
}

TEST(ServerName, IsAcknowledgedIfItWasUsed) {
  const Named named;
  EXPECT_TRUE(named.acknowledges("b.test"));
  EXPECT_FALSE(named.acknowledges("unknown.test"));
  EXPECT_FALSE(named.acknowledges(""));
}

TEST(StrictServerName, RefusesANameThatNoCertificateIsFor) {
  const Named named(true);
  ServerPeers peers(Named::asking_for("unknown.test"), named.options);
  peers.hello();
  expect_refused(peers, {.alert = AlertDescription::unrecognized_name,
                         .message = "ClientHello",
                         .section = "RFC 6066, 3",
                         .reason_part = "name"});
}

TEST(StrictServerName, TakesANameThatACertificateIsForAndAClientWithoutOne) {
  const Named named(true);
  EXPECT_EQ(named.shown_for("b.test"), "CN=b.test");
  EXPECT_EQ(named.shown_for("x.wild.test"), "CN=*.wild.test");
  EXPECT_EQ(named.shown_for(""), "CN=a.test");
}

/// Of two kinds of key under one name the client's suites decide, as ever.
TEST(ServerName, LeavesTheChoiceOfTheKey) {
  test::Lab lab;
  const auto ecdsa = lab.server({"two.test"}, "p256");
  const auto rsa = lab.server({"two.test"}, "rsa");
  const auto other = lab.server({"other.test"}, "rsa");
  test::ServerOptions options;
  options.settings = [&](ServerSettings& s) {
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{other, ecdsa, rsa});
  };
  for (const auto& [suite, expected] :
       {std::pair{crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, ecdsa},
        std::pair{crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, rsa}}) {
    test::ClientChoices choices = Named::asking_for("two.test");
    choices.suites = {suite};
    ServerPeers peers(choices, options);
    peers.complete_handshake();
    EXPECT_EQ(peers.client.server_chain().at(0), expected->leaf());
  }
}

TEST(ServerName, IsTakenFromAListWithNamesOfUnknownTypes) {
  const Named named;
  ServerPeers peers(Named::asking_for(""), named.options);
  peers.complete_handshake(test::with(handshake::ServerNameList{
      {{handshake::NameType{7}, Bytes{1, 2}},
       {handshake::NameType::host_name, wire::copy(wire::as_bytes("b.test"))}}}));
  EXPECT_EQ(peers.client.server_chain().at(0), named.b->leaf());
}

}  // namespace
}  // namespace glasstls::tls
