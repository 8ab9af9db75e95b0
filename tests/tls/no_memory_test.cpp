// Memory runs out at one moment or another: the connection fails, and nothing is sent that should not be.
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

/// Bytes come to our side, and its so-many-th allocation fails meanwhile. False if it made fewer.
bool receives(Connection& ours, View bytes, long number) {
  return with_failing_allocation(number, [&] {
    const MutableView space = ours.receive_buffer();
    if (space.size() < bytes.size()) return;
    std::copy(bytes.begin(), bytes.end(), space.begin());
    ours.received(bytes.size());
    while (ours.next_event()) {
    }
  });
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

// Whichever allocation fails: the client, which checks every record, is told in order.
TEST_F(NoMemory, AnywhereInAHandshakeEndsItInOrder) {
  for (const bool in_second_flight : {false, true}) {
    long number = 0;
    for (bool failed = true; failed; ++number) {
      test::ServerPeers peers;
      if (in_second_flight) peers.hello();
      if (in_second_flight)
        peers.client.second_flight();
      else
        peers.client.hello();
      failed = receives(peers.server, peers.client.take(), number);
      test::to_peer(peers.server, peers.client);
      if (!failed) break;
      expect_failed(peers.server);
      if (!peers.client.alerts().empty()) {
        EXPECT_EQ(peers.client.alerts().back().description, AlertDescription::internal_error)
            << number;
      }
    }
    EXPECT_GT(number, 10) << "too few allocations to be true";
  }
}

}  // namespace
}  // namespace glasstls::tls
