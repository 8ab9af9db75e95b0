#include "tls/key_log.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/support/peers.h"

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

}  // namespace
}  // namespace glasstls::tls
