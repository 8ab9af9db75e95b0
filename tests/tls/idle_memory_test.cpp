// What an established connection holds while nothing comes or goes: keys and IVs, and little else.
#include <algorithm>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <vector>

#include "tests/support/heap.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::heap_in_use;

/// One side of many connections, and what the heap holds of it.
struct Ends {
  std::vector<Connection> connections;
  std::size_t bytes = 0;

  template <class Work>
  void counted(Work&& work) {
    const std::size_t before = heap_in_use();
    work();
    bytes += heap_in_use() - before;  // may wrap, and wraps back
  }
};

class IdleMemory : public testing::Test {
 protected:
  static constexpr std::size_t few = 50, many = 150;

  void SetUp() override {
    if (heap_in_use() == 0) GTEST_SKIP() << "the heap cannot be counted here";
    clients.connections.reserve(many);
    servers.connections.reserve(many);
  }

  static bool carry(Ends& from, Ends& to) {
    Connection& sender = from.connections.back();
    Connection& receiver = to.connections.back();
    if (sender.to_send().empty()) return false;
    to.counted([&] {
      const View bytes = sender.to_send();
      const MutableView space = receiver.receive_buffer();
      std::copy(bytes.begin(), bytes.end(), space.begin());
      receiver.received(bytes.size());
      while (receiver.next_event()) {
      }
    });
    from.counted([&] { sender.sent(sender.to_send().size()); });
    return true;
  }

  void connect() {
    clients.counted([&] { clients.connections.emplace_back(client_config, name); });
    servers.counted([&] { servers.connections.push_back(Connection::server(server_config)); });
    while (carry(clients, servers) || carry(servers, clients)) {
    }
    ASSERT_TRUE(clients.connections.back().writable());
    clients.counted([&] { clients.connections.back().rest(); });
    servers.counted([&] { servers.connections.back().rest(); });
  }

  test::TestRandom random{"memory"};
  std::shared_ptr<const Config> client_config = test::client_config(random);
  std::shared_ptr<const Config> server_config = test::server_config(random);
  x509::ServerName name = *x509::ServerName::parse("server.test");
  Ends clients, servers;
};

TEST_F(IdleMemory, IsAtMostSixKiBForAClientAndFourForAServer) {
  while (clients.connections.size() < few) connect();
  const std::size_t client_before = clients.bytes, server_before = servers.bytes;
  while (clients.connections.size() < many) connect();
  EXPECT_LE((clients.bytes - client_before) / (many - few), 6 * 1024U);
  EXPECT_LE((servers.bytes - server_before) / (many - few), 4 * 1024U);
}

}  // namespace
}  // namespace glasstls::tls
