// The client's state machine: its diagram, and every pair of state and message that is not in it.
#include <gtest/gtest.h>
#include <string>

#include "handshake/client.h"
#include "tests/handshake/pairs.h"
#include "tests/support/data_files.h"

namespace glasstls::handshake {
namespace {

TEST(ClientMachine, HasTheDiagramOfTheGoldenFile) {
  const std::string title =
      "# The client's states: what it waits for, what may come, what it waits for then.\n";
  EXPECT_EQ(test::compare_with_golden("golden/client_states.txt",
                                      title + diagram<ClientFlow, client::State>()),
            "");
}

TEST(ClientMachine, RefusesEveryOtherPairAndNamesStateMessageAndWhatWasExpected) {
  SilentChannel channel;
  Exchange exchange(channel, nullptr, 100'000);
  const ClientPolicy policy;
  ClientFlow flow(policy, std::nullopt, exchange);
  IllegalPairs<ClientFlow, client::State> pairs(flow);
  pairs.expect_refused();
  expect_all_pairs_seen<ClientFlow, client::State>(pairs.tried());
}

}  // namespace
}  // namespace glasstls::handshake
