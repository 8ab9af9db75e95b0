// After the end no secret is left: this test looks through its own heap for them.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

#include "tests/support/allocation_counter.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::Peers;

/// How often the bytes whose complement is `inverted` lie in the heap. Inverted, so that the search
/// does not find itself. Small allocations of the main thread are all in the region called [heap].
std::size_t times_in_heap(const Bytes& inverted) {
  std::ifstream maps("/proc/self/maps");
  std::size_t found = 0;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (line.find("[heap]") == std::string::npos ||
        std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR, &begin, &end) != 2)
      continue;
    const View heap(reinterpret_cast<const std::uint8_t*>(begin), end - begin);
    const auto is_inverse = [](std::uint8_t here, std::uint8_t wanted) {
      return here + wanted == 0xff;
    };
    for (auto at = heap.begin();; ++at, ++found) {
      at = std::search(at, heap.end(), inverted.begin(), inverted.end(), is_inverse);
      if (at == heap.end()) break;
    }
  }
  return found;
}

/// A good server's answers, and the secret that they lead to, inverted.
struct Recorded {
  Bytes flights;
  Bytes inverted_master_secret;
};

Recorded record_handshake() {
  Peers peers;
  Recorded recorded;
  peers.server.first_flight();
  recorded.flights = peers.server.take();
  peers.deliver(recorded.flights);
  peers.server.second_flight();
  wire::append(recorded.flights, peers.server.take());
  for (const std::uint8_t byte : peers.server.master_secret())
    recorded.inverted_master_secret.push_back(static_cast<std::uint8_t>(0xff - byte));
  return recorded;
}

TEST(Secrets, AreWipedWhenTheConnectionFails) {
  if (!test::counts_allocations()) GTEST_SKIP() << "sanitizers do not let us search the heap";
  const Recorded recorded = record_handshake();
  const Bytes& secret = recorded.inverted_master_secret;
  EXPECT_EQ(times_in_heap(secret), 0U);  // the other connection is gone

  test::TestRandom random("client");
  Connection client(test::client_config(random), x509::ServerName::parse("server.test"));
  std::vector<Event> events;
  Bytes data;
  test::to_client(client, recorded.flights, recorded.flights.size(), events, data);
  ASSERT_EQ(events.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<HandshakeCompleted>(events[0]));
  EXPECT_EQ(times_in_heap(secret), 1U);

  test::to_client(client, Bytes{23, 3, 3, 0, 1, 0}, 100, events, data);
  ASSERT_TRUE(std::holds_alternative<Failed>(events.back()));
  EXPECT_EQ(times_in_heap(secret), 0U);
}

}  // namespace
}  // namespace glasstls::tls
