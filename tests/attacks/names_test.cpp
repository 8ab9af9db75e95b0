// One server's connection passed off as another's: ALPACA (Brinkmann and others, 2021), and virtual
// hosts that share certificates and sessions (Delignat-Lavaud and Bhargavan, 2015).
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "handshake/ticket_keys.h"
#include "tests/attacks/support.h"
#include "tests/support/lab.h"

namespace glasstls::tls {
namespace {

using handshake::ProtocolNameList;
using handshake::Resumption;
using handshake::ServerHello;

ProtocolNameList alpn(const std::vector<std::string>& names) {
  ProtocolNameList list;
  for (const std::string& name : names)
    list.protocol_name_list.push_back({wire::copy(wire::as_bytes(name))});
  return list;
}

/// A mail server and a web server of one owner, with one wildcard certificate between them.
struct Owner {
  test::ServerOptions serving(std::vector<std::string> names, std::vector<std::string> protocols) {
    test::ServerOptions options;
    options.identities = {};
    options.settings = [=, this](ServerSettings& s) {
      s.credentials =
          std::make_shared<handshake::Credentials>(handshake::Credentials::List{lab.server(names)});
      s.application_protocols = protocols;
      s.strict_server_name = true;
    };
    return options;
  }
  test::ClientOptions browser() {
    test::ClientOptions options;
    options.name = "www.owner.test";
    options.settings = [this](ClientSettings& s) {
      s.roots = lab.roots();
      s.application_protocols = {"h2", "http/1.1"};
    };
    return options;
  }

  test::Lab lab;
};

// The attacker sends the browser's connection for www to the mail server, which would answer HTTP
// with its own errors, in the name of www. Both sides would accept the certificate: ALPN does not
// fit.
TEST(Attacks, AlpacaProtocolsMustAgree) {
  Owner owner;
  Middle middle(owner.browser(), owner.serving({"*.owner.test"}, {"imap"}));
  middle.server.hears(middle.client.says());
  expect_refused_without_secrets(middle.server, AlertDescription::no_application_protocol,
                                 "WaitClientHello");
  EXPECT_EQ(middle.server.find<Failed>()->section, "RFC 7301, 3.2");
}

// With a certificate for its own name only, the name in the hello does not fit either.
TEST(Attacks, AlpacaNamesMustAgree) {
  Owner owner;
  Middle middle(owner.browser(), owner.serving({"mail.owner.test"}, {}));
  middle.server.hears(middle.client.says());
  expect_refused_without_secrets(middle.server, AlertDescription::unrecognized_name,
                                 "WaitClientHello");
}

// A server that is not strict shows what it has, and then it is the client that refuses.
TEST(Attacks, AlpacaCertificateOfAnotherNameIsRefused) {
  Owner owner;
  test::ServerOptions mail = owner.serving({"mail.owner.test"}, {});
  mail.settings = [set = mail.settings](ServerSettings& s) {
    set(s);
    s.strict_server_name = false;
  };
  Middle middle(owner.browser(), mail);
  middle.server.hears(middle.client.says());
  middle.client.hears(middle.server.says());
  const Failed* failed = middle.client.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->cause, Failed::Cause::certificate);
  EXPECT_EQ(failed->alert, AlertDescription::bad_certificate);
  EXPECT_TRUE(middle.client.saw->secrets.empty());
}

// Nor may a server answer with a protocol that our client did not offer, or with several.
TEST(Attacks, AlpacaServerCannotChooseWhatWasNotOffered) {
  test::ClientOptions options;
  options.settings = [](ClientSettings& s) { s.application_protocols = {"h2", "http/1.1"}; };
  struct Case {
    std::vector<std::string> chosen;
    AlertDescription alert;
  };
  for (const Case& one : {Case{{"ftp"}, AlertDescription::illegal_parameter},
                          Case{{"http/1.0"}, AlertDescription::illegal_parameter},
                          Case{{"h2", "http/1.1"}, AlertDescription::decode_error}}) {
    test::Peers peers({}, options);
    peers.run({[&](test::ScriptedServer& server) {
      server.hello([&](ServerHello& hello) { hello.extensions->add(alpn(one.chosen)); });
    }});
    expect_refused(peers, {.alert = one.alert, .message = "ServerHello"});
  }
  test::Peers unasked;
  unasked.run({[](test::ScriptedServer& server) {
    server.hello([](ServerHello& hello) { hello.extensions->add(alpn({"ftp"})); });
  }});
  expect_refused(unasked, {.alert = AlertDescription::unsupported_extension});
}

// A session of one virtual host is not taken up under the name of another, though the same keys
// open its ticket: the client that was shown one certificate would be told that it has seen the
// other.
TEST(Attacks, VirtualHostConfusionByATicketIsAFullHandshake) {
  test::Lab lab;
  const auto public_host = lab.server({"public.test"}), secret_host = lab.server({"secret.test"});
  test::ServerOptions options;
  options.identities = {};
  options.settings = [&, keys = std::make_shared<handshake::TicketKeys>()](ServerSettings& s) {
    s.credentials = std::make_shared<handshake::Credentials>(
        handshake::Credentials::List{public_host, secret_host});
    s.ticket_keys = keys;
  };
  test::ClientChoices choices;
  choices.server_name = "public.test";
  choices.tickets = true;
  test::ServerPeers first(choices, options);
  first.complete_handshake();
  choices.session = first.client.session();
  ASSERT_FALSE(choices.session->ticket.empty());

  choices.server_name = "secret.test";
  choices.seed = "again";
  test::ServerPeers second(choices, options);
  second.complete_handshake();
  EXPECT_EQ(second.agreement().resumed, Resumption::none);
  EXPECT_EQ(second.agreement().session_remark, "the session is of another server_name");
  EXPECT_EQ(second.client.server_chain().at(0), secret_host->leaf());
}

// And our client does not offer it there.
TEST(Attacks, VirtualHostConfusionIsNotOfferedByOurClient) {
  test::ClientOptions options = remembering_client();
  test::Choices choices;
  choices.session_id = Bytes(32, 0x1d);
  test::Peers first(choices, options);
  first.complete_handshake();

  options.seed = "again";
  const test::Peers same_name({}, options);
  EXPECT_EQ(same_name.server.client_hello().session_id, choices.session_id);
  options.name = "192.0.2.1";  // the same certificate is for it, too
  const test::Peers other_name({}, options);
  EXPECT_TRUE(other_name.server.client_hello().session_id.empty());
}

}  // namespace
}  // namespace glasstls::tls
