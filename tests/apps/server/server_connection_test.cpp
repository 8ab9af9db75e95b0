#include "apps/server/server_connection.h"

#include <algorithm>
#include <asio.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <utility>

#include "apps/explanation.h"
#include "tests/support/heap.h"
#include "tests/support/peers.h"

namespace glasstls::apps {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

class Owner final : public ConnectionOwner {
 public:
  void handshake_over(ServerConnection&) override {}
  void ended(ServerConnection&) override {}
};

/// A server's connection in an event loop that the test turns, and its client over loopback.
class ServerConnectionTest : public testing::Test {
 protected:
  ServerConnectionTest() {
    tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
    client_socket.connect(acceptor.local_endpoint());
    tcp::socket accepted = acceptor.accept();
    accepted.non_blocking(true);
    client_socket.non_blocking(true);
    serving.config = test::server_config(server_random);
    serving.speech = Speech::echo;
    serving.quiet_before_rest = 20ms;
    server = std::make_shared<ServerConnection>(std::move(accepted), 1, "client", serving, report,
                                                owner);
    server->start();
  }
  ~ServerConnectionTest() override {
    server->abort();
    loop.restart();
    loop.poll();
  }

  /// Bytes go both ways until the client has heard `wanted` bytes of application data; bounded.
  void talk_until(std::size_t wanted, bool writable = true) {
    for (int turn = 0; turn < 10'000 && (heard < wanted || client.writable() != writable); ++turn) {
      const View out = client.to_send();
      if (!out.empty()) client.sent(client_socket.write_some(asio::buffer(out.data(), out.size())));
      loop.restart();
      loop.run_one_for(1ms);
      const MutableView space = client.receive_buffer();
      asio::error_code error;
      const std::size_t size =
          client_socket.read_some(asio::buffer(space.data(), space.size()), error);
      if (!error) client.received(size);
      while (const auto event = client.next_event())
        if (const auto* data = std::get_if<tls::ApplicationData>(&*event))
          heard += data->data.size();
    }
    ASSERT_EQ(heard, wanted);
    ASSERT_EQ(client.writable(), writable);
  }

  asio::io_context loop;
  test::TestRandom server_random{"server"}, client_random{"client"};
  tcp::socket client_socket{loop};
  tls::Connection client = test::make_client(client_random);
  Serving serving;
  Explanation explanation{{}, {}, [] { return std::int64_t{0}; }};
  ServerReport report{explanation};
  Owner owner;
  std::shared_ptr<ServerConnection> server;
  std::size_t heard = 0;
};

TEST_F(ServerConnectionTest, ComesToRestWhenItIsQuietAndGoesOnAfterwards) {
  if (test::heap_in_use() == 0) GTEST_SKIP() << "the heap cannot be counted here";
  client.write(Bytes{1, 2, 3});
  talk_until(0);
  client.write(Bytes{1, 2, 3});
  talk_until(3);
  const std::size_t awake = test::heap_in_use();
  constexpr std::size_t ciphers = 8'000;  // bytes: two of 5.5 KB
  for (int turn = 0; turn < 1'000 && test::heap_in_use() + ciphers > awake; ++turn) {
    loop.restart();
    loop.run_one_for(10ms);
  }
  EXPECT_LE(test::heap_in_use() + ciphers, awake);
  client.write(Bytes{4, 5});
  talk_until(5);
}

}  // namespace
}  // namespace glasstls::apps
