// When it is not needed any more no secret is left: this test looks through its own heap for them.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

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
  Bytes first_flight;
  Bytes second_flight;
  Bytes inverted_master_secret;
};

Recorded record_handshake() {
  Peers peers;
  Recorded recorded;
  peers.server.first_flight();
  recorded.first_flight = peers.server.take();
  peers.deliver(recorded.first_flight);
  peers.server.second_flight();
  recorded.second_flight = peers.server.take();
  for (const std::uint8_t byte : peers.server.master_secret())
    recorded.inverted_master_secret.push_back(static_cast<std::uint8_t>(0xff - byte));
  return recorded;
}

/// A client that has the master secret and waits for the server's ChangeCipherSpec.
class Secrets : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::counts_allocations()) GTEST_SKIP() << "sanitizers do not let us search the heap";
    recorded_ = record_handshake();
    ASSERT_EQ(times_in_heap(recorded_.inverted_master_secret), 0U);  // the other connection is gone
    client_.emplace(test::client_config(random_), x509::ServerName::parse("server.test"));
    deliver(recorded_.first_flight);
    ASSERT_EQ(times_in_heap(recorded_.inverted_master_secret), 1U);
  }

  void deliver(View bytes) { test::to_us(*client_, bytes, bytes.size(), told_); }

  test::TestRandom random_{"client"};
  Recorded recorded_;
  std::optional<Connection> client_;
  test::Told told_;
};

TEST_F(Secrets, AreWipedWhenTheConnectionFails) {
  deliver(Bytes{23, 3, 3, 0, 1, 0});
  ASSERT_TRUE(std::holds_alternative<Failed>(told_.events.back()));
  EXPECT_EQ(times_in_heap(recorded_.inverted_master_secret), 0U);
}

/// An established connection keeps the master secret for exporters, once.
TEST_F(Secrets, AreWipedWhenTheConnectionIsGone) {
  deliver(recorded_.second_flight);
  ASSERT_TRUE(std::holds_alternative<HandshakeCompleted>(told_.events.back()));
  EXPECT_EQ(times_in_heap(recorded_.inverted_master_secret), 1U);
  client_.reset();
  EXPECT_EQ(times_in_heap(recorded_.inverted_master_secret), 0U);
}

}  // namespace
}  // namespace glasstls::tls
