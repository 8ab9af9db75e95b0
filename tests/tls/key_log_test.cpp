#include "tls/key_log.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/peers.h"
#include "tls/fanout.h"

namespace glasstls::tls {
namespace {

TEST(KeyLog, WritesOneLineOfLabelClientRandomAndMasterSecret) {
  std::vector<std::string> lines;
  KeyLog log([&](const std::string& line) { lines.push_back(line); });
  EXPECT_TRUE(log.exposes_secrets());
  const Bytes random(32, 0xab);
  const Bytes secret(48, 0x01);
  log.secret({"master_secret", "", "", {}, secret, random});
  log.secret({"key_block", "", "", {}, secret, random});
  log.secret({"premaster_secret", "", "", {}, secret, random});
  ASSERT_EQ(lines.size(), 1U);
  std::string expected = "CLIENT_RANDOM ";
  for (int i = 0; i < 32; ++i) expected += "ab";
  expected += ' ';
  for (int i = 0; i < 48; ++i) expected += "01";
  EXPECT_EQ(lines[0], expected);
}

// What fails for want of memory here would end the program: an observer must not throw.
TEST(KeyLog, AllocatesNothingForALine) {
  if (!test::counts_allocations()) GTEST_SKIP() << "allocations cannot be counted here";
  std::size_t written = 0;
  tls::Fanout fanout(
      {std::make_shared<KeyLog>([&](const std::string& l) { written += l.size(); })});
  const Bytes random(32, 0xab), value(48, 0x01);
  const wire::SecretSeen seen{"master_secret", "", "", {"premaster_secret"}, value, random};
  EXPECT_EQ(test::allocations_in([&] { fanout.secret(seen); }), 0);
  EXPECT_EQ(written, 14U + 64 + 1 + 96);
}

TEST(KeyLog, LogsAHandshakesSecretOnceInEitherDerivation) {
  for (const bool extended : {true, false}) {
    std::vector<std::string> lines;
    test::ClientOptions options;
    options.observers = {
        std::make_shared<KeyLog>([&](const std::string& line) { lines.push_back(line); })};
    test::Choices choices;
    choices.extended_master_secret = extended;
    test::Peers peers(choices, options);
    peers.complete_handshake();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0], "CLIENT_RANDOM " + wire::hex(peers.server.client_hello().random) + " " +
                            wire::hex(peers.server.master_secret()));
  }
}

using handshake::Resumption;

/// Connections between our client and our server, with the key log of each.
class KeyLogsOfSessions : public testing::TestWithParam<Resumption> {
 protected:
  /// One connection; the lines that it added.
  void connect(Resumption expected) {
    ++connections;
    client_lines.clear();
    server_lines.clear();
    test::ClientOptions client;
    client.seed = "client " + std::to_string(connections);
    client.observers = {logger(client_lines)};
    client.settings = [this](ClientSettings& s) { s.sessions = clients_sessions; };
    test::ServerOptions server;
    server.seed = "server " + std::to_string(connections);
    server.observers = {logger(server_lines)};
    server.settings = [this](ServerSettings& s) {
      if (GetParam() == Resumption::ticket)
        s.ticket_keys = ticket_keys;
      else
        s.sessions = servers_sessions;
    };
    test::Pair pair(std::move(client), std::move(server));
    pair.complete_handshake();
    EXPECT_EQ(pair.client.agreement().resumed, expected);
    EXPECT_EQ(pair.server.agreement().resumed, expected);
  }

  static std::shared_ptr<Observer> logger(std::vector<std::string>& lines) {
    return std::make_shared<KeyLog>([&](const std::string& line) { lines.push_back(line); });
  }

  std::shared_ptr<handshake::SessionCache> clients_sessions =
      std::make_shared<handshake::SessionCache>(10);
  std::shared_ptr<handshake::SessionCache> servers_sessions =
      std::make_shared<handshake::SessionCache>(10);
  std::shared_ptr<handshake::TicketKeys> ticket_keys = std::make_shared<handshake::TicketKeys>();
  std::vector<std::string> client_lines, server_lines;
  int connections = 0;
};

INSTANTIATE_TEST_SUITE_P(By, KeyLogsOfSessions,
                         testing::Values(Resumption::ticket, Resumption::session_id),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_P(KeyLogsOfSessions, HaveOneLineOfEachConnectionOnBothSides) {
  connect(Resumption::none);
  ASSERT_EQ(client_lines.size(), 1U);
  EXPECT_EQ(client_lines, server_lines);
  const std::string first = client_lines[0];

  connect(GetParam());
  ASSERT_EQ(client_lines.size(), 1U);
  EXPECT_EQ(client_lines, server_lines);
  const std::string resumed = client_lines[0];
  const std::size_t master_secret = first.rfind(' ');
  EXPECT_EQ(resumed.substr(resumed.rfind(' ')), first.substr(master_secret));
  EXPECT_NE(resumed.substr(0, master_secret), first.substr(0, master_secret)) << "client_random";
}

}  // namespace
}  // namespace glasstls::tls
