// How often a hostile peer makes us do what is dear: sign, verify, look for paths.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "record/buffers.h"
#include "tests/bounds/hostile.h"
#include "tests/bounds/hostile_chains.h"
#include "tests/support/lab.h"

namespace glasstls::bounds {
namespace {

using handshake::ClientHello;
using test::ScriptedClient;
using test::ScriptedServer;

/// A server whose key is elsewhere, so that each signature is asked for and can be counted.
test::ServerOptions counting_signatures(const test::Change<tls::ServerSettings>& more = {}) {
  test::ServerOptions options;
  options.identities = {};
  options.settings = [more](tls::ServerSettings& s) {
    const auto credential = test::credential("rsa");
    credential->key = nullptr;
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
    if (more) more(s);
  };
  return options;
}

std::size_t signatures_after(const test::Change<ClientHello>& change, std::size_t left_out = 0) {
  HostileClient hostile({}, counting_signatures());
  hostile.client.hello(change);
  const Bytes records = hostile.client.take();
  hostile.server.give(View(records).first(records.size() - left_out));
  return hostile.server.signatures_wanted();
}

TEST(Signatures, CostAWholeHelloEach) {
  EXPECT_EQ(signatures_after({}), 1U);
  EXPECT_EQ(signatures_after({}, 1), 0U);
}

TEST(Signatures, AreNotMadeForAHelloThatCannotBeServed) {
  EXPECT_EQ(signatures_after([](ClientHello& hello) { hello.cipher_suites = {{}}; }), 0U);
  EXPECT_EQ(signatures_after(test::without(handshake::ExtensionType::supported_groups)), 1U);
  EXPECT_EQ(signatures_after([](ClientHello& hello) {
              hello.compression_methods = {handshake::CompressionMethod{1}};
            }),
            0U);
  EXPECT_EQ(
      signatures_after([](ClientHello& hello) { hello.client_version = ProtocolVersion::tls11; }),
      0U);
}

// More comes, but is not read.
TEST(Signatures, AreAskedForOnceHoweverManyHellosCome) {
  HostileClient hostile({}, counting_signatures());
  for (unsigned i = 0; i < 1000; ++i) hostile.client.hello();
  const Bytes records = hostile.client.take();
  hostile.server.give(records);
  EXPECT_EQ(hostile.server.signatures_wanted(), 1U);
  EXPECT_LT(hostile.server.cost().came, record::ReceiveBuffer::capacity + 1000);
  EXPECT_LT(hostile.server.cost().came, records.size() / 2);
}

TEST(Signatures, AreNotNeededForASessionThatIsResumed) {
  const auto keys = std::make_shared<handshake::TicketKeys>();
  const auto with_tickets = [&](tls::ServerSettings& s) { s.ticket_keys = keys; };
  test::ClientChoices choices;
  choices.tickets = true;
  test::ServerOptions signing;
  signing.identities = {"rsa"};
  signing.settings = with_tickets;
  HostileClient first(choices, signing);
  first.does([](ScriptedClient& client) { client.hello(); });
  first.does([](ScriptedClient& client) { client.second_flight(); });
  ASSERT_TRUE(first.server.completed());

  choices.session = first.client.session();
  HostileClient again(choices, counting_signatures(with_tickets));
  again.does([](ScriptedClient& client) { client.hello(); });
  again.does([](ScriptedClient& client) { client.second_flight(); });
  EXPECT_TRUE(again.server.completed());
  EXPECT_EQ(again.server.signatures_wanted(), 0U);
}

// --- Certificates

/// A server of ours, to which these certificates were shown.
struct Asked {
  explicit Asked(const Chain& chain, const test::Change<tls::ServerSettings>& more = {})
      : hostile({}, options(more)) {
    hostile.does([](ScriptedClient& client) { client.hello(); });
    hostile.does([&](ScriptedClient& client) { client.certificate(showing(chain)); });
  }

  static test::ServerOptions options(const test::Change<tls::ServerSettings>& more) {
    test::ServerOptions asking;
    asking.settings = [more](tls::ServerSettings& s) {
      s.client_authentication = handshake::ClientAuthentication::required;
      s.roots = test::Lab().roots();
      if (more) more(s);
    };
    return asking;
  }

  HostileClient hostile;
};

std::size_t checks_by_server(const Chain& chain,
                             const test::Change<tls::ServerSettings>& more = {}) {
  return Asked(chain, more).hostile.server.signature_checks();
}

AlertDescription answer_to(const Chain& chain, const test::Change<tls::ServerSettings>& more = {}) {
  return Asked(chain, more).hostile.server.failed().value();
}

std::size_t checks_by_client(const Chain& chain, const test::Change<tls::ClientSettings>& more) {
  const test::Lab lab;
  test::ClientOptions options;
  options.settings = [&](tls::ClientSettings& s) {
    s.roots = lab.roots();
    if (more) more(s);
  };
  HostileServer hostile({}, options);
  hostile.does([](ScriptedServer& server) { server.hello(); });
  hostile.does([&](ScriptedServer& server) {
    server.certificate(showing(chain));
    server.key_exchange();
    server.done();
  });
  EXPECT_TRUE(hostile.client.failed());
  return hostile.client.signature_checks();
}

TEST(SignatureChecks, OfAPeersCertificatesAreBounded) {
  const Chain chain = dear_signatures("Lab CA");
  EXPECT_EQ(checks_by_server(chain, {}), x509::Limits{}.signature_checks);
  EXPECT_EQ(checks_by_client(chain, {}), x509::Limits{}.signature_checks);
}

TEST(SignatureChecks, AreAsFewAsTheSettingsSay) {
  const Chain chain = dear_signatures("Lab CA");
  const auto few = [](tls::CommonSettings& s) { s.certificate_limits.signature_checks = 3; };
  EXPECT_EQ(checks_by_server(chain, few), 3U);
  EXPECT_EQ(checks_by_client(chain, few), 3U);
}

TEST(Certificates, AreNotReadIfThereAreMoreThanTheLimit) {
  Chain chain = many_ways();
  EXPECT_EQ(chain.size(), 64U);
  EXPECT_EQ(answer_to(chain), AlertDescription::certificate_unknown) << "too much work";
  chain.resize(2);
  EXPECT_EQ(answer_to(chain), AlertDescription::unknown_ca);
  EXPECT_EQ(answer_to(chain, [](auto& s) { s.certificate_limits.certificates = 1; }),
            AlertDescription::certificate_unknown);
  // Not even the leaf is: it would be a decode_error.
  chain.assign(65, Bytes{0x30});
  EXPECT_EQ(answer_to(chain), AlertDescription::certificate_unknown);
  chain.pop_back();
  EXPECT_EQ(answer_to(chain), AlertDescription::decode_error);
}

// --- Sessions

TEST(SessionCacheOfAServer, IsFilledByStrangersToItsCapacityAndNoFurther) {
  const auto cache = std::make_shared<handshake::SessionCache>(5);
  test::ServerOptions options;
  options.settings = [&](tls::ServerSettings& s) { s.sessions = cache; };
  for (unsigned i = 0; i < 20; ++i) {
    options.seed = std::to_string(i);  // of the session's ID
    HostileClient hostile({}, options);
    hostile.does([](ScriptedClient& client) { client.hello(); });
    EXPECT_EQ(cache->size(), std::min(i, 5U)) << "before the client has shown its Finished";
    hostile.does([](ScriptedClient& client) { client.second_flight(); });
    ASSERT_TRUE(hostile.server.completed());
  }
  EXPECT_EQ(cache->size(), 5U);
}

}  // namespace
}  // namespace glasstls::bounds
