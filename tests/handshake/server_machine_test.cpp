// The server's state machine: its diagram, and every pair of state and message that is not in it.
#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <utility>

#include "handshake/server.h"
#include "tests/handshake/pairs.h"
#include "tests/support/data_files.h"

namespace glasstls::handshake {
namespace {

TEST(ServerMachine, HasTheDiagramOfTheGoldenFile) {
  const std::string title =
      "# The server's states: what it waits for, what may come, what it waits for then.\n";
  EXPECT_EQ(test::compare_with_golden("golden/server_states.txt",
                                      title + diagram<ServerFlow, server::State>()),
            "");
}

TEST(ServerMachine, RefusesEveryOtherPairAndNamesStateMessageAndWhatWasExpected) {
  SilentChannel channel;
  Exchange exchange(channel, nullptr, 100'000);
  const ServerPolicy policy;
  ServerFlow flow(policy, exchange);
  IllegalPairs<ServerFlow, server::State> pairs(flow);
  pairs.expect_refused();
  expect_all_pairs_seen<ServerFlow, server::State>(pairs.tried());
}

// The edge asks first whether a signature is wanted; the machine does not rely on it.
TEST(ServerMachine, CallsASignatureThatNobodyAskedForALogicError) {
  SilentChannel channel;
  Exchange exchange(channel, nullptr, 100'000);
  const ServerPolicy policy;
  ServerFlow flow(policy, exchange);
  const Signature answer{.id = 2, .bytes = Bytes(64)};
  EXPECT_THROW(advance(flow, server::State(), answer), std::logic_error);
  server::State waits(std::in_place_type<server::WaitSignature>);
  std::get<server::WaitSignature>(waits).request.id = 1;
  EXPECT_THROW(advance(flow, std::move(waits), answer), std::logic_error);
}

TEST(ServerMachine, SaysNothingBeforeTheClientDoes) {
  struct Loud final : SilentChannel {
    void send_handshake(View) override { ADD_FAILURE(); }
  } channel;
  Exchange exchange(channel, nullptr, 100'000);
  const ServerPolicy policy;
  Server server(policy, exchange);
  server.start();
  EXPECT_EQ(server.state_name(), "WaitClientHello");
  EXPECT_FALSE(server.established());
}

/// The states that a chain of arrows leads to from the first.
std::vector<std::string_view> reachable(const std::vector<Arrow>& arrows) {
  std::vector<std::string_view> seen{server::WaitClientHello::name};
  for (std::size_t i = 0; i < seen.size(); ++i)
    for (const Arrow& arrow : arrows)
      if (arrow.from == seen[i])
        for (const std::string_view to : arrow.to)
          if (std::find(seen.begin(), seen.end(), to) == seen.end()) seen.push_back(to);
  return seen;
}

TEST(ServerMachine, HasNoStateThatCannotBeReached) {
  const auto all = arrows<ServerFlow, server::State>();
  EXPECT_EQ(reachable(all).size(), std::variant_size_v<server::State>);
}

/// No handshake is complete before the client has proved that it has the keys.
TEST(ServerMachine, IsEstablishedByNothingButFinished) {
  for (const Arrow& arrow : arrows<ServerFlow, server::State>()) {
    EXPECT_NE(arrow.from, server::Established::name) << arrow.on;
    for (const std::string_view to : arrow.to)
      EXPECT_TRUE(to != server::Established::name || arrow.on == Finished::spec.name) << arrow.on;
  }
}

}  // namespace
}  // namespace glasstls::handshake
