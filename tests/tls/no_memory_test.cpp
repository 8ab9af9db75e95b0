// Memory runs out while a record is sealed: the connection fails, and no plaintext is sent. (Not at
// every moment of a handshake: Crypto++ frees a block twice if its growing fails, docs/security.md.)
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/support/allocation_counter.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::with_failing_allocation;

class NoMemory : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::counts_allocations()) GTEST_SKIP() << "allocations cannot be made to fail here";
  }
};

bool holds(View bytes, View part) {
  return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

void expect_failed(Connection& ours) {
  EXPECT_TRUE(ours.receive_buffer().empty());
  EXPECT_FALSE(ours.writable());
}

// A record is sealed where plaintext was copied to: it must not go out as it is.
TEST_F(NoMemory, ToSealARecordSendsNoPlaintext) {
  const Bytes secret(1000, 0x5e);
  long number = 0;
  for (bool failed = true; failed; ++number) {
    test::Peers peers;
    peers.complete_handshake();
    peers.client.rest();  // the next record needs a buffer and a cipher
    failed = with_failing_allocation(number, [&] { peers.client.write(secret); });
    EXPECT_FALSE(holds(peers.client.to_send(), View(secret).first(16))) << number;
    if (!failed) break;
    expect_failed(peers.client);
    peers.pump();  // throws if a record does not authenticate
    EXPECT_TRUE(peers.server.received_data().empty());
    if (!peers.server.alerts().empty()) {
      EXPECT_EQ(peers.server.alerts().back().description, AlertDescription::internal_error);
    }
  }
  EXPECT_GT(number, 1) << "nothing was allocated";
}

}  // namespace
}  // namespace glasstls::tls
